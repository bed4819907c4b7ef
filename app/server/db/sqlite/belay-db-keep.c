/* belay-db-keep.c: backup, restore and check of a database that is a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "belay-db-sqlite.h"
#include "belay-id.h"

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

  return copy_database (from, to, error) && belay_sqlite_migrate (to, error) && begin_epoch (to, error)
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
  lock = belay_sqlite_take_lock (path, LOCK_EX, error);
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
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) dangling = NULL;

  /* PostgreSQL checks its own pages and references, and has tools for the rest (pg_amcheck) */
  if (belay_database_get_handle (tx->database) == NULL)
    return TRUE;
  lines = belay_sqlite_list_texts (belay_sqlite_query (tx, "PRAGMA integrity_check", ""), error);

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
