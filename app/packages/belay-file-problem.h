/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong, or worth knowing, at one place of an authored file. */
typedef struct
{
  gboolean is_warning; /* the file can be used all the same */
  guint line;          /* from 1; 0: the file as a whole */
  guint column;        /* from 1 */
  char *code;          /* such as "unknown-member" */
  char *message;       /* a sentence in English, for the shell */
} BelayFileProblem;

BelayFileProblem *belay_file_problem_new (gboolean is_warning,
                                          guint line,
                                          guint column,
                                          const char *code,
                                          const char *message);
void belay_file_problem_free (BelayFileProblem *self);
char *belay_file_problem_format (const BelayFileProblem *self,
                                 const char *file_name);
gboolean belay_file_problems_has_error (GPtrArray *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayFileProblem, belay_file_problem_free)

G_END_DECLS
