/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-manifest.h"
#include "belay-store.h"

G_BEGIN_DECLS

/* How a download stands; the numbers are in the database. */
typedef enum
{
  BELAY_STORED_QUEUED = 0,
  BELAY_STORED_PAUSED = 1,
  BELAY_STORED_READY = 2,
  BELAY_STORED_FAILED = 3,
} BelayStoredDownloadState;

#define BELAY_TYPE_STORED_DOWNLOAD (belay_stored_download_get_type ())

typedef struct
{
  char *module_id;
  char *manifest; /* SHA-256 */
  BelayStoredDownloadState state;
  char *failure; /* (nullable) */
  char *older;   /* (nullable): SHA-256 of the manifest that is here whole while @manifest is not */
} BelayStoredDownload;

GType belay_stored_download_get_type (void) G_GNUC_CONST;
const char *belay_stored_download_get_usable (const BelayStoredDownload *self);
BelayStoredDownload *belay_stored_download_copy (const BelayStoredDownload *self);
void belay_stored_download_free (BelayStoredDownload *self);

DexFuture *belay_store_list_downloads (BelayStore *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_set_download (BelayStore *self,
                                     const char *module_id,
                                     const char *manifest,
                                     BelayStoredDownloadState state,
                                     const char *failure) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_renew_download (BelayStore *self,
                                       const char *module_id,
                                       const char *manifest) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_remove_download (BelayStore *self,
                                        const char *module_id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_save_manifest (BelayStore *self,
                                      const char *hash,
                                      GBytes *payload) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_load_manifest (BelayStore *self,
                                      const char *hash) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStoredDownload, belay_stored_download_free)

G_END_DECLS
