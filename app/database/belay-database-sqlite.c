/* belay-database-sqlite.c: a connection to an SQLite file
 *
 * Write-ahead log and full synchronisation: what was committed is on the disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-database-private.h"

#define BUSY_MILLISECONDS 10000

typedef struct
{
  BelayQuery query;
  sqlite3_stmt *statement; /* (nullable): where it could not be prepared */
  int failed;              /* the first result code that was not SQLITE_OK, before stepping */
} SqliteQuery;

typedef struct
{
  BelayDatabase database;
  sqlite3 *handle;
} SqliteDatabase;

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

static const char *
error_format (BelayDatabaseError code)
{
  switch (code)
    {
    case BELAY_DATABASE_ERROR_FULL:
      return "The disk is full or cannot be written to";
    case BELAY_DATABASE_ERROR_BUSY:
      return "Another program is using the database";
    case BELAY_DATABASE_ERROR_CORRUPT:
      return "The file is not a Belay database, or is damaged";
    case BELAY_DATABASE_ERROR_FAILED:
    case BELAY_DATABASE_ERROR_NEWER:
    case BELAY_DATABASE_ERROR_CONSTRAINT:
    default:
      return "The database refused";
    }
}

static void
set_error (BelayDatabase *database,
           int result,
           GError **error)
{
  SqliteDatabase *self = (SqliteDatabase *) database;
  BelayDatabaseError code = error_code (result);

  g_set_error (error, BELAY_DATABASE_ERROR, (int) code, "%s (%s)", error_format (code), sqlite3_errmsg (self->handle));
}

static gboolean
sqlite_execute (BelayDatabase *database,
                const char *sql,
                GError **error)
{
  SqliteDatabase *self = (SqliteDatabase *) database;
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;

  set_error (database, result, error);
  return FALSE;
}

static void
sqlite_close (BelayDatabase *database)
{
  SqliteDatabase *self = (SqliteDatabase *) database;

  sqlite3_close (self->handle);
}

static gboolean
sqlite_begin (BelayDatabase *database,
              GError **error)
{
  return sqlite_execute (database, "BEGIN IMMEDIATE", error);
}

static gboolean
sqlite_begin_reading (BelayDatabase *database,
                      GError **error)
{
  return sqlite_execute (database, "BEGIN", error);
}

static gboolean
sqlite_commit (BelayDatabase *database,
               GError **error)
{
  return sqlite_execute (database, "COMMIT", error);
}

static gboolean
sqlite_is_in_transaction (BelayDatabase *database)
{
  return !sqlite3_get_autocommit (((SqliteDatabase *) database)->handle);
}

static gint64
sqlite_get_changes (BelayDatabase *database)
{
  return sqlite3_changes64 (((SqliteDatabase *) database)->handle);
}

static gint64
sqlite_get_version (BelayDatabase *database,
                    GError **error)
{
  BelayQuery *query = belay_database_query (database, "PRAGMA user_version");
  gint64 version = -1;

  if (belay_query_next (query, error))
    {
      version = belay_query_get_int (query, 0);
      belay_query_run (query, NULL);
    }

  return version;
}

static gboolean
sqlite_set_version (BelayDatabase *database,
                    gint64 version,
                    GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);

  return sqlite_execute (database, sql, error);
}

/* One process alone writes to a file, so its connections tell each other within it */
static GMutex announced_lock;
static GHashTable *announced; /* (owned) file -> (owned) gint64; under the lock */

static char *
file_of (BelayDatabase *database)
{
  const char *name = sqlite3_db_filename (((SqliteDatabase *) database)->handle, "main");

  if (name != NULL && *name != '\0')
    return g_strdup (name);

  return g_strdup_printf ("memory %p", (void *) database);
}

static gboolean
sqlite_announce (BelayDatabase *database,
                 gint64 number,
                 GError **error)
{
  g_mutex_lock (&announced_lock);
  if (announced == NULL)
    announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (announced, file_of (database), g_memdup2 (&number, sizeof number));
  g_mutex_unlock (&announced_lock);

  return TRUE;
}

static gboolean
sqlite_get_announced (BelayDatabase *database,
                      gint64 *number,
                      GError **error)
{
  g_autofree char *file = file_of (database);
  const gint64 *known;

  g_mutex_lock (&announced_lock);
  known = announced != NULL ? g_hash_table_lookup (announced, file) : NULL;
  *number = known != NULL ? *known : 0;
  g_mutex_unlock (&announced_lock);

  return TRUE;
}

static BelayQuery *
sqlite_query_new (BelayDatabase *database,
                  const char *sql)
{
  SqliteDatabase *self = (SqliteDatabase *) database;
  SqliteQuery *query = g_new0 (SqliteQuery, 1);

  query->failed = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);

  return &query->query;
}

static void
sqlite_query_free (BelayQuery *query)
{
  sqlite3_finalize (((SqliteQuery *) query)->statement);
  g_free (query);
}

static void
sqlite_query_reset (BelayQuery *query)
{
  SqliteQuery *self = (SqliteQuery *) query;

  if (self->statement == NULL)
    return;

  self->failed = SQLITE_OK;
  sqlite3_reset (self->statement);
  sqlite3_clear_bindings (self->statement);
}

static void
note_failure (SqliteQuery *self,
              int result)
{
  if (self->failed == SQLITE_OK)
    self->failed = result;
}

static void
sqlite_bind_int (BelayQuery *query,
                 int index,
                 gint64 value)
{
  SqliteQuery *self = (SqliteQuery *) query;

  if (self->failed == SQLITE_OK)
    note_failure (self, sqlite3_bind_int64 (self->statement, index, value));
}

static void
sqlite_bind_text (BelayQuery *query,
                  int index,
                  const char *value)
{
  SqliteQuery *self = (SqliteQuery *) query;

  if (self->failed == SQLITE_OK && value != NULL)
    note_failure (self, sqlite3_bind_text (self->statement, index, value, -1, SQLITE_TRANSIENT));
}

static void
sqlite_bind_bytes (BelayQuery *query,
                   int index,
                   GBytes *value)
{
  SqliteQuery *self = (SqliteQuery *) query;
  gconstpointer data;
  gsize length;

  if (self->failed != SQLITE_OK || value == NULL)
    return;

  data = g_bytes_get_data (value, &length);
  note_failure (self, sqlite3_bind_blob64 (self->statement, index, data != NULL ? data : "", length, SQLITE_TRANSIENT));
}

static gboolean
sqlite_next (BelayQuery *query,
             GError **error)
{
  SqliteQuery *self = (SqliteQuery *) query;
  int result = self->failed == SQLITE_OK ? sqlite3_step (self->statement) : self->failed;

  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    set_error (query->database, result, error);
  sqlite3_reset (self->statement);

  return FALSE;
}

static gint64
sqlite_get_int (BelayQuery *query,
                int column)
{
  return sqlite3_column_int64 (((SqliteQuery *) query)->statement, column);
}

static const char *
sqlite_get_text (BelayQuery *query,
                 int column)
{
  return (const char *) sqlite3_column_text (((SqliteQuery *) query)->statement, column);
}

static GBytes *
sqlite_dup_bytes (BelayQuery *query,
                  int column)
{
  SqliteQuery *self = (SqliteQuery *) query;

  return g_bytes_new (sqlite3_column_blob (self->statement, column),
                      (gsize) sqlite3_column_bytes (self->statement, column));
}

static gboolean
sqlite_is_null (BelayQuery *query,
                int column)
{
  return sqlite3_column_type (((SqliteQuery *) query)->statement, column) == SQLITE_NULL;
}

static const BelayDatabaseBackend sqlite_backend = {
  .close = sqlite_close,
  .execute = sqlite_execute,
  .begin = sqlite_begin,
  .begin_reading = sqlite_begin_reading,
  .commit = sqlite_commit,
  .is_in_transaction = sqlite_is_in_transaction,
  .get_changes = sqlite_get_changes,
  .get_version = sqlite_get_version,
  .set_version = sqlite_set_version,
  .announce = sqlite_announce,
  .get_announced = sqlite_get_announced,
  .query_new = sqlite_query_new,
  .query_free = sqlite_query_free,
  .query_reset = sqlite_query_reset,
  .bind_int = sqlite_bind_int,
  .bind_text = sqlite_bind_text,
  .bind_bytes = sqlite_bind_bytes,
  .next = sqlite_next,
  .get_int = sqlite_get_int,
  .get_text = sqlite_get_text,
  .dup_bytes = sqlite_dup_bytes,
  .is_null = sqlite_is_null,
};

static BelayDatabase *
open_with (const char *path,
           int flags,
           const char *setup,
           GError **error)
{
  SqliteDatabase *sqlite = g_new0 (SqliteDatabase, 1);
  g_autoptr (BelayDatabase) self = &sqlite->database;
  int result;

  belay_database_init (self, &sqlite_backend);
  result = sqlite3_open_v2 (path, &sqlite->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result != SQLITE_OK)
    {
      set_error (self, result, error);
      return NULL;
    }
  sqlite3_busy_timeout (sqlite->handle, BUSY_MILLISECONDS);
  sqlite3_db_config (sqlite->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!sqlite_execute (self, setup, error))
    return NULL;

  /* What an earlier database in the same place of memory announced is not this one's */
  if (g_str_equal (path, ":memory:"))
    sqlite_announce (self, 0, NULL);

  return g_steal_pointer (&self);
}

/**
 * belay_database_open:
 * @path: the file, made where it is missing; `:memory:` for none
 *
 * Opens a connection to an SQLite file that writes, in WAL mode with full synchronisation and foreign keys.
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

/**
 * belay_database_get_handle:
 *
 * Returns: (transfer none) (nullable): SQLite's own handle, for what only it offers (backup, hooks);
 *   %NULL where the database is of another kind
 */
sqlite3 *
belay_database_get_handle (BelayDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->backend == &sqlite_backend ? ((SqliteDatabase *) self)->handle : NULL;
}
