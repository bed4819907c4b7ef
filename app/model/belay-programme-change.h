/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-programme.h"

G_BEGIN_DECLS

typedef enum
{
  BELAY_CHANGE_ADDED,
  BELAY_CHANGE_REMOVED,
  BELAY_CHANGE_MOVED,
  BELAY_CHANGE_TEXT, /* title, summary or story */
  BELAY_CHANGE_RULE, /* scoring, requirements, move on, mastery, required, weight, seconds */
  BELAY_CHANGE_DEADLINE,
  BELAY_CHANGE_CONTENT, /* another course, or another manifest of it */
} BelayChangeKind;

/* One difference between two versions of a programme. */
typedef struct
{
  BelayChangeKind kind;
  char *path;       /* keys, such as "foundations/week-1/tests/quiz"; empty: the programme itself */
  char *member;     /* (nullable): what changed of it, such as "mastery" */
  gboolean refused; /* it cannot be applied while people are in mid-programme */
} BelayProgrammeChange;

const char *belay_change_kind_to_string (BelayChangeKind kind);
void belay_programme_change_free (BelayProgrammeChange *self);
GPtrArray *belay_programme_compare (const BelayProgramme *from,
                                    const BelayProgramme *to);
gboolean belay_programme_changes_are_allowed (GPtrArray *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayProgrammeChange, belay_programme_change_free)

G_END_DECLS
