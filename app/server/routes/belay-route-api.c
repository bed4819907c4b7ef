/* belay-route-api.c: who the server is, signing in and out, and sync
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>

#include "belay-route-handlers.h"
#include "belay-sign-in-message.h"
#include "belay-sync-message.h"
#include "belay-work-organisation.h"
#include "belay-work-sign-in.h"
#include "belay-work-sync.h"

static BelayHttpReply *
reply_with (DexFuture *body,
            GError **error)
{
  GBytes *bytes = dex_await_boxed (body, error);

  return bytes != NULL ? belay_route_reply_json (bytes) : NULL;
}

BelayHttpReply *
belay_route_health (BelayServerContext *context,
                    const BelayHttpRequest *request,
                    GError **error)
{
  if (!dex_await (belay_work_health (context), error))
    return NULL;

  return belay_route_reply_json (g_bytes_new_static ("{\"status\":\"ok\"}", 15));
}

BelayHttpReply *
belay_route_server (BelayServerContext *context,
                    const BelayHttpRequest *request,
                    GError **error)
{
  return reply_with (belay_work_hello (context), error);
}

BelayHttpReply *
belay_route_sign_in (BelayServerContext *context,
                     const BelayHttpRequest *request,
                     GError **error)
{
  BelaySignInRequest *message = belay_sign_in_request_decode (request->body, FALSE, error);

  if (message == NULL)
    return NULL;

  return reply_with (belay_work_sign_in (context, message, request->remote), error);
}

BelayHttpReply *
belay_route_join (BelayServerContext *context,
                  const BelayHttpRequest *request,
                  GError **error)
{
  BelaySignInRequest *message = belay_sign_in_request_decode (request->body, TRUE, error);

  if (message == NULL)
    return NULL;

  return reply_with (belay_work_join (context, message, request->remote), error);
}

BelayHttpReply *
belay_route_sign_out (BelayServerContext *context,
                      const BelayHttpRequest *request,
                      GError **error)
{
  g_autoptr (BelayWorkSession) session = belay_route_find_session (context, request, error);

  if (session == NULL || !dex_await (belay_work_sign_out (context, session->device), error))
    return NULL;

  return belay_route_reply_json (g_bytes_new_static ("{}", 2));
}

/* Only in builds with tests: dies where a power cut would hurt most, when all is committed and nobody knows */
static void
fault_after_commit (gboolean has_written)
{
#ifdef BELAY_WITH_FAULTS
  if (has_written && g_strcmp0 (g_getenv ("BELAY_FAULT"), "kill-after-commit") == 0)
    raise (SIGKILL);
#endif
}

BelayHttpReply *
belay_route_sync (BelayServerContext *context,
                  const BelayHttpRequest *request,
                  GError **error)
{
  g_autoptr (BelayWorkSession) session = belay_route_find_session (context, request, error);
  BelaySyncRequest *message = session != NULL ? belay_sync_request_decode (request->body, error) : NULL;
  BelayHttpReply *reply;
  gboolean has_items;

  if (message == NULL)
    return NULL;

  has_items = message->up->len > 0;
  reply = reply_with (belay_work_sync (context->db, session->person, session->device, message), error);
  fault_after_commit (has_items && reply != NULL);

  return reply;
}
