/* content-host-main.c: one activity of a course, in any browser, without a server and without an account
 *
 *   belay-content-host [--activity KEY] [--mode MODE] [--folder FOLDER] PACKAGE
 *
 * For who writes a course, and for tests: the package is imported as the server would, and launched as the
 * application would, on a record store of its own. Each line on the output is JSON: the one with "url" tells what to
 * open, every other is a statement, told once it is on the disk. SIGTERM or Ctrl+C ends the launch and the program.
 * With --folder the record store stays there, and the next run goes on where this one ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-content-host.h"
#include "belay-database-thread.h"
#include "belay-id.h"
#include "belay-migrations.h"
#include "belay-package-import.h"
#include "belay-xapi-migrations.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <yyjson.h>

#define ORGANISATION "0b6a1d0e-5a37-4b35-9a0e-7f5f2f0a7c11"
#define LEARNER "5e0f6c1a-6d5f-4b0e-9b8e-3f1d2c7a9b42"
#define MODULE "8f1d4c36-0a83-4c1b-8f5e-6a9d0b7e2c55"
#define REGISTRATION "c2f0a4b8-77c9-4d7a-9a1f-2b8e3d6c5f10"
#define ACCOUNT(name)                                                                                                  \
  "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:" ORGANISATION "\",\"name\":\"" name "\"}}"

typedef struct
{
  char *folder;
  gboolean is_own_folder; /* made here, and goes with us */
  BelayClock *clock;
  BelayDatabaseThread *thread;
  BelayBlobStore *blobs;
  BelayContentHost *host;
  BelayManifest *manifest;
  BelayLaunch *launch;
} Program;

/* ---- the record store ---- */

typedef struct
{
  Program *program;
  BelayLaunchCall *call;
  GPtrArray *texts; /* shared with who prints them */
} Access;

static void
access_free (gpointer data)
{
  Access *access = data;

  belay_launch_call_free (access->call);
  g_ptr_array_unref (access->texts);
  g_free (access);
}

static gboolean
keep_text (const BelayStoredStatement *stored,
           gpointer user_data,
           GError **error)
{
  g_ptr_array_add (user_data, g_strdup (stored->text));

  return TRUE;
}

static DexFuture *
run_call (BelayDatabase *database,
          gpointer user_data)
{
  Access *access = user_data;
  g_autoptr (BelayXapiStorage) storage = belay_xapi_sqlite_new (database, ORGANISATION);

  belay_xapi_storage_set_stored_hook (storage, keep_text, access->texts);

  return belay_launch_call_run (access->call, storage, access->program->clock);
}

/* Only what is on the disk is told */
static DexFuture *
print_texts (DexFuture *future,
             gpointer user_data)
{
  GPtrArray *texts = user_data;

  for (guint i = 0; i < texts->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (texts, i));
  fflush (stdout);

  return dex_ref (future);
}

static DexFuture *
access_store (BelayLaunchCall *call,
              gpointer user_data)
{
  Program *program = user_data;
  Access *access = g_new0 (Access, 1);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  access->program = program;
  access->call = call;
  access->texts = g_ptr_array_ref (texts);

  return dex_future_then (belay_database_thread_write (program->thread, run_call, access, access_free), print_texts,
                          texts, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
open_store (Program *program,
            GError **error)
{
  g_autofree char *path = g_build_filename (program->folder, "belay.db", NULL);
  g_autofree char *content = g_build_filename (program->folder, "content", NULL);
  BelayDatabase *database;

  g_resources_register (belay_xapi_migrations_get_resource ());
  database = belay_database_open (path, error);
  if (database == NULL)
    return FALSE;
  if (!belay_migrations_apply (database, "/org/belay/migrations/xapi", error))
    {
      belay_database_close (database);
      return FALSE;
    }

  program->thread = belay_database_thread_new (database);
  program->blobs = belay_blob_store_new (content, error);

  return program->blobs != NULL;
}

/* ---- the launch ---- */

static gboolean
import (Program *program,
        const char *path,
        GError **error)
{
  const BelayImportLimits limits = BELAY_IMPORT_LIMITS_DEFAULT;
  g_autoptr (BelayImport) import =
    belay_package_import (path, "course", program->blobs, program->clock, &limits, error);

  if (import == NULL)
    return FALSE;
  for (guint i = 0; i < import->problems->len; i++)
    {
      const BelayImportProblem *problem = g_ptr_array_index (import->problems, i);

      g_printerr ("%s: %s\n", *problem->where != '\0' ? problem->where : path, problem->message);
    }
  if (import->manifest == NULL)
    {
      g_set_error (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_FAILED,
                   "%s cannot be launched: see above what to mend.", path);
      return FALSE;
    }
  program->manifest = g_steal_pointer (&import->manifest);

  return TRUE;
}

/* Returns: (transfer full) (element-type BelayLaunchUnit): borrows from the manifest and from @ids, which it fills */
static GArray *
list_units (Program *program,
            GPtrArray *ids)
{
  GPtrArray *activities = program->manifest->activities;
  GArray *units = g_array_new (FALSE, FALSE, sizeof (BelayLaunchUnit));

  for (guint i = 0; i < activities->len; i++)
    {
      const BelayManifestActivity *activity = g_ptr_array_index (activities, i);
      char *id = belay_id_derive (ORGANISATION, activity->key);
      BelayLaunchUnit unit = { activity->key, id, activity->move_on };

      g_ptr_array_add (ids, id);
      g_array_append_val (units, unit);
    }

  return units;
}

/* A folder that is kept goes on with the same attempt, so all ids follow from the package alone */
static gboolean
launch (Program *program,
        const char *key,
        const char *mode,
        GError **error)
{
  const BelayManifestActivity *activity = key != NULL ? belay_manifest_find_activity (program->manifest, key)
                                                      : g_ptr_array_index (program->manifest->activities, 0);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) units = list_units (program, ids);
  g_autofree char *activity_id = NULL;
  BelayLaunchRequest request = { .manifest = program->manifest,
                                 .registration = REGISTRATION,
                                 .course_id = MODULE,
                                 .units = (const BelayLaunchUnit *) (gconstpointer) units->data,
                                 .unit_count = units->len,
                                 .actor = ACCOUNT (LEARNER),
                                 .authority = ACCOUNT ("belay-content-host"),
                                 .person_id = LEARNER,
                                 .launch_mode = mode,
                                 .access = access_store,
                                 .user_data = program };

  if (activity == NULL)
    {
      g_set_error (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_UNKNOWN,
                   "There is no activity “%s” in it.", key);
      return FALSE;
    }
  activity_id = belay_id_derive (ORGANISATION, activity->key);
  request.activity_key = activity->key;
  request.activity_id = activity_id;
  request.move_on = activity->move_on;
  request.mastery = activity->mastery;

  program->launch = dex_await_object (belay_content_host_launch (program->host, &request), error);

  return program->launch != NULL;
}

static void
print_launch (Program *program)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  yyjson_mut_val *activities = yyjson_mut_obj_add_arr (document, root, "activities");
  g_autofree char *json = NULL;

  yyjson_mut_doc_set_root (document, root);
  yyjson_mut_obj_add_str (document, root, "url", belay_launch_get_url (program->launch));
  yyjson_mut_obj_add_str (document, root, "returnURL", belay_launch_get_return_url (program->launch));
  yyjson_mut_obj_add_str (document, root, "session", belay_launch_get_session (program->launch));
  for (guint i = 0; i < program->manifest->activities->len; i++)
    {
      const BelayManifestActivity *activity = g_ptr_array_index (program->manifest->activities, i);

      yyjson_mut_arr_add_str (document, activities, activity->key);
    }
  json = yyjson_mut_write (document, 0, NULL);
  g_print ("%s\n", json);
  fflush (stdout);
  yyjson_mut_doc_free (document);
}

/* ---- the program ---- */

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

static void
program_clear (Program *program)
{
  g_clear_object (&program->launch);
  g_clear_object (&program->host);
  g_clear_pointer (&program->manifest, belay_manifest_free);
  g_clear_pointer (&program->blobs, belay_blob_store_unref);
  g_clear_pointer (&program->thread, belay_database_thread_unref);
  g_clear_pointer (&program->clock, belay_clock_unref);
  if (program->is_own_folder && program->folder != NULL)
    remove_tree (program->folder);
  g_free (program->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Program, program_clear)

typedef struct
{
  Program *program;
  const char *path;
  const char *key;
  const char *mode;
} Run;

static DexFuture *
run_fiber (gpointer user_data)
{
  Run *run = user_data;
  Program *program = run->program;
  /* Listened for from the start: whoever reads the address may end us at once */
  g_autoptr (DexFuture) stopped = dex_future_first (dex_unix_signal_new (SIGTERM), dex_unix_signal_new (SIGINT), NULL);
  GError *error = NULL;

  if (!import (program, run->path, &error) || !launch (program, run->key, run->mode, &error))
    return dex_future_new_for_error (error);

  print_launch (program);
  dex_await (g_steal_pointer (&stopped), NULL);

  return belay_content_host_end_launch (program->host, program->launch);
}

static void
quit (gpointer data)
{
  g_main_loop_quit (data);
}

static DexFuture *
done (DexFuture *future,
      gpointer user_data)
{
  quit (user_data);

  return dex_ref (future);
}

static gboolean
serve (Program *program,
       const char *path,
       const char *key,
       const char *mode,
       GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { program, path, key, mode };
  g_autoptr (DexFuture) future = NULL;

  program->clock = belay_clock_new_system ();
  if (program->folder == NULL)
    {
      program->folder = g_dir_make_tmp ("belay-content-host-XXXXXX", error);
      program->is_own_folder = TRUE;
    }
  if (program->folder == NULL)
    return FALSE;
  if (g_mkdir_with_parents (program->folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s cannot be made: %s.",
                   program->folder, g_strerror (errno));
      return FALSE;
    }
  if (!open_store (program, error))
    return FALSE;

  program->host = belay_content_host_new (program->blobs, program->clock);
  future = dex_future_finally (dex_scheduler_spawn (NULL, 0, run_fiber, &run, NULL), done, loop, NULL);
  g_main_loop_run (loop);

  return dex_future_get_value (future, error) != NULL;
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *key = NULL;
  g_autofree char *mode = NULL;
  g_auto (Program) program = { 0 };
  g_auto (GStrv) packages = NULL;
  const GOptionEntry entries[] = {
    { "activity", 0, 0, G_OPTION_ARG_STRING, &key, "Which one; else the first", "KEY" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &mode, "Normal, Browse or Review", "MODE" },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &program.folder, "Where to keep what was said", "FOLDER" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &packages, NULL, "PACKAGE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  dex_init ();
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "Launches one activity of a course, to be opened in any browser.");
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (packages == NULL || g_strv_length (packages) != 1)
    {
      g_printerr ("Name one package: a zip, or the folder of a module.\n");
      return 2;
    }
  if (!serve (&program, packages[0], key, mode, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  return 0;
}
