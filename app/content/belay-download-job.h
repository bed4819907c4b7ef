/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-blob-store.h"
#include "belay-manifest.h"
#include "belay-net-session.h"

G_BEGIN_DECLS

#define BELAY_DOWNLOAD_ERROR (belay_download_error_quark ())

typedef enum
{
  BELAY_DOWNLOAD_ERROR_GONE,      /* the server no longer has it */
  BELAY_DOWNLOAD_ERROR_DAMAGED,   /* what came is not what the manifest says, again and again */
  BELAY_DOWNLOAD_ERROR_UNTRUSTED, /* no pinned key signed the manifest */
  BELAY_DOWNLOAD_ERROR_QUOTA,     /* it would take more than the person gave to downloads */
  BELAY_DOWNLOAD_ERROR_REFUSED,   /* the server does not give it to this laptop now */
} BelayDownloadError;

GQuark belay_download_error_quark (void);

/* Called with the bytes that are newly here. */
typedef void (*BelayDownloadBytesFunc) (guint64 bytes,
                                        gpointer user_data);

const char *belay_download_failure_code (const GError *error);
DexFuture *belay_download_file (BelayNetSession *session,
                                BelayBlobStore *blobs,
                                const BelayManifestFile *file,
                                BelayDownloadBytesFunc func,
                                gpointer user_data,
                                GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_download_measure (BelayBlobStore *blobs,
                                   BelayManifest *manifest) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_download_sweep (BelayBlobStore *blobs,
                                 GPtrArray *manifests) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_download_manifest (BelayNetSession *session,
                                    const char *hash,
                                    GPtrArray *pinned,
                                    GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
