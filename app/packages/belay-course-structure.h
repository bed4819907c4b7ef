/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"
#include "belay-scoring.h"

G_BEGIN_DECLS

/* An assignable unit of a cmi5 course (§13.1.4), checked. */
typedef struct
{
  char *id;
  BelayLanguageText *title;
  char *url;
  char *launch_parameters;
  char *entitlement_key; /* (nullable) */
  char *launch_method;
  BelayMoveOn move_on;
  gint64 mastery; /* basis points, -1: none */
  GStrv blocks;   /* ids of the blocks that it lies in, outermost first */
  long line;
} BelayCourseUnit;

/* A cmi5 course structure (§13.1). */
typedef struct
{
  char *id;
  BelayLanguageText *title;
  GPtrArray *units; /* (element-type BelayCourseUnit), in the order of the document */
} BelayCourseStructure;

BelayCourseStructure *belay_course_structure_read (GBytes *xml,
                                                   const char *file,
                                                   GPtrArray *problems);
void belay_course_structure_free (BelayCourseStructure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayCourseStructure, belay_course_structure_free)

G_END_DECLS
