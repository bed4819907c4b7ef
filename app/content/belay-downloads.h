/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-blob-store.h"
#include "belay-manifest.h"
#include "belay-net-session.h"
#include "belay-store.h"

G_BEGIN_DECLS

/* Where the download of a module is at this moment; what is asked for is in the store. */
typedef struct
{
  gboolean is_running;
  gboolean is_verifying;
  guint64 bytes;
  guint64 bytes_left;
  const char *failure; /* (nullable): why it stopped, where a person must know: also told where it could not be kept */
} BelayDownloadProgress;

/* Called on the main context when the progress of a module changed. */
typedef void (*BelayDownloadFunc) (const char *module_id,
                                   const BelayDownloadProgress *progress,
                                   gpointer user_data);

#define BELAY_TYPE_DOWNLOADS (belay_downloads_get_type ())

/* BelayDownloads: fetches what the store says is wanted, one module after the other. */
G_DECLARE_FINAL_TYPE (BelayDownloads, belay_downloads, BELAY, DOWNLOADS, GObject)

BelayDownloads *belay_downloads_new (BelayStore *store,
                                     BelayBlobStore *blobs,
                                     BelayNetSession *session);
void belay_downloads_set_func (BelayDownloads *self,
                               BelayDownloadFunc func,
                               gpointer user_data);
void belay_downloads_set_pinned_keys (BelayDownloads *self,
                                      GPtrArray *keys);
void belay_downloads_set_quota (BelayDownloads *self,
                                guint64 bytes);
guint64 belay_downloads_get_used (BelayDownloads *self);

void belay_downloads_start (BelayDownloads *self);
DexFuture *belay_downloads_stop (BelayDownloads *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_downloads_add (BelayDownloads *self,
                                const char *module_id,
                                const char *manifest_hash) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_downloads_renew (BelayDownloads *self,
                                  const char *module_id,
                                  const char *manifest_hash) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_downloads_pause (BelayDownloads *self,
                                  const char *module_id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_downloads_remove (BelayDownloads *self,
                                   const char *module_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
