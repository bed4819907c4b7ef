/* belay-routes.c: which path is answered by whom
 *
 * Parse, call, reply: what a request means is work/'s affair.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-routes.h"

#include <string.h>

#include "belay-route-handlers.h"
#include "belay-wire-error.h"
#include "belay-work-error.h"

#define STACK_BYTES (256 * 1024)
#define XAPI_BODY_MOST (8 * 1024 * 1024)

static const BelayRoute routes[] = {
  { "GET", "/healthz", BELAY_OBJECT_ORGANISATION, BELAY_ACT_READ, TRUE, belay_route_health },
  { "GET", "/api/v1/server", BELAY_OBJECT_ORGANISATION, BELAY_ACT_READ, TRUE, belay_route_server },
  { "POST", "/api/v1/join", BELAY_OBJECT_ORGANISATION, BELAY_ACT_READ, TRUE, belay_route_join },
  { "POST", "/api/v1/sign-in", BELAY_OBJECT_ORGANISATION, BELAY_ACT_READ, TRUE, belay_route_sign_in },
  { "POST", "/api/v1/sign-out", BELAY_OBJECT_PERSON, BELAY_ACT_READ, FALSE, belay_route_sign_out },
  { "POST", "/api/v1/sync", BELAY_OBJECT_STATEMENT, BELAY_ACT_ADD, FALSE, belay_route_sync },
  { "GET", "/content/manifests/", BELAY_OBJECT_COURSE, BELAY_ACT_READ, FALSE, belay_route_manifest },
  { "GET", "/content/blobs/", BELAY_OBJECT_COURSE, BELAY_ACT_READ, FALSE, belay_route_blob },
  { NULL, "/xapi/", BELAY_OBJECT_STATEMENT, BELAY_ACT_ADD, FALSE, belay_route_xapi },
};

/**
 * belay_routes_next:
 * @previous: (nullable): %NULL for the first
 *
 * Returns: (transfer none) (nullable): the next route of the table
 */
const BelayRoute *
belay_routes_next (const BelayRoute *previous)
{
  const BelayRoute *next = previous == NULL ? routes : previous + 1;

  return next < routes + G_N_ELEMENTS (routes) ? next : NULL;
}

/**
 * belay_routes_limit:
 *
 * Returns: how many bytes a body sent to @path may have
 */
gsize
belay_routes_limit (const char *path,
                    gpointer context)
{
  return g_str_has_prefix (path, "/xapi/") ? XAPI_BODY_MOST : BELAY_WIRE_BODY_MOST;
}

static gboolean
is_path (const BelayRoute *route,
         const char *path)
{
  if (g_str_has_suffix (route->path, "/"))
    return g_str_has_prefix (path, route->path);

  return g_str_equal (path, route->path);
}

static gboolean
is_method (const BelayRoute *route,
           const char *method)
{
  return route->method == NULL || g_str_equal (route->method, method)
         || (g_str_equal (route->method, "GET") && g_str_equal (method, "HEAD"));
}

/* @status: (out): where there is none */
static const BelayRoute *
find_route (const BelayHttpRequest *request,
            guint *status)
{
  *status = SOUP_STATUS_NOT_FOUND;
  for (const BelayRoute *route = belay_routes_next (NULL); route != NULL; route = belay_routes_next (route))
    {
      if (!is_path (route, request->path))
        continue;
      if (is_method (route, request->method))
        return route;
      *status = SOUP_STATUS_METHOD_NOT_ALLOWED;
    }

  return NULL;
}

static BelayHttpReply *
refuse_unknown (guint status)
{
  g_autoptr (GError) error = belay_work_error_new (BELAY_WORK_ERROR_UNKNOWN, "what", "path");
  BelayHttpReply *reply = belay_route_reply_error (error);

  reply->status = status;

  return reply;
}

/* What reading the body already came to */
static BelayHttpReply *
refuse_body (const BelayHttpRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (request->refusal == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
    error = belay_work_error_new_number (BELAY_WORK_ERROR_TOO_LARGE, "most",
                                         (gint64) belay_routes_limit (request->path, NULL));
  else
    error = belay_work_error_new (BELAY_WORK_ERROR_MALFORMED, "where", "");

  return belay_route_reply_error (error);
}

static gboolean
is_wire_known (const BelayHttpRequest *request)
{
  const char *version = belay_http_request_get_header (request, "belay-wire");
  guint64 number;

  if (version == NULL || !g_str_has_prefix (request->path, "/api/"))
    return TRUE;

  return g_ascii_string_to_unsigned (version, 10, BELAY_WIRE_OLDEST, BELAY_WIRE_VERSION, &number, NULL);
}

static BelayHttpReply *
refuse_wire (void)
{
  char *body = g_strdup_printf ("{\"error\":{\"code\":\"%s\",\"parameters\":{\"oldest\":%d,\"newest\":%d}}}",
                                BELAY_CODE_WIRE_VERSION, BELAY_WIRE_OLDEST, BELAY_WIRE_VERSION);

  return belay_http_reply_new (SOUP_STATUS_BAD_REQUEST, "application/json", g_bytes_new_take (body, strlen (body)));
}

static BelayHttpReply *
answer (BelayServerContext *context,
        const BelayHttpRequest *request)
{
  g_autoptr (GError) error = NULL;
  const BelayRoute *route;
  BelayHttpReply *reply;
  guint status;

  if (!is_wire_known (request))
    return refuse_wire ();
  route = find_route (request, &status);
  if (route == NULL)
    return refuse_unknown (status);
  if (request->refusal != 0)
    return refuse_body (request);

  reply = route->handle (context, request, &error);

  return reply != NULL ? reply : belay_route_reply_error (error);
}

/* Never the query, a header or a body: they may hold secrets and what people learn */
static void
log_request (BelayServerContext *context,
             const BelayHttpRequest *request,
             guint status,
             gint64 began_us)
{
  if (!context->logs_requests)
    return;

  g_printerr ("request method=%s path=%s status=%u milliseconds=%" G_GINT64_FORMAT " remote=%s\n", request->method,
              request->raw_path, status, (g_get_monotonic_time () - began_us) / 1000, request->remote);
}

typedef struct
{
  BelayServerContext *context;
  const BelayHttpRequest *request;
} Asked;

static DexFuture *
answer_fiber (gpointer user_data)
{
  Asked *asked = user_data;
  gint64 began_us = g_get_monotonic_time ();
  BelayHttpReply *reply = answer (asked->context, asked->request);

  soup_message_headers_replace (reply->headers, BELAY_WIRE_HEADER, G_STRINGIFY (BELAY_WIRE_VERSION));
  log_request (asked->context, asked->request, reply->status, began_us);

  return dex_future_new_take_boxed (BELAY_TYPE_HTTP_REPLY, reply);
}

/**
 * belay_routes_handle:
 * @context: the #BelayServerContext
 *
 * A #BelayHttpHandler.
 */
DexFuture *
belay_routes_handle (const BelayHttpRequest *request,
                     gpointer context)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->context = context;
  asked->request = request;

  return dex_scheduler_spawn (NULL, STACK_BYTES, answer_fiber, asked, g_free);
}
