/* belay-account-manager.c: who is signed in on this laptop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-manager.h"

#include <glib/gstdio.h>
#include <string.h>

#include "belay-account-private.h"
#include "belay-address.h"
#include "belay-id.h"
#include "belay-secret-keeper.h"
#include "belay-server-inquiry.h"
#include "belay-service-error-private.h"
#include "belay-sign-in-message.h"
#include "belay-signature.h"
#include "belay-wire-error.h"

#define REPLY_MOST BELAY_WIRE_BODY_MOST
#define QUOTA_AT_FIRST (G_GINT64_CONSTANT (10) * 1000 * 1000 * 1000)

struct _BelayAccountManager
{
  GObject parent_instance;

  char *directory;      /* of the account */
  char *preset_address; /* (nullable) */
  BelayClock *clock;
  BelayAccount *account; /* (nullable) */
  DexFuture *loading;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (BelayAccountManager, belay_account_manager, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_PRESET_ADDRESS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_account_manager_finalize (GObject *object)
{
  BelayAccountManager *self = BELAY_ACCOUNT_MANAGER (object);

  g_free (self->directory);
  g_free (self->preset_address);
  belay_clock_unref (self->clock);
  dex_clear (&self->loading);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (belay_account_manager_parent_class)->finalize (object);
}

static void
belay_account_manager_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  BelayAccountManager *self = BELAY_ACCOUNT_MANAGER (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_PRESET_ADDRESS:
      g_value_set_string (value, self->preset_address);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_account_manager_class_init (BelayAccountManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_account_manager_finalize;
  object_class->get_property = belay_account_manager_get_property;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, BELAY_TYPE_ACCOUNT, flags);
  properties[PROP_PRESET_ADDRESS] = g_param_spec_string ("preset-address", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_account_manager_init (BelayAccountManager *self)
{
  self->clock = belay_clock_new_system ();
}

/**
 * belay_account_manager_new:
 * @data_directory: where the account's database and downloads are
 * @cache_directory: for what may be lost; nothing is yet
 * @preset_address: (nullable): the server that an administrator has set
 */
BelayAccountManager *
belay_account_manager_new (const char *data_directory,
                           const char *cache_directory,
                           const char *preset_address)
{
  BelayAccountManager *self;

  g_return_val_if_fail (data_directory != NULL, NULL);

  self = g_object_new (BELAY_TYPE_ACCOUNT_MANAGER, NULL);
  self->directory = g_build_filename (data_directory, "account", NULL);
  self->preset_address = g_strdup (preset_address);

  return self;
}

BelayAccount *
belay_account_manager_get_account (BelayAccountManager *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);

  return self->account;
}

const char *
belay_account_manager_get_preset_address (BelayAccountManager *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);

  return self->preset_address;
}

static void
set_account (BelayAccountManager *self,
             BelayAccount *account)
{
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

static DexFuture *
reject (const GError *error)
{
  return dex_future_new_for_error (belay_service_error_from (error));
}

/* Opens what @store holds for whoever is signed in; the network is not asked */
static BelayAccount *
open_account (BelayAccountManager *self,
              BelayStore *store,
              const BelayAccountRecord *record,
              GError **error)
{
  g_autofree char *blobs_path = g_build_filename (self->directory, "content", NULL);
  g_autofree char *token =
    dex_await_string (belay_secret_find (self->directory, record->device_id, BELAY_KEPT_TOKEN), NULL);
  g_autoptr (BelayBlobStore) blobs = NULL;
  g_autoptr (BelayNetSession) session = NULL;
  g_autoptr (BelayAccount) account = NULL;

  blobs = belay_blob_store_new (blobs_path, error);
  if (blobs == NULL)
    return NULL;
  session = belay_net_session_new (record->address, BELAY_WIRE_VERSION, error);
  if (session == NULL)
    return NULL;
  /* Without a token the server asks to sign in again, and that is shown */
  belay_net_session_set_token (session, token);

  account = belay_account_new (store, blobs, session, record, self->directory);
  if (!dex_await (belay_account_start (account), error))
    return NULL;

  return g_steal_pointer (&account);
}

static DexFuture *
load_fiber (gpointer data)
{
  BelayAccountManager *self = data;
  g_autofree char *path = g_build_filename (self->directory, "belay.db", NULL);
  g_autoptr (BelayStore) store = NULL;
  g_autoptr (BelayAccountRecord) record = NULL;
  g_autoptr (BelayAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (self->account != NULL)
    return dex_future_new_take_object (g_object_ref (self->account));
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return dex_future_new_take_object (NULL);
  store = dex_await_boxed (belay_store_open (self->directory, self->clock), &error);
  if (store == NULL)
    return reject (error);
  record = dex_await_boxed (belay_store_load_account (store), &error);
  if (error != NULL)
    return reject (error);
  if (record == NULL)
    return dex_future_new_take_object (NULL);

  account = open_account (self, store, record, &error);
  if (account == NULL)
    return reject (error);
  set_account (self, account);

  return dex_future_new_take_object (g_steal_pointer (&account));
}

/**
 * belay_account_manager_load:
 *
 * Opens the account that is on this laptop; where that goes on already or is done, it is that one. Never waits for
 * the network.
 *
 * Returns: (transfer full): resolves to a #BelayAccount, or to %NULL where nobody is signed in
 */
DexFuture *
belay_account_manager_load (BelayAccountManager *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);

  if (self->loading == NULL || !dex_future_is_pending (self->loading))
    {
      dex_clear (&self->loading);
      self->loading = dex_scheduler_spawn (NULL, 0, load_fiber, g_object_ref (self), g_object_unref);
    }

  return dex_ref (self->loading);
}

/**
 * belay_account_manager_find_server:
 * @text: an address, a join code or a `belay://` link
 *
 * Returns: (transfer full): resolves to a #BelayServerInfo; rejects with a #BelayServiceError
 */
DexFuture *
belay_account_manager_find_server (BelayAccountManager *self,
                                   const char *text)
{
  g_autoptr (BelayAddress) address = NULL;

  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  address = belay_address_parse (text, self->preset_address);
  if (address == NULL)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_NOT_AN_ADDRESS, 0, "Neither an address, a code nor a link"));
  if (address->address == NULL)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_ADDRESS_MISSING, 0, "A code without a server's address"));

  return belay_server_inquiry (address->address, address->code);
}

typedef struct
{
  BelayAccountManager *manager;
  BelayServerInfo *server;
  BelaySignInRequest *request;
  char *key; /* (nullable): the private half of the device's key, in PEM */
} SigningIn;

static void
signing_in_free (gpointer data)
{
  SigningIn *signing = data;

  g_object_unref (signing->manager);
  belay_server_info_free (signing->server);
  belay_sign_in_request_free (signing->request);
  if (signing->key != NULL)
    explicit_bzero (signing->key, strlen (signing->key));
  g_free (signing->key);
  g_free (signing);
}

static void
make_device (SigningIn *signing)
{
  g_autoptr (BelaySigningKey) key = belay_signing_key_generate ();

  signing->key = belay_signing_key_to_pem (key);
  signing->request->device_id = belay_id_new (signing->manager->clock);
  signing->request->device_name = g_strdup (g_get_host_name ());
  signing->request->device_public_key = g_strdup (belay_signing_key_get_public (key));
}

static BelaySignInReply *
ask_to_sign_in (SigningIn *signing,
                GError **error)
{
  const char *path = signing->request->code != NULL ? "/api/v1/join" : "/api/v1/sign-in";
  g_autoptr (BelayNetSession) session = belay_net_session_new (signing->server->address, BELAY_WIRE_VERSION, error);
  g_autoptr (BelayNetReply) reply = NULL;
  g_autoptr (GBytes) message = NULL;

  if (session == NULL)
    return NULL;
  make_device (signing);
  message = belay_sign_in_request_encode (signing->request);
  reply = dex_await_boxed (belay_net_session_post (session, path, message, REPLY_MOST, NULL), error);
  if (reply == NULL)
    return NULL;
  if (reply->status != 200)
    {
      g_propagate_error (error, belay_service_error_from_reply (reply));
      return NULL;
    }

  return belay_sign_in_reply_decode (reply->body, error);
}

static BelayAccountRecord *
make_record (const SigningIn *signing,
             const BelaySignInReply *reply)
{
  BelayAccountRecord *record = belay_account_record_new ();

  record->address = g_strdup (signing->server->address);
  record->organisation_id = g_strdup (reply->organisation_id);
  record->organisation_name = g_strdup (reply->organisation_name);
  record->person_id = g_strdup (reply->person_id);
  record->name = g_strdup (reply->person_name);
  record->email = g_strdup (reply->person_email);
  record->device_id = g_strdup (signing->request->device_id);
  record->epoch = g_strdup (reply->epoch);
  record->quota_bytes = QUOTA_AT_FIRST;
  for (guint i = 0; i < reply->keys->len; i++)
    {
      const BelayOrganisationKey *key = g_ptr_array_index (reply->keys, i);

      g_ptr_array_add (record->keys, belay_organisation_key_new (key->id, key->algorithm, key->public_key));
    }

  return record;
}

/* What is here of the same person stays: nothing of it may be lost by signing in again */
static gboolean
check_owner (BelayStore *store,
             const BelayAccountRecord *record,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (BelayAccountRecord) old = dex_await_boxed (belay_store_load_account (store), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (old == NULL || g_str_equal (old->person_id, record->person_id))
    return TRUE;

  g_propagate_error (error, belay_service_error_new (BELAY_SERVICE_ERROR_IN_USE, 0,
                                                     "Another person's things are on this laptop: sign out first"));
  return FALSE;
}

static void
close_account (BelayAccountManager *self)
{
  /* What it resolved to holds the account, and with it the database */
  if (self->loading != NULL)
    dex_await (dex_ref (self->loading), NULL);
  dex_clear (&self->loading);
  if (self->account == NULL)
    return;
  dex_await (belay_account_stop (self->account), NULL);
  set_account (self, NULL);
}

/* Only once the server has let this device in: a wrong password must not cost the key of the one before it */
static gboolean
keep_secrets (const SigningIn *signing,
              const BelaySignInReply *reply,
              GError **error)
{
  const char *directory = signing->manager->directory;
  const char *device_id = signing->request->device_id;

  return dex_await (belay_secret_keep (directory, device_id, BELAY_KEPT_DEVICE_KEY, signing->key), error)
         && dex_await (belay_secret_keep (directory, device_id, BELAY_KEPT_TOKEN, reply->token), error);
}

static BelayAccount *
settle_in (SigningIn *signing,
           const BelaySignInReply *reply,
           GError **error)
{
  BelayAccountManager *self = signing->manager;
  g_autoptr (BelayAccountRecord) record = make_record (signing, reply);
  g_autoptr (BelayAccountRecord) saved = NULL;
  g_autoptr (BelayStore) store = NULL;

  close_account (self);
  store = dex_await_boxed (belay_store_open (self->directory, self->clock), error);
  if (store == NULL || !check_owner (store, record, error) || !keep_secrets (signing, reply, error)
      || !dex_await (belay_store_save_account (store, record), error))
    return NULL;
  saved = dex_await_boxed (belay_store_load_account (store), error);

  return saved != NULL ? open_account (self, store, saved, error) : NULL;
}

static DexFuture *
sign_in_fiber (gpointer data)
{
  SigningIn *signing = data;
  g_autoptr (BelaySignInReply) reply = NULL;
  g_autoptr (BelayAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  reply = ask_to_sign_in (signing, &error);
  if (reply == NULL)
    return reject (error);
  account = settle_in (signing, reply, &error);
  if (account == NULL)
    return reject (error);
  set_account (signing->manager, account);

  return dex_future_new_take_object (g_steal_pointer (&account));
}

static SigningIn *
signing_in_new (BelayAccountManager *self,
                const BelayServerInfo *server,
                const char *email,
                const char *password)
{
  SigningIn *signing = g_new0 (SigningIn, 1);

  signing->manager = g_object_ref (self);
  signing->server = belay_server_info_copy (server);
  signing->request = belay_sign_in_request_new ();
  signing->request->email = g_strdup (email);
  signing->request->password = g_strdup (password);

  return signing;
}

/**
 * belay_account_manager_sign_in:
 * @server: that was found
 *
 * Returns: (transfer full): resolves to a #BelayAccount; rejects with a #BelayServiceError
 */
DexFuture *
belay_account_manager_sign_in (BelayAccountManager *self,
                               const BelayServerInfo *server,
                               const char *email,
                               const char *password)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);
  g_return_val_if_fail (server != NULL, NULL);
  g_return_val_if_fail (email != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, sign_in_fiber, signing_in_new (self, server, email, password), signing_in_free);
}

/**
 * belay_account_manager_join:
 * @server: that was found, with a join code
 *
 * Returns: (transfer full): resolves to a #BelayAccount; rejects with a #BelayServiceError
 */
DexFuture *
belay_account_manager_join (BelayAccountManager *self,
                            const BelayServerInfo *server,
                            const char *name,
                            const char *email,
                            const char *password)
{
  SigningIn *signing;

  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);
  g_return_val_if_fail (server != NULL && server->code != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (email != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  signing = signing_in_new (self, server, email, password);
  signing->request->code = g_strdup (server->code);
  signing->request->name = g_strdup (name);

  return dex_scheduler_spawn (NULL, 0, sign_in_fiber, signing, signing_in_free);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* Waits for the database to be closed before its files go: hence a thread */
static gpointer
remove_thread (gpointer data)
{
  remove_tree (data);
  g_free (data);

  return NULL;
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  BelayAccountManager *self = data;
  g_autoptr (BelayNetSession) session = NULL;
  g_autoptr (BelayNetReply) reply = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  g_autofree char *gone =
    g_strdup_printf ("%s.signed-out-%" G_GINT64_FORMAT, self->directory, belay_clock_now_us (self->clock));
  g_autofree char *device_id = NULL;

  if (self->account == NULL)
    return dex_future_new_true ();
  session = belay_net_session_ref (belay_account_get_session (self->account));
  device_id = g_strdup (belay_account_get_device_id (self->account));
  close_account (self);
  /* Offline the token stays valid on the server until it expires: nobody has it any more */
  belay_net_session_set_timeout (session, 5);
  reply = dex_await_boxed (belay_net_session_post (session, "/api/v1/sign-out", nothing, REPLY_MOST, NULL), NULL);
  dex_await (belay_secret_forget (self->directory, device_id), NULL);

  /* Renamed at once, so that the next one to sign in finds nothing of this person */
  if (g_rename (self->directory, gone) == 0)
    g_thread_unref (g_thread_new ("belay-sign-out", remove_thread, g_steal_pointer (&gone)));

  return dex_future_new_true ();
}

/**
 * belay_account_manager_sign_out:
 *
 * Signs out and removes all of this person from the laptop: ask belay_account_count_unsent() first.
 *
 * Returns: (transfer full): resolves to %TRUE
 */
DexFuture *
belay_account_manager_sign_out (BelayAccountManager *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);

  return dex_scheduler_spawn (NULL, 0, sign_out_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
close_fiber (gpointer data)
{
  close_account (data);

  return dex_future_new_true ();
}

/**
 * belay_account_manager_close:
 *
 * For the end of the app: the person stays signed in, and belay_account_manager_load() opens the account again.
 *
 * Returns: (transfer full): resolves once nothing of the account runs any more
 */
DexFuture *
belay_account_manager_close (BelayAccountManager *self)
{
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (self), NULL);

  return dex_scheduler_spawn (NULL, 0, close_fiber, g_object_ref (self), g_object_unref);
}
