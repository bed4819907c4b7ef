/* belay-downloads-acts.c: what a person can ask of downloads
 *
 * Each act is written down first; what runs finds it there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-downloads-private.h"

#include "belay-store-downloads.h"

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

static DexFuture *
renew_fiber (gpointer data)
{
  Request *request = data;
  GError *error = NULL;

  await_idle (request);
  if (!dex_await (belay_store_renew_download (request->self->store, request->module_id, request->manifest), &error))
    return dex_future_new_for_error (error);
  belay_downloads_start (request->self);

  return dex_future_new_true ();
}

/**
 * belay_downloads_renew:
 * @manifest_hash: SHA-256 of the manifest that the module has now
 *
 * Fetches another version of a module that is wanted. The one that is here can be studied until then.
 *
 * Returns: (transfer full): resolves to %TRUE once that is written down
 */
DexFuture *
belay_downloads_renew (BelayDownloads *self,
                       const char *module_id,
                       const char *manifest_hash)
{
  g_return_val_if_fail (BELAY_IS_DOWNLOADS (self), NULL);
  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (manifest_hash != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, renew_fiber, request_new (self, module_id, manifest_hash), request_free);
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
