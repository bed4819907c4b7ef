/* belay-refusal-export.c: writes what the server refused to a file, so that it is not lost with the refusal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-refusal-private.h"

#include "belay-service-error-private.h"
#include "belay-store-outbox.h"

typedef struct
{
  BelayStore *store;
  char *id;
  GFile *file;
} Exporting;

static void
exporting_free (gpointer data)
{
  Exporting *exporting = data;

  belay_store_unref (exporting->store);
  g_free (exporting->id);
  g_object_unref (exporting->file);
  g_free (exporting);
}

static DexFuture *
export_fiber (gpointer data)
{
  Exporting *exporting = data;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  contents = dex_await_boxed (belay_store_export (exporting->store, exporting->id), &error);
  if (contents == NULL
      || !dex_await (dex_file_replace_contents_bytes (exporting->file, contents, NULL, FALSE, G_FILE_CREATE_PRIVATE),
                     &error))
    return dex_future_new_for_error (belay_service_error_from (error));

  return dex_future_new_true ();
}

/**
 * belay_refusal_export:
 * @id: of what was refused
 * @file: where to write it, as the server would have got it
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with a #BelayServiceError
 */
DexFuture *
belay_refusal_export (BelayStore *store,
                      const char *id,
                      GFile *file)
{
  Exporting *exporting;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  exporting = g_new0 (Exporting, 1);
  exporting->store = belay_store_ref (store);
  exporting->id = g_strdup (id);
  exporting->file = g_object_ref (file);

  return dex_scheduler_spawn (NULL, 0, export_fiber, exporting, exporting_free);
}
