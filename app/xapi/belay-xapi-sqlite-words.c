/* belay-xapi-sqlite-words.c: the words that statements are found by
 *
 * A statement has a dozen or two. They are read and written together: a question to a database on another
 * machine costs more than what is asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-sqlite-private.h"

#define AT_ONCE 64

/* @row for each of @n, with commas between */
static void
append_rows (GString *sql,
             const char *row,
             guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", row);
}

/* Adds to @terms those of @missing that are known, and takes their words out of it. */
static gboolean
find_known (BelayXapiSqlite *self,
            GHashTable *missing,
            GArray *terms,
            GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT term, word FROM xapi_term WHERE organisation = ? AND word IN (");
  g_autoptr (GPtrArray) words = g_hash_table_get_keys_as_ptr_array (missing);
  g_autoptr (GError) failed = NULL;
  BelayQuery *query;

  append_rows (sql, "?", words->len);
  g_string_append (sql, ")");
  query = belay_xapi_sqlite_query (self, sql->str);
  for (guint i = 0; i < words->len; i++)
    belay_query_bind_text (query, (int) i + 2, g_ptr_array_index (words, i));
  while (belay_query_next (query, &failed))
    {
      gint64 term = belay_query_get_int (query, 0);

      g_array_append_val (terms, term);
      g_hash_table_remove (missing, belay_query_get_text (query, 1));
    }
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
make_missing (BelayXapiSqlite *self,
              GHashTable *missing,
              GArray *terms,
              GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO xapi_term (organisation, word) VALUES ");
  g_autoptr (GPtrArray) words = g_hash_table_get_keys_as_ptr_array (missing);
  g_autoptr (GError) failed = NULL;
  BelayQuery *query;

  if (words->len == 0)
    return TRUE;

  append_rows (sql, "(?1, ?)", words->len);
  g_string_append (sql, " RETURNING term");
  query = belay_xapi_sqlite_query (self, sql->str);
  for (guint i = 0; i < words->len; i++)
    belay_query_bind_text (query, (int) i + 2, g_ptr_array_index (words, i));
  while (belay_query_next (query, &failed))
    {
      gint64 term = belay_query_get_int (query, 0);

      g_array_append_val (terms, term);
    }
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
write_postings (BelayXapiSqlite *self,
                gint64 serial,
                GArray *terms,
                GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO xapi_posting (organisation, serial, term) VALUES ");
  BelayQuery *query;

  append_rows (sql, "(?1, ?2, ?)", terms->len);
  g_string_append (sql, " ON CONFLICT DO NOTHING");
  query = belay_xapi_sqlite_query (self, sql->str);
  belay_query_bind_int (query, 2, serial);
  for (guint i = 0; i < terms->len; i++)
    belay_query_bind_int (query, (int) i + 3, g_array_index (terms, gint64, i));

  return belay_query_run (query, error);
}

/* Lets a search for any of @words find the statement @serial. */
gboolean
belay_xapi_sqlite_add_words (BelayXapiStorage *storage,
                             gint64 serial,
                             GPtrArray *words,
                             GError **error)
{
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;

  for (guint from = 0; from < words->len; from += AT_ONCE)
    {
      g_autoptr (GHashTable) missing = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint i = from; i < MIN (words->len, from + AT_ONCE); i++)
        g_hash_table_add (missing, g_ptr_array_index (words, i));
      if (!find_known (self, missing, terms, error) || !make_missing (self, missing, terms, error)
          || !write_postings (self, serial, terms, error))
        return FALSE;
    }

  return TRUE;
}
