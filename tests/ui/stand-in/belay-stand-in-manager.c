/* belay-stand-in-manager.c: who is signed in, decided by the test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-stand-in.h"

#include "belay-service-error.h"

struct _BelayAccountManager
{
  GObject parent_instance;

  BelayAccount *account;
  int failure; /* of the next future, -1 for none */
};

G_DEFINE_FINAL_TYPE (BelayAccountManager, belay_account_manager, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_account_manager_get_property (GObject *object,
                                    guint id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, BELAY_ACCOUNT_MANAGER (object)->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
belay_account_manager_finalize (GObject *object)
{
  g_clear_object (&BELAY_ACCOUNT_MANAGER (object)->account);

  G_OBJECT_CLASS (belay_account_manager_parent_class)->finalize (object);
}

static void
belay_account_manager_class_init (BelayAccountManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = belay_account_manager_finalize;
  object_class->get_property = belay_account_manager_get_property;
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, BELAY_TYPE_ACCOUNT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_account_manager_init (BelayAccountManager *self)
{
  self->failure = -1;
}

static void
set_account (BelayAccountManager *self,
             BelayAccount *account)
{
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

static DexFuture *
failure (BelayAccountManager *self)
{
  int code = self->failure;

  self->failure = -1;
  return code < 0 ? NULL : dex_future_new_reject (BELAY_SERVICE_ERROR, code, "The test wants this to fail");
}

BelayAccountManager *
belay_account_manager_new (const char *data_directory,
                           const char *cache_directory,
                           const char *preset_address)
{
  return g_object_new (BELAY_TYPE_ACCOUNT_MANAGER, NULL);
}

BelayAccount *
belay_account_manager_get_account (BelayAccountManager *self)
{
  return self->account;
}

const char *
belay_account_manager_get_preset_address (BelayAccountManager *self)
{
  return NULL;
}

DexFuture *
belay_account_manager_load (BelayAccountManager *self)
{
  DexFuture *failed = failure (self);

  if (failed != NULL)
    return failed;

  return self->account != NULL ? dex_future_new_take_object (g_object_ref (self->account)) : dex_future_new_true ();
}

DexFuture *
belay_account_manager_find_server (BelayAccountManager *self,
                                   const char *text)
{
  g_autoptr (BelayServerInfo) info = belay_server_info_new ();
  DexFuture *failed = failure (self);
  GValue value = G_VALUE_INIT;

  if (failed != NULL)
    return failed;

  g_set_str (&info->address, "https://learn.example.org");
  g_set_str (&info->organisation_name, "Granit & Co");
  g_set_str (&info->code, g_strrstr (text, "@") != NULL ? "ABCDEFGH" : NULL);
  info->takes_passwords = TRUE;
  g_value_init (&value, BELAY_TYPE_SERVER_INFO);
  g_value_take_boxed (&value, g_steal_pointer (&info));
  failed = dex_future_new_for_value (&value);
  g_value_unset (&value);

  return failed;
}

static DexFuture *
enter (BelayAccountManager *self)
{
  g_autoptr (BelayAccount) account = NULL;
  DexFuture *failed = failure (self);

  if (failed != NULL)
    return failed;

  account = belay_stand_in_account_new (BELAY_STAND_IN_FILLED);
  set_account (self, account);
  return dex_future_new_take_object (g_object_ref (account));
}

DexFuture *
belay_account_manager_sign_in (BelayAccountManager *self,
                               const BelayServerInfo *server,
                               const char *email,
                               const char *password)
{
  return enter (self);
}

DexFuture *
belay_account_manager_join (BelayAccountManager *self,
                            const BelayServerInfo *server,
                            const char *name,
                            const char *email,
                            const char *password)
{
  return enter (self);
}

DexFuture *
belay_account_manager_sign_out (BelayAccountManager *self)
{
  DexFuture *failed = failure (self);

  if (failed != NULL)
    return failed;

  set_account (self, NULL);
  return dex_future_new_true ();
}

DexFuture *
belay_account_manager_close (BelayAccountManager *self)
{
  set_account (self, NULL);

  return dex_future_new_true ();
}

/**
 * belay_stand_in_manager_new:
 * @account: (nullable): who is signed in already
 *
 * Returns: (transfer full): a manager
 */
BelayAccountManager *
belay_stand_in_manager_new (BelayAccount *account)
{
  BelayAccountManager *self = g_object_new (BELAY_TYPE_ACCOUNT_MANAGER, NULL);

  g_set_object (&self->account, account);
  return self;
}

/**
 * belay_stand_in_manager_fail_next:
 * @code: a #BelayServiceError
 *
 * Makes the next thing that is asked of @manager fail.
 */
void
belay_stand_in_manager_fail_next (BelayAccountManager *manager,
                                  int code)
{
  manager->failure = code;
}
