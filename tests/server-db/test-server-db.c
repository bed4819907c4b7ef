/* test-server-db.c: what the server's storage promises, on every kind of database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "belay-database-postgresql.h"
#include "belay-db-people.h"
#include "belay-db-streams.h"
#include "belay-id.h"
#include "belay-postgresql-sql.h"
#include "belay-test-postgresql.h"
#include "belay-test-support.h"

#define PROCESSES 4
#define WRITES 40
#define STREAMS 3

static const char *const streams[STREAMS] = { "cohort:a", "self:b", "team:c" };

/* ---- databases ---- */

typedef struct
{
  BelayTestPostgresql *postgresql; /* (nullable): on SQLite */
  char *folder;
  char *uri;
  BelayClock *clock;
} Fixture;

static DexFuture *
add_organisation (BelayDbTransaction *tx,
                  gpointer user_data)
{
  GError *error = NULL;

  if (!belay_db_organisation_add (tx, "0190a000-0000-7000-8000-000000000001", "Granit", "1", &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static BelayDb *
open_db (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BelayDb *db = belay_db_open (fixture->uri, fixture->clock, &error);

  g_assert_no_error (error);

  return db;
}

static void
assert_done (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  belay_test_settle (future);
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture,
        gconstpointer kind)
{
  g_autoptr (BelayDb) db = NULL;
  g_autoptr (DexFuture) added = NULL;

  fixture->clock = belay_clock_new_system ();
  if (g_str_equal (kind, "postgresql"))
    {
      fixture->postgresql = belay_test_postgresql_new ();
      g_assert_nonnull (fixture->postgresql);
      fixture->uri = belay_test_postgresql_make_database (fixture->postgresql, "belay");
    }
  else
    {
      fixture->folder = g_dir_make_tmp ("belay-db-XXXXXX", NULL);
      fixture->uri = g_build_filename (fixture->folder, "belay.sqlite", NULL);
    }
  g_assert_false (belay_db_exists (fixture->uri));
  db = open_db (fixture);
  g_assert_true (belay_db_exists (fixture->uri));
  added = belay_db_write (db, add_organisation, NULL, NULL);
  assert_done (added);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture,
           gconstpointer kind)
{
  g_clear_pointer (&fixture->postgresql, belay_test_postgresql_free);
  if (fixture->folder != NULL)
    remove_files (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
  belay_clock_unref (fixture->clock);
}

/* ---- writers and a reader ---- */

/* Writes one document into every stream, each writer in an order of its own. */
static DexFuture *
fan_out (BelayDbTransaction *tx,
         gpointer user_data)
{
  guint number = GPOINTER_TO_UINT (user_data);
  g_autofree char *id = g_strdup_printf ("%u", number);
  GError *error = NULL;

  for (guint i = 0; i < STREAMS; i++)
    {
      guint at = number % 2 == 0 ? (number + i) % STREAMS : (number + STREAMS - i) % STREAMS;

      if (!belay_db_stream_put (tx, streams[at], "thing", id, "{}", &error))
        return dex_future_new_for_error (error);
    }
  /* Its numbers are not to be missed by anybody either */
  if (number % 7 == 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Undone");

  return dex_future_new_true ();
}

typedef struct
{
  gint64 cursors[STREAMS];
  GHashTable *seen[STREAMS]; /* (owned) id */
} Reader;

static DexFuture *
follow (BelayDbTransaction *tx,
        gpointer user_data)
{
  Reader *reader = user_data;
  GError *error = NULL;

  for (guint i = 0; i < STREAMS; i++)
    {
      BelayDbBudget budget = { .bytes_left = 4000 };
      g_autoptr (BelayStreamDown) down = belay_db_stream_since (tx, streams[i], reader->cursors[i], &budget, &error);

      if (down == NULL)
        return dex_future_new_for_error (error);
      for (guint j = 0; j < down->documents->len; j++)
        {
          const BelayDocument *document = g_ptr_array_index (down->documents, j);

          if (document->sequence <= reader->cursors[i] || !g_hash_table_add (reader->seen[i], g_strdup (document->id)))
            return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "%s came twice", document->id);
        }
      reader->cursors[i] = down->to;
    }

  return dex_future_new_true ();
}

static gboolean
is_any_pending (GPtrArray *futures)
{
  for (guint i = 0; i < futures->len; i++)
    if (dex_future_is_pending (g_ptr_array_index (futures, i)))
      return TRUE;

  return FALSE;
}

static void
read_once (BelayDb *db,
           Reader *reader)
{
  g_autoptr (DexFuture) read = belay_db_read (db, follow, reader, NULL);

  assert_done (read);
}

static void
test_a_reader_misses_nothing_that_many_writers_write (Fixture *fixture,
                                                      gconstpointer kind)
{
  g_autoptr (GPtrArray) dbs = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_db_close);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (BelayDb) reading = open_db (fixture);
  Reader reader = { 0 };
  guint kept = 0;

  for (guint i = 0; i < STREAMS; i++)
    reader.seen[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < PROCESSES; i++)
    g_ptr_array_add (dbs, open_db (fixture));
  for (guint i = 0; i < PROCESSES * WRITES; i++)
    {
      g_ptr_array_add (writes,
                       belay_db_write (g_ptr_array_index (dbs, i % PROCESSES), fan_out, GUINT_TO_POINTER (i), NULL));
      kept += i % 7 != 0;
    }

  while (is_any_pending (writes))
    read_once (reading, &reader);
  for (guint i = 0; i < writes->len; i++)
    {
      g_autoptr (GError) error = NULL;

      dex_future_get_value (g_ptr_array_index (writes, i), &error);
      if (i % 7 == 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
    }
  /* What the budget cut off */
  for (guint i = 0; i < PROCESSES * WRITES; i++)
    read_once (reading, &reader);

  for (guint i = 0; i < STREAMS; i++)
    {
      g_assert_cmpuint (g_hash_table_size (reader.seen[i]), ==, kept);
      g_hash_table_unref (reader.seen[i]);
    }
}

static void
test_a_second_opening_changes_nothing (Fixture *fixture,
                                       gconstpointer kind)
{
  g_autoptr (BelayDb) first = open_db (fixture);
  g_autoptr (BelayDb) second = open_db (fixture);
  g_autoptr (DexFuture) refused = belay_db_write (second, add_organisation, NULL, NULL);
  g_autoptr (GError) error = NULL;

  belay_test_settle (refused);
  g_assert_null (dex_future_get_value (refused, &error));
  g_assert_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_CONSTRAINT);
}

static void
test_a_lost_connection_is_made_again (Fixture *fixture,
                                      gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayDatabase) database = belay_database_open_postgresql (fixture->uri, &error);
  g_autoptr (BelayDatabase) other = belay_database_open_postgresql (fixture->uri, &error);
  BelayQuery *query;

  g_assert_no_error (error);
  g_assert_true (belay_database_begin (database, &error));
  query = belay_database_query (database, "SELECT count(*) FROM organisation");
  g_assert_true (belay_query_next (query, &error));
  g_assert_true (belay_query_run (query, &error));
  belay_database_execute (other,
                          "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
                          " WHERE pid <> pg_backend_pid () AND application_name = 'belay'",
                          &error);
  g_assert_no_error (error);

  g_assert_false (belay_query_run (belay_database_query (database, "DELETE FROM organisation"), NULL));
  g_assert_false (belay_database_commit (database, &error));
  g_assert_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_BUSY);
  g_clear_error (&error);

  g_assert_true (belay_database_begin (database, &error));
  query = belay_database_query (database, "SELECT count(*) FROM organisation");
  g_assert_true (belay_query_next (query, &error));
  g_assert_cmpint (belay_query_get_int (query, 0), ==, 1);
  g_assert_true (belay_query_run (query, &error));
  g_assert_true (belay_database_commit (database, &error));
}

/* ---- SQL ---- */

static const struct
{
  const char *sqlite;
  const char *postgresql;
  guint n_parameters;
} pairs[] = {
  { "SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2", 2 },
  { "SELECT ?1, ? WHERE x = ?1", "SELECT $1, $2 WHERE x = $1", 2 },
  { "SELECT '?', \"a?\" -- TEXT?\n, ?", "SELECT '?', \"a?\" -- TEXT?\n, $1", 1 },
  { "a INTEGER PRIMARY KEY, b INTEGER, c BLOB",
    "a BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, b BIGINT, c BYTEA", 0 },
  { "(a TEXT) STRICT, WITHOUT ROWID;", "(a TEXT COLLATE \"C\") ;", 0 },
  { "(CONTEXT, TEXTS) STRICT;", "(CONTEXT, TEXTS) ;", 0 },
};

static void
test_sql_is_translated_word_by_word (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint n_parameters = 99;
      g_autofree char *translated = belay_postgresql_translate (pairs[i].sqlite, &n_parameters);

      g_assert_cmpstr (translated, ==, pairs[i].postgresql);
      g_assert_cmpuint (n_parameters, ==, pairs[i].n_parameters);
    }
}

static void
add_on_both (const char *name,
             void (*test) (Fixture *, gconstpointer))
{
  static const char *const kinds[] = { "sqlite", "postgresql" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server-db/%s/%s", kinds[i], name);

      g_test_add (path, Fixture, kinds[i], set_up, test, tear_down);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/server-db/SQL is translated word by word", test_sql_is_translated_word_by_word);
  add_on_both ("a reader misses nothing that many writers write", test_a_reader_misses_nothing_that_many_writers_write);
  add_on_both ("a second opening changes nothing", test_a_second_opening_changes_nothing);
  g_test_add ("/server-db/postgresql/a lost connection is made again", Fixture, "postgresql", set_up,
              test_a_lost_connection_is_made_again, tear_down);

  return g_test_run ();
}
