/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-downloads.h"

G_BEGIN_DECLS

struct _BelayDownloads
{
  GObject parent_instance;

  BelayStore *store;
  BelayBlobStore *blobs;
  BelayNetSession *session;
  GPtrArray *pinned; /* (element-type BelayPublicKey) */
  guint64 quota;
  guint64 used; /* bytes of all files that a wanted module has here */
  BelayDownloadFunc func;
  gpointer user_data;

  DexFuture *running;        /* (nullable): the run that works through what is wanted, or waits for the one before it */
  GCancellable *cancellable; /* (nullable): of @running */
  GCancellable *active;      /* (nullable): of the run that is at work */
  gboolean again;            /* something was asked for while it ran */
  char *module_id;           /* (nullable): the one that is being fetched */
  BelayDownloadProgress progress;
};

G_END_DECLS
