/* belay-downloads.c: fetches what the store says is wanted
 *
 * What is wanted is in the database, so it goes on by itself at the next start. One module after
 * the other; files that two modules share are fetched once. Pausing and removing end what runs
 * at once. A failure that time may mend (no network) leaves the module wanted; one that needs a
 * person (full disk, quota, damage) is written down with a code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-downloads-private.h"

#include "belay-download-job.h"
#include "belay-store-downloads.h"

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
  g_clear_object (&self->active);
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

  payload = dex_await_boxed (belay_download_manifest (self->session, hash, self->pinned, self->active), error);
  if (payload == NULL)
    return NULL;
  manifest = belay_manifest_decode (payload, error);
  if (manifest == NULL || !dex_await (belay_store_save_manifest (self->store, hash, payload), error))
    g_clear_pointer (&manifest, belay_manifest_free);

  return manifest;
}

static gboolean
has_room (BelayDownloads *self,
          BelayManifest *manifest,
          GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint64 needed = dex_await_uint64 (belay_download_measure (self->blobs, manifest), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
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

      if (!dex_await (belay_download_file (self->session, self->blobs, file, bytes_came, self, self->active), error))
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

  return has_room (self, manifest, error) && fetch_files (self, manifest, error);
}

/* Whether to go on with the next module */
static gboolean
end_module (BelayDownloads *self,
            const BelayStoredDownload *wanted,
            const GError *error)
{
  const char *failure = error != NULL ? belay_download_failure_code (error) : NULL;

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
  self->progress.failure = error != NULL ? belay_download_failure_code (error) : NULL;
  tell (self);
  g_clear_pointer (&self->module_id, g_free);

  return go_on;
}

/* Returns: whether all of what the download has here is known by @manifests now */
static gboolean
add_manifest (BelayDownloads *self,
              GPtrArray *manifests,
              const char *hash)
{
  g_autoptr (BelayManifest) manifest = dex_await_boxed (belay_store_load_manifest (self->store, hash), NULL);

  if (manifest == NULL)
    return FALSE;
  g_ptr_array_add (manifests, g_steal_pointer (&manifest));

  return TRUE;
}

/* What no wanted manifest names goes, half files too; what stays is counted. Where a manifest cannot be read that
 * has files here, nothing goes: they would be among it. */
static void
sweep (BelayDownloads *self,
       GPtrArray *wanted)
{
  g_autoptr (GPtrArray) manifests = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_manifest_free);

  for (guint i = 0; i < wanted->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (wanted, i);
      const char *usable = belay_stored_download_get_usable (download);

      if (usable != NULL && !add_manifest (self, manifests, usable))
        return;
      if (g_strcmp0 (usable, download->manifest) != 0)
        add_manifest (self, manifests, download->manifest);
    }
  self->used = dex_await_uint64 (belay_download_sweep (self->blobs, g_steal_pointer (&manifests)), NULL);
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

      if (wanted == NULL || g_cancellable_is_cancelled (self->active) || !run_module (self, wanted))
        return;
    }
}

typedef struct
{
  BelayDownloads *self;
  DexFuture *before; /* (nullable): the run that was told to end */
  GCancellable *cancellable;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->self);
  dex_clear (&run->before);
  g_object_unref (run->cancellable);
  g_free (run);
}

/* One run at a time: what sweeps must not take from under what fetches */
static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;
  BelayDownloads *self = run->self;
  g_autoptr (GPtrArray) wanted = NULL;

  if (run->before != NULL)
    dex_await (g_steal_pointer (&run->before), NULL);
  if (g_cancellable_is_cancelled (run->cancellable))
    return dex_future_new_true ();

  g_set_object (&self->active, run->cancellable);
  wanted = dex_await_boxed (belay_store_list_downloads (self->store), NULL);
  if (wanted != NULL)
    sweep (self, wanted);
  do
    {
      self->again = FALSE;
      run_all (self);
    }
  while (self->again && !g_cancellable_is_cancelled (run->cancellable));

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
  Run *run;

  g_return_if_fail (BELAY_IS_DOWNLOADS (self));

  self->again = TRUE;
  if (self->running != NULL && dex_future_is_pending (self->running) && !g_cancellable_is_cancelled (self->cancellable))
    return;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  run = g_new0 (Run, 1);
  run->self = g_object_ref (self);
  run->before = g_steal_pointer (&self->running);
  run->cancellable = g_object_ref (self->cancellable);
  self->running = dex_scheduler_spawn (NULL, 0, run_fiber, run, run_free);
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
