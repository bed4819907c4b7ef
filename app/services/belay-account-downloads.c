/* belay-account-downloads.c: where each module is: on the server, on its way, on this laptop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-private.h"

#include "belay-programme-item.h"
#include "belay-week-item.h"

/* While another version waits for its turn or for a network, the one that is here can be studied */
static BelayDownloadState
state_of (const BelayStoredDownload *download,
          const BelayModule *module)
{
  if (module->manifest == NULL)
    return BELAY_DOWNLOAD_STATE_UNAVAILABLE;
  if (download == NULL)
    return BELAY_DOWNLOAD_STATE_REMOTE;

  switch (download->state)
    {
    case BELAY_STORED_PAUSED:
      return BELAY_DOWNLOAD_STATE_PAUSED;
    case BELAY_STORED_READY:
      return BELAY_DOWNLOAD_STATE_READY;
    case BELAY_STORED_FAILED:
      return BELAY_DOWNLOAD_STATE_FAILED;
    case BELAY_STORED_QUEUED:
    default:
      return download->older != NULL ? BELAY_DOWNLOAD_STATE_READY : BELAY_DOWNLOAD_STATE_QUEUED;
    }
}

/* What is running tells of itself; and on a full disk it could not be written down that it stopped */
static gboolean
tells_of_itself (BelayModuleItem *item)
{
  BelayDownloadState state = belay_module_item_get_state (item);

  return state == BELAY_DOWNLOAD_STATE_DOWNLOADING || state == BELAY_DOWNLOAD_STATE_VERIFYING
         || state == BELAY_DOWNLOAD_STATE_FAILED;
}

static void
show_download (BelayModuleItem *item,
               gpointer user_data)
{
  const BelayStoreView *view = user_data;
  const BelayModule *module = belay_store_view_find_module (view, belay_module_item_get_id (item));
  const BelayStoredDownload *download = belay_store_view_find_download (view, belay_module_item_get_id (item));
  BelayDownloadState state;

  if (module == NULL)
    return;
  state = state_of (download, module);
  if (download != NULL && download->state == BELAY_STORED_QUEUED && tells_of_itself (item))
    return;
  belay_module_item_set_state (item, state);
  belay_module_item_set_failure (item, download != NULL ? download->failure : NULL);
  if (state == BELAY_DOWNLOAD_STATE_READY || state == BELAY_DOWNLOAD_STATE_REMOTE)
    {
      belay_module_item_set_bytes_left (item, state == BELAY_DOWNLOAD_STATE_READY ? 0 : (gint64) module->bytes);
      belay_module_item_set_fraction (item, state == BELAY_DOWNLOAD_STATE_READY ? 1 : 0);
    }
}

typedef void (*VisitModule) (BelayModuleItem *module,
                             gpointer user_data);

static void
visit_week (BelayWeekItem *week,
            VisitModule visit,
            gpointer user_data)
{
  GListModel *modules = belay_week_item_get_modules (week);

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (BelayModuleItem) module = g_list_model_get_item (modules, i);

      visit (module, user_data);
    }
}

static void
visit_modules (GListModel *programmes,
               VisitModule visit,
               gpointer user_data)
{
  for (guint i = 0; i < g_list_model_get_n_items (programmes); i++)
    {
      g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (programmes, i);
      GListModel *weeks = belay_programme_item_get_weeks (programme);

      for (guint j = 0; j < g_list_model_get_n_items (weeks); j++)
        {
          g_autoptr (BelayWeekItem) week = g_list_model_get_item (weeks, j);

          visit_week (week, visit, user_data);
        }
    }
}

/**
 * belay_account_show_downloads:
 * @programmes: (element-type BelayProgrammeItem): whose modules are made to tell where they are
 * @view: which tells it
 */
void
belay_account_show_downloads (GListModel *programmes,
                              const BelayStoreView *view)
{
  visit_modules (programmes, show_download, (gpointer) view);
}

typedef struct
{
  const char *id;
  BelayModuleItem *found; /* unowned */
} Search;

static void
compare_id (BelayModuleItem *module,
            gpointer user_data)
{
  Search *search = user_data;

  if (g_strcmp0 (belay_module_item_get_id (module), search->id) == 0)
    search->found = module;
}

/**
 * belay_account_seek_module:
 * @programmes: (element-type BelayProgrammeItem)
 *
 * Returns: (transfer none) (nullable): the item of that id
 */
BelayModuleItem *
belay_account_seek_module (GListModel *programmes,
                           const char *module_id)
{
  Search search = { module_id, NULL };

  visit_modules (programmes, compare_id, &search);

  return search.found;
}

/**
 * belay_account_renew_downloads:
 * @view: which knows what is wanted, and what the programmes have now
 *
 * Where a module has another version of its content than the one that was asked for, that one is fetched.
 */
void
belay_account_renew_downloads (BelayDownloads *downloads,
                               const BelayStoreView *view)
{
  for (guint i = 0; i < view->downloads->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (view->downloads, i);
      const BelayModule *module = belay_store_view_find_module (view, download->module_id);

      if (module != NULL && module->manifest != NULL && g_strcmp0 (module->manifest, download->manifest) != 0)
        dex_future_disown (belay_downloads_renew (downloads, download->module_id, module->manifest));
    }
}
