/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-http-server.h"
#include "belay-rights.h"
#include "belay-server-context.h"

G_BEGIN_DECLS

/* Runs in a fiber: it may await. Returns: (transfer full) (nullable): the reply, or %NULL with an error that becomes
 * one */
typedef BelayHttpReply *(*BelayRouteHandler) (BelayServerContext *context,
                                              const BelayHttpRequest *request,
                                              GError **error);

/* One way into the server. Every one is in the table, with what it lets someone do: the test of rights walks it. */
typedef struct
{
  const char *method; /* NULL: any */
  const char *path;   /* all that begin with it where it ends in a slash */
  BelayObject object;
  BelayAct act;
  gboolean is_open; /* nobody needs to be signed in */
  BelayRouteHandler handle;
} BelayRoute;

const BelayRoute *belay_routes_next (const BelayRoute *previous);
gsize belay_routes_limit (const char *path,
                          gpointer context);
DexFuture *belay_routes_handle (const BelayHttpRequest *request,
                                gpointer context) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
