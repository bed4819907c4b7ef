/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_BLOB_STORE_ERROR (belay_blob_store_error_quark ())

typedef enum
{
  BELAY_BLOB_STORE_ERROR_FAILED,
  BELAY_BLOB_STORE_ERROR_FULL,  /* no room left on the disk, or over the quota */
  BELAY_BLOB_STORE_ERROR_WRONG, /* what was written is not what the hash says */
} BelayBlobStoreError;

GQuark belay_blob_store_error_quark (void);

/* A file larger than this is cut into chunks of this size, each with a hash of its own. */
#define BELAY_CHUNK_BYTES (4 * 1024 * 1024)

/* A folder of files that are named by the SHA-256 of what they hold. */
typedef struct _BelayBlobStore BelayBlobStore;

/* A file that is not whole yet. Freeing it keeps what was written where it can be resumed, else drops it. */
typedef struct _BelayBlobWrite BelayBlobWrite;

BelayBlobStore *belay_blob_store_new (const char *path,
                                      GError **error);
BelayBlobStore *belay_blob_store_ref (BelayBlobStore *self);
void belay_blob_store_unref (BelayBlobStore *self);

gboolean belay_blob_store_has (BelayBlobStore *self,
                               const char *hash,
                               guint64 *size);
char *belay_blob_store_path_for (BelayBlobStore *self,
                                 const char *hash);
gboolean belay_blob_store_get_room (BelayBlobStore *self,
                                    guint64 *bytes,
                                    GError **error);
gboolean belay_blob_store_verify (BelayBlobStore *self,
                                  const char *hash,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean belay_blob_store_remove (BelayBlobStore *self,
                                  const char *hash,
                                  GError **error);
gboolean belay_blob_store_sweep (BelayBlobStore *self,
                                 GHashTable *keep,
                                 guint64 *freed,
                                 GError **error);

BelayBlobWrite *belay_blob_store_begin (BelayBlobStore *self,
                                        GError **error);
BelayBlobWrite *belay_blob_store_resume (BelayBlobStore *self,
                                         const char *hash,
                                         GPtrArray *chunks,
                                         GError **error);
guint64 belay_blob_write_get_offset (BelayBlobWrite *self);
gboolean belay_blob_write_append (BelayBlobWrite *self,
                                  gconstpointer data,
                                  gsize length,
                                  GError **error);
gboolean belay_blob_write_rewind (BelayBlobWrite *self,
                                  guint64 offset,
                                  GError **error);
gboolean belay_blob_write_seal (BelayBlobWrite *self,
                                GError **error);
const char *belay_blob_write_get_hash (BelayBlobWrite *self);
const char *belay_blob_write_get_path (BelayBlobWrite *self);
gboolean belay_blob_write_commit (BelayBlobWrite *self,
                                  const char *expected_hash,
                                  char **hash,
                                  GError **error);
void belay_blob_write_free (BelayBlobWrite *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayBlobStore, belay_blob_store_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayBlobWrite, belay_blob_write_free)

G_END_DECLS
