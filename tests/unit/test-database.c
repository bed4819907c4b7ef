/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-database-thread.h"
#include "belay-test-support.h"

#include <glib/gstdio.h>

static BelayDatabase *
open_with_table (void)
{
  g_autoptr (GError) error = NULL;
  BelayDatabase *database = belay_database_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (belay_database_execute (database, "CREATE TABLE thing (id INTEGER PRIMARY KEY)", &error));
  g_assert_no_error (error);

  return database;
}

static DexFuture *
add_thing (BelayDatabase *database,
           gpointer user_data)
{
  BelayQuery *query = belay_database_query (database, "INSERT INTO thing (id) VALUES (?)");
  GError *error = NULL;

  belay_query_bind_int (query, 1, GPOINTER_TO_INT (user_data));
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static DexFuture *
add_thing_and_fail (BelayDatabase *database,
                    gpointer user_data)
{
  dex_unref (add_thing (database, user_data));

  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "No");
}

static DexFuture *
count_things (BelayDatabase *database,
              gpointer user_data)
{
  BelayQuery *query = belay_database_query (database, "SELECT count(*) FROM thing");
  gint64 count = belay_query_next (query, NULL) ? belay_query_get_int (query, 0) : -1;

  belay_query_run (query, NULL);

  return dex_future_new_for_int64 (count);
}

static void
test_a_refused_write_leaves_its_neighbours_alone (void)
{
  g_autoptr (BelayDatabaseThread) thread = belay_database_thread_new (open_with_table ());
  g_autoptr (DexFuture) first = belay_database_thread_write (thread, add_thing, GINT_TO_POINTER (1), NULL);
  g_autoptr (DexFuture) again = belay_database_thread_write (thread, add_thing, GINT_TO_POINTER (1), NULL);
  g_autoptr (DexFuture) undone = belay_database_thread_write (thread, add_thing_and_fail, GINT_TO_POINTER (2), NULL);
  g_autoptr (DexFuture) last = belay_database_thread_write (thread, add_thing, GINT_TO_POINTER (3), NULL);
  g_autoptr (DexFuture) count = belay_database_thread_read (thread, count_things, NULL, NULL);

  belay_test_settle (count);

  g_assert_true (dex_future_is_resolved (first));
  g_assert_true (dex_future_is_rejected (again));
  g_assert_true (dex_future_is_rejected (undone));
  g_assert_true (dex_future_is_resolved (last));
  g_assert_cmpint (dex_await_int64 (dex_ref (count), NULL), ==, 2);
}

static void
test_a_mistake_in_a_statement_is_told_by_its_first_step (void)
{
  g_autoptr (BelayDatabase) database = open_with_table ();
  g_autoptr (GError) error = NULL;
  BelayQuery *query = belay_database_query (database, "SELECT nothing FROM nowhere");

  belay_query_bind_int (query, 1, 1);
  g_assert_false (belay_query_next (query, &error));
  g_assert_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FAILED);
}

static void
test_a_file_that_is_no_database_is_refused_unchanged (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "belay-no-database-XXXXXX", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "Dear diary, this is no database, but it is long enough.", -1, NULL));

  g_assert_null (belay_database_open (path, &error));
  g_assert_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_CORRUPT);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "Dear diary, this is no database, but it is long enough.");
  g_unlink (path);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/database/a-refused-write-leaves-its-neighbours-alone",
                   test_a_refused_write_leaves_its_neighbours_alone);
  g_test_add_func ("/database/a-mistake-in-a-statement-is-told-by-its-first-step",
                   test_a_mistake_in_a_statement_is_told_by_its_first_step);
  g_test_add_func ("/database/a-file-that-is-no-database-is-refused-unchanged",
                   test_a_file_that_is_no_database_is_refused_unchanged);

  return g_test_run ();
}
