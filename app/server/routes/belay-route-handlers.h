/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-routes.h"
#include "belay-work-session.h"

G_BEGIN_DECLS

#define DECLARE_ROUTE(name)                                                                                            \
  BelayHttpReply *belay_route_##name (BelayServerContext *context, const BelayHttpRequest *request, GError **error)

DECLARE_ROUTE (health);
DECLARE_ROUTE (server);
DECLARE_ROUTE (join);
DECLARE_ROUTE (sign_in);
DECLARE_ROUTE (sign_out);
DECLARE_ROUTE (sync);
DECLARE_ROUTE (manifest);
DECLARE_ROUTE (blob);
DECLARE_ROUTE (xapi);

BelayHttpReply *belay_route_reply_json (GBytes *body);
BelayHttpReply *belay_route_reply_error (const GError *error);
BelayWorkSession *belay_route_find_session (BelayServerContext *context,
                                            const BelayHttpRequest *request,
                                            GError **error);

G_END_DECLS
