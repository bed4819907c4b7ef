/* belay-xapi-sqlite-search.c: pages of statements, and up to when they are complete
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-sqlite-private.h"

/* The one number that @query asks for, or @otherwise where there is no row; the query is done with. */
static gboolean
read_number (BelayQuery *query,
             gint64 otherwise,
             gint64 *number,
             GError **error)
{
  g_autoptr (GError) failed = NULL;

  *number = otherwise;
  if (belay_query_next (query, &failed))
    {
      *number = belay_query_get_int (query, 0);
      return belay_query_run (query, error);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return TRUE;
}

gboolean
belay_xapi_sqlite_find_term (BelayXapiSqlite *self,
                             const char *word,
                             gint64 *term,
                             GError **error)
{
  static const char sql[] = "SELECT term FROM xapi_term WHERE organisation = ? AND word = ?";
  BelayQuery *query = belay_xapi_sqlite_query (self, sql);

  belay_query_bind_text (query, 2, word);
  return read_number (query, 0, term, error);
}

gboolean
belay_xapi_sqlite_newest (BelayXapiSqlite *self,
                          gint64 *newest_us,
                          GError **error)
{
  static const char sql[] = "SELECT stored FROM xapi_statement WHERE organisation = ? ORDER BY stored DESC LIMIT 1";

  return read_number (belay_xapi_sqlite_query (self, sql), 0, newest_us, error);
}

/* Times are in the order of serials, so that a range of the one is a range of the other. */
static gboolean
find_range (BelayXapiSqlite *self,
            const BelayXapiSearch *search,
            gint64 *first,
            gint64 *last,
            GError **error)
{
  static const char after[] = "SELECT serial FROM xapi_statement WHERE organisation = ? AND stored > ?"
                              " ORDER BY stored LIMIT 1";
  static const char at_or_before[] = "SELECT serial FROM xapi_statement WHERE organisation = ? AND stored <= ?"
                                     " ORDER BY stored DESC LIMIT 1";
  BelayQuery *query = belay_xapi_sqlite_query (self, after);

  belay_query_bind_int (query, 2, search->since_us);
  if (!read_number (query, G_MAXINT64, first, error))
    return FALSE;
  query = belay_xapi_sqlite_query (self, at_or_before);
  belay_query_bind_int (query, 2, search->until_us);
  if (!read_number (query, 0, last, error))
    return FALSE;

  if (search->beyond != 0 && search->is_ascending)
    *first = MAX (*first, search->beyond + 1);
  if (search->beyond != 0 && !search->is_ascending)
    *last = MIN (*last, search->beyond - 1);

  return TRUE;
}

/* The nearest serial at or behind @serial that has @term; 0 where there is none. */
static gboolean
seek (BelayXapiSqlite *self,
      gint64 term,
      gboolean is_ascending,
      gint64 *serial,
      GError **error)
{
  static const char up[] = "SELECT serial FROM xapi_posting WHERE organisation = ? AND term = ? AND serial >= ?"
                           " ORDER BY serial LIMIT 1";
  static const char down[] = "SELECT serial FROM xapi_posting WHERE organisation = ? AND term = ? AND serial <= ?"
                             " ORDER BY serial DESC LIMIT 1";
  BelayQuery *query = belay_xapi_sqlite_query (self, is_ascending ? up : down);

  belay_query_bind_int (query, 2, term);
  belay_query_bind_int (query, 3, *serial);
  return read_number (query, 0, serial, error);
}

/* Lets the terms overtake each other until all stand at the same serial; 0 where they never do. */
static gboolean
seek_common (BelayXapiSqlite *self,
             GArray *terms,
             gboolean is_ascending,
             gint64 *serial,
             GError **error)
{
  guint agreeing = 0;

  for (guint i = 0; agreeing < terms->len && *serial != 0; i = (i + 1) % terms->len)
    {
      gint64 before = *serial;

      if (!seek (self, g_array_index (terms, gint64, i), is_ascending, serial, error))
        return FALSE;
      agreeing = *serial == before ? agreeing + 1 : 1;
    }

  return TRUE;
}

static gboolean
append_statement (BelayXapiSqlite *self,
                  gint64 serial,
                  GPtrArray *found,
                  GError **error)
{
  g_autoptr (BelayKeptStatement) kept = g_new0 (BelayKeptStatement, 1);

  if (!belay_xapi_sqlite_find_serial (self, serial, kept, error))
    return FALSE;
  /* What was erased has no words, but be sure */
  if (kept->text != NULL)
    g_ptr_array_add (found, g_steal_pointer (&kept));

  return TRUE;
}

static gboolean
collect (BelayXapiSqlite *self,
         const BelayXapiSearch *search,
         GArray *terms,
         GPtrArray *found,
         gboolean *has_more,
         GError **error)
{
  gint64 first, last, serial;

  if (!find_range (self, search, &first, &last, error))
    return FALSE;

  for (serial = search->is_ascending ? first : last;; serial += search->is_ascending ? 1 : -1)
    {
      if (first > last || serial < first || serial > last)
        return TRUE;
      if (!seek_common (self, terms, search->is_ascending, &serial, error))
        return FALSE;
      if (serial == 0 || serial < first || serial > last)
        return TRUE;
      if (found->len == search->limit)
        {
          *has_more = TRUE;
          return TRUE;
        }
      if (!append_statement (self, serial, found, error))
        return FALSE;
    }
}

gboolean
belay_xapi_sqlite_search (BelayXapiStorage *storage,
                          const BelayXapiSearch *search,
                          GPtrArray *found,
                          gboolean *has_more,
                          GError **error)
{
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (gint64));

  *has_more = FALSE;
  for (guint i = 0; search->words[i] != NULL; i++)
    {
      gint64 term;

      if (!belay_xapi_sqlite_find_term (self, search->words[i], &term, error))
        return FALSE;
      if (term == 0)
        return TRUE;
      g_array_append_val (terms, term);
    }

  return collect (self, search, terms, found, has_more, error);
}

/* Up to when what can be found is complete.
 *
 * Within the writer's transaction that is now. A reader sees the state before its snapshot; between its
 * snapshot and now, a write may have begun whose statements bear earlier times than now. So each write
 * announces the serial that it begins with: where the reader sees that serial, it sees all that was begun, and
 * what begins later bears later times. Where it does not, it can only vouch for the newest that it sees. */

gboolean
belay_xapi_sqlite_consistent_through (BelayXapiStorage *storage,
                                      gint64 now_us,
                                      gint64 *time_us,
                                      GError **error)
{
  static const char last_serial[] = "SELECT coalesce (max (serial), 0) FROM xapi_statement";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  gint64 newest_us, seen, announced;

  if (!belay_xapi_sqlite_newest (self, &newest_us, error)
      || !read_number (belay_database_query (self->database, last_serial), 0, &seen, error)
      || !belay_database_get_announced (self->database, &announced, error))
    return FALSE;

  *time_us = announced <= seen ? MAX (now_us, newest_us) : newest_us;
  return TRUE;
}
