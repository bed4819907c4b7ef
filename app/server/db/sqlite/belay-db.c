/* belay-db.c: the storage over SQLite or PostgreSQL: one thread that writes, a few that read
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

#include "belay-database-postgresql.h"
#include "belay-database-thread.h"
#include "belay-db-sqlite.h"
#include "belay-id.h"
#include "belay-migrations.h"
#include "belay-server-migrations.h"

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

  if (!belay_database_begin_reading (database, &error))
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
 * Returns: (transfer full) (nullable): the file; none where the database is not one
 */
char *
belay_db_path (const char *uri,
               GError **error)
{
  g_return_val_if_fail (uri != NULL, NULL);

  if (g_str_has_prefix (uri, "sqlite:"))
    return g_strdup (uri + strlen ("sqlite:"));
  if (belay_database_is_postgresql (uri))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "A PostgreSQL database is not a file of Belay's. Use PostgreSQL's own tools (pg_dump, pg_restore).");
      return NULL;
    }
  if (strstr (uri, "://") != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "The database \"%s\" is of a kind that this Belay does not know. Use sqlite:/path/to/belay.sqlite "
                   "or postgresql://host/database.",
                   uri);
      return NULL;
    }

  return g_strdup (uri);
}

/* A lock file beside the database: SQLite's own locks are let go between transactions. Returns: -1 with @error */
int
belay_sqlite_take_lock (const char *path,
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

/* Brings @database to this version's schema. */
gboolean
belay_sqlite_migrate (BelayDatabase *database,
                      GError **error)
{
  g_resources_register (belay_server_migrations_get_resource ());

  return belay_migrations_apply (database, "/org/belay/migrations/server", error);
}

/* @path: (nullable): of the file, where it is one */
static gboolean
open_writer (BelayDb *self,
             const char *uri,
             const char *path,
             GError **error)
{
  g_autoptr (BelayDatabase) database =
    path != NULL ? belay_database_open (path, error) : belay_database_open_postgresql (uri, error);
  BelayDbTransaction *tx;

  if (database == NULL)
    return FALSE;
  if (path != NULL)
    g_chmod (path, 0600);
  if (!belay_sqlite_migrate (database, error))
    return FALSE;

  tx = transaction_new (database, self->clock);
  g_ptr_array_add (self->transactions, tx);
  self->writer = belay_database_thread_new (g_steal_pointer (&database));

  return TRUE;
}

static gboolean
open_reader (BelayDb *self,
             const char *uri,
             const char *path,
             guint index,
             GError **error)
{
  BelayDatabase *database =
    path != NULL ? belay_database_open_read_only (path, error) : belay_database_open_postgresql (uri, error);
  BelayDbTransaction *tx;

  if (database == NULL)
    return FALSE;
  tx = transaction_new (database, self->clock);
  g_ptr_array_add (self->transactions, tx);
  self->readers[index] = belay_database_thread_new (database);

  return TRUE;
}

/* Finds the file and keeps others from replacing it; a database that is not a file has neither. */
static gboolean
hold_file (BelayDb *self,
           const char *uri,
           char **path,
           GError **error)
{
  if (belay_database_is_postgresql (uri))
    return TRUE;

  *path = belay_db_path (uri, error);
  self->lock = *path != NULL ? belay_sqlite_take_lock (*path, LOCK_SH, error) : -1;

  return self->lock >= 0;
}

/**
 * belay_db_open:
 * @uri: `sqlite:PATH`, a path, or `postgresql://…`; brought to this version's schema, and a file is made,
 *   where needed
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

  self = g_new0 (BelayDb, 1);
  self->lock = -1;
  self->clock = belay_clock_ref (clock);
  self->transactions = g_ptr_array_new_with_free_func ((GDestroyNotify) transaction_free);
  if (!hold_file (self, uri, &path, error) || !open_writer (self, uri, path, error))
    return NULL;
  for (guint i = 0; i < READERS; i++)
    if (!open_reader (self, uri, path, i, error))
      return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_db_exists:
 *
 * Returns: whether there is a database of Belay's at @uri
 */
gboolean
belay_db_exists (const char *uri)
{
  g_autoptr (BelayDatabase) database = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  if (belay_database_is_postgresql (uri))
    {
      database = belay_database_open_postgresql (uri, NULL);
      return database != NULL && belay_database_get_version (database, NULL) > 0;
    }
  path = belay_db_path (uri, NULL);

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * belay_db_make_folder:
 *
 * Makes the folder of a database that is a file, so that belay_db_open() can make it.
 */
gboolean
belay_db_make_folder (const char *uri,
                      GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  if (belay_database_is_postgresql (uri))
    return TRUE;
  path = belay_db_path (uri, error);
  if (path == NULL)
    return FALSE;

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0750) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "The folder %s could not be made.", folder);
  return FALSE;
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
