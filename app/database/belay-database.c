/* belay-database.c: one connection to a database, whichever kind it is
 *
 * SQL is written once, in SQLite's words, and kept to what other databases say too: `?` and `?1` for
 * parameters, ON CONFLICT … DO, RETURNING, columns of the row that is there qualified by their table. What
 * a kind does otherwise is in its own file, behind belay-database-private.h. Statements are prepared once
 * and kept by their text, which is why SQL lives in named constants.
 *
 *   BelayQuery *query = belay_database_query (database, "SELECT name FROM person WHERE id = ?");
 *
 *   belay_query_bind_text (query, 1, id);
 *   while (belay_query_next (query, &error))
 *     use (belay_query_get_text (query, 0));
 *
 * A mistake made while preparing or binding is kept and told by the next step, so that callers
 * look for errors in one place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-database-private.h"

G_DEFINE_QUARK (belay-database-error-quark, belay_database_error)

static void
query_free (gpointer data)
{
  BelayQuery *query = data;

  query->database->backend->query_free (query);
}

/* Begins a new connection, before the kind of database does its own part. */
void
belay_database_init (BelayDatabase *self,
                     const BelayDatabaseBackend *backend)
{
  self->backend = backend;
  self->queries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, query_free);
}

void
belay_database_close (BelayDatabase *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->queries);
  self->backend->close (self);
  g_free (self);
}

/**
 * belay_database_execute:
 * @sql: one or more statements without parameters
 *
 * Returns: whether all of them ran; the first that fails stops the rest
 */
gboolean
belay_database_execute (BelayDatabase *self,
                        const char *sql,
                        GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  return self->backend->execute (self, sql, error);
}

/**
 * belay_database_begin:
 *
 * Begins a transaction that will write; waits for other writers first. One at a time writes, whichever
 * process it is in, so what it reads is the newest and numbers that it takes become visible in their order.
 */
gboolean
belay_database_begin (BelayDatabase *self,
                      GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->backend->begin (self, error);
}

/**
 * belay_database_begin_reading:
 *
 * Begins a transaction whose queries all see the same moment. End it by belay_database_rollback().
 */
gboolean
belay_database_begin_reading (BelayDatabase *self,
                              GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->backend->begin_reading (self, error);
}

/**
 * belay_database_commit:
 *
 * Returns: whether all since belay_database_begin() is on the disk; if not, none of it is
 */
gboolean
belay_database_commit (BelayDatabase *self,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->backend->commit (self, error))
    return TRUE;

  belay_database_rollback (self);
  return FALSE;
}

void
belay_database_rollback (BelayDatabase *self)
{
  g_return_if_fail (self != NULL);

  /* After some failures the database has rolled back by itself */
  if (self->backend->is_in_transaction (self))
    self->backend->execute (self, "ROLLBACK", NULL);
}

gboolean
belay_database_is_in_transaction (BelayDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->backend->is_in_transaction (self);
}

/**
 * belay_database_savepoint:
 *
 * Begins a part of a transaction that can be undone alone. They nest: release or roll back the
 * innermost first.
 */
gboolean
belay_database_savepoint (BelayDatabase *self,
                          GError **error)
{
  return belay_database_execute (self, "SAVEPOINT part", error);
}

gboolean
belay_database_release (BelayDatabase *self,
                        GError **error)
{
  return belay_database_execute (self, "RELEASE part", error);
}

void
belay_database_rollback_to_savepoint (BelayDatabase *self)
{
  g_return_if_fail (self != NULL);

  if (self->backend->is_in_transaction (self))
    self->backend->execute (self, "ROLLBACK TO part; RELEASE part", NULL);
}

/* How many rows the last statement wrote */
gint64
belay_database_get_changes (BelayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->backend->get_changes (self);
}

/**
 * belay_database_get_version:
 *
 * Returns: how many migrations the schema has had; 0 for an empty database, -1 with @error
 */
gint64
belay_database_get_version (BelayDatabase *self,
                            GError **error)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->backend->get_version (self, error);
}

gboolean
belay_database_set_version (BelayDatabase *self,
                            gint64 version,
                            GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->backend->set_version (self, version, error);
}

/**
 * belay_database_announce:
 *
 * Lets every connection to this database know @number at once, long before this transaction commits, and
 * also where it never does.
 */
gboolean
belay_database_announce (BelayDatabase *self,
                         gint64 number,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->backend->announce (self, number, error);
}

/**
 * belay_database_get_announced:
 * @number: (out): what was announced last; 0 where nothing was
 */
gboolean
belay_database_get_announced (BelayDatabase *self,
                              gint64 *number,
                              GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (number != NULL, FALSE);

  return self->backend->get_announced (self, number, error);
}

/**
 * belay_database_query:
 * @sql: one statement, with `?` for each parameter
 *
 * Returns: (transfer none): the statement, without parameters and before its first row. It is
 *   shared by all who ask with the same text: be done with it before asking again.
 */
BelayQuery *
belay_database_query (BelayDatabase *self,
                      const char *sql)
{
  BelayQuery *query;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  query = g_hash_table_lookup (self->queries, sql);
  if (query == NULL)
    {
      query = self->backend->query_new (self, sql);
      query->database = self;
      g_hash_table_insert (self->queries, g_strdup (sql), query);
    }
  else
    {
      self->backend->query_reset (query);
    }

  return query;
}

/**
 * belay_query_bind_int:
 * @index: which parameter, from 1
 */
void
belay_query_bind_int (BelayQuery *self,
                      int index,
                      gint64 value)
{
  g_return_if_fail (self != NULL);

  self->database->backend->bind_int (self, index, value);
}

/**
 * belay_query_bind_text:
 * @index: which parameter, from 1
 * @value: (nullable): copied; %NULL binds NULL
 */
void
belay_query_bind_text (BelayQuery *self,
                       int index,
                       const char *value)
{
  g_return_if_fail (self != NULL);

  self->database->backend->bind_text (self, index, value);
}

/**
 * belay_query_bind_bytes:
 * @index: which parameter, from 1
 * @value: (nullable): copied; %NULL binds NULL
 */
void
belay_query_bind_bytes (BelayQuery *self,
                        int index,
                        GBytes *value)
{
  g_return_if_fail (self != NULL);

  self->database->backend->bind_bytes (self, index, value);
}

/**
 * belay_query_next:
 *
 * Goes to the next row. After the last one the statement is ready to be bound anew.
 *
 * Returns: whether there is a row; %FALSE with @error set where something went wrong
 */
gboolean
belay_query_next (BelayQuery *self,
                  GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->database->backend->next (self, error);
}

/**
 * belay_query_run:
 *
 * Runs a statement whose rows, if any, are not wanted.
 *
 * Returns: whether it ran
 */
gboolean
belay_query_run (BelayQuery *self,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  while (belay_query_next (self, &local_error))
    ;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gint64
belay_query_get_int (BelayQuery *self,
                     int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->database->backend->get_int (self, column);
}

/**
 * belay_query_get_text:
 *
 * Returns: (transfer none) (nullable): the text, until the next step; %NULL for NULL
 */
const char *
belay_query_get_text (BelayQuery *self,
                      int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->database->backend->get_text (self, column);
}

char *
belay_query_dup_text (BelayQuery *self,
                      int column)
{
  return g_strdup (belay_query_get_text (self, column));
}

/**
 * belay_query_dup_bytes:
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL for NULL
 */
GBytes *
belay_query_dup_bytes (BelayQuery *self,
                       int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (belay_query_is_null (self, column))
    return NULL;

  return self->database->backend->dup_bytes (self, column);
}

gboolean
belay_query_is_null (BelayQuery *self,
                     int column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->database->backend->is_null (self, column);
}
