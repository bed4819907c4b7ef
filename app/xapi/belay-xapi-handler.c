/* belay-xapi-handler.c: from a request to its reply
 *
 * Knows which version is spoken and which resource is meant; the resources answer. What is refused has
 * written nothing: every resource decides first and writes then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#define BODY_BYTES_MOST (8 * 1024 * 1024)

typedef struct
{
  const char *path;
  const char *methods; /* beside HEAD, which goes where GET goes */
  gboolean (*answer) (BelayXapiCall *call, GError **error);
} Resource;

static gboolean
answer_state (BelayXapiCall *call,
              GError **error)
{
  return belay_xapi_documents (call, BELAY_XAPI_DOCUMENT_STATE, error);
}

static gboolean
answer_agent_profile (BelayXapiCall *call,
                      GError **error)
{
  return belay_xapi_documents (call, BELAY_XAPI_DOCUMENT_AGENT_PROFILE, error);
}

static gboolean
answer_activity_profile (BelayXapiCall *call,
                         GError **error)
{
  return belay_xapi_documents (call, BELAY_XAPI_DOCUMENT_ACTIVITY_PROFILE, error);
}

/* Part three, appendix B */
static const Resource resources[] = {
  { "about", "GET", belay_xapi_about },
  { "statements", "GET POST PUT", belay_xapi_statements },
  { "activities/state", "GET POST PUT DELETE", answer_state },
  { "activities/profile", "GET POST PUT DELETE", answer_activity_profile },
  { "agents/profile", "GET POST PUT DELETE", answer_agent_profile },
  { "activities", "GET", belay_xapi_activities },
  { "agents", "GET", belay_xapi_agents },
};

static const Resource *
find_resource (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    if (g_str_equal (resources[i].path, path))
      return &resources[i];

  return NULL;
}

/* Whether @version is one of those that begin with @series, such as `1.0.` */
static gboolean
is_of_series (const char *version,
              const char *series)
{
  const char *patch = version + strlen (series);

  return g_str_has_prefix (version, series) && *patch != '\0' && patch[strspn (patch, "0123456789")] == '\0';
}

/* Part three, 3.3. `1.0` stands for 1.0.0. */
static gboolean
read_version (BelayXapiCall *call)
{
  const char *version = g_hash_table_lookup (call->headers, "x-experience-api-version");
  gboolean speaks_both = call->caller->speak == BELAY_XAPI_SPEAK_BOTH;

  if (version == NULL)
    belay_xapi_call_refuse (call, 400, "The header X-Experience-API-Version must be there.");
  else if (g_str_equal (version, "1.0") || is_of_series (version, "1.0."))
    call->version = BELAY_XAPI_VERSION_1_0_3;
  else if (!speaks_both || !is_of_series (version, "2.0."))
    belay_xapi_call_refuse (call, 400, "This version of xAPI is not spoken here; X-Experience-API-Version must be %s.",
                            speaks_both ? "2.0.0 or 1.0.3" : "1.0.3");
  if (call->reply->status != 0)
    return FALSE;

  belay_xapi_call_set_header (call, "X-Experience-API-Version",
                              call->version == BELAY_XAPI_VERSION_2_0 ? "2.0.0" : "1.0.3");
  return TRUE;
}

/* Part three, 1.3: a POST whose form holds the headers, parameters and contents of the true request */

static gboolean
is_form_header (const char *name)
{
  static const char *const names[] = {
    "authorization", "x-experience-api-version", "content-type", "content-length", "if-match", "if-none-match", NULL
  };

  return g_strv_contains (names, name);
}

/* A form's value may hold what no header can: a line break would end it and begin another. */
static gboolean
has_broken_header (GHashTable *form)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);

      if (is_form_header (lower))
        for (const char *p = value; *p != '\0'; p++)
          if (g_ascii_iscntrl (*p))
            return TRUE;
    }

  return FALSE;
}

/* What the request itself speaks is not changed by its form */
static gboolean
is_version (const char *name)
{
  return g_str_equal (name, "x-experience-api-version");
}

static void
take_form (BelayXapiCall *call,
           GHashTable *form)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_remove_all (call->parameters);
  g_hash_table_remove (call->headers, "content-type");
  g_hash_table_remove (call->headers, "content-length");
  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);

      if (g_str_equal (name, "content"))
        {
          g_bytes_unref (call->body);
          call->body = g_bytes_new (value, strlen (value));
        }
      else if (is_version (lower) && g_hash_table_contains (call->headers, lower))
        continue;
      else if (is_form_header (lower))
        g_hash_table_replace (call->headers, g_steal_pointer (&lower), g_strdup (value));
      else
        g_hash_table_replace (call->parameters, g_strdup (name), g_strdup (value));
    }
}

static gboolean
is_old_version (BelayXapiCall *call,
                GHashTable *form)
{
  const char *version = g_hash_table_lookup (call->headers, "x-experience-api-version");

  if (version == NULL)
    version = g_hash_table_lookup (form, "X-Experience-API-Version");

  return call->caller->speak == BELAY_XAPI_SPEAK_1_0_3 || (version != NULL && g_str_has_prefix (version, "1.0"));
}

static gboolean
undo_alternate_syntax (BelayXapiCall *call)
{
  static const char *const methods[] = { "GET", "PUT", "POST", "DELETE", "HEAD", NULL };
  g_autoptr (GHashTable) form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *method = g_hash_table_lookup (call->parameters, "method");
  const char *problem = NULL;
  gsize length;
  const char *text = g_bytes_get_data (call->body, &length);
  guint index;

  if (method == NULL || !g_str_equal (call->method, "POST"))
    return TRUE;

  for (index = 0; methods[index] != NULL && !g_str_equal (methods[index], method); index++)
    ;
  if (!belay_xapi_parse_form (text != NULL ? text : "", length, form, &problem))
    belay_xapi_call_refuse (call, 400, "%s", problem);
  else if (!is_old_version (call, form))
    belay_xapi_call_refuse (call, 400, "The alternate request syntax belongs to xAPI 1.0.3; 2.0 has none.");
  else if (g_hash_table_size (call->parameters) > 1)
    belay_xapi_call_refuse (call, 400, "Beside method, all parameters must be in the form (xAPI 3: 1.3).");
  else if (has_broken_header (form))
    belay_xapi_call_refuse (call, 400, "A header in the form has control characters in it (xAPI 3: 1.3).");
  else if (methods[index] == NULL)
    belay_xapi_call_refuse (call, 400, "The parameter method must be GET, HEAD, PUT, POST or DELETE (xAPI 3: 1.3).");
  if (call->reply->status != 0)
    return FALSE;

  call->method = methods[index];
  take_form (call, form);
  return TRUE;
}

static gboolean
answer_resource (BelayXapiCall *call,
                 const Resource *resource,
                 GError **error)
{
  g_auto (GStrv) methods = g_strsplit (resource->methods, " ", -1);

  if (g_str_equal (call->method, "HEAD"))
    call->method = "GET";
  if (!g_strv_contains ((const char *const *) methods, call->method))
    {
      g_autofree char *allowed = g_strjoinv (", ", methods);

      belay_xapi_call_set_header (call, "Allow", allowed);
      belay_xapi_call_refuse (call, 405, "This resource does not know the method %s.", call->method);
      return TRUE;
    }

  return resource->answer (call, error);
}

static gboolean
answer (BelayXapiCall *call,
        GError **error)
{
  const Resource *resource = find_resource (call->request->path);
  const char *query = call->request->query != NULL ? call->request->query : "";
  const char *problem = NULL;

  if (resource == NULL)
    belay_xapi_call_refuse (call, 404, "There is no such resource of xAPI.");
  else if (g_bytes_get_size (call->body) > belay_xapi_limit (call->caller->limits.body_bytes, BODY_BYTES_MOST))
    belay_xapi_call_refuse (call, 413, "The request is larger than %zu bytes. Send less at once.",
                            belay_xapi_limit (call->caller->limits.body_bytes, BODY_BYTES_MOST));
  else if (!belay_xapi_parse_form (query, strlen (query), call->parameters, &problem))
    belay_xapi_call_refuse (call, 400, "%s", problem);
  if (call->reply->status != 0 || !undo_alternate_syntax (call))
    return TRUE;
  if (resource->answer != belay_xapi_about && !read_version (call))
    return TRUE;

  return answer_resource (call, resource, error);
}

static void
copy_header (gpointer name,
             gpointer value,
             gpointer copy)
{
  g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
}

/**
 * belay_xapi_request_writes:
 *
 * Returns: whether @request may write, and so needs a connection and a transaction that can
 */
gboolean
belay_xapi_request_writes (const BelayXapiRequest *request)
{
  g_return_val_if_fail (request != NULL, TRUE);

  return !g_str_equal (request->method, "GET") && !g_str_equal (request->method, "HEAD");
}

/**
 * belay_xapi_request_find_authorization:
 * @authorization: (out) (nullable) (transfer full): the `Authorization` of @request: its header, or that in the form
 * of the alternate request syntax (1.0.3, part three, 1.3)
 *
 * Returns: whether the form, where there is one, could be read
 */
gboolean
belay_xapi_request_find_authorization (const BelayXapiRequest *request,
                                       char **authorization)
{
  g_autoptr (GHashTable) form = NULL;
  const char *problem;
  const char *text;
  gsize length;

  g_return_val_if_fail (request != NULL, FALSE);
  g_return_val_if_fail (authorization != NULL, FALSE);

  *authorization = g_strdup (g_hash_table_lookup (request->headers, "authorization"));
  if (*authorization != NULL || request->query == NULL || !g_str_has_prefix (request->query, "method=")
      || request->body == NULL)
    return TRUE;

  form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  text = g_bytes_get_data (request->body, &length);
  if (text != NULL && !belay_xapi_parse_form (text, length, form, &problem))
    return FALSE;
  *authorization = g_strdup (g_hash_table_lookup (form, "Authorization"));

  return TRUE;
}

/**
 * belay_xapi_handle:
 * @storage: on this thread's connection, within a transaction of the caller; one that can write unless
 *   belay_xapi_request_writes() says no
 * @error: set where the database failed or a hook did; the caller must then undo its transaction and refuse with a 500
 * or 503, see belay_xapi_refuse()
 *
 * Answers a request to an LRS. It is told what the credentials were found to allow; it asks nobody.
 * What is refused (4xx) has written nothing. Send the reply only after the commit.
 *
 * Returns: (transfer full) (nullable): the reply
 */
BelayXapiReply *
belay_xapi_handle (BelayXapiStorage *storage,
                   const BelayXapiCaller *caller,
                   const BelayXapiRequest *request,
                   BelayClock *clock,
                   GError **error)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (BelayStatementProblem) problem = { 0 };
  BelayXapiCall call = { storage, caller, request, clock, .parameters = parameters, .headers = headers };
  gboolean is_answered;

  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (caller != NULL && caller->authority != NULL, NULL);
  g_return_val_if_fail (request != NULL && request->method != NULL && request->path != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  g_hash_table_foreach (request->headers, copy_header, headers);
  call.method = request->method;
  call.version = caller->speak == BELAY_XAPI_SPEAK_1_0_3 ? BELAY_XAPI_VERSION_1_0_3 : BELAY_XAPI_VERSION_2_0;
  call.body = request->body != NULL ? g_bytes_ref (request->body) : g_bytes_new (NULL, 0);
  call.reply = belay_xapi_reply_new ();
  belay_xapi_call_set_header (&call, "X-Experience-API-Version",
                              call.version == BELAY_XAPI_VERSION_2_0 ? "2.0.0" : "1.0.3");
  if (caller->limit_actor != NULL)
    call.limit_actor = belay_agent_identify (caller->limit_actor, call.version, &problem);

  is_answered = answer (&call, error);
  g_bytes_unref (call.body);
  g_free (call.limit_actor);
  if (!is_answered)
    g_clear_pointer (&call.reply, belay_xapi_reply_free);

  return call.reply;
}
