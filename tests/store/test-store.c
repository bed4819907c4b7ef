/* test-store.c: what a person did stays theirs, whatever happens to the disk, the file or the process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "belay-digest.h"
#include "belay-sentences.h"
#include "belay-service-error-private.h"
#include "belay-store-outbox.h"
#include "belay-store-person.h"
#include "belay-store-private.h"

#define KILLS 20
#define PAGES_LEFT 8

static const char *program; /* this one, for children that hold a database or are killed */

/* ---- a folder with a database ---- */

typedef struct
{
  char *folder;
  char *path;
  BelayClock *clock;
} Place;

static void
place_open (Place *place)
{
  place->folder = g_dir_make_tmp ("belay-store-XXXXXX", NULL);
  g_assert_nonnull (place->folder);
  place->path = g_build_filename (place->folder, "belay.db", NULL);
  place->clock = belay_clock_new_fixed (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC);
}

static void
place_clear (Place *place)
{
  g_autoptr (GDir) files = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
  belay_clock_unref (place->clock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static BelayStore *
open_store (Place *place)
{
  return belay_store_person_await (belay_store_open (place->folder, place->clock));
}

/* The last reference may end on another thread: the lock is free once the database is closed */
static void
close_store (Place *place,
             BelayStore **store)
{
  g_autofree char *path = g_build_filename (place->folder, "lock", NULL);
  int lock;

  g_clear_pointer (store, belay_store_unref);
  lock = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (lock, >=, 0);
  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  close (lock);
}

static void
say (BelayStore *store,
     guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      belay_store_person_await (belay_store_person_say (store, id));
    }
}

/* Each thing is in every place where it must be */
static void
expect_things (BelayStore *store,
               gint64 count)
{
  BelayStoreTally tally = belay_store_person_count (store);

  g_assert_cmpint (tally.statements, ==, count);
  g_assert_cmpint (tally.outbox, ==, count);
  g_assert_cmpint (tally.seconds, ==, count * 60);
}

/* @future: (transfer full) */
static void
expect_error (DexFuture *future,
              int code,
              const char *title)
{
  g_autoptr (GError) error = belay_store_person_await_error (future);
  g_autoptr (GError) shown = NULL;
  g_autofree char *body = NULL;

  g_assert_nonnull (error);
  shown = belay_service_error_from (error);
  body = belay_sentence_error_body (shown);
  g_test_message ("%s: %s (%s)", belay_sentence_error_title (shown), body, error->message);
  g_assert_error (shown, BELAY_SERVICE_ERROR, code);
  g_assert_cmpstr (belay_sentence_error_title (shown), ==, title);
}

static char *
digest_of (const char *path)
{
  return belay_digest_of_file (path, NULL, NULL);
}

/* ---- the file ---- */

static void
test_newer (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BelayStore) store = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  sqlite3 *database = NULL;

  place_open (&place);
  store = open_store (&place);
  belay_store_person_move_in (store);
  say (store, 3);
  close_store (&place, &store);
  g_assert_cmpint (sqlite3_open (place.path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "PRAGMA user_version = 999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);

  before = digest_of (place.path);
  expect_error (belay_store_open (place.folder, place.clock), BELAY_SERVICE_ERROR_DATABASE_NEWER,
                "A newer Belay has been used here");
  after = digest_of (place.path);
  g_assert_cmpstr (before, ==, after);
}

/* What is written over the file: from where, and with how much */
typedef struct
{
  const char *name;
  gsize from;
  gboolean cuts; /* everything from there on is gone, rather than garbage */
} Damage;

static const Damage damages[] = {
  { "its head is garbage", 0, FALSE },
  { "all but its head is garbage", 4096, FALSE },
  { "its end is missing", 16384, TRUE },
};

static void
damage_file (const char *path,
             const Damage *damage)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, damage->from);
  if (damage->cuts)
    length = damage->from;
  else
    memset (contents + damage->from, 0xa5, length - damage->from);
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

static void
test_damaged (gconstpointer data)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BelayStore) store = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  DexFuture *opening;

  place_open (&place);
  store = open_store (&place);
  belay_store_person_move_in (store);
  say (store, 3);
  close_store (&place, &store);
  damage_file (place.path, data);

  before = digest_of (place.path);
  opening = belay_store_open (place.folder, place.clock);
  /* Where its head is whole, it is the first look that finds out */
  {
    g_autoptr (GError) error = belay_store_person_await_error (dex_ref (opening));

    if (error == NULL)
      {
        store = g_value_dup_boxed (dex_future_get_value (opening, NULL));
        dex_unref (opening);
        opening = belay_store_load_view (store);
      }
  }
  expect_error (opening, BELAY_SERVICE_ERROR_DATABASE_DAMAGED, "Belay's data on this laptop is damaged");
  close_store (&place, &store);
  after = digest_of (place.path);
  g_assert_cmpstr (before, ==, after);
}

/* ---- the disk ---- */

static DexFuture *
limit_work (BelayStoreWriter *writer,
            gpointer user_data)
{
  GError *error = NULL;

  if (!belay_database_execute (writer->database, user_data, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static DexFuture *
count_pages (BelayDatabase *database,
             gpointer user_data)
{
  BelayQuery *query = belay_database_query (database, "PRAGMA page_count");
  gint64 *pages = user_data;

  g_assert_true (belay_query_next (query, NULL));
  *pages = belay_query_get_int (query, 0);
  belay_query_run (query, NULL);

  return dex_future_new_true ();
}

/* As far as the database is concerned the disk ends after so many pages more */
static void
limit_disk (BelayStore *store,
            gint64 pages_left)
{
  gint64 pages = 0;

  belay_store_person_await (belay_store_read (store, count_pages, &pages, NULL));
  belay_store_person_await (
    belay_store_write (store, 0, limit_work,
                       g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages + pages_left), g_free));
}

static void
test_full_disk (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BelayStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gint64 count = 0;

  place_open (&place);
  store = open_store (&place);
  belay_store_person_move_in (store);
  limit_disk (store, PAGES_LEFT);
  while (error == NULL)
    {
      g_clear_pointer (&id, g_free);
      id = g_uuid_string_random ();
      error = belay_store_person_await_error (belay_store_person_say (store, id));
      count += error == NULL ? 1 : 0;
    }
  g_assert_cmpint (count, >, 0);
  g_assert_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL);
  expect_error (belay_store_person_say (store, id), BELAY_SERVICE_ERROR_DISK_FULL,
                "There is no room left on this laptop");
  expect_things (store, count);

  limit_disk (store, 1000);
  belay_store_person_await (belay_store_person_say (store, id));
  expect_things (store, count + 1);
}

/* ---- two processes ---- */

/* Says what it has done, line by line, until it is killed */
static int
work_until_killed (const char *folder)
{
  g_autoptr (BelayClock) clock = belay_clock_new_fixed (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC);
  g_autoptr (BelayStore) store = belay_store_person_await (belay_store_open (folder, clock));

  g_print ("open\n");
  fflush (stdout);
  while (TRUE)
    {
      g_autofree char *id = g_uuid_string_random ();

      belay_store_person_await (belay_store_person_say (store, id));
      g_print ("%s\n", id);
      fflush (stdout);
    }

  return 0;
}

static GSubprocess *
begin_child (Place *place,
             GDataInputStream **lines)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  GSubprocess *child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--work", place->folder, NULL);

  g_assert_no_error (error);
  *lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line_utf8 (*lines, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "open");

  return child;
}

static void
test_two_processes (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BelayStore) store = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;

  place_open (&place);
  store = open_store (&place);
  belay_store_person_move_in (store);
  close_store (&place, &store);

  child = begin_child (&place, &lines);
  expect_error (belay_store_open (place.folder, place.clock), BELAY_SERVICE_ERROR_IN_USE, "Belay is already open");
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);

  store = open_store (&place);
}

/* ---- a process that is killed ---- */

static gboolean
has_statement (BelayStore *store,
               const char *id)
{
  g_autoptr (GBytes) text = belay_store_person_await (belay_store_export (store, id));

  return text != NULL;
}

static void
test_killed (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BelayStore) store = NULL;
  guint told = 0;

  place_open (&place);
  store = open_store (&place);
  belay_store_person_move_in (store);
  for (guint i = 0; i < KILLS; i++)
    {
      g_autoptr (GDataInputStream) lines = NULL;
      g_autoptr (GSubprocess) child = NULL;
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      guint wanted = (guint) g_test_rand_int_range (1, 40);
      BelayStoreTally tally;
      char *id;

      close_store (&place, &store);
      child = begin_child (&place, &lines);
      while (ids->len < wanted)
        g_ptr_array_add (ids, g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL));
      g_subprocess_force_exit (child);
      /* What it had said before the end reached it counts as well */
      while ((id = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL)) != NULL)
        g_ptr_array_add (ids, id);
      g_subprocess_wait (child, NULL, NULL);

      store = open_store (&place);
      for (guint j = 0; j < ids->len; j++)
        g_assert_true (has_statement (store, g_ptr_array_index (ids, j)));
      told += ids->len;
      /* One may have been on the disk before it could be told of; and it is in every place or in none */
      tally = belay_store_person_count (store);
      g_assert_cmpint (tally.statements, >=, told);
      g_assert_cmpint (tally.statements, <=, told + i + 1);
      expect_things (store, tally.statements);
    }
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  dex_init ();
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--work"))
    return work_until_killed (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/a database of a newer Belay is left as it is", test_newer);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path =
        g_strconcat ("/store/a damaged database is told and not touched: ", damages[i].name, NULL);

      g_test_add_data_func (path, &damages[i], test_damaged);
    }
  g_test_add_func ("/store/on a full disk what was done before is safe, and goes on when there is room",
                   test_full_disk);
  g_test_add_func ("/store/a second process is told that another has it open", test_two_processes);
  g_test_add_func ("/store/what a killed process had told of is there, whole", test_killed);

  return g_test_run ();
}
