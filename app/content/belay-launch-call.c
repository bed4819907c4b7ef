/* belay-launch-call.c: what a launch asks of the laptop's record store
 *
 * Three kinds: the launch begins (a session that a crash left open is abandoned, LMS.LaunchData is
 * written, "launched" recorded, all in one transaction), the content asks, and the launch ends
 * ("abandoned" where the content did not say "terminated"). The order of a session's statements is
 * judged here, on the database thread, where they are in a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-call.h"

#include "belay-content-host.h"
#include "belay-launch-history.h"
#include "belay-launch-satisfy.h"

#include <string.h>

typedef BelayHttpReply *(*LaunchWork) (BelayLaunchCall *self,
                                       BelayXapiStorage *storage,
                                       BelayClock *clock,
                                       GError **error);

struct _BelayLaunchCall
{
  LaunchWork work;
  BelayLaunchSession *session;
  gboolean writes;

  char *method;
  char *endpoint;
  char *path;
  char *query;
  GHashTable *headers;
  GBytes *body;
};

/* ---- what Belay itself records ---- */

static gboolean
record (BelayLaunchCall *self,
        BelayXapiStorage *storage,
        char *statement_text,
        BelayClock *clock,
        GError **error)
{
  g_autofree char *text = statement_text;
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = belay_statement_parse (text, -1, BELAY_XAPI_VERSION_1_0_3, &problem);
  BelayXapiCaller caller;
  BelayXapiVerdict verdict;

  belay_launch_session_fill_caller (self->session, &caller, FALSE);
  if (statement == NULL)
    verdict = BELAY_XAPI_VERDICT_MALFORMED;
  else
    verdict = belay_xapi_store (storage, &caller, statement, clock, &problem, error);

  if (verdict == BELAY_XAPI_VERDICT_STORED || verdict == BELAY_XAPI_VERDICT_DUPLICATE)
    return TRUE;
  if (verdict != BELAY_XAPI_VERDICT_FAILED)
    {
      g_autofree char *sentence = belay_statement_problem_to_sentence (&problem);

      g_set_error (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_REFUSED,
                   "The launch could not be recorded: %s", sentence);
    }

  return FALSE;
}

static gboolean
write_launch_data (BelayLaunchCall *self,
                   BelayXapiStorage *storage,
                   const BelayCmi5Launch *launch,
                   BelayClock *clock,
                   GError **error)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autofree char *agent = belay_agent_identify (launch->actor, BELAY_XAPI_VERSION_1_0_3, &problem);
  char *data = belay_cmi5_launch_data (launch);
  g_autoptr (GBytes) contents = g_bytes_new_take (data, strlen (data));
  BelayXapiDocumentKey key = { .kind = BELAY_XAPI_DOCUMENT_STATE };

  if (agent == NULL)
    {
      g_set_error_literal (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_REFUSED,
                           "The launch has no learner.");
      return FALSE;
    }
  key.agent = agent;
  key.activity = (char *) launch->activity;
  key.registration = (char *) launch->registration;
  key.id = (char *) BELAY_CMI5_LAUNCH_DATA;

  return belay_xapi_storage_put_document (storage, &key, "application/json", contents, belay_clock_now_us (clock),
                                          error);
}

/* cmi5 9.3.6: a session of the same registration that was left open is abandoned before the next begins. */
static gboolean
abandon_left_session (BelayLaunchCall *self,
                      BelayXapiStorage *storage,
                      const BelayLaunchHistory *history,
                      BelayClock *clock,
                      GError **error)
{
  BelayCmi5Launch launch;

  if (history->open_session == NULL)
    return TRUE;

  belay_launch_session_describe (self->session, &launch);
  launch.session = history->open_session;
  launch.activity = history->open_activity;
  if (history->open_publisher != NULL)
    launch.publisher = history->open_publisher;

  return record (self, storage, belay_cmi5_abandoned (&launch, history->open_seconds, clock), clock, error);
}

/* cmi5 9.3.9: by the session of the launch that satisfied it, and under the publisher's id of what is satisfied */
static gboolean
record_satisfied (BelayLaunchCall *self,
                  BelayXapiStorage *storage,
                  BelayClock *clock,
                  GError **error)
{
  g_autoptr (GPtrArray) goals = belay_launch_satisfy_list (self->session, storage, clock, error);
  BelayCmi5Launch launch;

  if (goals == NULL)
    return FALSE;

  belay_launch_session_describe (self->session, &launch);
  for (guint i = 0; i < goals->len; i++)
    {
      const BelayLaunchGoal *goal = g_ptr_array_index (goals, i);

      launch.publisher = goal->publisher;
      if (!record (self, storage, belay_cmi5_satisfied (&launch, goal->id, goal->is_course, clock), clock, error))
        return FALSE;
    }

  return TRUE;
}

static BelayHttpReply *
begin (BelayLaunchCall *self,
       BelayXapiStorage *storage,
       BelayClock *clock,
       GError **error)
{
  g_autoptr (BelayLaunchHistory) history = belay_launch_history_read (self->session, storage, clock, error);
  BelayCmi5Session state = { 0 };
  BelayCmi5Launch launch;

  if (history == NULL || !abandon_left_session (self, storage, history, clock, error))
    return NULL;

  belay_launch_session_describe (self->session, &launch);
  if (!write_launch_data (self, storage, &launch, clock, error)
      || !record (self, storage, belay_cmi5_launched (&launch, clock), clock, error)
      || !record_satisfied (self, storage, clock, error))
    return NULL;

  state.has_completed = history->has_completed;
  state.has_passed = history->has_passed;
  belay_launch_session_set_state (self->session, &state);

  return belay_http_reply_new (204, NULL, NULL);
}

static BelayHttpReply *
end (BelayLaunchCall *self,
     BelayXapiStorage *storage,
     BelayClock *clock,
     GError **error)
{
  g_autoptr (BelayLaunchHistory) history = NULL;
  BelayCmi5Session state = belay_launch_session_get_state (self->session);

  if (!state.is_terminated && !state.is_abandoned)
    {
      history = belay_launch_history_read (self->session, storage, clock, error);
      if (history == NULL || !abandon_left_session (self, storage, history, clock, error))
        return NULL;
      belay_cmi5_session_add (&state, BELAY_CMI5_ABANDONED);
      belay_launch_session_set_state (self->session, &state);
    }

  return belay_http_reply_new (204, NULL, NULL);
}

/* ---- what the content asks ---- */

static BelayXapiVersion
spoken_version (BelayLaunchCall *self)
{
  const char *version = g_hash_table_lookup (self->headers, "x-experience-api-version");

  return version != NULL && g_str_has_prefix (version, "1.") ? BELAY_XAPI_VERSION_1_0_3 : BELAY_XAPI_VERSION_2_0;
}

/* The statements of a body: the body itself, or the first part where attachments follow. */
static void
find_statements (BelayLaunchCall *self,
                 const char **text,
                 gsize *length)
{
  const char *type = g_hash_table_lookup (self->headers, "content-type");
  const char *data;
  const char *start;
  const char *stop;
  gsize size;

  data = g_bytes_get_data (self->body, &size);
  *text = data;
  *length = size;
  if (type == NULL || g_ascii_strncasecmp (type, "multipart/", 10) != 0 || size == 0)
    return;

  start = memmem (data, size, "\r\n\r\n", 4);
  if (start == NULL)
    return;
  start += 4;
  stop = memmem (start, size - (gsize) (start - data), "\r\n--", 4);
  *text = start;
  *length = stop != NULL ? (gsize) (stop - start) : size - (gsize) (start - data);
}

static gboolean
judge_one (BelayLaunchCall *self,
           BelayXapiStorage *storage,
           yyjson_val *value,
           BelayCmi5Session *state,
           BelayStatementProblem *problem,
           GError **error)
{
  g_auto (BelayStatementProblem) malformed = { 0 };
  g_autoptr (BelayStatement) statement = belay_statement_new_from_value (value, "", spoken_version (self), &malformed);
  g_autofree char *known = NULL;
  BelayCmi5Launch launch;

  if (statement == NULL)
    return TRUE; /* the record store says what is wrong with it */
  if (belay_statement_get_id (statement) != NULL)
    {
      known = belay_xapi_storage_find_text (storage, belay_statement_get_id (statement), error);
      if (known != NULL)
        return TRUE; /* sent again because the reply was lost */
      if (error != NULL && *error != NULL)
        return FALSE;
    }

  belay_launch_session_describe (self->session, &launch);
  if (belay_statement_is_voiding (statement))
    {
      problem->where = g_strdup ("verb");
      problem->rule = g_strdup ("must not void: content has no right to (cmi5 6.3)");
      return FALSE;
    }
  if (!belay_cmi5_session_check (state, &launch, statement, problem))
    return FALSE;
  belay_cmi5_session_add (state, belay_cmi5_get_verb (statement));

  return TRUE;
}

/* Whether the statements keep cmi5's order. @state goes on as if they were stored. */
static gboolean
judge (BelayLaunchCall *self,
       BelayXapiStorage *storage,
       BelayCmi5Session *state,
       BelayStatementProblem *problem,
       GError **error)
{
  yyjson_doc *document;
  yyjson_val *root;
  yyjson_val *each;
  gboolean keeps = TRUE;
  const char *text;
  gsize length;
  size_t index;
  size_t count;

  find_statements (self, &text, &length);
  document = yyjson_read (text, length, 0);
  root = yyjson_doc_get_root (document);
  if (yyjson_is_obj (root))
    keeps = judge_one (self, storage, root, state, problem, error);
  else if (yyjson_is_arr (root))
    {
      yyjson_arr_foreach (root, index, count, each)
      {
        keeps = keeps && judge_one (self, storage, each, state, problem, error);
      }
    }
  yyjson_doc_free (document);

  return keeps;
}

static BelayHttpReply *
convert (const BelayXapiReply *reply)
{
  BelayHttpReply *converted =
    belay_http_reply_new (reply->status, NULL, reply->body != NULL ? g_bytes_ref (reply->body) : NULL);

  for (guint i = 0; reply->headers != NULL && i < reply->headers->len; i++)
    {
      const BelayXapiHeader *header = g_ptr_array_index (reply->headers, i);

      soup_message_headers_replace (converted->headers, header->name, header->value);
    }

  return converted;
}

/* Whether @state knows of something by which the activity may have moved on */
static gboolean
has_got_on (BelayLaunchCall *self,
            const BelayCmi5Session *state)
{
  BelayCmi5Session before = belay_launch_session_get_state (self->session);

  return before.has_completed != state->has_completed || before.has_passed != state->has_passed;
}

static BelayHttpReply *
answer (BelayLaunchCall *self,
        BelayXapiStorage *storage,
        BelayClock *clock,
        GError **error)
{
  BelayCmi5Session state = belay_launch_session_get_state (self->session);
  gboolean is_statements = self->writes && g_str_equal (self->path, "statements");
  g_autoptr (BelayXapiReply) reply = NULL;
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (GError) failure = NULL;
  BelayXapiCaller caller;
  BelayXapiRequest request = {
    .method = self->method,
    .endpoint = self->endpoint,
    .path = self->path,
    .query = self->query,
    .headers = self->headers,
    .body = self->body,
  };

  belay_launch_session_fill_caller (self->session, &caller, TRUE);
  if (is_statements && !judge (self, storage, &state, &problem, &failure))
    {
      g_autofree char *sentence = NULL;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      sentence = belay_statement_problem_to_sentence (&problem);
      reply = belay_xapi_refuse (&request, caller.speak, 403, sentence);
      return convert (reply);
    }

  reply = belay_xapi_handle (storage, &caller, &request, clock, error);
  if (reply == NULL)
    return NULL;
  if (is_statements && reply->status < 300)
    {
      if (has_got_on (self, &state) && !record_satisfied (self, storage, clock, error))
        return NULL;
      belay_launch_session_set_state (self->session, &state);
    }

  return convert (reply);
}

/* ---- the call ---- */

static BelayLaunchCall *
call_new (BelayLaunchSession *session,
          LaunchWork work)
{
  BelayLaunchCall *self = g_new0 (BelayLaunchCall, 1);

  self->session = belay_launch_session_ref (session);
  self->work = work;
  self->writes = TRUE;

  return self;
}

/**
 * belay_launch_call_new_begin:
 *
 * Returns: (transfer full): records that the launch begins
 */
BelayLaunchCall *
belay_launch_call_new_begin (BelayLaunchSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return call_new (session, begin);
}

/**
 * belay_launch_call_new_end:
 *
 * Returns: (transfer full): records that the launch ended, as cmi5 9.3.6 wants it
 */
BelayLaunchCall *
belay_launch_call_new_end (BelayLaunchSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return call_new (session, end);
}

/**
 * belay_launch_call_new_request:
 * @endpoint: the endpoint's path, without a slash at its end
 * @path: what follows it, without slashes at its ends
 *
 * Returns: (transfer full): a request of the content; it copies what it needs
 */
BelayLaunchCall *
belay_launch_call_new_request (BelayLaunchSession *session,
                               const BelayHttpRequest *request,
                               const char *endpoint,
                               const char *path)
{
  BelayXapiRequest asked = { 0 };
  BelayLaunchCall *self;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  self = call_new (session, answer);
  self->method = g_strdup (request->method);
  self->endpoint = g_strdup (endpoint);
  self->path = g_strdup (path);
  self->query = g_strdup (request->query);
  self->headers = g_hash_table_ref (request->headers);
  self->body = g_bytes_ref (request->body);
  asked.method = self->method;
  asked.path = self->path;
  asked.query = self->query;
  asked.headers = self->headers;
  asked.body = self->body;
  self->writes = belay_xapi_request_writes (&asked);

  return self;
}

/**
 * belay_launch_call_writes:
 *
 * Returns: whether it needs the writing connection
 */
gboolean
belay_launch_call_writes (BelayLaunchCall *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->writes;
}

/**
 * belay_launch_call_run:
 * @storage: on the database thread that this is called on, inside a transaction
 *
 * Does what is asked. Rejected, the transaction must be undone.
 *
 * Returns: (transfer full): a future that is not pending: a %BELAY_TYPE_HTTP_REPLY, or an error
 */
DexFuture *
belay_launch_call_run (BelayLaunchCall *self,
                       BelayXapiStorage *storage,
                       BelayClock *clock)
{
  g_autoptr (GError) error = NULL;
  BelayHttpReply *reply;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (storage != NULL, NULL);

  reply = self->work (self, storage, clock, &error);
  if (reply == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (BELAY_TYPE_HTTP_REPLY, reply);
}

void
belay_launch_call_free (BelayLaunchCall *self)
{
  g_return_if_fail (self != NULL);

  belay_launch_session_unref (self->session);
  g_free (self->method);
  g_free (self->endpoint);
  g_free (self->path);
  g_free (self->query);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
