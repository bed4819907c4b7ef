/* belay-test-postgresql.c: a real PostgreSQL, made for one test program and removed after it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-test-postgresql.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define PLACES "/usr/lib/postgresql"

struct _BelayTestPostgresql
{
  char *programs; /* the folder */
  char *folder;
};

/* Where a version of it is installed; `%NULL` for none */
static char *
find_programs (void)
{
  g_autoptr (GDir) versions = g_dir_open (PLACES, 0, NULL);
  const char *name;

  while (versions != NULL && (name = g_dir_read_name (versions)) != NULL)
    {
      g_autofree char *initdb = g_build_filename (PLACES, name, "bin", "initdb", NULL);

      if (g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE))
        return g_path_get_dirname (initdb);
    }

  return NULL;
}

static void
run (BelayTestPostgresql *self,
     const char *program,
     ...)
{
  g_autofree char *path = g_build_filename (self->programs, program, NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;
  char *word;

  g_ptr_array_add (words, path);
  va_start (arguments, program);
  while ((word = va_arg (arguments, char *)) != NULL)
    g_ptr_array_add (words, word);
  va_end (arguments);
  g_ptr_array_add (words, NULL);

  /* The server that pg_ctl leaves running keeps its pipes: so none is read to its end */
  process = g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  if (!g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s: %s", program, error->message);
}

/**
 * belay_test_postgresql_new:
 *
 * Returns: (transfer full) (nullable): a server that listens; %NULL where PostgreSQL is not installed
 */
BelayTestPostgresql *
belay_test_postgresql_new (void)
{
  g_autofree char *programs = find_programs ();
  g_autofree char *data = NULL;
  g_autofree char *log = NULL;
  g_autofree char *options = NULL;
  BelayTestPostgresql *self;

  if (programs == NULL)
    return NULL;

  self = g_new0 (BelayTestPostgresql, 1);
  self->programs = g_steal_pointer (&programs);
  self->folder = g_dir_make_tmp ("belay-postgresql-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  data = g_build_filename (self->folder, "data", NULL);
  log = g_build_filename (self->folder, "log", NULL);
  options = g_strdup_printf ("-c listen_addresses= -c unix_socket_directories=%s -c shared_buffers=16MB", self->folder);
  run (self, "initdb", "-D", data, "-U", "belay", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", NULL);
  run (self, "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start", NULL);

  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
belay_test_postgresql_free (BelayTestPostgresql *self)
{
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);

  run (self, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", NULL);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->programs);
  g_free (self);
}

/**
 * belay_test_postgresql_make_database:
 *
 * Returns: (transfer full): the URI of a new, empty database
 */
char *
belay_test_postgresql_make_database (BelayTestPostgresql *self,
                                     const char *name)
{
  run (self, "createdb", "-h", self->folder, "-U", "belay", name, NULL);

  return g_strdup_printf ("postgresql:///%s?host=%s&user=belay", name, self->folder);
}
