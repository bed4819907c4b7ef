/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BELAY_IMPORT_WARNING, /* it was imported; this is worth knowing */
  BELAY_IMPORT_PROBLEM, /* nothing was imported */
} BelayImportSeverity;

typedef struct
{
  BelayImportSeverity severity;
  char *code;    /* stable, such as `au-remote`: data/docs/course-packages.md lists them */
  char *where;   /* a file and what in it, such as `cmi5.xml:31 url`; empty for the whole package */
  char *message; /* a plain sentence in English for the administrator's terminal */
} BelayImportProblem;

GPtrArray *belay_import_problems_new (void);
void belay_import_problems_add (GPtrArray *problems,
                                BelayImportSeverity severity,
                                const char *code,
                                const char *where,
                                const char *format,
                                ...) G_GNUC_PRINTF (5, 6);
gboolean belay_import_problems_are_fatal (GPtrArray *problems);

G_END_DECLS
