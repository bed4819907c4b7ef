/* belay-download-sweep.c: what of some manifests is on the disk, what is not, and away with the rest
 *
 * A course may have thousands of files, and a folder may be on a slow disk: looking at them happens on the pool.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-download-job.h"

/* A disk is never filled to its last byte: what is done on the laptop needs room too */
#define ROOM_LEFT (32 * 1024 * 1024)

typedef struct
{
  BelayBlobStore *blobs;
  GPtrArray *manifests; /* (element-type BelayManifest) */
} Sweep;

static Sweep *
sweep_new (BelayBlobStore *blobs,
           GPtrArray *manifests)
{
  Sweep *sweep = g_new0 (Sweep, 1);

  sweep->blobs = belay_blob_store_ref (blobs);
  sweep->manifests = manifests;

  return sweep;
}

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  belay_blob_store_unref (sweep->blobs);
  g_ptr_array_unref (sweep->manifests);
  g_free (sweep);
}

/* Bytes that @manifest's files take here; each file once, whichever manifest names it */
static guint64
count_files (BelayBlobStore *blobs,
             const BelayManifest *manifest,
             GHashTable *seen)
{
  guint64 bytes = 0;

  for (guint i = 0; i < manifest->files->len; i++)
    {
      const BelayManifestFile *file = g_ptr_array_index (manifest->files, i);

      if (g_hash_table_add (seen, file->hash) && belay_blob_store_has (blobs, file->hash, NULL))
        bytes += file->size;
    }

  return bytes;
}

static guint64
count_all (const Sweep *sweep,
           GHashTable *seen)
{
  guint64 bytes = 0;

  for (guint i = 0; i < sweep->manifests->len; i++)
    bytes += count_files (sweep->blobs, g_ptr_array_index (sweep->manifests, i), seen);

  return bytes;
}

static DexFuture *
measure_on_pool (gpointer data)
{
  Sweep *sweep = data;
  const BelayManifest *manifest = g_ptr_array_index (sweep->manifests, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 needed = belay_manifest_get_bytes (manifest);
  guint64 here = count_all (sweep, seen);
  guint64 room = 0;
  GError *error = NULL;

  needed -= MIN (here, needed);
  if (!belay_blob_store_get_room (sweep->blobs, &room, &error))
    return dex_future_new_for_error (error);
  if (needed > 0 && room < needed + ROOM_LEFT)
    return dex_future_new_reject (BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_FULL,
                                  "The disk has no room for %" G_GUINT64_FORMAT " bytes", needed);

  return dex_future_new_for_uint64 (needed);
}

/**
 * belay_download_measure:
 *
 * Returns: (transfer full): resolves to how many bytes of @manifest's files are to be fetched, as a #guint64;
 *   rejects with %BELAY_BLOB_STORE_ERROR_FULL where the disk would be full with them
 */
DexFuture *
belay_download_measure (BelayBlobStore *blobs,
                        BelayManifest *manifest)
{
  GPtrArray *manifests;

  g_return_val_if_fail (blobs != NULL, NULL);
  g_return_val_if_fail (manifest != NULL, NULL);

  manifests = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_manifest_free);
  g_ptr_array_add (manifests, belay_manifest_copy (manifest));

  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, measure_on_pool,
                              sweep_new (blobs, manifests), sweep_free);
}

static DexFuture *
sweep_on_pool (gpointer data)
{
  Sweep *sweep = data;
  g_autoptr (GHashTable) keep = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  guint64 bytes = count_all (sweep, keep);

  /* What could not go stays until the next time */
  if (!belay_blob_store_sweep (sweep->blobs, keep, NULL, &error))
    g_warning ("Not all that is no longer wanted was removed: %s", error->message);

  return dex_future_new_for_uint64 (bytes);
}

/**
 * belay_download_sweep:
 * @manifests: (transfer full) (element-type BelayManifest): all that are wanted
 *
 * Removes every file that none of @manifests names, half files too.
 *
 * Returns: (transfer full): resolves to how many bytes of their files are here, as a #guint64
 */
DexFuture *
belay_download_sweep (BelayBlobStore *blobs,
                      GPtrArray *manifests)
{
  g_return_val_if_fail (blobs != NULL, NULL);
  g_return_val_if_fail (manifests != NULL, NULL);

  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, sweep_on_pool, sweep_new (blobs, manifests),
                              sweep_free);
}
