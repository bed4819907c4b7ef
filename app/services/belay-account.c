/* belay-account.c: a person who is signed in on this laptop
 *
 * Wires the rooms below together: what the database says is shown, what is done here is sent soon,
 * what is wanted is fetched. Nothing that is shown waits for the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-private.h"

#include "belay-companion-item.h"
#include "belay-item-fields.h"
#include "belay-programme-item.h"
#include "belay-report-item.h"
#include "belay-secret-keeper.h"
#include "belay-signature.h"
#include "belay-store-outbox.h"
#include "belay-sync-backoff.h"
#include "belay-sync-engine.h"

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

  belay_sync_schedule_stop (self->schedule);
  belay_view_reader_stop (self->reader);
  belay_store_set_changed_func (self->store, NULL, NULL);
  belay_downloads_set_func (self->downloads, NULL, NULL);
  g_clear_object (&self->host);
  g_clear_object (&self->downloads);
  g_clear_pointer (&self->schedule, belay_sync_schedule_unref);
  g_clear_pointer (&self->reader, belay_view_reader_unref);
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

static void
show_storage (BelayAccount *self)
{
  belay_item_set_int64 (self, &self->storage_used, (gint64) belay_downloads_get_used (self->downloads),
                        properties[PROP_STORAGE_USED]);
}

/* A #BelayViewFunc */
static void
show_view (BelayStoreView *view,
           gpointer user_data)
{
  BelayAccount *self = user_data;
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
  belay_account_show_downloads (G_LIST_MODEL (self->programmes), view);
  belay_account_renew_downloads (self->downloads, view);
  set_next_module (self, belay_account_choose_next (G_LIST_MODEL (self->programmes)));
  show_storage (self);
}

/* What goes on by itself */

/* A #BelaySyncedFunc. What the round changed is being read already; where it changed nothing, all that is new is when
 * the server was heard. */
static DexFuture *
synced (const BelaySyncOutcome *outcome,
        gpointer user_data)
{
  BelayAccount *self = user_data;

  if (outcome->result == BELAY_SYNC_DONE)
    belay_downloads_start (self->downloads);
  if (outcome->contact_us > 0)
    belay_sync_status_set_last_contact (self->sync, outcome->contact_us);

  return belay_view_reader_settle (self->reader);
}

/* A #BelayStoreChangedFunc */
static void
store_changed (BelayStoreChange change,
               gpointer user_data)
{
  BelayAccount *self = user_data;

  if (self->is_stopped)
    return;
  belay_view_reader_read (self->reader);
  /* While the server cannot be reached, what is new waits for the next try like the rest */
  if ((change & BELAY_STORE_CHANGE_FACTS) != 0 && !belay_sync_schedule_is_backing_off (self->schedule))
    belay_sync_schedule_soon (self->schedule);
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
      belay_module_item_set_failure (item, progress->failure);
      belay_module_item_set_state (item, progress->failure != NULL ? BELAY_DOWNLOAD_STATE_FAILED
                                                                   : BELAY_DOWNLOAD_STATE_QUEUED);
      belay_view_reader_read (self->reader);
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
  g_autoptr (BelaySyncEngine) engine = belay_sync_engine_new (store, session);
  g_autoptr (GPtrArray) pinned = pin (record->keys);

  self->store = belay_store_ref (store);
  self->blobs = belay_blob_store_ref (blobs);
  self->session = belay_net_session_ref (session);
  self->record = belay_account_record_copy (record);
  self->directory = g_strdup (directory);
  self->keeps_token_in_file = belay_secret_is_in_file (directory);
  self->schedule = belay_sync_schedule_new (engine, self->sync, synced, self);
  self->reader = belay_view_reader_new (store, show_view, self);
  self->downloads = belay_downloads_new (store, blobs, session);
  belay_downloads_set_pinned_keys (self->downloads, pinned);
  belay_downloads_set_quota (self->downloads, (guint64) record->quota_bytes);
  belay_downloads_set_func (self->downloads, download_moved, self);
  self->host = belay_content_host_new (blobs, belay_store_get_clock (store));
  belay_store_set_changed_func (store, store_changed, self);

  return self;
}

/* First what the last kill left on its way is back, then the server is asked */
static DexFuture *
begin_fiber (gpointer data)
{
  BelayAccount *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (belay_store_prune (self->store), &error))
    g_warning ("Old receipts stay: %s", error->message);
  if (self->is_stopped)
    return dex_future_new_true ();
  belay_downloads_start (self->downloads);
  dex_await (belay_sync_schedule_now (self->schedule), NULL);

  return dex_future_new_true ();
}

static DexFuture *
start_fiber (gpointer data)
{
  BelayAccount *self = data;
  GError *error = NULL;

  belay_view_reader_read (self->reader);
  if (!dex_await (belay_view_reader_settle (self->reader), &error))
    return dex_future_new_for_error (error);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, begin_fiber, g_object_ref (self), g_object_unref));

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
  dex_await (belay_sync_schedule_settle (self->schedule), NULL);
  dex_await (belay_view_reader_settle (self->reader), NULL);

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
  belay_sync_schedule_stop (self->schedule);

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
