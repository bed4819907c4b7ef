/* belay-account.c: a person who is signed in on this laptop
 *
 * Wires the rooms below together: what the database says is shown, what is done here is sent soon,
 * what is wanted is fetched. Nothing that is shown waits for the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-private.h"

#include "belay-companion-item.h"
#include "belay-content-host.h"
#include "belay-downloads.h"
#include "belay-item-fields.h"
#include "belay-programme-item.h"
#include "belay-report-item.h"
#include "belay-service-error-private.h"
#include "belay-signature.h"
#include "belay-store-downloads.h"
#include "belay-store-outbox.h"
#include "belay-study-private.h"
#include "belay-sync-backoff.h"
#include "belay-sync-engine.h"
#include "belay-sync-report.h"
#include "belay-token-keeper.h"
#include "belay-week-item.h"

/* Statements come in bursts: one step takes them all */
#define SYNC_SOON_MS 500

struct _BelayAccount
{
  GObject parent_instance;

  BelayStore *store;
  BelayBlobStore *blobs;
  BelayNetSession *session;
  BelayAccountRecord *record;
  char *directory;
  BelaySyncEngine *engine;
  BelayDownloads *downloads;
  BelayContentHost *host;

  BelaySyncStatus *sync;
  GListStore *programmes;
  GListStore *team;
  GListStore *companions;
  GListStore *refusals;
  BelayModuleItem *next_module; /* (nullable) */
  BelayStoreView *view;         /* (nullable): what is shown */
  gboolean is_manager;
  char *manager_name; /* (nullable) */
  char *buddy_name;   /* (nullable) */
  gint64 storage_used;
  gboolean keeps_token_in_file;

  gboolean is_stopped;
  gboolean in_use;
  DexFuture *refreshing; /* (nullable) */
  gboolean refresh_again;
  DexFuture *syncing; /* (nullable) */
  GCancellable *cancellable;
  guint failures; /* rounds that failed one after the other */
  guint timer;
};

G_DEFINE_FINAL_TYPE (BelayAccount, belay_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PERSON_ID,
  PROP_NAME,
  PROP_EMAIL,
  PROP_ADDRESS,
  PROP_ORGANISATION_NAME,
  PROP_SYNC,
  PROP_PROGRAMMES,
  PROP_TEAM,
  PROP_IS_MANAGER,
  PROP_COMPANIONS,
  PROP_REFUSALS,
  PROP_NEXT_MODULE,
  PROP_MANAGER_NAME,
  PROP_BUDDY_NAME,
  PROP_STORAGE_USED,
  PROP_STORAGE_QUOTA,
  PROP_KEEPS_TOKEN_IN_FILE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_account_finalize (GObject *object)
{
  BelayAccount *self = BELAY_ACCOUNT (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->refreshing);
  dex_clear (&self->syncing);
  g_clear_object (&self->cancellable);
  belay_store_set_changed_func (self->store, NULL, NULL);
  belay_downloads_set_func (self->downloads, NULL, NULL);
  g_clear_object (&self->host);
  g_clear_object (&self->downloads);
  g_clear_pointer (&self->engine, belay_sync_engine_unref);
  g_clear_pointer (&self->session, belay_net_session_unref);
  g_clear_pointer (&self->blobs, belay_blob_store_unref);
  g_clear_pointer (&self->store, belay_store_unref);
  g_clear_pointer (&self->record, belay_account_record_free);
  g_clear_pointer (&self->view, belay_store_view_unref);
  g_clear_object (&self->next_module);
  g_object_unref (self->sync);
  g_object_unref (self->programmes);
  g_object_unref (self->team);
  g_object_unref (self->companions);
  g_object_unref (self->refusals);
  g_free (self->directory);
  g_free (self->manager_name);
  g_free (self->buddy_name);

  G_OBJECT_CLASS (belay_account_parent_class)->finalize (object);
}

static void
belay_account_get_property (GObject *object,
                            guint property_id,
                            GValue *value,
                            GParamSpec *pspec)
{
  BelayAccount *self = BELAY_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_PERSON_ID:
      g_value_set_string (value, self->record->person_id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->record->name);
      break;
    case PROP_EMAIL:
      g_value_set_string (value, self->record->email);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->record->address);
      break;
    case PROP_ORGANISATION_NAME:
      g_value_set_string (value, self->record->organisation_name);
      break;
    case PROP_SYNC:
      g_value_set_object (value, self->sync);
      break;
    case PROP_PROGRAMMES:
      g_value_set_object (value, self->programmes);
      break;
    case PROP_TEAM:
      g_value_set_object (value, self->team);
      break;
    case PROP_IS_MANAGER:
      g_value_set_boolean (value, self->is_manager);
      break;
    case PROP_COMPANIONS:
      g_value_set_object (value, self->companions);
      break;
    case PROP_REFUSALS:
      g_value_set_object (value, self->refusals);
      break;
    case PROP_NEXT_MODULE:
      g_value_set_object (value, self->next_module);
      break;
    case PROP_MANAGER_NAME:
      g_value_set_string (value, self->manager_name);
      break;
    case PROP_BUDDY_NAME:
      g_value_set_string (value, self->buddy_name);
      break;
    case PROP_STORAGE_USED:
      g_value_set_int64 (value, self->storage_used);
      break;
    case PROP_STORAGE_QUOTA:
      g_value_set_int64 (value, self->record->quota_bytes);
      break;
    case PROP_KEEPS_TOKEN_IN_FILE:
      g_value_set_boolean (value, self->keeps_token_in_file);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_account_class_init (BelayAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_account_finalize;
  object_class->get_property = belay_account_get_property;

  properties[PROP_PERSON_ID] = g_param_spec_string ("person-id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_ORGANISATION_NAME] = g_param_spec_string ("organisation-name", NULL, NULL, NULL, flags);
  properties[PROP_SYNC] = g_param_spec_object ("sync", NULL, NULL, BELAY_TYPE_SYNC_STATUS, flags);
  properties[PROP_PROGRAMMES] = g_param_spec_object ("programmes", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_TEAM] = g_param_spec_object ("team", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_IS_MANAGER] = g_param_spec_boolean ("is-manager", NULL, NULL, FALSE, flags);
  properties[PROP_COMPANIONS] = g_param_spec_object ("companions", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_REFUSALS] = g_param_spec_object ("refusals", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_NEXT_MODULE] = g_param_spec_object ("next-module", NULL, NULL, BELAY_TYPE_MODULE_ITEM, flags);
  properties[PROP_MANAGER_NAME] = g_param_spec_string ("manager-name", NULL, NULL, NULL, flags);
  properties[PROP_BUDDY_NAME] = g_param_spec_string ("buddy-name", NULL, NULL, NULL, flags);
  properties[PROP_STORAGE_USED] = g_param_spec_int64 ("storage-used", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STORAGE_QUOTA] = g_param_spec_int64 ("storage-quota", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_KEEPS_TOKEN_IN_FILE] = g_param_spec_boolean ("keeps-token-in-file", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_account_init (BelayAccount *self)
{
  self->sync = belay_sync_status_new ();
  self->programmes = g_list_store_new (BELAY_TYPE_PROGRAMME_ITEM);
  self->team = g_list_store_new (BELAY_TYPE_REPORT_ITEM);
  self->companions = g_list_store_new (BELAY_TYPE_COMPANION_ITEM);
  self->refusals = g_list_store_new (BELAY_TYPE_REFUSAL_ITEM);
  self->cancellable = g_cancellable_new ();
}

/* What is shown */

static void
set_next_module (BelayAccount *self,
                 BelayModuleItem *module)
{
  if (g_set_object (&self->next_module, module))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_MODULE]);
}

static void
show_person (BelayAccount *self,
             const BelayPersonCard *person)
{
  const BelayPersonName *buddy = NULL;

  if (person == NULL)
    return;
  if (person->buddies->len > 0)
    buddy = g_ptr_array_index (person->buddies, 0);
  belay_item_set_string (self, &self->record->name, person->name, properties[PROP_NAME]);
  belay_item_set_string (self, &self->record->email, person->email, properties[PROP_EMAIL]);
  belay_item_set_string (self, &self->manager_name, person->manager != NULL ? person->manager->name : NULL,
                         properties[PROP_MANAGER_NAME]);
  belay_item_set_string (self, &self->buddy_name, buddy != NULL ? buddy->name : NULL, properties[PROP_BUDDY_NAME]);
}

static const BelayStoredDownload *
find_download (const BelayStoreView *view,
               const char *module_id)
{
  for (guint i = 0; i < view->downloads->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (view->downloads, i);

      if (g_str_equal (download->module_id, module_id))
        return download;
    }

  return NULL;
}

static BelayDownloadState
state_of (const BelayStoredDownload *download,
          const BelayModule *module)
{
  if (download == NULL
      || (download->state == BELAY_STORED_READY && g_strcmp0 (download->manifest, module->manifest) != 0
          && module->manifest == NULL))
    return module->manifest == NULL ? BELAY_DOWNLOAD_STATE_UNAVAILABLE : BELAY_DOWNLOAD_STATE_REMOTE;

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
      return BELAY_DOWNLOAD_STATE_QUEUED;
    }
}

static gboolean
is_moving (BelayModuleItem *item)
{
  BelayDownloadState state = belay_module_item_get_state (item);

  return state == BELAY_DOWNLOAD_STATE_DOWNLOADING || state == BELAY_DOWNLOAD_STATE_VERIFYING;
}

static void
show_download (BelayAccount *self,
               BelayModuleItem *item)
{
  const BelayModule *module = belay_store_view_find_module (self->view, belay_module_item_get_id (item));
  const BelayStoredDownload *download = find_download (self->view, belay_module_item_get_id (item));
  BelayDownloadState state;

  if (module == NULL)
    return;
  state = state_of (download, module);
  /* What is running tells of itself */
  if (state == BELAY_DOWNLOAD_STATE_QUEUED && is_moving (item))
    return;
  belay_module_item_set_state (item, state);
  belay_module_item_set_failure (item, download != NULL ? download->failure : NULL);
  if (state == BELAY_DOWNLOAD_STATE_READY || state == BELAY_DOWNLOAD_STATE_REMOTE)
    {
      belay_module_item_set_bytes_left (item, state == BELAY_DOWNLOAD_STATE_READY ? 0 : (gint64) module->bytes);
      belay_module_item_set_fraction (item, state == BELAY_DOWNLOAD_STATE_READY ? 1 : 0);
    }
}

typedef gboolean (*VisitModule) (BelayAccount *self,
                                 BelayModuleItem *module,
                                 gpointer user_data);

static void
visit_week (BelayAccount *self,
            BelayWeekItem *week,
            VisitModule visit,
            gpointer user_data)
{
  GListModel *modules = belay_week_item_get_modules (week);

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (BelayModuleItem) module = g_list_model_get_item (modules, i);

      visit (self, module, user_data);
    }
}

static void
visit_modules (BelayAccount *self,
               VisitModule visit,
               gpointer user_data)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->programmes)); i++)
    {
      g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (G_LIST_MODEL (self->programmes), i);
      GListModel *weeks = belay_programme_item_get_weeks (programme);

      for (guint j = 0; j < g_list_model_get_n_items (weeks); j++)
        {
          g_autoptr (BelayWeekItem) week = g_list_model_get_item (weeks, j);

          visit_week (self, week, visit, user_data);
        }
    }
}

static gboolean
visit_download (BelayAccount *self,
                BelayModuleItem *module,
                gpointer user_data)
{
  show_download (self, module);

  return TRUE;
}

static void
show_storage (BelayAccount *self)
{
  belay_item_set_int64 (self, &self->storage_used, (gint64) belay_downloads_get_used (self->downloads),
                        properties[PROP_STORAGE_USED]);
}

static void
show_view (BelayAccount *self,
           BelayStoreView *view)
{
  BelayListSource source = { view, g_get_language_names (), belay_clock_now_us (belay_store_get_clock (self->store)) };

  g_clear_pointer (&self->view, belay_store_view_unref);
  self->view = belay_store_view_ref (view);
  show_person (self, view->person);
  belay_account_show_programmes (self->programmes, &source);
  belay_account_show_team (self->team, &source);
  belay_account_show_companions (self->companions, &source);
  belay_account_show_refusals (self->refusals, &source);
  belay_account_show_recent (G_LIST_STORE (belay_sync_status_get_recent (self->sync)), &source);
  belay_item_set_boolean (self, &self->is_manager, view->reports->len > 0, properties[PROP_IS_MANAGER]);
  belay_sync_status_set_counts (self->sync, view->waiting, view->on_the_way, view->refused->len);
  belay_sync_status_set_last_contact (self->sync, view->last_contact_us);
  visit_modules (self, visit_download, NULL);
  set_next_module (self, belay_account_choose_next (G_LIST_MODEL (self->programmes)));
  show_storage (self);
}

static DexFuture *
refresh_fiber (gpointer data)
{
  BelayAccount *self = data;

  do
    {
      g_autoptr (BelayStoreView) view = NULL;
      g_autoptr (GError) error = NULL;

      self->refresh_again = FALSE;
      view = dex_await_boxed (belay_store_load_view (self->store), &error);
      if (view == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      show_view (self, view);
    }
  while (self->refresh_again);

  return dex_future_new_true ();
}

/* Several changes that come while one view is being read are shown by the next one together */
static DexFuture *
refresh (BelayAccount *self)
{
  self->refresh_again = TRUE;
  if (self->refreshing == NULL || !dex_future_is_pending (self->refreshing))
    {
      dex_clear (&self->refreshing);
      self->refreshing = dex_scheduler_spawn (NULL, 0, refresh_fiber, g_object_ref (self), g_object_unref);
    }

  return dex_ref (self->refreshing);
}

/* Sync */

static double
draw (gpointer user_data)
{
  return g_random_double ();
}

static void run_sync (BelayAccount *self);

static gboolean
timer_rang (gpointer user_data)
{
  BelayAccount *self = user_data;

  self->timer = 0;
  run_sync (self);

  return G_SOURCE_REMOVE;
}

static void
sync_in (BelayAccount *self,
         gint64 milliseconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_stopped)
    self->timer =
      g_timeout_add ((guint) CLAMP (milliseconds, 0, G_GINT64_CONSTANT (1000) * BELAY_SYNC_BACKOFF_MOST * 2),
                     timer_rang, self);
}

static BelaySyncState
state_of_result (BelaySyncResult result)
{
  switch (result)
    {
    case BELAY_SYNC_OFFLINE:
      return BELAY_SYNC_STATE_OFFLINE;
    case BELAY_SYNC_PORTAL:
      return BELAY_SYNC_STATE_PORTAL;
    case BELAY_SYNC_UNAUTHENTICATED:
      return BELAY_SYNC_STATE_SIGN_IN_NEEDED;
    case BELAY_SYNC_TROUBLE:
    case BELAY_SYNC_WAIT:
      return BELAY_SYNC_STATE_SERVER_TROUBLE;
    case BELAY_SYNC_UPDATE:
      return BELAY_SYNC_STATE_UPDATE_NEEDED;
    case BELAY_SYNC_DISK_FULL:
      return BELAY_SYNC_STATE_DISK_FULL;
    case BELAY_SYNC_DONE:
    case BELAY_SYNC_CANCELLED:
    default:
      return BELAY_SYNC_STATE_OK;
    }
}

static void
plan_next (BelayAccount *self,
           const BelaySyncOutcome *outcome)
{
  if (outcome->result == BELAY_SYNC_DONE)
    {
      self->failures = 0;
      sync_in (self,
               belay_sync_jitter_ms (self->in_use ? BELAY_SYNC_IN_USE_SECONDS : BELAY_SYNC_IDLE_SECONDS, draw, NULL));
      return;
    }
  self->failures++;
  sync_in (self, belay_sync_backoff_ms (self->failures, outcome->wait_seconds, draw, NULL));
}

static DexFuture *
sync_fiber (gpointer data)
{
  BelayAccount *self = data;
  g_autoptr (BelaySyncOutcome) outcome = NULL;
  BelaySyncReport report = { 0 };

  belay_sync_status_set_working (self->sync, TRUE);
  outcome = dex_await_boxed (belay_sync_engine_run (self->engine, self->cancellable), NULL);
  belay_sync_status_set_working (self->sync, FALSE);

  if (outcome->result != BELAY_SYNC_CANCELLED)
    belay_sync_status_set_state (self->sync, state_of_result (outcome->result));
  if (outcome->message != NULL)
    g_debug ("Sync: %s", outcome->message);
  plan_next (self, outcome);
  if (outcome->result == BELAY_SYNC_DONE && !self->is_stopped)
    belay_downloads_start (self->downloads);
  dex_await (refresh (self), NULL);

  report.sent = outcome->sent;
  report.received = outcome->received;
  report.refused = outcome->refused;
  report.state = state_of_result (outcome->result);

  return dex_future_new_take_boxed (BELAY_TYPE_SYNC_REPORT, belay_sync_report_copy (&report));
}

static void
run_sync (BelayAccount *self)
{
  if (self->is_stopped || (self->syncing != NULL && dex_future_is_pending (self->syncing)))
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->syncing);
  self->syncing = dex_scheduler_spawn (NULL, 0, sync_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed (BelayStoreChange change,
               gpointer user_data)
{
  BelayAccount *self = user_data;

  if (self->is_stopped)
    return;
  dex_future_disown (refresh (self));
  /* While the server cannot be reached, what is new waits for the next try like the rest */
  if ((change & BELAY_STORE_CHANGE_FACTS) != 0 && self->failures == 0)
    sync_in (self, SYNC_SOON_MS);
}

static void
download_moved (const char *module_id,
                const BelayDownloadProgress *progress,
                gpointer user_data)
{
  BelayAccount *self = user_data;
  BelayModuleItem *item = belay_account_find_module (self, module_id);

  if (item == NULL)
    return;
  if (!progress->is_running)
    {
      belay_module_item_set_state (item, BELAY_DOWNLOAD_STATE_QUEUED);
      dex_future_disown (refresh (self));
      return;
    }
  belay_module_item_set_state (item, progress->is_verifying ? BELAY_DOWNLOAD_STATE_VERIFYING
                                                            : BELAY_DOWNLOAD_STATE_DOWNLOADING);
  belay_module_item_set_bytes_left (item, (gint64) progress->bytes_left);
  if (progress->bytes > 0)
    belay_module_item_set_fraction (item, 1.0 - (double) progress->bytes_left / (double) progress->bytes);
  show_storage (self);
}

static GPtrArray *
pin (GPtrArray *keys)
{
  GPtrArray *pinned = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_public_key_free);

  for (guint i = 0; i < keys->len; i++)
    {
      const BelayOrganisationKey *key = g_ptr_array_index (keys, i);
      g_autoptr (GError) error = NULL;
      BelayPublicKey *usable = belay_public_key_new (key->id, key->public_key, &error);

      if (usable != NULL)
        g_ptr_array_add (pinned, usable);
      else
        g_warning ("A key of the server cannot be used: %s", error->message);
    }

  return pinned;
}

/**
 * belay_account_new:
 * @session: with the account's token
 * @directory: where the account's files are
 *
 * Returns: (transfer full): the account, which shows nothing and does nothing before
 *   belay_account_start()
 */
BelayAccount *
belay_account_new (BelayStore *store,
                   BelayBlobStore *blobs,
                   BelayNetSession *session,
                   const BelayAccountRecord *record,
                   const char *directory)
{
  BelayAccount *self = g_object_new (BELAY_TYPE_ACCOUNT, NULL);
  g_autoptr (GPtrArray) pinned = pin (record->keys);

  self->store = belay_store_ref (store);
  self->blobs = belay_blob_store_ref (blobs);
  self->session = belay_net_session_ref (session);
  self->record = belay_account_record_copy (record);
  self->directory = g_strdup (directory);
  self->keeps_token_in_file = belay_token_is_in_file (directory);
  self->engine = belay_sync_engine_new (store, session);
  self->downloads = belay_downloads_new (store, blobs, session);
  belay_downloads_set_pinned_keys (self->downloads, pinned);
  belay_downloads_set_quota (self->downloads, (guint64) record->quota_bytes);
  belay_downloads_set_func (self->downloads, download_moved, self);
  self->host = belay_content_host_new (blobs, belay_store_get_clock (store));
  belay_store_set_changed_func (store, store_changed, self);

  return self;
}

static DexFuture *
start_fiber (gpointer data)
{
  BelayAccount *self = data;
  GError *error = NULL;

  if (!dex_await (belay_store_prune (self->store), &error) || !dex_await (refresh (self), &error))
    return dex_future_new_for_error (error);
  belay_downloads_start (self->downloads);
  run_sync (self);

  return dex_future_new_true ();
}

/**
 * belay_account_start:
 *
 * Returns: (transfer full): resolves to %TRUE once all that is here is shown; the network is asked afterwards
 */
DexFuture *
belay_account_start (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return dex_scheduler_spawn (NULL, 0, start_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
stop_fiber (gpointer data)
{
  BelayAccount *self = data;

  dex_await (belay_downloads_stop (self->downloads), NULL);
  if (self->syncing != NULL)
    dex_await (dex_ref (self->syncing), NULL);
  if (self->refreshing != NULL)
    dex_await (dex_ref (self->refreshing), NULL);

  return dex_future_new_true ();
}

/**
 * belay_account_stop:
 *
 * Returns: (transfer full): resolves to %TRUE once nothing of it runs any more
 */
DexFuture *
belay_account_stop (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  self->is_stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);

  return dex_scheduler_spawn (NULL, 0, stop_fiber, g_object_ref (self), g_object_unref);
}

BelayNetSession *
belay_account_get_session (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->session;
}

const char *
belay_account_get_device_id (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->record->device_id;
}

const char *
belay_account_get_person_id (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->record->person_id;
}

const char *
belay_account_get_name (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->record->name;
}

const char *
belay_account_get_email (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->record->email;
}

const char *
belay_account_get_address (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->record->address;
}

const char *
belay_account_get_organisation_name (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->record->organisation_name;
}

BelaySyncStatus *
belay_account_get_sync (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->sync;
}

GListModel *
belay_account_get_programmes (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->programmes);
}

GListModel *
belay_account_get_team (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->team);
}

gboolean
belay_account_is_manager (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), FALSE);

  return self->is_manager;
}

GListModel *
belay_account_get_companions (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->companions);
}

GListModel *
belay_account_get_refusals (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->refusals);
}

BelayModuleItem *
belay_account_get_next_module (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->next_module;
}

const char *
belay_account_get_manager_name (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->manager_name;
}

const char *
belay_account_get_buddy_name (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);

  return self->buddy_name;
}

gint64
belay_account_get_storage_used (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), 0);

  return self->storage_used;
}

gint64
belay_account_get_storage_quota (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), 0);

  return self->record->quota_bytes;
}

gboolean
belay_account_get_keeps_token_in_file (BelayAccount *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), FALSE);

  return self->keeps_token_in_file;
}

/**
 * belay_account_set_storage_quota:
 * @bytes: how much downloads may take
 */
void
belay_account_set_storage_quota (BelayAccount *self,
                                 gint64 bytes)
{
  g_return_if_fail (BELAY_IS_ACCOUNT (self));
  g_return_if_fail (bytes >= 0);

  belay_item_set_int64 (self, &self->record->quota_bytes, bytes, properties[PROP_STORAGE_QUOTA]);
  belay_downloads_set_quota (self->downloads, (guint64) bytes);
  dex_future_disown (belay_store_set_quota (self->store, bytes));
}

/**
 * belay_account_set_in_use:
 * @in_use: whether someone looks at the app: then the server is asked more often
 */
void
belay_account_set_in_use (BelayAccount *self,
                          gboolean in_use)
{
  g_return_if_fail (BELAY_IS_ACCOUNT (self));

  if (self->in_use == in_use)
    return;
  self->in_use = in_use;
  if (in_use && self->failures == 0)
    run_sync (self);
}

typedef struct
{
  const char *id;
  BelayModuleItem *found; /* unowned */
} Search;

static gboolean
visit_search (BelayAccount *self,
              BelayModuleItem *module,
              gpointer user_data)
{
  Search *search = user_data;

  if (g_strcmp0 (belay_module_item_get_id (module), search->id) == 0)
    search->found = module;

  return TRUE;
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
  Search search = { module_id, NULL };

  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  visit_modules (self, visit_search, &search);

  return search.found;
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

/* Study */

typedef struct
{
  BelayAccount *account;
  char *module_id;
  char *activity_id;
} Launching;

static void
launching_free (gpointer data)
{
  Launching *launching = data;

  g_object_unref (launching->account);
  g_free (launching->module_id);
  g_free (launching->activity_id);
  g_free (launching);
}

static DexFuture *
run_call (BelayXapiStorage *storage,
          BelayClock *clock,
          gpointer user_data)
{
  return belay_launch_call_run (user_data, storage, clock);
}

/* A #BelayLaunchAccess: what content says goes through the one writer */
static DexFuture *
access_store (BelayLaunchCall *call,
              gpointer user_data)
{
  BelayAccount *self = user_data;

  return belay_store_with_xapi (self->store, run_call, call, (GDestroyNotify) belay_launch_call_free);
}

static DexFuture *
launch_content (Launching *launching,
                const BelayManifest *manifest,
                const BelayActivity *activity,
                const char *registration)
{
  BelayAccount *self = launching->account;
  g_autofree char *actor =
    g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                     self->record->organisation_id, self->record->person_id);
  BelayLaunchRequest request = {
    .manifest = manifest,
    .activity_key = activity->key,
    .activity_id = activity->id,
    .registration = registration,
    .actor = actor,
    .authority = actor,
    .person_id = self->record->person_id,
    .move_on = activity->move_on,
    .mastery = activity->mastery,
    .access = access_store,
    .user_data = self,
  };
  g_autoptr (BelayLaunch) launch = NULL;
  g_autoptr (GError) error = NULL;

  launch = dex_await_object (belay_content_host_launch (self->host, &request), &error);
  if (launch == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));

  return dex_future_new_take_object (
    belay_study_new (launch, launching->activity_id, launching->module_id, registration));
}

static DexFuture *
launch_fiber (gpointer data)
{
  Launching *launching = data;
  BelayAccount *self = launching->account;
  g_autoptr (BelayStoreView) view = self->view != NULL ? belay_store_view_ref (self->view) : NULL;
  const BelayModule *module = view != NULL ? belay_store_view_find_module (view, launching->module_id) : NULL;
  const BelayActivity *activity = module != NULL ? belay_module_find_activity (module, launching->activity_id) : NULL;
  const BelayStoredDownload *download = view != NULL ? find_download (view, launching->module_id) : NULL;
  g_autoptr (BelayManifest) manifest = NULL;
  g_autofree char *registration = NULL;
  g_autoptr (GError) error = NULL;

  if (activity == NULL || download == NULL || download->state != BELAY_STORED_READY)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_NOT_DOWNLOADED, 0, "The module is not on this laptop"));

  manifest = dex_await_boxed (belay_store_load_manifest (self->store, download->manifest), &error);
  if (manifest == NULL)
    return dex_future_new_for_error (
      error != NULL ? belay_service_error_from (error)
                    : belay_service_error_new (BELAY_SERVICE_ERROR_NOT_DOWNLOADED, 0, "Its manifest is not here"));
  registration = dex_await_string (belay_store_begin_attempt (self->store, activity->id, FALSE), &error);
  if (registration == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));

  return launch_content (launching, manifest, activity, registration);
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
  Launching *launching;

  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (module), NULL);
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (activity), NULL);

  launching = g_new0 (Launching, 1);
  launching->account = g_object_ref (self);
  launching->module_id = g_strdup (belay_module_item_get_id (module));
  launching->activity_id = g_strdup (belay_activity_item_get_id (activity));

  return dex_scheduler_spawn (NULL, 0, launch_fiber, launching, launching_free);
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

  run_sync (self);
  if (self->syncing == NULL)
    return dex_future_new_for_error (belay_service_error_new (BELAY_SERVICE_ERROR_CANCELLED, 0, "It was signed out"));

  return dex_ref (self->syncing);
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
  sync_in (self, SYNC_SOON_MS);

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
 * belay_account_export:
 * @file: where to write what was refused, as the server would have got it
 */
DexFuture *
belay_account_export (BelayAccount *self,
                      BelayRefusalItem *refusal,
                      GFile *file)
{
  Exporting *exporting;

  g_return_val_if_fail (BELAY_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (refusal), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  exporting = g_new0 (Exporting, 1);
  exporting->store = belay_store_ref (self->store);
  exporting->id = g_strdup (belay_refusal_item_get_id (refusal));
  exporting->file = g_object_ref (file);

  return dex_scheduler_spawn (NULL, 0, export_fiber, exporting, exporting_free);
}
