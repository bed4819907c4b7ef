/* belay-route-content.c: manifests and files of courses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "belay-route-handlers.h"
#include "belay-work-content.h"

/* What is named by its hash never changes; but it is not for everyone, so no shared cache may keep it */
#define CACHE_FOR_EVER "private, max-age=31536000, immutable"

static BelayHttpReply *
reply_file (BelayServerContext *context,
            const BelayHttpRequest *request,
            gboolean is_manifest,
            GError **error)
{
  const char *hash = strrchr (request->path, '/') + 1;
  g_autoptr (BelayWorkSession) session = belay_route_find_session (context, request, error);
  g_autoptr (BelayWorkFile) file = NULL;
  BelayHttpReply *reply;

  if (session == NULL)
    return NULL;
  file = dex_await_boxed (belay_work_content_find (context, session->person, hash, is_manifest), error);
  if (file == NULL)
    return NULL;

  reply = belay_http_reply_new_file (file->path, file->type, hash);
  soup_message_headers_replace (reply->headers, "Cache-Control", CACHE_FOR_EVER);

  return reply;
}

BelayHttpReply *
belay_route_manifest (BelayServerContext *context,
                      const BelayHttpRequest *request,
                      GError **error)
{
  return reply_file (context, request, TRUE, error);
}

BelayHttpReply *
belay_route_blob (BelayServerContext *context,
                  const BelayHttpRequest *request,
                  GError **error)
{
  return reply_file (context, request, FALSE, error);
}
