/* belay-db-states.c: keyed states, and the memory of what was heard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-learning.h"
#include "belay-db-sqlite.h"

static BelayStateVersion *
read_version (BelayQuery *query)
{
  BelayStateVersion *version = belay_state_version_new ();

  g_set_str (&version->version, belay_query_get_text (query, 0));
  g_set_str (&version->type, belay_query_get_text (query, 1));
  g_clear_pointer (&version->body, g_bytes_unref);
  version->body = belay_query_dup_bytes (query, 2);
  g_set_str (&version->device_id, belay_query_get_text (query, 3));
  version->made_us = belay_query_get_int (query, 4);
  version->received_us = belay_query_get_int (query, 5);

  return version;
}

/**
 * belay_db_state_get:
 * @state: (out) (nullable): %NULL where nobody wrote it yet
 */
gboolean
belay_db_state_get (BelayDbTransaction *tx,
                    const char *person,
                    const char *key,
                    BelayKeptState **state,
                    GError **error)
{
  g_autoptr (BelayKeptState) found = NULL;
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT version, type, body, device, made, received, is_current FROM state"
                                          " WHERE organisation = ? AND person = ? AND key = ?"
                                          " ORDER BY received, version",
                                          "ott", person, key);
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    {
      if (found == NULL)
        {
          found = belay_kept_state_new ();
          g_set_str (&found->key, key);
        }
      if (belay_query_get_int (query, 6))
        {
          g_clear_pointer (&found->current, belay_state_version_free);
          found->current = read_version (query);
        }
      else
        {
          g_ptr_array_add (found->beside, read_version (query));
        }
    }
  *state = g_steal_pointer (&found);

  return belay_sqlite_finish (query, FALSE, &local_error, error);
}

/**
 * belay_db_state_add:
 *
 * Makes @version the current one; the one before stays beside it until it is removed.
 */
gboolean
belay_db_state_add (BelayDbTransaction *tx,
                    const char *person,
                    const char *key,
                    const BelayStateVersion *version,
                    GError **error)
{
  return belay_sqlite_run (tx, error,
                           "UPDATE state SET is_current = 0 WHERE organisation = ? AND person = ? AND key = ?", "ott",
                           person, key)
         && belay_sqlite_run (tx, error,
                              "INSERT INTO state (organisation, person, key, version, type, body, device, made,"
                              " received, is_current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                              "ottttbtii", person, key, version->version, version->type, version->body,
                              version->device_id, version->made_us, version->received_us);
}

gboolean
belay_db_state_remove (BelayDbTransaction *tx,
                       const char *person,
                       const char *key,
                       const char *version,
                       GError **error)
{
  return belay_sqlite_run (tx, error,
                           "DELETE FROM state WHERE organisation = ? AND person = ? AND key = ? AND version = ?",
                           "ottt", person, key, version);
}

/**
 * belay_db_heard_get:
 * @digest: (out) (nullable): of what a write with that id said; %NULL where it was not heard
 */
gboolean
belay_db_heard_get (BelayDbTransaction *tx,
                    const char *person,
                    const char *id,
                    char **digest,
                    char **beside,
                    GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT digest, beside FROM heard WHERE organisation = ? AND person = ?"
                                          " AND id = ?",
                                          "ott", person, id);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *digest = had_row ? belay_query_dup_text (query, 0) : NULL;
  *beside = had_row ? belay_query_dup_text (query, 1) : NULL;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

gboolean
belay_db_heard_add (BelayDbTransaction *tx,
                    const char *person,
                    const char *id,
                    const char *digest,
                    const char *beside,
                    GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO heard (organisation, person, id, digest, beside, received)"
                           " VALUES (?, ?, ?, ?, ?, ?)",
                           "otttti", person, id, digest, beside, belay_db_now (tx));
}

gboolean
belay_db_refused_add (BelayDbTransaction *tx,
                      const char *person,
                      const char *id,
                      const char *code,
                      GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO refused_command (organisation, person, id, code, received)"
                           " VALUES (?, ?, ?, ?, ?) ON CONFLICT (organisation, person, id) DO UPDATE SET"
                           " code = excluded.code, received = excluded.received",
                           "ottti", person, id, code, belay_db_now (tx));
}

gboolean
belay_db_refused_has (BelayDbTransaction *tx,
                      const char *person,
                      const char *id,
                      gboolean *is_refused,
                      GError **error)
{
  g_autofree char *code = NULL;

  if (!belay_sqlite_get_text (belay_sqlite_query (tx,
                                                  "SELECT code FROM refused_command WHERE organisation = ?"
                                                  " AND person = ? AND id = ?",
                                                  "ott", person, id),
                              &code, error))
    return FALSE;

  *is_refused = code != NULL;
  return TRUE;
}
