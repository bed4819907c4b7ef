/* belay-import-problem.c: what is wrong with a package, for the person who brought it
 *
 * All that is wrong is told at once, so that nobody mends a package one complaint at a time; but only so much of it
 * that it can be read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-import-problem.h"

#define PROBLEMS_MOST 100

static void
problem_free (gpointer data)
{
  BelayImportProblem *problem = data;

  g_free (problem->code);
  g_free (problem->where);
  g_free (problem->message);
  g_free (problem);
}

/**
 * belay_import_problems_new:
 *
 * Returns: (transfer full) (element-type BelayImportProblem): an empty list that owns what is added
 */
GPtrArray *
belay_import_problems_new (void)
{
  return g_ptr_array_new_with_free_func (problem_free);
}

/**
 * belay_import_problems_add:
 * @where: a file and what in it; empty for the whole package
 * @format: a sentence, as for printf()
 *
 * Adds a problem, unless there are a hundred already.
 */
void
belay_import_problems_add (GPtrArray *problems,
                           BelayImportSeverity severity,
                           const char *code,
                           const char *where,
                           const char *format,
                           ...)
{
  BelayImportProblem *problem;
  va_list arguments;

  g_return_if_fail (problems != NULL);
  g_return_if_fail (code != NULL);
  g_return_if_fail (where != NULL);

  if (problems->len >= PROBLEMS_MOST)
    return;

  problem = g_new0 (BelayImportProblem, 1);
  problem->severity = severity;
  problem->code = g_strdup (code);
  problem->where = g_utf8_make_valid (where, -1);
  va_start (arguments, format);
  problem->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (problems, problem);
}

/**
 * belay_import_problems_are_fatal:
 *
 * Returns: whether one of them is more than a warning
 */
gboolean
belay_import_problems_are_fatal (GPtrArray *problems)
{
  g_return_val_if_fail (problems != NULL, TRUE);

  for (guint i = 0; i < problems->len; i++)
    {
      const BelayImportProblem *problem = g_ptr_array_index (problems, i);

      if (problem->severity == BELAY_IMPORT_PROBLEM)
        return TRUE;
    }

  return FALSE;
}
