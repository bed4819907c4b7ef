/* belay-downloads.c: fetches what the store says is wanted
 *
 * What is wanted is in the database, so it goes on by itself at the next start. One module after
 * the other; files that two modules share are fetched once. Pausing and removing end what runs
 * at once. A failure that time may mend (no network) leaves the module wanted; one that needs a
 * person (full disk, quota, damage) is written down with a code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-downloads.h"

#include "belay-download-job.h"
#include "belay-store-downloads.h"

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

  DexFuture *running; /* (nullable): the fiber that works through what is wanted */
  gboolean again;     /* something was asked for while it ran */
  GCancellable *cancellable;
  char *module_id; /* (nullable): the one that is being fetched */
  BelayDownloadProgress progress;
};

G_DEFINE_FINAL_TYPE (BelayDownloads, belay_downloads, G_TYPE_OBJECT)

static void
belay_downloads_finalize (GObject *object)
{
  BelayDownloads *self = BELAY_DOWNLOADS (object);

  dex_clear (&self->running);
  g_clear_pointer (&self->store, belay_store_unref);
  g_clear_pointer (&self->blobs, belay_blob_store_unref);
  g_clear_pointer (&self->session, belay_net_session_unref);
  g_ptr_array_unref (self->pinned);
  g_clear_object (&self->cancellable);
  g_free (self->module_id);

  G_OBJECT_CLASS (belay_downloads_parent_class)->finalize (object);
}

static void
belay_downloads_class_init (BelayDownloadsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = belay_downloads_finalize;
}

static void
belay_downloads_init (BelayDownloads *self)
{
  self->pinned = g_ptr_array_new ();
  self->quota = G_MAXUINT64;
}

BelayDownloads *
belay_downloads_new (BelayStore *store,
                     BelayBlobStore *blobs,
                     BelayNetSession *session)
{
  BelayDownloads *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (blobs != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);

  self = g_object_new (BELAY_TYPE_DOWNLOADS, NULL);
  self->store = belay_store_ref (store);
  self->blobs = belay_blob_store_ref (blobs);
  self->session = belay_net_session_ref (session);

  return self;
}

/**
 * belay_downloads_set_func:
 * @func: (nullable): told of progress; %NULL ends that
 */
void
belay_downloads_set_func (BelayDownloads *self,
                          BelayDownloadFunc func,
                          gpointer user_data)
{
  g_return_if_fail (BELAY_IS_DOWNLOADS (self));

  self->func = func;
  self->user_data = user_data;
}

/**
 * belay_downloads_set_pinned_keys:
 * @keys: (element-type BelayPublicKey): whose manifests are believed
 */
void
belay_downloads_set_pinned_keys (BelayDownloads *self,
                                 GPtrArray *keys)
{
  g_return_if_fail (BELAY_IS_DOWNLOADS (self));
  g_return_if_fail (keys != NULL);

  g_ptr_array_ref (keys);
  g_ptr_array_unref (self->pinned);
  self->pinned = keys;
}

/**
 * belay_downloads_set_quota:
 * @bytes: how much all downloads may take together
 */
void
belay_downloads_set_quota (BelayDownloads *self,
                           guint64 bytes)
{
  g_return_if_fail (BELAY_IS_DOWNLOADS (self));

  self->quota = bytes;
}

/**
 * belay_downloads_get_used:
 *
 * Returns: bytes on the disk, as of the last round
 */
guint64
belay_downloads_get_used (BelayDownloads *self)
{
  g_return_val_if_fail (BELAY_IS_DOWNLOADS (self), 0);

  return self->used;
}

static void
tell (BelayDownloads *self)
{
  if (self->func != NULL && self->module_id != NULL)
    self->func (self->module_id, &self->progress, self->user_data);
}

static void
bytes_came (guint64 bytes,
            gpointer user_data)
{
  BelayDownloads *self = user_data;

  self->progress.bytes_left -= MIN (bytes, self->progress.bytes_left);
  self->progress.is_verifying = self->progress.bytes_left == 0;
  tell (self);
}

static BelayManifest *
get_manifest (BelayDownloads *self,
              const char *hash,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) payload = NULL;
  BelayManifest *manifest = dex_await_boxed (belay_store_load_manifest (self->store, hash), &failure);

  if (manifest != NULL)
    return manifest;

  payload = dex_await_boxed (belay_download_manifest (self->session, hash, self->pinned, self->cancellable), error);
  if (payload == NULL)
    return NULL;
  manifest = belay_manifest_decode (payload, error);
  if (manifest == NULL || !dex_await (belay_store_save_manifest (self->store, hash, payload), error))
    g_clear_pointer (&manifest, belay_manifest_free);

  return manifest;
}

/* Bytes that @manifest's files take here; each file once, whichever manifest names it */
static guint64
count_here (BelayDownloads *self,
            const BelayManifest *manifest,
            GHashTable *seen)
{
  guint64 bytes = 0;

  for (guint i = 0; i < manifest->files->len; i++)
    {
      const BelayManifestFile *file = g_ptr_array_index (manifest->files, i);

      if (g_hash_table_add (seen, g_strdup (file->hash)) && belay_blob_store_has (self->blobs, file->hash, NULL))
        bytes += file->size;
    }

  return bytes;
}

static gboolean
fits_quota (BelayDownloads *self,
            const BelayManifest *manifest,
            GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 here = count_here (self, manifest, seen);
  guint64 needed = belay_manifest_get_bytes (manifest) - MIN (here, belay_manifest_get_bytes (manifest));

  if (self->used <= self->quota && needed <= self->quota - self->used)
    return TRUE;

  g_set_error_literal (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_QUOTA, "Downloads may not take so much");
  return FALSE;
}

static gboolean
fetch_files (BelayDownloads *self,
             const BelayManifest *manifest,
             GError **error)
{
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const BelayManifestFile *file = g_ptr_array_index (manifest->files, i);
      gboolean was_here = belay_blob_store_has (self->blobs, file->hash, NULL);

      if (!dex_await (belay_download_file (self->session, self->blobs, file, bytes_came, self, self->cancellable),
                      error))
        return FALSE;
      if (!was_here)
        self->used += file->size;
    }

  return TRUE;
}

static gboolean
fetch_module (BelayDownloads *self,
              const BelayStoredDownload *wanted,
              GError **error)
{
  g_autoptr (BelayManifest) manifest = get_manifest (self, wanted->manifest, error);

  if (manifest == NULL)
    return FALSE;

  self->progress.bytes = belay_manifest_get_bytes (manifest);
  self->progress.bytes_left = self->progress.bytes;
  tell (self);

  return fits_quota (self, manifest, error) && fetch_files (self, manifest, error);
}

/* The code of a failure that a person must know of; %NULL for one that time may mend */
static const char *
failure_code (const GError *error)
{
  if (g_error_matches (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_FULL)
      || g_error_matches (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL))
    return "disk-full";
  if (g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_QUOTA))
    return "quota";
  if (g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_GONE))
    return "gone";
  if (g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_UNTRUSTED))
    return "untrusted";
  if (error->domain == BELAY_NET_ERROR || g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_REFUSED))
    return NULL;

  return "damaged";
}

/* Whether to go on with the next module */
static gboolean
end_module (BelayDownloads *self,
            const BelayStoredDownload *wanted,
            const GError *error)
{
  const char *failure = error != NULL ? failure_code (error) : NULL;

  if (error == NULL)
    return dex_await (belay_store_set_download (self->store, wanted->module_id, wanted->manifest, BELAY_STORED_READY,
                                                NULL),
                      NULL);
  if (g_error_matches (error, BELAY_NET_ERROR, BELAY_NET_ERROR_CANCELLED))
    return FALSE;

  g_debug ("Downloading stopped: %s", error->message);
  if (failure == NULL)
    return FALSE;

  return dex_await (belay_store_set_download (self->store, wanted->module_id, wanted->manifest, BELAY_STORED_FAILED,
                                              failure),
                    NULL);
}

static gboolean
run_module (BelayDownloads *self,
            const BelayStoredDownload *wanted)
{
  g_autoptr (GError) error = NULL;
  gboolean go_on;

  g_set_str (&self->module_id, wanted->module_id);
  self->progress = (BelayDownloadProgress) { .is_running = TRUE };
  fetch_module (self, wanted, &error);
  go_on = end_module (self, wanted, error);

  self->progress.is_running = FALSE;
  self->progress.is_verifying = FALSE;
  tell (self);
  g_clear_pointer (&self->module_id, g_free);

  return go_on;
}

/* What no wanted manifest names goes, half files too; what stays is counted */
static gboolean
sweep (BelayDownloads *self,
       GPtrArray *wanted)
{
  g_autoptr (GHashTable) keep = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->used = 0;
  for (guint i = 0; i < wanted->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (wanted, i);
      g_autoptr (BelayManifest) manifest =
        dex_await_boxed (belay_store_load_manifest (self->store, download->manifest), NULL);

      if (manifest != NULL)
        self->used += count_here (self, manifest, keep);
    }

  return belay_blob_store_sweep (self->blobs, keep, NULL, NULL);
}

static BelayStoredDownload *
next_wanted (BelayDownloads *self)
{
  g_autoptr (GPtrArray) wanted = dex_await_boxed (belay_store_list_downloads (self->store), NULL);

  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (wanted, i);

      if (download->state == BELAY_STORED_QUEUED)
        return belay_stored_download_copy (download);
    }

  return NULL;
}

static void
run_all (BelayDownloads *self)
{
  for (;;)
    {
      g_autoptr (BelayStoredDownload) wanted = next_wanted (self);

      if (wanted == NULL || g_cancellable_is_cancelled (self->cancellable) || !run_module (self, wanted))
        return;
    }
}

static DexFuture *
run_fiber (gpointer data)
{
  BelayDownloads *self = data;
  g_autoptr (GPtrArray) wanted = dex_await_boxed (belay_store_list_downloads (self->store), NULL);

  if (wanted != NULL)
    sweep (self, wanted);
  do
    {
      self->again = FALSE;
      run_all (self);
    }
  while (self->again && !g_cancellable_is_cancelled (self->cancellable));

  return dex_future_new_true ();
}

/**
 * belay_downloads_start:
 *
 * Fetches all that is wanted; what is already running looks again when it is through. To be called at
 * the start, and whenever the network may be back.
 */
void
belay_downloads_start (BelayDownloads *self)
{
  g_return_if_fail (BELAY_IS_DOWNLOADS (self));

  self->again = TRUE;
  if (self->running != NULL && dex_future_is_pending (self->running) && !g_cancellable_is_cancelled (self->cancellable))
    return;

  dex_clear (&self->running);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = dex_scheduler_spawn (NULL, 0, run_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
stopped (DexFuture *future,
         gpointer user_data)
{
  return dex_future_new_true ();
}

/**
 * belay_downloads_stop:
 *
 * Ends what runs at once; what is here can be resumed.
 *
 * Returns: (transfer full): resolves to %TRUE once nothing runs any more
 */
DexFuture *
belay_downloads_stop (BelayDownloads *self)
{
  g_return_val_if_fail (BELAY_IS_DOWNLOADS (self), NULL);

  if (self->running == NULL)
    return dex_future_new_true ();
  g_cancellable_cancel (self->cancellable);

  return dex_future_finally (dex_ref (self->running), stopped, NULL, NULL);
}

typedef struct
{
  BelayDownloads *self;
  char *module_id;
  char *manifest; /* (nullable) */
} Request;

static Request *
request_new (BelayDownloads *self,
             const char *module_id,
             const char *manifest)
{
  Request *request = g_new0 (Request, 1);

  request->self = g_object_ref (self);
  request->module_id = g_strdup (module_id);
  request->manifest = g_strdup (manifest);

  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->self);
  g_free (request->module_id);
  g_free (request->manifest);
  g_free (request);
}

static DexFuture *
add_fiber (gpointer data)
{
  Request *request = data;
  GError *error = NULL;

  if (!dex_await (belay_store_set_download (request->self->store, request->module_id, request->manifest,
                                            BELAY_STORED_QUEUED, NULL),
                  &error))
    return dex_future_new_for_error (error);
  belay_downloads_start (request->self);

  return dex_future_new_true ();
}

/**
 * belay_downloads_add:
 * @manifest_hash: SHA-256 of the module's manifest
 *
 * Wants a module, or wants it again after it was paused or failed.
 *
 * Returns: (transfer full): resolves to %TRUE once that is written down
 */
DexFuture *
belay_downloads_add (BelayDownloads *self,
                     const char *module_id,
                     const char *manifest_hash)
{
  g_return_val_if_fail (BELAY_IS_DOWNLOADS (self), NULL);
  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (manifest_hash != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, add_fiber, request_new (self, module_id, manifest_hash), request_free);
}

/* Nothing of this module is being written when it resolves */
static void
await_idle (Request *request)
{
  if (g_strcmp0 (request->self->module_id, request->module_id) == 0)
    dex_await (belay_downloads_stop (request->self), NULL);
}

static const BelayStoredDownload *
find_download (GPtrArray *downloads,
               const char *module_id)
{
  for (guint i = 0; downloads != NULL && i < downloads->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (downloads, i);

      if (g_str_equal (download->module_id, module_id))
        return download;
    }

  return NULL;
}

static DexFuture *
pause_fiber (gpointer data)
{
  Request *request = data;
  BelayStore *store = request->self->store;
  g_autoptr (GPtrArray) downloads = NULL;
  const BelayStoredDownload *download;
  GError *error = NULL;

  await_idle (request);
  downloads = dex_await_boxed (belay_store_list_downloads (store), &error);
  if (downloads == NULL)
    return dex_future_new_for_error (error);
  download = find_download (downloads, request->module_id);
  if (download != NULL && download->state == BELAY_STORED_QUEUED
      && !dex_await (belay_store_set_download (store, download->module_id, download->manifest, BELAY_STORED_PAUSED,
                                               NULL),
                     &error))
    return dex_future_new_for_error (error);
  belay_downloads_start (request->self);

  return dex_future_new_true ();
}

/**
 * belay_downloads_pause:
 *
 * Ends it now; what is here stays, and belay_downloads_add() goes on with it.
 */
DexFuture *
belay_downloads_pause (BelayDownloads *self,
                       const char *module_id)
{
  g_return_val_if_fail (BELAY_IS_DOWNLOADS (self), NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, pause_fiber, request_new (self, module_id, NULL), request_free);
}

static DexFuture *
remove_fiber (gpointer data)
{
  Request *request = data;
  GError *error = NULL;

  /* Sweeping takes half files too: nothing at all may be fetched meanwhile */
  dex_await (belay_downloads_stop (request->self), NULL);
  if (!dex_await (belay_store_remove_download (request->self->store, request->module_id), &error))
    return dex_future_new_for_error (error);
  belay_downloads_start (request->self);

  return dex_future_new_true ();
}

/**
 * belay_downloads_remove:
 *
 * Ends it, whether it was here whole or not, and frees its space, but for files that others share.
 */
DexFuture *
belay_downloads_remove (BelayDownloads *self,
                        const char *module_id)
{
  g_return_val_if_fail (BELAY_IS_DOWNLOADS (self), NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, remove_fiber, request_new (self, module_id, NULL), request_free);
}
