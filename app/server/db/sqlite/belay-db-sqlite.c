/* belay-db-sqlite.c: binding parameters, and reading the usual few shapes of answer
 *
 * Types are given as a string, one letter a parameter: `o` the organisation (no argument), `t`
 * text or NULL, `i` a gint64, `b` GBytes. A mistake in them is a programmer's and is asserted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-sqlite.h"

static BelayQuery *
bind_all (BelayDbTransaction *tx,
          const char *sql,
          const char *types,
          va_list arguments)
{
  BelayQuery *query = belay_database_query (tx->database, sql);

  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 'o':
        belay_query_bind_text (query, i + 1, tx->organisation);
        break;
      case 't':
        belay_query_bind_text (query, i + 1, va_arg (arguments, const char *));
        break;
      case 'i':
        belay_query_bind_int (query, i + 1, va_arg (arguments, gint64));
        break;
      case 'b':
        belay_query_bind_bytes (query, i + 1, va_arg (arguments, GBytes *));
        break;
      default:
        g_assert_not_reached ();
      }

  return query;
}

/* Returns: (transfer none): the query before its first row */
BelayQuery *
belay_sqlite_query (BelayDbTransaction *tx,
                    const char *sql,
                    const char *types,
                    ...)
{
  BelayQuery *query;
  va_list arguments;

  va_start (arguments, types);
  query = bind_all (tx, sql, types, arguments);
  va_end (arguments);

  return query;
}

/* Runs a statement whose rows are not wanted. */
gboolean
belay_sqlite_run (BelayDbTransaction *tx,
                  GError **error,
                  const char *sql,
                  const char *types,
                  ...)
{
  BelayQuery *query;
  va_list arguments;

  va_start (arguments, types);
  query = bind_all (tx, sql, types, arguments);
  va_end (arguments);

  return belay_query_run (query, error);
}

/* Ends a query. @had_row: whether it stands on a row whose successors are not wanted. @local_error: what its steps said
 * so far. */
gboolean
belay_sqlite_finish (BelayQuery *query,
                     gboolean had_row,
                     GError **local_error,
                     GError **error)
{
  if (had_row)
    return belay_query_run (query, error);
  if (*local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (local_error));
  return FALSE;
}

/* Returns: (transfer full) (nullable): the first column of all rows */
GPtrArray *
belay_sqlite_list_texts (BelayQuery *query,
                         GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    g_ptr_array_add (texts, belay_query_dup_text (query, 0));

  return belay_sqlite_finish (query, FALSE, &local_error, error) ? g_steal_pointer (&texts) : NULL;
}

/* Reads the first column of the only row; %NULL where there is none. */
gboolean
belay_sqlite_get_text (BelayQuery *query,
                       char **text,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *text = had_row ? belay_query_dup_text (query, 0) : NULL;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

/* Finds out whose database this is; one that was not initialised has none yet. */
gboolean
belay_sqlite_load_organisation (BelayDbTransaction *tx,
                                GError **error)
{
  if (tx->organisation != NULL)
    return TRUE;

  return belay_sqlite_get_text (belay_sqlite_query (tx, "SELECT id FROM organisation ORDER BY made LIMIT 1", ""),
                                &tx->organisation, error);
}
