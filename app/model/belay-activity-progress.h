/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-attempt.h"
#include "belay-module.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACTIVITY_PROGRESS (belay_activity_progress_get_type ())

/* How far one person is in one activity. */
typedef struct
{
  char *activity_id;
  /* What is shown, and sent. Read only. */
  gboolean satisfied; /* its rule was met once; stays so */
  gboolean completed;
  gboolean passed;
  gint64 score; /* basis points by the programme's scoring, -1: none */
  guint attempt_count;
  gint64 seconds;
  /* What it is made from. Empty where it came from a document. */
  gint64 satisfied_us; /* when the rule was first met, -1: never */
  GPtrArray *attempts; /* (element-type BelayAttempt), owned, by registration */
} BelayActivityProgress;

GType belay_activity_progress_get_type (void) G_GNUC_CONST;
BelayActivityProgress *belay_activity_progress_new (const char *activity_id);
BelayActivityProgress *belay_activity_progress_copy (const BelayActivityProgress *self);
BelayActivityProgress *belay_activity_progress_copy_shown (const BelayActivityProgress *self);
void belay_activity_progress_free (BelayActivityProgress *self);
BelayAttempt *belay_activity_progress_get_attempt (BelayActivityProgress *self,
                                                   const char *registration);
void belay_activity_progress_count (BelayActivityProgress *self);
void belay_activity_progress_score (BelayActivityProgress *self,
                                    BelayScoring scoring);
void belay_activity_progress_judge (BelayActivityProgress *self,
                                    BelayMoveOn move_on);
gboolean belay_activity_progress_shows_same (const BelayActivityProgress *self,
                                             const BelayActivityProgress *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayActivityProgress, belay_activity_progress_free)

G_END_DECLS
