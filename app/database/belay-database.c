/* belay-database.c: one connection to an SQLite file
 *
 * Write-ahead log and full synchronisation: what was committed is on the disk. Statements are
 * prepared once and kept by their text, which is why SQL lives in named constants.
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

#include "belay-database.h"

#define BUSY_MILLISECONDS 10000

struct _BelayQuery
{
  BelayDatabase *database; /* unowned */
  sqlite3_stmt *statement;
  int failed; /* the first result code that was not SQLITE_OK, before stepping */
};

struct _BelayDatabase
{
  sqlite3 *handle;
  GHashTable *queries; /* (owned) text -> (owned) BelayQuery */
};

G_DEFINE_QUARK (belay-database-error-quark, belay_database_error)

static void
query_free (gpointer data)
{
  BelayQuery *query = data;

  sqlite3_finalize (query->statement);
  g_free (query);
}

static BelayDatabaseError
error_code (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return BELAY_DATABASE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return BELAY_DATABASE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return BELAY_DATABASE_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
      return BELAY_DATABASE_ERROR_CONSTRAINT;
    default:
      return BELAY_DATABASE_ERROR_FAILED;
    }
}

static void
set_error (BelayDatabase *self,
           int result,
           GError **error)
{
  switch (error_code (result))
    {
    case BELAY_DATABASE_ERROR_FULL:
      g_set_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL,
                   "The disk is full or cannot be written to (%s)", sqlite3_errmsg (self->handle));
      break;
    case BELAY_DATABASE_ERROR_BUSY:
      g_set_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_BUSY, "Another program is using the database (%s)",
                   sqlite3_errmsg (self->handle));
      break;
    case BELAY_DATABASE_ERROR_CORRUPT:
      g_set_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_CORRUPT,
                   "The file is not a Belay database, or is damaged (%s)", sqlite3_errmsg (self->handle));
      break;
    case BELAY_DATABASE_ERROR_FAILED:
    case BELAY_DATABASE_ERROR_NEWER:
    case BELAY_DATABASE_ERROR_CONSTRAINT:
    default:
      g_set_error (error, BELAY_DATABASE_ERROR, (int) error_code (result), "The database said: %s",
                   sqlite3_errmsg (self->handle));
      break;
    }
}

static BelayDatabase *
open_with (const char *path,
           int flags,
           const char *setup,
           GError **error)
{
  g_autoptr (BelayDatabase) self = g_new0 (BelayDatabase, 1);
  int result;

  self->queries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, query_free);
  result = sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result != SQLITE_OK)
    {
      set_error (self, result, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!belay_database_execute (self, setup, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_database_open:
 * @path: the file, made where it is missing; `:memory:` for none
 *
 * Opens a connection that writes, in WAL mode with full synchronisation and foreign keys.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with a #BelayDatabaseError
 */
BelayDatabase *
belay_database_open (const char *path,
                     GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_with (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                    "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;",
                    error);
}

/**
 * belay_database_open_read_only:
 *
 * Opens a second connection to a file that belay_database_open() has opened before.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with a #BelayDatabaseError
 */
BelayDatabase *
belay_database_open_read_only (const char *path,
                               GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_with (path, SQLITE_OPEN_READWRITE, "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;", error);
}

void
belay_database_close (BelayDatabase *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->queries);
  sqlite3_close (self->handle);
  g_free (self);
}

/**
 * belay_database_get_handle:
 *
 * Returns: (transfer none): SQLite's own handle, for what only it offers (backup, hooks)
 */
sqlite3 *
belay_database_get_handle (BelayDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->handle;
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
  int result;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (result != SQLITE_OK)
    {
      set_error (self, result, error);
      return FALSE;
    }

  return TRUE;
}

/**
 * belay_database_begin:
 *
 * Begins a transaction that will write; waits for other writers first.
 */
gboolean
belay_database_begin (BelayDatabase *self,
                      GError **error)
{
  return belay_database_execute (self, "BEGIN IMMEDIATE", error);
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
  if (belay_database_execute (self, "COMMIT", error))
    return TRUE;

  belay_database_rollback (self);
  return FALSE;
}

void
belay_database_rollback (BelayDatabase *self)
{
  g_return_if_fail (self != NULL);

  /* After some failures SQLite has rolled back by itself */
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
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

  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK TO part; RELEASE part", NULL, NULL, NULL);
}

gint64
belay_database_get_changes (BelayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes64 (self->handle);
}

gint64
belay_database_get_last_row (BelayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
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
      query = g_new0 (BelayQuery, 1);
      query->database = self;
      g_hash_table_insert (self->queries, g_strdup (sql), query);
    }
  if (query->statement == NULL)
    {
      query->failed = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
      return query;
    }

  query->failed = SQLITE_OK;
  sqlite3_reset (query->statement);
  sqlite3_clear_bindings (query->statement);

  return query;
}

static void
note_failure (BelayQuery *self,
              int result)
{
  if (self->failed == SQLITE_OK)
    self->failed = result;
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

  if (self->failed == SQLITE_OK)
    note_failure (self, sqlite3_bind_int64 (self->statement, index, value));
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

  if (self->failed == SQLITE_OK && value != NULL)
    note_failure (self, sqlite3_bind_text (self->statement, index, value, -1, SQLITE_TRANSIENT));
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
  gconstpointer data;
  gsize length;

  g_return_if_fail (self != NULL);

  if (self->failed != SQLITE_OK || value == NULL)
    return;

  data = g_bytes_get_data (value, &length);
  note_failure (self, sqlite3_bind_blob64 (self->statement, index, data != NULL ? data : "", length, SQLITE_TRANSIENT));
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
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  result = self->failed == SQLITE_OK ? sqlite3_step (self->statement) : self->failed;
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    set_error (self->database, result, error);
  sqlite3_reset (self->statement);

  return FALSE;
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

  return sqlite3_column_int64 (self->statement, column);
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

  return (const char *) sqlite3_column_text (self->statement, column);
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

  return g_bytes_new (sqlite3_column_blob (self->statement, column),
                      (gsize) sqlite3_column_bytes (self->statement, column));
}

gboolean
belay_query_is_null (BelayQuery *self,
                     int column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}
