/* belay-work-sign-in.c: a password, or a join code, becomes a device token
 *
 * A wrong address and a wrong password cost the same work and get the same answer. Failures are counted in
 * the database, so that several servers, and a restart, count together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-sign-in.h"

#include <string.h>

#include "belay-address.h"
#include "belay-db-people.h"
#include "belay-id.h"
#include "belay-password.h"
#include "belay-time.h"
#include "belay-token.h"
#include "belay-work-error.h"
#include "belay-work-member.h"
#include "belay-work-organisation.h"

#define FAILURES_MOST_FOR_ADDRESS 10
#define FAILURES_MOST_FOR_NETWORK 50
#define TOKEN_US ((gint64) BELAY_TOKEN_DAYS * BELAY_DAY_SECONDS * BELAY_SECOND_US)

typedef struct
{
  BelayServerContext *context;
  BelaySignInRequest *request;
  gboolean is_join;
  char *email;           /* in lower case */
  char *address_subject; /* what failures are counted by */
  char *network_subject;
  char *kept_hash; /* (nullable) */
  char *new_hash;  /* (nullable): of the password that a person who joins wants */
  char *person;    /* (nullable) */
} SignIn;

static void
sign_in_free (SignIn *self)
{
  belay_sign_in_request_free (self->request);
  g_free (self->email);
  g_free (self->address_subject);
  g_free (self->network_subject);
  g_free (self->kept_hash);
  g_free (self->new_hash);
  g_free (self->person);
  g_free (self);
}

static gboolean
check_throttle (BelayDbTransaction *tx,
                const char *subject,
                gint64 most,
                GError **error)
{
  gint64 failures;
  gint64 seconds;

  if (!belay_db_throttle_count (tx, subject, &failures, &seconds, error))
    return FALSE;
  if (failures < most)
    return TRUE;

  g_propagate_error (error, belay_work_error_new_number (BELAY_WORK_ERROR_TOO_MANY, "seconds", seconds));
  return FALSE;
}

/* Before any work is done: are there too many failures, and what is there to compare with? */
static DexFuture *
look_up (BelayDbTransaction *tx,
         gpointer user_data)
{
  SignIn *self = user_data;
  GError *error = NULL;

  if (!check_throttle (tx, self->address_subject, FAILURES_MOST_FOR_ADDRESS, &error)
      || !check_throttle (tx, self->network_subject, FAILURES_MOST_FOR_NETWORK, &error)
      || !belay_db_password_get (tx, self->email, &self->person, &self->kept_hash, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static DexFuture *
count_failure (BelayDbTransaction *tx,
               gpointer user_data)
{
  SignIn *self = user_data;
  GError *error = NULL;

  if (!belay_db_throttle_add (tx, self->address_subject, &error)
      || !belay_db_throttle_add (tx, self->network_subject, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/* ---- the token ---- */

static gboolean
add_device (BelayDbTransaction *tx,
            SignIn *self,
            BelaySignInReply *reply,
            GError **error)
{
  g_autoptr (BelayDbDevice) known = NULL;
  g_autofree char *hash = NULL;
  BelayDbDevice device = { .id = self->request->device_id,
                           .person = self->person,
                           .name = self->request->device_name,
                           .public_key = self->request->device_public_key,
                           .expires = belay_db_now (tx) + TOKEN_US };

  if (!belay_db_device_get (tx, device.id, &known, error))
    return FALSE;
  /* Two people on one laptop have a device each: an id is never handed on */
  if (known != NULL && g_strcmp0 (known->person, self->person) != 0)
    {
      g_propagate_error (error, belay_work_error_new (BELAY_WORK_ERROR_CONFLICT, "what", "device"));
      return FALSE;
    }

  reply->token = belay_token_new ();
  reply->expires_us = device.expires;
  hash = belay_token_hash (reply->token);

  return belay_db_device_put (tx, &device, hash, error);
}

static gboolean
fill_reply (BelayDbTransaction *tx,
            SignIn *self,
            BelaySignInReply *reply,
            GError **error)
{
  g_autoptr (BelayDbOrganisation) organisation = NULL;
  g_autoptr (BelayDbPerson) person = NULL;
  BelayServerKeys *keys = self->context->keys;

  if (!belay_work_organisation (tx, &organisation, error) || !belay_db_person_get (tx, self->person, &person, error))
    return FALSE;

  g_set_str (&reply->epoch, organisation->epoch);
  g_set_str (&reply->organisation_id, organisation->id);
  g_set_str (&reply->organisation_name, organisation->name);
  g_set_str (&reply->person_id, person->id);
  g_set_str (&reply->person_name, person->name);
  g_set_str (&reply->person_email, person->email);
  g_ptr_array_add (reply->keys, belay_organisation_key_new (belay_server_keys_get_id (keys), "Ed25519",
                                                            belay_server_keys_get_public (keys)));

  return TRUE;
}

static DexFuture *
give_token (BelayDbTransaction *tx,
            SignIn *self)
{
  g_autoptr (BelaySignInReply) reply = belay_sign_in_reply_new ();
  GError *error = NULL;

  if (!add_device (tx, self, reply, &error) || !fill_reply (tx, self, reply, &error)
      || !belay_db_throttle_clear (tx, self->address_subject, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_BYTES, belay_sign_in_reply_encode (reply));
}

static DexFuture *
finish_sign_in (BelayDbTransaction *tx,
                gpointer user_data)
{
  return give_token (tx, user_data);
}

/* Waits here until it is settled: what it works on is the fiber's own */
static DexFuture *
settled (DexFuture *future)
{
  dex_await (dex_ref (future), NULL);

  return future;
}

static DexFuture *
refuse (SignIn *self,
        BelayWorkError code,
        const char *name,
        const char *value)
{
  GError *error = NULL;

  if (!dex_await (belay_db_write (self->context->db, count_failure, self, NULL), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_error (belay_work_error_new (code, name, value));
}

static DexFuture *
sign_in_fiber (gpointer user_data)
{
  SignIn *self = user_data;
  GError *error = NULL;
  gboolean is_right;

  if (!dex_await (belay_db_read (self->context->db, look_up, self, NULL), &error))
    return dex_future_new_for_error (error);
  is_right = dex_await_boolean (belay_password_check (self->kept_hash, self->request->password), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (!is_right)
    return refuse (self, BELAY_WORK_ERROR_WRONG_PASSWORD, NULL, NULL);

  return settled (belay_db_write (self->context->db, finish_sign_in, self, NULL));
}

/* ---- joining ---- */

/* The person with that address, who must have no password yet, or a new one */
static gboolean
claim_person (BelayDbTransaction *tx,
              SignIn *self,
              GError **error)
{
  g_autoptr (BelayDbPerson) known = NULL;
  BelayDbPerson added = { .name = self->request->name, .email = self->email, .time_zone = (char *) "UTC" };

  if (self->person != NULL)
    {
      g_propagate_error (error, belay_work_error_new (BELAY_WORK_ERROR_CONFLICT, "what", "person"));
      return FALSE;
    }
  if (!belay_db_person_get_by_email (tx, self->email, &known, error))
    return FALSE;
  if (known != NULL)
    {
      self->person = g_strdup (known->id);
      return TRUE;
    }

  self->person = belay_id_new (belay_db_get_clock (tx));
  added.id = self->person;
  return belay_db_person_put (tx, &added, error);
}

static DexFuture *
finish_join (BelayDbTransaction *tx,
             gpointer user_data)
{
  SignIn *self = user_data;
  g_autofree char *code = belay_address_normalise_code (self->request->code);
  g_autofree char *hash = code != NULL ? belay_token_hash (code) : NULL;
  g_autoptr (BelayDbJoinCode) taken = NULL;
  GError *error = NULL;

  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->kept_hash, g_free);
  if ((hash != NULL && !belay_db_join_code_take (tx, hash, &taken, &error))
      || !belay_db_password_get (tx, self->email, &self->person, &self->kept_hash, &error))
    return dex_future_new_for_error (error);
  if (taken == NULL)
    return dex_future_new_for_error (belay_work_error_new (BELAY_WORK_ERROR_UNKNOWN, "what", "code"));

  if (!claim_person (tx, self, &error) || !belay_db_password_put (tx, self->email, self->person, self->new_hash, &error)
      || (taken->cohort != NULL && !belay_work_member_join (tx, self->person, taken->cohort, taken->pod, &error))
      || !belay_work_member_publish (tx, self->person, &error))
    return dex_future_new_for_error (error);

  return give_token (tx, self);
}

static DexFuture *
join_fiber (gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (DexFuture) joined = NULL;
  GError *error = NULL;

  if (!dex_await (belay_db_read (self->context->db, look_up, self, NULL), &error))
    return dex_future_new_for_error (error);
  self->new_hash = dex_await_string (belay_password_hash (self->request->password), &error);
  if (self->new_hash == NULL)
    return dex_future_new_for_error (error);

  joined = settled (belay_db_write (self->context->db, finish_join, self, NULL));
  if (!dex_await (dex_ref (joined), &error) && g_error_matches (error, BELAY_WORK_ERROR, BELAY_WORK_ERROR_UNKNOWN))
    {
      g_clear_error (&error);
      return refuse (self, BELAY_WORK_ERROR_UNKNOWN, "what", "code");
    }
  g_clear_error (&error);

  return g_steal_pointer (&joined);
}

static DexFuture *
spawn (BelayServerContext *context,
       BelaySignInRequest *request,
       const char *remote,
       DexFiberFunc fiber)
{
  SignIn *self = g_new0 (SignIn, 1);

  self->context = context;
  self->request = request;
  self->email = g_utf8_strdown (request->email, -1);
  self->address_subject = g_strconcat ("address:", self->email, NULL);
  self->network_subject = g_strconcat ("network:", remote, NULL);
  if (strlen (request->password) > BELAY_PASSWORD_MOST
      || (fiber == join_fiber && g_utf8_strlen (request->password, -1) < BELAY_PASSWORD_LEAST))
    {
      sign_in_free (self);
      return dex_future_new_for_error (belay_work_error_new (BELAY_WORK_ERROR_MALFORMED, "where", "password"));
    }

  return dex_scheduler_spawn (NULL, 0, fiber, self, (GDestroyNotify) sign_in_free);
}

/**
 * belay_work_sign_in:
 * @request: (transfer full)
 * @remote: the network address that asks
 *
 * Returns: (transfer full): resolves to the body of the reply, or is rejected by a #BelayWorkError
 */
DexFuture *
belay_work_sign_in (BelayServerContext *context,
                    BelaySignInRequest *request,
                    const char *remote)
{
  return spawn (context, request, remote, sign_in_fiber);
}

/**
 * belay_work_join:
 * @request: (transfer full): with code and name
 *
 * Returns: (transfer full): as belay_work_sign_in()
 */
DexFuture *
belay_work_join (BelayServerContext *context,
                 BelaySignInRequest *request,
                 const char *remote)
{
  return spawn (context, request, remote, join_fiber);
}

static DexFuture *
end_token (BelayDbTransaction *tx,
           gpointer user_data)
{
  GError *error = NULL;

  if (!belay_db_device_sign_out (tx, user_data, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_work_sign_out:
 *
 * Returns: (transfer full): resolves when the device's token is gone
 */
DexFuture *
belay_work_sign_out (BelayServerContext *context,
                     const char *device)
{
  return belay_db_write (context->db, end_token, g_strdup (device), g_free);
}
