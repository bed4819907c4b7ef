/* belay-account-acts.c: what a person can do with their account
 *
 * Each act is handed to the room that does it; what comes of it is seen in the account's lists.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-private.h"

#include "belay-refusal-private.h"
#include "belay-service-error-private.h"
#include "belay-store-outbox.h"
#include "belay-study-private.h"

/**
 * belay_account_set_in_use:
 * @in_use: whether someone looks at the app: then the server is asked more often
 */
void
belay_account_set_in_use (BelayAccount *self,
                          gboolean in_use)
{
  g_return_if_fail (BELAY_IS_ACCOUNT (self));

  belay_sync_schedule_set_in_use (self->schedule, in_use);
}

/**
 * belay_account_find_module:
 *
 * Returns: (transfer none) (nullable): the item of that id
 */
BelayModuleItem *
belay_account_find_module (BelayAccount *self,
                           const char *module_id)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  return belay_account_seek_module (G_LIST_MODEL (self->programmes), module_id);
}

/**
 * belay_account_download:
 * @module: to have on this laptop; also goes on with what was paused or failed
 */
void
belay_account_download (BelayAccount *self,
                        BelayModuleItem *module)
{
  const BelayModule *wanted;

  g_return_if_fail (BELAY_IS_ACCOUNT (self));
  g_return_if_fail (BELAY_IS_MODULE_ITEM (module));

  wanted = self->view != NULL ? belay_store_view_find_module (self->view, belay_module_item_get_id (module)) : NULL;
  if (wanted == NULL || wanted->manifest == NULL)
    return;
  belay_module_item_set_state (module, BELAY_DOWNLOAD_STATE_QUEUED);
  dex_future_disown (belay_downloads_add (self->downloads, wanted->id, wanted->manifest));
}

/**
 * belay_account_pause_download:
 * @module: what is here of it stays
 */
void
belay_account_pause_download (BelayAccount *self,
                              BelayModuleItem *module)
{
  g_return_if_fail (BELAY_IS_ACCOUNT (self));
  g_return_if_fail (BELAY_IS_MODULE_ITEM (module));

  dex_future_disown (belay_downloads_pause (self->downloads, belay_module_item_get_id (module)));
}

/**
 * belay_account_cancel_download:
 * @module: what is here of it goes
 */
void
belay_account_cancel_download (BelayAccount *self,
                               BelayModuleItem *module)
{
  belay_account_remove_download (self, module);
}

/**
 * belay_account_remove_download:
 * @module: its space is freed; progress stays
 */
void
belay_account_remove_download (BelayAccount *self,
                               BelayModuleItem *module)
{
  g_return_if_fail (BELAY_IS_ACCOUNT (self));
  g_return_if_fail (BELAY_IS_MODULE_ITEM (module));

  dex_future_disown (belay_downloads_remove (self->downloads, belay_module_item_get_id (module)));
}

/**
 * belay_account_launch:
 * @module: that is on this laptop
 * @activity: of @module
 *
 * Returns: (transfer full): resolves to a #BelayStudy; rejects with a #BelayServiceError
 */
DexFuture *
belay_account_launch (BelayAccount *self,
                      BelayModuleItem *module,
                      BelayActivityItem *activity)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (module), NULL);
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (activity), NULL);

  if (self->view == NULL)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_NOT_DOWNLOADED, 0, "Nothing is on this laptop yet"));

  return belay_study_launch (&(BelayStudyPlace) { self->store, self->host, self->record, self->view },
                             belay_module_item_get_id (module), belay_activity_item_get_id (activity));
}

/**
 * belay_account_end_launch:
 * @study: what belay_account_launch() gave
 *
 * Returns: (transfer full): resolves once the content is served no more and its session is closed
 */
DexFuture *
belay_account_end_launch (BelayAccount *self,
                          BelayStudy *study)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_STUDY (study), NULL);

  return belay_content_host_end_launch (self->host, belay_study_get_launch (study));
}

/**
 * belay_account_sync_now:
 *
 * Returns: (transfer full): resolves to a #BelaySyncReport
 */
DexFuture *
belay_account_sync_now (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return belay_sync_schedule_now (self->schedule);
}

/**
 * belay_account_count_unsent:
 *
 * Returns: how many things the server does not have yet: what signing out now would lose
 */
guint
belay_account_count_unsent (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), 0);

  return belay_sync_status_get_waiting (self->sync) + belay_sync_status_get_on_the_way (self->sync)
         + belay_sync_status_get_refused (self->sync);
}

/**
 * belay_account_try_again:
 *
 * Offers @refusal to the server once more.
 */
DexFuture *
belay_account_try_again (BelayAccount *self,
                         BelayRefusalItem *refusal)
{
  DexFuture *future;

  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (refusal), NULL);

  future = belay_store_try_again (self->store, belay_refusal_item_get_id (refusal));
  belay_sync_schedule_soon (self->schedule);

  return future;
}

/**
 * belay_account_discard:
 *
 * Lets go of @refusal: it is not offered again.
 */
DexFuture *
belay_account_discard (BelayAccount *self,
                       BelayRefusalItem *refusal)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (refusal), NULL);

  return belay_store_discard (self->store, belay_refusal_item_get_id (refusal));
}

/**
 * belay_account_export:
 * @file: where to write what was refused, as the server would have got it
 */
DexFuture *
belay_account_export (BelayAccount *self,
                      BelayRefusalItem *refusal,
                      GFile *file)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (refusal), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return belay_refusal_export (self->store, belay_refusal_item_get_id (refusal), file);
}
