/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-learning-fact.h"

G_BEGIN_DECLS

/* What one sitting lasted: kept one by one, so that hearing of it twice does not count twice. */
typedef struct
{
  char *id; /* of the statement that said so */
  gint64 seconds;
} BelaySitting;

/* What is kept of one attempt (registration). Every member only grows, or is the earliest or the
 * latest of what was heard: so the order of hearing cannot matter. Times are -1 where never. */
typedef struct
{
  char *registration; /* empty where the statements named none */
  gint64 first_us;
  gint64 completed_us; /* earliest */
  gint64 passed_us;    /* earliest */
  gint64 waived_us;    /* earliest */
  gint64 scored_us;    /* latest scored statement */
  char *scored_id;     /* (nullable): its id, which decides between two of the same time */
  gint64 score;        /* its score in basis points, -1: none */
  GPtrArray *sittings; /* (element-type BelaySitting), owned, by id */
} BelayAttempt;

BelayAttempt *belay_attempt_new (const char *registration);
BelayAttempt *belay_attempt_copy (const BelayAttempt *self);
void belay_attempt_free (BelayAttempt *self);
void belay_attempt_absorb (BelayAttempt *self,
                           const BelayLearningFact *fact,
                           gint64 mastery);
void belay_attempt_add_sitting (BelayAttempt *self,
                                const char *id,
                                gint64 seconds);
gint64 belay_attempt_get_seconds (const BelayAttempt *self);
int belay_attempt_compare_scored (const BelayAttempt *self,
                                  const BelayAttempt *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayAttempt, belay_attempt_free)

G_END_DECLS
