/* belay-db-learning.c: progress, study time and reports that are due
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-learning.h"

#include "belay-db-sqlite.h"
#include "belay-documents.h"

void
belay_db_completion_free (BelayDbCompletion *self)
{
  g_free (self->module);
  g_free (self);
}

/**
 * belay_db_progress_get:
 * @progress: (out) (nullable): with all that the fold needs; %NULL where nothing was heard yet
 */
gboolean
belay_db_progress_get (BelayDbTransaction *tx,
                       const char *person,
                       const char *module,
                       BelayModuleProgress **progress,
                       GError **error)
{
  g_autofree char *state = NULL;

  *progress = NULL;
  if (!belay_sqlite_get_text (belay_sqlite_query (tx,
                                                  "SELECT state FROM progress WHERE organisation = ? AND person = ?"
                                                  " AND module = ?",
                                                  "ott", person, module),
                              &state, error))
    return FALSE;
  if (state == NULL)
    return TRUE;

  *progress = belay_module_progress_from_state (module, state, error);
  return *progress != NULL;
}

gboolean
belay_db_progress_put (BelayDbTransaction *tx,
                       const char *person,
                       const char *programme,
                       const BelayModuleProgress *progress,
                       GError **error)
{
  g_autofree char *state = belay_module_progress_to_state (progress);

  return belay_sqlite_run (tx, error,
                           "INSERT INTO progress (organisation, person, module, programme, completion, last, state)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, person, module) DO UPDATE SET programme = excluded.programme,"
                           " completion = excluded.completion, last = excluded.last, state = excluded.state",
                           "otttiit", person, progress->module_id, programme, progress->completion, progress->last_us,
                           state);
}

/* Returns: (transfer full) (nullable) (element-type utf8): `PERSON MODULE` of all progress in a programme */
GPtrArray *
belay_db_progress_list_people (BelayDbTransaction *tx,
                               const char *programme,
                               GError **error)
{
  return belay_sqlite_list_texts (belay_sqlite_query (tx,
                                                      "SELECT person || ' ' || module FROM progress"
                                                      " WHERE organisation = ? AND programme = ?",
                                                      "ot", programme),
                                  error);
}

/* Returns: (transfer full) (nullable) (element-type BelayDbCompletion): of the modules in which something was heard */
GPtrArray *
belay_db_completion_list (BelayDbTransaction *tx,
                          const char *person,
                          const char *programme,
                          GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_db_completion_free);
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT module, completion, last FROM progress WHERE organisation = ?"
                                          " AND person = ? AND programme = ?",
                                          "ott", person, programme);
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    {
      BelayDbCompletion *completion = g_new0 (BelayDbCompletion, 1);

      completion->module = belay_query_dup_text (query, 0);
      completion->completion = belay_query_get_int (query, 1);
      completion->last = belay_query_get_int (query, 2);
      g_ptr_array_add (list, completion);
    }

  return belay_sqlite_finish (query, FALSE, &local_error, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * belay_db_studied_add:
 * @monday: days since 1970 of the week's first day
 */
gboolean
belay_db_studied_add (BelayDbTransaction *tx,
                      const char *person,
                      const char *programme,
                      gint64 monday,
                      gint64 seconds,
                      GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO studied (organisation, person, programme, monday, seconds)"
                           " VALUES (?, ?, ?, ?, ?) ON CONFLICT (organisation, person, programme, monday)"
                           " DO UPDATE SET seconds = studied.seconds + excluded.seconds",
                           "ottii", person, programme, monday, seconds);
}

gboolean
belay_db_studied_get (BelayDbTransaction *tx,
                      const char *person,
                      const char *programme,
                      gint64 monday,
                      gint64 *seconds,
                      GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT seconds FROM studied WHERE organisation = ? AND person = ?"
                                          " AND programme = ? AND monday = ?",
                                          "otti", person, programme, monday);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *seconds = had_row ? belay_query_get_int (query, 0) : 0;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

gboolean
belay_db_report_due_add (BelayDbTransaction *tx,
                         const char *person,
                         GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO report_due (organisation, person) VALUES (?, ?) ON CONFLICT DO NOTHING", "ot",
                           person);
}

gboolean
belay_db_report_due_take (BelayDbTransaction *tx,
                          const char *person,
                          gboolean *was_due,
                          GError **error)
{
  if (!belay_sqlite_run (tx, error, "DELETE FROM report_due WHERE organisation = ? AND person = ?", "ot", person))
    return FALSE;

  *was_due = belay_database_get_changes (tx->database) > 0;
  return TRUE;
}

/* Returns: (transfer full) (nullable) (element-type utf8): those who report to @manager and whose report is due;
 *   of everyone where @manager is %NULL */
GPtrArray *
belay_db_report_due_list (BelayDbTransaction *tx,
                          const char *manager,
                          GError **error)
{
  if (manager == NULL)
    return belay_sqlite_list_texts (
      belay_sqlite_query (tx, "SELECT person FROM report_due WHERE organisation = ? LIMIT 500", "o"), error);

  return belay_sqlite_list_texts (belay_sqlite_query (tx,
                                                      "SELECT person FROM report_due JOIN reports_to"
                                                      " USING (organisation, person) WHERE organisation = ?"
                                                      " AND manager = ? AND until IS NULL",
                                                      "ot", manager),
                                  error);
}
