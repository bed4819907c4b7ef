/* belay-store-downloads.c: what this person wants to have on the laptop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-downloads.h"

#include "belay-store-private.h"

G_DEFINE_BOXED_TYPE (BelayStoredDownload, belay_stored_download, belay_stored_download_copy, belay_stored_download_free)

static const char select_downloads[] =
  "SELECT module_id, manifest, state, failure, older FROM download ORDER BY asked_us, module_id";
static const char upsert_download[] =
  "INSERT INTO download (module_id, manifest, state, failure, asked_us) VALUES (?, ?, ?, ?, ?)"
  " ON CONFLICT (module_id) DO UPDATE SET manifest = excluded.manifest, state = excluded.state,"
  " failure = excluded.failure, older = CASE excluded.state WHEN 2 THEN NULL ELSE older END";
/* What was paused stays so */
static const char renew_download[] =
  "UPDATE download SET older = CASE state WHEN 2 THEN manifest ELSE older END, manifest = ?1,"
  " state = CASE state WHEN 1 THEN 1 ELSE 0 END, failure = NULL WHERE module_id = ?2 AND manifest <> ?1";
static const char delete_download[] = "DELETE FROM download WHERE module_id = ?";
static const char delete_manifests[] = "DELETE FROM manifest WHERE hash NOT IN (SELECT manifest FROM download)"
                                       " AND hash NOT IN (SELECT older FROM download WHERE older IS NOT NULL)";
static const char insert_manifest[] = "INSERT OR IGNORE INTO manifest (hash, payload) VALUES (?, ?)";
static const char select_manifest[] = "SELECT payload FROM manifest WHERE hash = ?";

BelayStoredDownload *
belay_stored_download_copy (const BelayStoredDownload *self)
{
  BelayStoredDownload *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->module_id = g_strdup (self->module_id);
  copy->manifest = g_strdup (self->manifest);
  copy->failure = g_strdup (self->failure);
  copy->older = g_strdup (self->older);

  return copy;
}

void
belay_stored_download_free (BelayStoredDownload *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->module_id);
  g_free (self->manifest);
  g_free (self->failure);
  g_free (self->older);
  g_free (self);
}

/**
 * belay_stored_download_get_usable:
 *
 * Returns: (transfer none) (nullable): the manifest of which all files are here, be it an older one than is wanted
 */
const char *
belay_stored_download_get_usable (const BelayStoredDownload *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->state == BELAY_STORED_READY ? self->manifest : self->older;
}

/* Of a row that has module_id, manifest, state, failure and older */
BelayStoredDownload *
belay_stored_download_read (BelayQuery *query)
{
  BelayStoredDownload *download = g_new0 (BelayStoredDownload, 1);

  download->module_id = belay_query_dup_text (query, 0);
  download->manifest = belay_query_dup_text (query, 1);
  download->state = (BelayStoredDownloadState) belay_query_get_int (query, 2);
  download->failure = belay_query_dup_text (query, 3);
  download->older = belay_query_dup_text (query, 4);

  return download;
}

static DexFuture *
list_work (BelayDatabase *database,
           gpointer user_data)
{
  g_autoptr (GPtrArray) downloads = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_stored_download_free);
  BelayQuery *query = belay_database_query (database, select_downloads);
  GError *error = NULL;

  while (belay_query_next (query, &error))
    g_ptr_array_add (downloads, belay_stored_download_read (query));
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&downloads));
}

/**
 * belay_store_list_downloads:
 *
 * Returns: (transfer full): resolves to a #GPtrArray of #BelayStoredDownload, the one asked for first first
 */
DexFuture *
belay_store_list_downloads (BelayStore *self)
{
  return belay_store_read (self, list_work, NULL, NULL);
}

static DexFuture *
set_work (BelayStoreWriter *writer,
          gpointer user_data)
{
  const BelayStoredDownload *download = user_data;
  BelayQuery *query = belay_database_query (writer->database, upsert_download);
  GError *error = NULL;

  belay_query_bind_text (query, 1, download->module_id);
  belay_query_bind_text (query, 2, download->manifest);
  belay_query_bind_int (query, 3, download->state);
  belay_query_bind_text (query, 4, download->failure);
  belay_query_bind_int (query, 5, belay_clock_now_us (writer->clock));
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_set_download:
 * @manifest: SHA-256 of the manifest that is wanted
 * @failure: (nullable): a code, where @state says so
 */
DexFuture *
belay_store_set_download (BelayStore *self,
                          const char *module_id,
                          const char *manifest,
                          BelayStoredDownloadState state,
                          const char *failure)
{
  BelayStoredDownload download = { (char *) module_id, (char *) manifest, state, (char *) failure, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (manifest != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_DOWNLOADS, set_work, belay_stored_download_copy (&download),
                            (GDestroyNotify) belay_stored_download_free);
}

static DexFuture *
renew_work (BelayStoreWriter *writer,
            gpointer user_data)
{
  const BelayStoredDownload *download = user_data;
  BelayQuery *query = belay_database_query (writer->database, renew_download);
  GError *error = NULL;

  belay_query_bind_text (query, 1, download->manifest);
  belay_query_bind_text (query, 2, download->module_id);
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_renew_download:
 * @manifest: SHA-256 of the manifest that the module has now
 *
 * Wants another version of a module that is wanted. What is here whole stays until the other one is.
 */
DexFuture *
belay_store_renew_download (BelayStore *self,
                            const char *module_id,
                            const char *manifest)
{
  BelayStoredDownload download = { (char *) module_id, (char *) manifest, BELAY_STORED_QUEUED, NULL, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (manifest != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_DOWNLOADS, renew_work, belay_stored_download_copy (&download),
                            (GDestroyNotify) belay_stored_download_free);
}

static DexFuture *
remove_work (BelayStoreWriter *writer,
             gpointer user_data)
{
  BelayQuery *query = belay_database_query (writer->database, delete_download);
  GError *error = NULL;

  belay_query_bind_text (query, 1, user_data);
  if (!belay_query_run (query, &error)
      || !belay_query_run (belay_database_query (writer->database, delete_manifests), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

DexFuture *
belay_store_remove_download (BelayStore *self,
                             const char *module_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_DOWNLOADS, remove_work, g_strdup (module_id), g_free);
}

typedef struct
{
  char *hash;
  GBytes *payload;
} ManifestRow;

static void
manifest_row_free (gpointer data)
{
  ManifestRow *row = data;

  g_free (row->hash);
  g_bytes_unref (row->payload);
  g_free (row);
}

static DexFuture *
save_manifest_work (BelayStoreWriter *writer,
                    gpointer user_data)
{
  ManifestRow *row = user_data;
  BelayQuery *query = belay_database_query (writer->database, insert_manifest);
  GError *error = NULL;

  belay_query_bind_text (query, 1, row->hash);
  belay_query_bind_bytes (query, 2, row->payload);
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_save_manifest:
 * @hash: SHA-256 of @payload
 * @payload: a manifest whose signature was checked
 */
DexFuture *
belay_store_save_manifest (BelayStore *self,
                           const char *hash,
                           GBytes *payload)
{
  ManifestRow *row;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hash != NULL, NULL);
  g_return_val_if_fail (payload != NULL, NULL);

  row = g_new0 (ManifestRow, 1);
  row->hash = g_strdup (hash);
  row->payload = g_bytes_ref (payload);

  return belay_store_write (self, 0, save_manifest_work, row, manifest_row_free);
}

static DexFuture *
load_manifest_work (BelayDatabase *database,
                    gpointer user_data)
{
  BelayQuery *query = belay_database_query (database, select_manifest);
  GError *error = NULL;
  g_autoptr (GBytes) payload = NULL;
  BelayManifest *manifest = NULL;

  belay_query_bind_text (query, 1, user_data);
  if (belay_query_next (query, &error))
    {
      payload = belay_query_dup_bytes (query, 0);
      belay_query_run (query, NULL);
    }
  if (payload != NULL)
    manifest = belay_manifest_decode (payload, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (BELAY_TYPE_MANIFEST, manifest);
}

/**
 * belay_store_load_manifest:
 *
 * Returns: (transfer full): resolves to a #BelayManifest, or to %NULL where it is not here
 */
DexFuture *
belay_store_load_manifest (BelayStore *self,
                           const char *hash)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hash != NULL, NULL);

  return belay_store_read (self, load_manifest_work, g_strdup (hash), g_free);
}
