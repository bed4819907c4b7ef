/* belay-file-problem.c: what is wrong with an authored file, where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-file-problem.h"

/**
 * belay_file_problem_new:
 * @is_warning: whether the file can be used all the same
 * @line: from 1; 0 for the file as a whole
 * @column: from 1, counted in characters
 * @code: a name for the kind of fault
 * @message: a sentence that says what is wrong and what would be right
 *
 * Returns: (transfer full): a problem
 */
BelayFileProblem *
belay_file_problem_new (gboolean is_warning,
                        guint line,
                        guint column,
                        const char *code,
                        const char *message)
{
  BelayFileProblem *self;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  self = g_new0 (BelayFileProblem, 1);
  self->is_warning = is_warning;
  self->line = line;
  self->column = column;
  self->code = g_strdup (code);
  self->message = g_strdup (message);

  return self;
}

void
belay_file_problem_free (BelayFileProblem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->code);
  g_free (self->message);
  g_free (self);
}

/**
 * belay_file_problem_format:
 * @file_name: as the person named it
 *
 * Returns: (transfer full): a line as compilers write it, which editors can jump by
 */
char *
belay_file_problem_format (const BelayFileProblem *self,
                           const char *file_name)
{
  const char *kind;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (file_name != NULL, NULL);

  kind = self->is_warning ? "warning" : "error";
  if (self->line == 0)
    return g_strdup_printf ("%s: %s: %s [%s]", file_name, kind, self->message, self->code);

  return g_strdup_printf ("%s:%u:%u: %s: %s [%s]", file_name, self->line, self->column, kind, self->message,
                          self->code);
}

/**
 * belay_file_problems_has_error:
 * @problems: (element-type BelayFileProblem): problems
 *
 * Returns: whether one of them is more than a warning
 */
gboolean
belay_file_problems_has_error (GPtrArray *problems)
{
  g_return_val_if_fail (problems != NULL, FALSE);

  for (guint i = 0; i < problems->len; i++)
    {
      const BelayFileProblem *problem = g_ptr_array_index (problems, i);

      if (!problem->is_warning)
        return TRUE;
    }

  return FALSE;
}
