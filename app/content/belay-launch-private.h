/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"
#include "belay-http-server.h"
#include "belay-launch-session.h"

G_BEGIN_DECLS

/* For the content host alone: what a launch is served from. */
struct _BelayLaunch
{
  GObject parent_instance;

  BelayHttpServer *server;
  BelayBlobStore *blobs;
  BelayManifest *manifest;
  BelayLaunchSession *session; /* NULL until the address is known */
  BelayLaunchAccess access;
  gpointer access_data;

  guint16 port;
  char *host;   /* 127.0.0.1:PORT */
  char *root;   /* /TOKEN */
  char *prefix; /* http://127.0.0.1:PORT/TOKEN/ */
  char *url;
  char *return_url;
  char *fetch;      /* last part of the fetch URL */
  char *credential; /* what the content shows, once it fetched it */
  gboolean was_fetched;

  BelayLaunchOutcome outcome;
  gboolean is_terminated;
  gboolean is_ending;
  gboolean is_ended;
};

BelayLaunch *belay_launch_new (const BelayLaunchRequest *request,
                               BelayBlobStore *blobs);
void belay_launch_update (BelayLaunch *self);
void belay_launch_set_ended (BelayLaunch *self);
void belay_launch_lost (BelayLaunch *self,
                        const GError *error);

G_END_DECLS
