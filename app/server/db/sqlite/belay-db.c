/* belay-db.c: the storage over SQLite: one thread that writes, a few that read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#include "belay-database-thread.h"
#include "belay-db-sqlite.h"
#include "belay-id.h"
#include "belay-migrations.h"
#include "belay-server-migrations.h"

#define MIGRATIONS "/org/belay/migrations/server"
#define READERS 2

struct _BelayDb
{
  BelayClock *clock;
  BelayDatabaseThread *writer;
  BelayDatabaseThread *readers[READERS];
  GPtrArray *transactions; /* one for each thread; only that thread looks into it */
  guint next_reader;
  int lock; /* shared while somebody has the database open, exclusive to replace it */
};

typedef struct
{
  BelayDbTransaction *transaction;
  BelayDbWork work;
  gpointer user_data;
  GDestroyNotify destroy;
} Job;

static void
transaction_free (BelayDbTransaction *tx)
{
  belay_clock_unref (tx->clock);
  g_clear_pointer (&tx->statements, belay_xapi_storage_free);
  g_hash_table_unref (tx->programmes);
  g_free (tx->organisation);
  g_free (tx);
}

static BelayDbTransaction *
transaction_new (BelayDatabase *database,
                 BelayClock *clock)
{
  BelayDbTransaction *tx = g_new0 (BelayDbTransaction, 1);

  tx->database = database;
  tx->clock = belay_clock_ref (clock);
  tx->programmes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) belay_programme_free);

  return tx;
}

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->user_data);
  g_free (job);
}

static DexFuture *
run_job (BelayDatabase *database,
         gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;

  if (!belay_sqlite_load_organisation (job->transaction, &error))
    return dex_future_new_for_error (error);

  return job->work (job->transaction, job->user_data);
}

/* All that a piece of work reads is of one moment */
static DexFuture *
run_reading_job (BelayDatabase *database,
                 gpointer user_data)
{
  GError *error = NULL;
  DexFuture *outcome;

  if (!belay_database_execute (database, "BEGIN", &error))
    return dex_future_new_for_error (error);
  outcome = run_job (database, user_data);
  belay_database_rollback (database);

  return outcome;
}

static Job *
job_new (BelayDbTransaction *tx,
         BelayDbWork work,
         gpointer user_data,
         GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);

  job->transaction = tx;
  job->work = work;
  job->user_data = user_data;
  job->destroy = destroy;

  return job;
}

/**
 * belay_db_path:
 * @uri: `sqlite:PATH`, or a path
 *
 * Returns: (transfer full) (nullable): the file
 */
char *
belay_db_path (const char *uri,
               GError **error)
{
  g_return_val_if_fail (uri != NULL, NULL);

  if (g_str_has_prefix (uri, "sqlite:"))
    return g_strdup (uri + strlen ("sqlite:"));
  if (strstr (uri, "://") != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "The database \"%s\" is of a kind that this Belay does not know. Use sqlite:/path/to/belay.sqlite.",
                   uri);
      return NULL;
    }

  return g_strdup (uri);
}

/* A lock file beside the database: SQLite's own locks are let go between transactions. */
static int
take_lock (const char *path,
           int operation,
           GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, operation | LOCK_NB) == 0)
    return fd;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               "The database %s is in use (or %s cannot be written). Stop belay-server first.", path, lock_path);
  if (fd >= 0)
    g_close (fd, NULL);
  return -1;
}

static gboolean
open_writer (BelayDb *self,
             const char *path,
             GError **error)
{
  g_autoptr (BelayDatabase) database = belay_database_open (path, error);
  BelayDbTransaction *tx;

  if (database == NULL)
    return FALSE;
  g_chmod (path, 0600);
  g_resources_register (belay_server_migrations_get_resource ());
  if (!belay_migrations_apply (database, MIGRATIONS, error))
    return FALSE;

  tx = transaction_new (database, self->clock);
  g_ptr_array_add (self->transactions, tx);
  self->writer = belay_database_thread_new (g_steal_pointer (&database));

  return TRUE;
}

static gboolean
open_reader (BelayDb *self,
             const char *path,
             guint index,
             GError **error)
{
  BelayDatabase *database = belay_database_open_read_only (path, error);
  BelayDbTransaction *tx;

  if (database == NULL)
    return FALSE;
  tx = transaction_new (database, self->clock);
  g_ptr_array_add (self->transactions, tx);
  self->readers[index] = belay_database_thread_new (database);

  return TRUE;
}

/**
 * belay_db_open:
 * @uri: `sqlite:PATH`, or a path; made, and brought to this version's schema, where needed
 *
 * Returns: (transfer full) (nullable): the storage
 */
BelayDb *
belay_db_open (const char *uri,
               BelayClock *clock,
               GError **error)
{
  g_autoptr (BelayDb) self = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  path = belay_db_path (uri, error);
  if (path == NULL)
    return NULL;

  self = g_new0 (BelayDb, 1);
  self->clock = belay_clock_ref (clock);
  self->transactions = g_ptr_array_new_with_free_func ((GDestroyNotify) transaction_free);
  self->lock = take_lock (path, LOCK_SH, error);
  if (self->lock < 0 || !open_writer (self, path, error))
    return NULL;
  for (guint i = 0; i < READERS; i++)
    if (!open_reader (self, path, i, error))
      return NULL;

  return g_steal_pointer (&self);
}

static DexFuture *
forget_statements (BelayDatabase *database,
                   gpointer user_data)
{
  BelayDbTransaction *tx = user_data;

  g_clear_pointer (&tx->statements, belay_xapi_storage_free);

  return dex_future_new_true ();
}

/* The LRS lives on the connection, so it goes before it, on its thread, after all that was asked for */
static void
close_thread (BelayDatabaseThread *thread,
              BelayDbTransaction *tx)
{
  dex_future_disown (belay_database_thread_read (thread, forget_statements, tx, NULL));
  belay_database_thread_unref (thread);
}

/**
 * belay_db_close:
 *
 * Waits for the work that was asked for, then closes.
 */
void
belay_db_close (BelayDb *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < READERS; i++)
    if (self->readers[i] != NULL)
      close_thread (self->readers[i], g_ptr_array_index (self->transactions, i + 1));
  if (self->writer != NULL)
    close_thread (self->writer, g_ptr_array_index (self->transactions, 0));
  g_ptr_array_unref (self->transactions);
  belay_clock_unref (self->clock);
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  g_free (self);
}

/**
 * belay_db_write:
 * @user_data: (transfer full): for @work
 *
 * Returns: (transfer full): what @work returned, once it is on the disk
 */
DexFuture *
belay_db_write (BelayDb *self,
                BelayDbWork work,
                gpointer user_data,
                GDestroyNotify destroy)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  return belay_database_thread_write (self->writer, run_job,
                                      job_new (g_ptr_array_index (self->transactions, 0), work, user_data, destroy),
                                      (GDestroyNotify) job_free);
}

/**
 * belay_db_read:
 * @user_data: (transfer full): for @work, which must not write
 *
 * Returns: (transfer full): what @work returned
 */
DexFuture *
belay_db_read (BelayDb *self,
               BelayDbWork work,
               gpointer user_data,
               GDestroyNotify destroy)
{
  guint index;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  index = self->next_reader++ % READERS;

  return belay_database_thread_read (self->readers[index], run_reading_job,
                                     job_new (g_ptr_array_index (self->transactions, index + 1), work, user_data,
                                              destroy),
                                     (GDestroyNotify) job_free);
}

BelayClock *
belay_db_get_clock (BelayDbTransaction *tx)
{
  return tx->clock;
}

gint64
belay_db_now (BelayDbTransaction *tx)
{
  return belay_clock_now_us (tx->clock);
}

/**
 * belay_db_get_statements:
 *
 * Returns: (transfer none): the LRS that writes within this transaction; only for an initialised organisation
 */
BelayXapiStorage *
belay_db_get_statements (BelayDbTransaction *tx)
{
  g_return_val_if_fail (tx != NULL && tx->organisation != NULL, NULL);

  if (tx->statements == NULL)
    tx->statements = belay_xapi_sqlite_new (tx->database, tx->organisation);

  return tx->statements;
}

const char *
belay_db_get_organisation_id (BelayDbTransaction *tx)
{
  return tx->organisation;
}

/**
 * belay_db_part_begin:
 *
 * Begins a part of the transaction that can be undone alone.
 */
gboolean
belay_db_part_begin (BelayDbTransaction *tx,
                     GError **error)
{
  return belay_database_savepoint (tx->database, error);
}

gboolean
belay_db_part_keep (BelayDbTransaction *tx,
                    GError **error)
{
  return belay_database_release (tx->database, error);
}

void
belay_db_part_undo (BelayDbTransaction *tx)
{
  belay_database_rollback_to_savepoint (tx->database);
}

static gboolean
copy_database (BelayDatabase *from,
               BelayDatabase *to,
               GError **error)
{
  sqlite3_backup *backup =
    sqlite3_backup_init (belay_database_get_handle (to), "main", belay_database_get_handle (from), "main");
  int result = backup != NULL ? sqlite3_backup_step (backup, -1) : SQLITE_ERROR;

  if (backup != NULL)
    sqlite3_backup_finish (backup);
  if (result == SQLITE_DONE)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The database could not be copied: %s",
               sqlite3_errmsg (belay_database_get_handle (to)));
  return FALSE;
}

/* One file, without the -wal beside it */
static gboolean
make_single_file (BelayDatabase *database,
                  GError **error)
{
  return belay_database_execute (database, "PRAGMA journal_mode = DELETE", error);
}

/**
 * belay_db_backup:
 * @file: must not be there yet
 *
 * Copies all that is committed at this moment into one file, also while the server runs.
 *
 * Returns: whether @file is whole and on the disk
 */
gboolean
belay_db_backup (const char *uri,
                 const char *file,
                 GError **error)
{
  g_autofree char *path = belay_db_path (uri, error);
  g_autofree char *partial = g_strconcat (file, ".part", NULL);
  g_autoptr (BelayDatabase) from = NULL;
  g_autoptr (BelayDatabase) to = NULL;

  if (path == NULL)
    return FALSE;
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there already; it was left as it is.", file);
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no database at %s.", path);
      return FALSE;
    }

  g_unlink (partial);
  from = belay_database_open_read_only (path, error);
  to = from != NULL ? belay_database_open (partial, error) : NULL;
  if (to == NULL)
    return FALSE;
  g_chmod (partial, 0600);
  if (!copy_database (from, to, error) || !make_single_file (to, error))
    return FALSE;

  g_clear_pointer (&to, belay_database_close);
  if (g_rename (partial, file) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s could not be written: %s", file,
                   g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

static gboolean
begin_epoch (BelayDatabase *database,
             GError **error)
{
  g_autoptr (BelayClock) clock = belay_clock_new_system ();
  g_autofree char *epoch = belay_id_new (clock);
  BelayQuery *query = belay_database_query (database, "UPDATE organisation SET epoch = ?");

  belay_query_bind_text (query, 1, epoch);

  return belay_query_run (query, error);
}

/* Makes @path a copy of the backup @file, of this version's schema and in a new epoch. */
static gboolean
unpack_backup (const char *file,
               const char *path,
               GError **error)
{
  g_autoptr (BelayDatabase) from = belay_database_open_read_only (file, error);
  g_autoptr (BelayDatabase) to = from != NULL ? belay_database_open (path, error) : NULL;

  if (to == NULL)
    return FALSE;
  g_chmod (path, 0600);
  g_resources_register (belay_server_migrations_get_resource ());

  return copy_database (from, to, error) && belay_migrations_apply (to, MIGRATIONS, error) && begin_epoch (to, error)
         && make_single_file (to, error);
}

static gboolean
replace_database (const char *path,
                  const char *restored,
                  GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  /* What the old log holds must not be played into the new file */
  g_unlink (log);
  g_unlink (index);
  if (g_rename (restored, path) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s could not be written: %s", path,
               g_strerror (errno));
  return FALSE;
}

/**
 * belay_db_restore:
 * @file: what belay_db_backup() made; it is only read
 *
 * Puts a copy of @file in the place of the database, which nobody may have open, and begins a new epoch.
 *
 * Returns: whether it was restored; if not, the database is as it was
 */
gboolean
belay_db_restore (const char *uri,
                  const char *file,
                  GError **error)
{
  g_autofree char *path = belay_db_path (uri, error);
  g_autofree char *restored = NULL;
  gboolean is_restored;
  int lock;

  if (path == NULL)
    return FALSE;
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no backup at %s.", file);
      return FALSE;
    }
  lock = take_lock (path, LOCK_EX, error);
  if (lock < 0)
    return FALSE;

  restored = g_strconcat (path, ".restoring", NULL);
  g_unlink (restored);
  is_restored = unpack_backup (file, restored, error) && replace_database (path, restored, error);
  g_close (lock, NULL);

  return is_restored;
}

/**
 * belay_db_check:
 * @problems: (element-type utf8): sentences are added to it
 */
gboolean
belay_db_check (BelayDbTransaction *tx,
                GPtrArray *problems,
                GError **error)
{
  g_autoptr (GPtrArray) lines = belay_sqlite_list_texts (belay_sqlite_query (tx, "PRAGMA integrity_check", ""), error);
  g_autoptr (GPtrArray) dangling = NULL;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!g_str_equal (g_ptr_array_index (lines, i), "ok"))
      g_ptr_array_add (problems, g_strdup_printf ("The database is damaged: %s", (char *) lines->pdata[i]));

  dangling = belay_sqlite_list_texts (belay_sqlite_query (tx, "PRAGMA foreign_key_check", ""), error);
  if (dangling == NULL)
    return FALSE;
  for (guint i = 0; i < dangling->len; i++)
    g_ptr_array_add (problems,
                     g_strdup_printf ("A row of the table %s points to nothing.", (char *) dangling->pdata[i]));

  return TRUE;
}
