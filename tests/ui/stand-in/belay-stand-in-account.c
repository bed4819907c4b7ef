/* belay-stand-in-account.c: an account without a laptop beneath it
 *
 * It has the very interface of the real one and is linked in its place, so that each page can be
 * shown in each state without a database, a network or a server.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-stand-in.h"

#include "belay-service-error.h"

#include "belay-companion-item.h"
#include "belay-programme-item.h"
#include "belay-refusal-item.h"
#include "belay-report-item.h"
#include "belay-stand-in-fill.h"
#include "belay-sync-line.h"
#include "belay-sync-report.h"
#include "belay-week-item.h"

struct _BelayAccount
{
  GObject parent_instance;

  BelaySyncStatus *sync;
  GListStore *programmes;
  GListStore *team;
  GListStore *companions;
  GListStore *refusals;
  BelayModuleItem *next_module;
  gint64 quota;
  gboolean is_manager;
  guint unsent;
  const char *last_act;
};

G_DEFINE_FINAL_TYPE (BelayAccount, belay_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_NEXT_MODULE,
  PROP_IS_MANAGER,
  PROP_STORAGE_USED,
  PROP_STORAGE_QUOTA,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_account_get_property (GObject *object,
                            guint id,
                            GValue *value,
                            GParamSpec *pspec)
{
  BelayAccount *self = BELAY_ACCOUNT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, belay_account_get_name (self));
      break;
    case PROP_NEXT_MODULE:
      g_value_set_object (value, self->next_module);
      break;
    case PROP_IS_MANAGER:
      g_value_set_boolean (value, self->is_manager);
      break;
    case PROP_STORAGE_USED:
      g_value_set_int64 (value, belay_account_get_storage_used (self));
      break;
    case PROP_STORAGE_QUOTA:
      g_value_set_int64 (value, self->quota);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
belay_account_finalize (GObject *object)
{
  BelayAccount *self = BELAY_ACCOUNT (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->programmes);
  g_clear_object (&self->team);
  g_clear_object (&self->companions);
  g_clear_object (&self->refusals);
  g_clear_object (&self->next_module);

  G_OBJECT_CLASS (belay_account_parent_class)->finalize (object);
}

static void
belay_account_class_init (BelayAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_account_finalize;
  object_class->get_property = belay_account_get_property;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_MODULE] = g_param_spec_object ("next-module", NULL, NULL, BELAY_TYPE_MODULE_ITEM, flags);
  properties[PROP_IS_MANAGER] = g_param_spec_boolean ("is-manager", NULL, NULL, FALSE, flags);
  properties[PROP_STORAGE_USED] = g_param_spec_int64 ("storage-used", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STORAGE_QUOTA] = g_param_spec_int64 ("storage-quota", NULL, NULL, 0, G_MAXINT64, 0, flags);
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
  self->quota = 2000000000;
}

const char *
belay_account_get_person_id (BelayAccount *self)
{
  return "person-0";
}

const char *
belay_account_get_name (BelayAccount *self)
{
  return self->is_manager ? "Nora Lind" : "Ana Costa";
}

const char *
belay_account_get_email (BelayAccount *self)
{
  return "ana@example.org";
}

const char *
belay_account_get_address (BelayAccount *self)
{
  return "https://learn.example.org";
}

const char *
belay_account_get_organisation_name (BelayAccount *self)
{
  return "Granit & Co";
}

BelaySyncStatus *
belay_account_get_sync (BelayAccount *self)
{
  return self->sync;
}

GListModel *
belay_account_get_programmes (BelayAccount *self)
{
  return G_LIST_MODEL (self->programmes);
}

GListModel *
belay_account_get_team (BelayAccount *self)
{
  return G_LIST_MODEL (self->team);
}

gboolean
belay_account_is_manager (BelayAccount *self)
{
  return self->is_manager;
}

GListModel *
belay_account_get_companions (BelayAccount *self)
{
  return G_LIST_MODEL (self->companions);
}

GListModel *
belay_account_get_refusals (BelayAccount *self)
{
  return G_LIST_MODEL (self->refusals);
}

BelayModuleItem *
belay_account_get_next_module (BelayAccount *self)
{
  return self->next_module;
}

const char *
belay_account_get_manager_name (BelayAccount *self)
{
  return "Nora Lind";
}

const char *
belay_account_get_buddy_name (BelayAccount *self)
{
  return "Jonas Weber";
}

gint64
belay_account_get_storage_used (BelayAccount *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->programmes)) > 0 ? 412000000 : 0;
}

gint64
belay_account_get_storage_quota (BelayAccount *self)
{
  return self->quota;
}

void
belay_account_set_storage_quota (BelayAccount *self,
                                 gint64 bytes)
{
  if (self->quota == bytes)
    return;

  self->quota = bytes;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORAGE_QUOTA]);
}

gboolean
belay_account_get_keeps_token_in_file (BelayAccount *self)
{
  return TRUE;
}

void
belay_account_set_in_use (BelayAccount *self,
                          gboolean in_use)
{
}

static BelayModuleItem *
module_in_week (BelayWeekItem *week,
                const char *module_id)
{
  GListModel *modules = belay_week_item_get_modules (week);

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (BelayModuleItem) module = g_list_model_get_item (modules, i);

      if (g_strcmp0 (belay_module_item_get_id (module), module_id) == 0)
        return module;
    }

  return NULL;
}

BelayModuleItem *
belay_account_find_module (BelayAccount *self,
                           const char *module_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->programmes)); i++)
    {
      g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (G_LIST_MODEL (self->programmes), i);
      GListModel *weeks = belay_programme_item_get_weeks (programme);

      for (guint w = 0; w < g_list_model_get_n_items (weeks); w++)
        {
          g_autoptr (BelayWeekItem) week = g_list_model_get_item (weeks, w);
          BelayModuleItem *module = module_in_week (week, module_id);

          if (module != NULL)
            return module;
        }
    }

  return NULL;
}

void
belay_account_download (BelayAccount *self,
                        BelayModuleItem *module)
{
  self->last_act = "download";
  belay_module_item_set_state (module, BELAY_DOWNLOAD_STATE_DOWNLOADING);
}

void
belay_account_pause_download (BelayAccount *self,
                              BelayModuleItem *module)
{
  self->last_act = "pause";
  belay_module_item_set_state (module, BELAY_DOWNLOAD_STATE_PAUSED);
}

void
belay_account_cancel_download (BelayAccount *self,
                               BelayModuleItem *module)
{
  self->last_act = "cancel";
  belay_module_item_set_state (module, BELAY_DOWNLOAD_STATE_REMOTE);
}

void
belay_account_remove_download (BelayAccount *self,
                               BelayModuleItem *module)
{
  self->last_act = "remove";
  belay_module_item_set_state (module, BELAY_DOWNLOAD_STATE_REMOTE);
}

DexFuture *
belay_account_launch (BelayAccount *self,
                      BelayModuleItem *module,
                      BelayActivityItem *activity)
{
  self->last_act = "launch";
  return dex_future_new_reject (BELAY_SERVICE_ERROR, BELAY_SERVICE_ERROR_NOT_DOWNLOADED, "The stand-in has no content");
}

DexFuture *
belay_account_end_launch (BelayAccount *self,
                          BelayStudy *study)
{
  self->last_act = "end-launch";
  return dex_future_new_true ();
}

DexFuture *
belay_account_sync_now (BelayAccount *self)
{
  BelaySyncReport report = { .sent = 3, .received = 1, .refused = 0, .state = BELAY_SYNC_STATE_OK };
  GValue value = G_VALUE_INIT;
  DexFuture *future;

  self->last_act = "sync";
  g_value_init (&value, BELAY_TYPE_SYNC_REPORT);
  g_value_set_boxed (&value, &report);
  future = dex_future_new_for_value (&value);
  g_value_unset (&value);

  return future;
}

guint
belay_account_count_unsent (BelayAccount *self)
{
  return self->unsent;
}

static DexFuture *
drop (BelayAccount *self,
      BelayRefusalItem *refusal)
{
  guint position;

  if (g_list_store_find (self->refusals, refusal, &position))
    g_list_store_remove (self->refusals, position);

  return dex_future_new_true ();
}

DexFuture *
belay_account_try_again (BelayAccount *self,
                         BelayRefusalItem *refusal)
{
  self->last_act = "try-again";
  return drop (self, refusal);
}

DexFuture *
belay_account_discard (BelayAccount *self,
                       BelayRefusalItem *refusal)
{
  self->last_act = "discard";
  return drop (self, refusal);
}

DexFuture *
belay_account_export (BelayAccount *self,
                      BelayRefusalItem *refusal,
                      GFile *file)
{
  self->last_act = "export";
  return dex_future_new_true ();
}

/**
 * belay_stand_in_account_get_last_act:
 *
 * Returns: (nullable): what was last asked of the account
 */
const char *
belay_stand_in_account_get_last_act (BelayAccount *account)
{
  return account->last_act;
}

/**
 * belay_stand_in_account_set_unsent:
 */
void
belay_stand_in_account_set_unsent (BelayAccount *account,
                                   guint unsent)
{
  account->unsent = unsent;
}

/**
 * belay_stand_in_account_set_team_size:
 *
 * Makes the account a manager's with that many people.
 */
void
belay_stand_in_account_set_team_size (BelayAccount *account,
                                      guint size)
{
  account->is_manager = TRUE;
  belay_stand_in_fill_team (account->team, size);
  g_object_notify_by_pspec (G_OBJECT (account), properties[PROP_IS_MANAGER]);
}

/**
 * belay_stand_in_account_new:
 *
 * Returns: (transfer full): an account of that kind
 */
BelayAccount *
belay_stand_in_account_new (BelayStandIn kind)
{
  BelayAccount *self = g_object_new (BELAY_TYPE_ACCOUNT, NULL);

  if (kind == BELAY_STAND_IN_EMPTY)
    return self;

  belay_stand_in_fill_programme (self->programmes);
  belay_stand_in_fill_companions (self->companions);
  belay_stand_in_fill_sync (self->sync, kind == BELAY_STAND_IN_TROUBLE);
  g_set_object (&self->next_module, belay_account_find_module (self, "designing-for-failure"));
  if (kind == BELAY_STAND_IN_TROUBLE)
    {
      self->unsent = 14;
      belay_stand_in_fill_refusals (self->refusals);
      belay_module_item_set_state (self->next_module, BELAY_DOWNLOAD_STATE_FAILED);
      belay_module_item_set_failure (self->next_module, "disk-full");
    }

  return self;
}
