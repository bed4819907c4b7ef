/* belay-route-xapi.c: the Learning Record Store over HTTP
 *
 * Errors here are those of xAPI, plain sentences, since it is not our own clients that read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "belay-route-handlers.h"
#include "belay-work-error.h"
#include "belay-work-session.h"
#include "belay-work-xapi.h"

#define ENDPOINT "/xapi"
#define ENDPOINT_1_0_3 "/xapi/1.0.3"

static gboolean
has_prefix_part (const char *path,
                 const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* What follows the endpoint, without slashes at either end: some clients send one too many */
static char *
rest_of (const char *path,
         const char *endpoint)
{
  const char *rest = path + strlen (endpoint);
  gsize length;

  while (*rest == '/')
    rest++;
  length = strlen (rest);
  while (length > 0 && rest[length - 1] == '/')
    length--;

  return g_strndup (rest, length);
}

static gboolean
read_basic (const char *authorization,
            char **user,
            char **secret)
{
  g_autofree guchar *plain = NULL;
  g_autofree char *text = NULL;
  const char *colon;
  gsize length;

  if (g_ascii_strncasecmp (authorization, "Basic ", 6) != 0)
    return FALSE;
  plain = g_base64_decode (authorization + 6, &length);
  text = g_strndup ((const char *) plain, length);
  colon = strchr (text, ':');
  if (colon == NULL)
    return FALSE;

  *user = g_strndup (text, (gsize) (colon - text));
  *secret = g_strdup (colon + 1);
  return TRUE;
}

static gboolean
find_caller (BelayServerContext *context,
             BelayWorkXapiCall *call,
             GError **error)
{
  BelayXapiRequest asked = { .headers = call->headers, .query = call->query, .body = call->body };
  g_autofree char *authorization = NULL;
  g_autoptr (BelayWorkSession) session = NULL;

  if (!belay_xapi_request_find_authorization (&asked, &authorization))
    {
      g_propagate_error (error, belay_work_error_new (BELAY_WORK_ERROR_MALFORMED, "where", "form"));
      return FALSE;
    }
  if (authorization != NULL && read_basic (authorization, &call->credential, &call->secret))
    return TRUE;

  session = dex_await_boxed (belay_work_session_find (context, authorization), error);
  if (session == NULL)
    return FALSE;

  call->person = g_strdup (session->person);
  return TRUE;
}

static BelayWorkXapiCall *
make_call (const BelayHttpRequest *request)
{
  BelayWorkXapiCall *call = g_new0 (BelayWorkXapiCall, 1);
  gboolean is_older = has_prefix_part (request->raw_path, ENDPOINT_1_0_3);

  call->speak = is_older ? BELAY_XAPI_SPEAK_1_0_3 : BELAY_XAPI_SPEAK_BOTH;
  call->method = g_strdup (request->method);
  call->endpoint = g_strdup (is_older ? ENDPOINT_1_0_3 : ENDPOINT);
  call->path = rest_of (request->raw_path, call->endpoint);
  call->query = g_strdup (request->query);
  call->headers = g_hash_table_ref (request->headers);
  call->body = g_bytes_ref (request->body);

  return call;
}

static BelayHttpReply *
translate (const BelayXapiReply *reply)
{
  BelayHttpReply *translated =
    belay_http_reply_new (reply->status, NULL, reply->body != NULL ? g_bytes_ref (reply->body) : NULL);

  for (guint i = 0; i < reply->headers->len; i++)
    {
      const BelayXapiHeader *header = g_ptr_array_index (reply->headers, i);

      soup_message_headers_replace (translated->headers, header->name, header->value);
    }

  return translated;
}

static BelayHttpReply *
refuse (const BelayWorkXapiCall *call,
        guint status,
        const char *sentence)
{
  BelayXapiRequest request = { .method = call->method,
                               .endpoint = call->endpoint,
                               .path = call->path,
                               .query = call->query,
                               .headers = call->headers };
  g_autoptr (BelayXapiReply) reply = belay_xapi_refuse (&request, call->speak, status, sentence);
  BelayHttpReply *translated = translate (reply);

  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (translated->headers, "WWW-Authenticate", "Basic realm=\"Belay\"");

  return translated;
}

/* @call: (transfer full) */
static BelayHttpReply *
answer (BelayServerContext *context,
        BelayWorkXapiCall *call,
        GError **error)
{
  BelayWorkXapiReply *reply;
  BelayHttpReply *translated;

  if (!find_caller (context, call, error))
    {
      belay_work_xapi_call_free (call);
      return NULL;
    }
  reply = dex_await_boxed (belay_work_xapi (context, call), error);
  if (reply == NULL)
    return NULL;

  translated = translate (reply->reply);
  g_boxed_free (BELAY_TYPE_XAPI_REPLY, reply);

  return translated;
}

static BelayHttpReply *
answer_or_refuse (BelayServerContext *context,
                  const BelayHttpRequest *request,
                  GError **error)
{
  g_autoptr (BelayWorkXapiCall) call_for_refusal = make_call (request);
  g_autoptr (GError) local_error = NULL;
  BelayHttpReply *reply = answer (context, make_call (request), &local_error);

  if (reply != NULL)
    return reply;
  if (g_error_matches (local_error, BELAY_WORK_ERROR, BELAY_WORK_ERROR_UNAUTHENTICATED))
    return refuse (call_for_refusal, SOUP_STATUS_UNAUTHORIZED,
                   "The key and secret, or the token, are missing or wrong.");
  if (g_error_matches (local_error, BELAY_WORK_ERROR, BELAY_WORK_ERROR_MALFORMED))
    return refuse (call_for_refusal, SOUP_STATUS_BAD_REQUEST, "The form cannot be read.");
  if (g_error_matches (local_error, BELAY_WORK_ERROR, BELAY_WORK_ERROR_FORBIDDEN))
    return refuse (call_for_refusal, SOUP_STATUS_FORBIDDEN, "These credentials do not allow that.");

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* ---- pages in a browser (CORS, Fetch standard §3.3) ---- */

/* Returns: (nullable): where the page comes from, if it may ask */
static const char *
find_allowed_origin (BelayServerContext *context,
                     const BelayHttpRequest *request)
{
  const char *origin = belay_http_request_get_header (request, "origin");
  g_auto (GStrv) allowed = g_strsplit (context->origins != NULL ? context->origins : "", " ", -1);

  return origin != NULL && *origin != '\0' && g_strv_contains ((const char *const *) allowed, origin) ? origin : NULL;
}

static void
allow_origin (BelayHttpReply *reply,
              const char *origin)
{
  soup_message_headers_replace (reply->headers, "Access-Control-Allow-Origin", origin);
  soup_message_headers_append (reply->headers, "Vary", "Origin");
  soup_message_headers_replace (reply->headers, "Access-Control-Expose-Headers",
                                "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through");
}

/* The browser asks, without credentials, whether the page's request would be welcome */
static BelayHttpReply *
answer_preflight (const char *origin)
{
  BelayHttpReply *reply = belay_http_reply_new (SOUP_STATUS_NO_CONTENT, NULL, NULL);

  allow_origin (reply, origin);
  soup_message_headers_replace (reply->headers, "Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, DELETE");
  soup_message_headers_replace (reply->headers, "Access-Control-Allow-Headers",
                                "Authorization, Content-Type, Content-Encoding, Accept-Language, If-Match, "
                                "If-None-Match, X-Experience-API-Version");
  soup_message_headers_replace (reply->headers, "Access-Control-Max-Age", "3600");

  return reply;
}

BelayHttpReply *
belay_route_xapi (BelayServerContext *context,
                  const BelayHttpRequest *request,
                  GError **error)
{
  const char *origin = find_allowed_origin (context, request);
  BelayHttpReply *reply;

  if (origin != NULL && g_str_equal (request->method, "OPTIONS"))
    return answer_preflight (origin);

  reply = answer_or_refuse (context, request, error);
  if (reply != NULL && origin != NULL)
    allow_origin (reply, origin);

  return reply;
}
