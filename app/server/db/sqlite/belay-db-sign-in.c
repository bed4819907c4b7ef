/* belay-db-sign-in.c: how people and other systems prove who they are
 *
 * Nothing here could be used to sign in: passwords are yescrypt hashes, tokens, codes and secrets SHA-256.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-people.h"
#include "belay-db-sqlite.h"
#include "belay-time.h"

#define THROTTLE_WINDOW_US (15 * 60 * BELAY_SECOND_US)

void
belay_db_device_free (BelayDbDevice *self)
{
  g_free (self->id);
  g_free (self->person);
  g_free (self->name);
  g_free (self->public_key);
  g_free (self);
}

void
belay_db_join_code_free (BelayDbJoinCode *self)
{
  g_free (self->cohort);
  g_free (self->pod);
  g_free (self);
}

void
belay_db_credential_free (BelayDbCredential *self)
{
  g_free (self->id);
  g_free (self->secret_hash);
  g_free (self->name);
  g_free (self->scopes);
  g_free (self);
}

gboolean
belay_db_password_put (BelayDbTransaction *tx,
                       const char *email,
                       const char *person,
                       const char *hash,
                       GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO identity (organisation, issuer, subject, person, secret)"
                           " VALUES (?, 'password', ?, ?, ?)"
                           " ON CONFLICT (organisation, issuer, subject) DO UPDATE SET person = excluded.person,"
                           " secret = excluded.secret",
                           "ottt", email, person, hash);
}

/**
 * belay_db_password_get:
 * @person: (out) (nullable): %NULL where nobody has a password with that address
 */
gboolean
belay_db_password_get (BelayDbTransaction *tx,
                       const char *email,
                       char **person,
                       char **hash,
                       GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT person, secret FROM identity WHERE organisation = ?"
                                          " AND issuer = 'password' AND subject = ?",
                                          "ot", email);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *person = had_row ? belay_query_dup_text (query, 0) : NULL;
  *hash = had_row ? belay_query_dup_text (query, 1) : NULL;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

/**
 * belay_db_device_put:
 *
 * Adds a device or gives it a new token, and notes its public key in its history.
 */
gboolean
belay_db_device_put (BelayDbTransaction *tx,
                     const BelayDbDevice *device,
                     const char *token_hash,
                     GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO device (organisation, id, person, name, token_hash, expires, made)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, id) DO UPDATE SET name = excluded.name,"
                           " token_hash = excluded.token_hash, expires = excluded.expires",
                           "ottttii", device->id, device->person, device->name, token_hash, device->expires,
                           belay_db_now (tx))
         && belay_sqlite_run (tx, error,
                              "INSERT INTO device_key (organisation, device, since, public_key)"
                              " VALUES (?, ?, ?, ?) ON CONFLICT (organisation, device, since) DO UPDATE SET"
                              " public_key = excluded.public_key",
                              "otit", device->id, belay_db_now (tx), device->public_key);
}

static gboolean
read_device (BelayQuery *query,
             BelayDbDevice **device,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *device = NULL;
  if (had_row)
    {
      *device = g_new0 (BelayDbDevice, 1);
      (*device)->id = belay_query_dup_text (query, 0);
      (*device)->person = belay_query_dup_text (query, 1);
      (*device)->name = belay_query_dup_text (query, 2);
      (*device)->expires = belay_query_get_int (query, 3);
    }

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

gboolean
belay_db_device_get (BelayDbTransaction *tx,
                     const char *id,
                     BelayDbDevice **device,
                     GError **error)
{
  return read_device (belay_sqlite_query (tx,
                                          "SELECT id, person, name, expires FROM device"
                                          " WHERE organisation = ? AND id = ?",
                                          "ot", id),
                      device, error);
}

/**
 * belay_db_device_get_by_token:
 * @device: (out) (nullable): also one whose time has run out; the caller looks at `expires`
 */
gboolean
belay_db_device_get_by_token (BelayDbTransaction *tx,
                              const char *token_hash,
                              BelayDbDevice **device,
                              GError **error)
{
  return read_device (belay_sqlite_query (tx,
                                          "SELECT id, person, name, expires FROM device"
                                          " WHERE organisation = ? AND token_hash = ?",
                                          "ot", token_hash),
                      device, error);
}

gboolean
belay_db_device_extend (BelayDbTransaction *tx,
                        const char *id,
                        gint64 expires,
                        GError **error)
{
  return belay_sqlite_run (tx, error, "UPDATE device SET expires = ? WHERE organisation = ? AND id = ?", "iot", expires,
                           id);
}

gboolean
belay_db_device_sign_out (BelayDbTransaction *tx,
                          const char *id,
                          GError **error)
{
  return belay_sqlite_run (tx, error, "UPDATE device SET token_hash = NULL WHERE organisation = ? AND id = ?", "ot",
                           id);
}

gboolean
belay_db_join_code_add (BelayDbTransaction *tx,
                        const char *code_hash,
                        const char *cohort,
                        const char *pod,
                        gint64 uses,
                        gint64 expires,
                        GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO join_code (organisation, code_hash, cohort, pod, uses_left, expires, made)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?)",
                           "otttiii", code_hash, cohort, pod, uses, expires, belay_db_now (tx));
}

/**
 * belay_db_join_code_take:
 * @code: (out) (nullable): %NULL where it is wrong, used up or expired
 *
 * Uses a code once.
 */
gboolean
belay_db_join_code_take (BelayDbTransaction *tx,
                         const char *code_hash,
                         BelayDbJoinCode **code,
                         GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx,
                                          "UPDATE join_code SET uses_left = uses_left - 1 WHERE organisation = ?"
                                          " AND code_hash = ? AND uses_left > 0 AND expires > ?"
                                          " RETURNING cohort, pod",
                                          "oti", code_hash, belay_db_now (tx));
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *code = NULL;
  if (had_row)
    {
      *code = g_new0 (BelayDbJoinCode, 1);
      (*code)->cohort = belay_query_dup_text (query, 0);
      (*code)->pod = belay_query_dup_text (query, 1);
    }

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

/**
 * belay_db_throttle_count:
 * @failures: (out): in the window of fifteen minutes that is open now
 * @seconds_left: (out): until that window closes
 */
gboolean
belay_db_throttle_count (BelayDbTransaction *tx,
                         const char *subject,
                         gint64 *failures,
                         gint64 *seconds_left,
                         GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx, "SELECT failures, began FROM throttle WHERE subject = ? AND began > ?",
                                          "ti", subject, belay_db_now (tx) - THROTTLE_WINDOW_US);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *failures = had_row ? belay_query_get_int (query, 0) : 0;
  *seconds_left =
    had_row ? (belay_query_get_int (query, 1) + THROTTLE_WINDOW_US - belay_db_now (tx)) / BELAY_SECOND_US + 1 : 0;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

gboolean
belay_db_throttle_add (BelayDbTransaction *tx,
                       const char *subject,
                       GError **error)
{
  gint64 now = belay_db_now (tx);

  /* Windows that closed are of no more use to anyone */
  return belay_sqlite_run (tx, error, "DELETE FROM throttle WHERE began <= ?", "i", now - THROTTLE_WINDOW_US)
         && belay_sqlite_run (tx, error,
                              "INSERT INTO throttle (subject, began, failures) VALUES (?, ?, 1)"
                              " ON CONFLICT (subject) DO UPDATE SET failures = throttle.failures + 1",
                              "ti", subject, now);
}

gboolean
belay_db_throttle_clear (BelayDbTransaction *tx,
                         const char *subject,
                         GError **error)
{
  return belay_sqlite_run (tx, error, "DELETE FROM throttle WHERE subject = ?", "t", subject);
}

gboolean
belay_db_credential_add (BelayDbTransaction *tx,
                         const BelayDbCredential *credential,
                         GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO credential (organisation, id, secret_hash, name, scopes, made)"
                           " VALUES (?, ?, ?, ?, ?, ?)",
                           "otttti", credential->id, credential->secret_hash, credential->name, credential->scopes,
                           belay_db_now (tx));
}

gboolean
belay_db_credential_get (BelayDbTransaction *tx,
                         const char *id,
                         BelayDbCredential **credential,
                         GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT id, secret_hash, name, scopes FROM credential"
                                          " WHERE organisation = ? AND id = ?",
                                          "ot", id);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *credential = NULL;
  if (had_row)
    {
      *credential = g_new0 (BelayDbCredential, 1);
      (*credential)->id = belay_query_dup_text (query, 0);
      (*credential)->secret_hash = belay_query_dup_text (query, 1);
      (*credential)->name = belay_query_dup_text (query, 2);
      (*credential)->scopes = belay_query_dup_text (query, 3);
    }

  return belay_sqlite_finish (query, had_row, &local_error, error);
}
