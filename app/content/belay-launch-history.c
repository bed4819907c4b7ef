/* belay-launch-history.c: what was said before in a registration
 *
 * Asks the record store by the standard's own queries, so that it works over any storage. It is read
 * once a launch, on the database thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-history.h"

#include "belay-content-host.h"
#include "belay-time.h"

/* A session is closed by one of its last statements; cmi5 leaves room for late ones, so look at some. */
#define CLOSING_STATEMENTS 50

/* Returns the statements that the query finds, newest first, or %NULL with an error. */
static yyjson_doc *
ask (BelayLaunchSession *session,
     BelayXapiStorage *storage,
     BelayClock *clock,
     const char *verb,
     const char *activity,
     guint limit,
     GError **error)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (BelayXapiReply) reply = NULL;
  BelayXapiRequest request = { .method = "GET", .endpoint = "", .path = "statements" };
  BelayXapiCaller caller;
  yyjson_doc *document = NULL;
  gsize length = 0;
  const char *text;

  g_string_append_printf (query, "registration=%s&limit=%u", belay_launch_session_get_registration (session), limit);
  if (verb != NULL)
    {
      g_string_append (query, "&verb=");
      g_string_append_uri_escaped (query, verb, NULL, FALSE);
    }
  if (activity != NULL)
    {
      g_string_append (query, "&activity=");
      g_string_append_uri_escaped (query, activity, NULL, FALSE);
    }
  g_hash_table_insert (headers, (gpointer) "x-experience-api-version", (gpointer) "1.0.3");
  request.query = query->str;
  request.headers = headers;
  belay_launch_session_fill_caller (session, &caller, FALSE);

  reply = belay_xapi_handle (storage, &caller, &request, clock, error);
  if (reply == NULL)
    return NULL;
  if (reply->status == 200 && reply->body != NULL)
    {
      text = g_bytes_get_data (reply->body, &length);
      document = yyjson_read (text, length, 0);
    }
  if (document == NULL)
    g_set_error (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_FAILED,
                 "What was studied before cannot be read (the record store answered %u).", reply->status);

  return document;
}

static yyjson_val *
first_statement (yyjson_doc *document)
{
  return yyjson_arr_get_first (yyjson_obj_get (yyjson_doc_get_root (document), "statements"));
}

static const char *
session_of (yyjson_val *statement)
{
  yyjson_val *context = yyjson_obj_get (statement, "context");

  return yyjson_get_str (yyjson_obj_get (yyjson_obj_get (context, "extensions"), BELAY_CMI5_EXTENSION_SESSION));
}

static gint64
time_of (yyjson_val *statement)
{
  const char *text = yyjson_get_str (yyjson_obj_get (statement, "timestamp"));
  gint64 time_us = 0;

  if (text == NULL || !belay_time_parse (text, &time_us))
    return 0;

  return time_us;
}

/**
 * belay_launch_history_was_said:
 * @object: IRI of an activity
 * @said: (out): whether something was said of @object with @verb in @session's registration
 *
 * Returns: %FALSE where it cannot be known, with @error
 */
gboolean
belay_launch_history_was_said (BelayLaunchSession *session,
                               BelayXapiStorage *storage,
                               BelayClock *clock,
                               BelayCmi5Verb verb,
                               const char *object,
                               gboolean *said,
                               GError **error)
{
  yyjson_doc *document = ask (session, storage, clock, belay_cmi5_verb_to_iri (verb), object, 1, error);

  if (document == NULL)
    return FALSE;
  *said = first_statement (document) != NULL;
  yyjson_doc_free (document);

  return TRUE;
}

static gboolean
closes (yyjson_val *statement,
        const char *session)
{
  const char *iri = yyjson_get_str (yyjson_obj_get (yyjson_obj_get (statement, "verb"), "id"));
  BelayCmi5Verb verb = iri != NULL ? belay_cmi5_verb_from_iri (iri) : BELAY_CMI5_OTHER;

  return (verb == BELAY_CMI5_TERMINATED || verb == BELAY_CMI5_ABANDONED)
         && g_strcmp0 (session_of (statement), session) == 0;
}

static void
note_open (BelayLaunchHistory *self,
           yyjson_val *launched,
           gint64 last_us)
{
  yyjson_val *context = yyjson_obj_get (launched, "context");
  yyjson_val *grouping = yyjson_obj_get (yyjson_obj_get (context, "contextActivities"), "grouping");

  self->open_session = g_strdup (session_of (launched));
  self->open_activity = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_obj_get (launched, "object"), "id")));
  self->open_publisher = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_arr_get_first (grouping), "id")));
  self->open_seconds = MAX (0, (last_us - time_of (launched)) / BELAY_SECOND_US);
}

/* Whether the session that was launched last is still open. */
static gboolean
find_open (BelayLaunchHistory *self,
           BelayLaunchSession *session,
           BelayXapiStorage *storage,
           BelayClock *clock,
           GError **error)
{
  yyjson_doc *launches = ask (session, storage, clock, belay_cmi5_verb_to_iri (BELAY_CMI5_LAUNCHED), NULL, 1, error);
  yyjson_doc *latest = NULL;
  yyjson_val *launched;
  yyjson_val *each;
  gboolean is_closed = FALSE;
  gint64 last_us = 0;
  size_t index;
  size_t count;

  if (launches == NULL)
    return FALSE;
  launched = first_statement (launches);
  if (launched == NULL || session_of (launched) == NULL)
    {
      yyjson_doc_free (launches);
      return TRUE;
    }

  latest = ask (session, storage, clock, NULL, NULL, CLOSING_STATEMENTS, error);
  if (latest == NULL)
    {
      yyjson_doc_free (launches);
      return FALSE;
    }
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (latest), "statements"), index, count, each)
  {
    is_closed = is_closed || closes (each, session_of (launched));
    last_us = MAX (last_us, time_of (each));
  }
  if (!is_closed)
    note_open (self, launched, last_us);
  yyjson_doc_free (latest);
  yyjson_doc_free (launches);

  return TRUE;
}

/**
 * belay_launch_history_read:
 *
 * Returns: (transfer full): what is known of @session's registration, or %NULL with an error
 */
BelayLaunchHistory *
belay_launch_history_read (BelayLaunchSession *session,
                           BelayXapiStorage *storage,
                           BelayClock *clock,
                           GError **error)
{
  g_autoptr (BelayLaunchHistory) self = g_new0 (BelayLaunchHistory, 1);
  const char *activity;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (storage != NULL, NULL);

  activity = belay_launch_session_get_activity (session);
  if (!belay_launch_history_was_said (session, storage, clock, BELAY_CMI5_COMPLETED, activity, &self->has_completed,
                                      error)
      || !belay_launch_history_was_said (session, storage, clock, BELAY_CMI5_PASSED, activity, &self->has_passed, error)
      || !find_open (self, session, storage, clock, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
belay_launch_history_free (BelayLaunchHistory *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->open_session);
  g_free (self->open_activity);
  g_free (self->open_publisher);
  g_free (self);
}
