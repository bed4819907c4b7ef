/* belay-attempt.c: one attempt at an activity, as the sum of what was heard about it
 *
 * Statements reach a server late, twice and in any order. So nothing here is ever replaced by what
 * came last to the ear: times are the earliest or the latest that anyone told, and sittings are a
 * set by the id of their statement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-attempt.h"

#include "belay-scoring.h"

#include <string.h>

static void
sitting_free (gpointer data)
{
  BelaySitting *sitting = data;

  g_free (sitting->id);
  g_free (sitting);
}

/**
 * belay_attempt_new:
 * @registration: the UUID of the attempt, or empty
 *
 * Returns: (transfer full): an attempt of which nothing was heard yet
 */
BelayAttempt *
belay_attempt_new (const char *registration)
{
  BelayAttempt *self;

  g_return_val_if_fail (registration != NULL, NULL);

  self = g_new0 (BelayAttempt, 1);
  self->registration = g_strdup (registration);
  self->first_us = -1;
  self->completed_us = -1;
  self->passed_us = -1;
  self->waived_us = -1;
  self->scored_us = -1;
  self->score = -1;
  self->sittings = g_ptr_array_new_with_free_func (sitting_free);

  return self;
}

/**
 * belay_attempt_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayAttempt *
belay_attempt_copy (const BelayAttempt *self)
{
  BelayAttempt *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->registration = g_strdup (self->registration);
  copy->scored_id = g_strdup (self->scored_id);
  copy->sittings = g_ptr_array_new_with_free_func (sitting_free);
  for (guint i = 0; i < self->sittings->len; i++)
    {
      const BelaySitting *sitting = g_ptr_array_index (self->sittings, i);

      belay_attempt_add_sitting (copy, sitting->id, sitting->seconds);
    }

  return copy;
}

void
belay_attempt_free (BelayAttempt *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->registration);
  g_free (self->scored_id);
  g_ptr_array_unref (self->sittings);
  g_free (self);
}

static void
keep_earliest (gint64 *time_us,
               gint64 heard_us)
{
  if (*time_us < 0 || heard_us < *time_us)
    *time_us = heard_us;
}

/* Scores of single questions and of progress are the content's own affair. */
static gboolean
is_score_of_activity (const BelayLearningFact *fact)
{
  return fact->score >= 0
         && (fact->kind == BELAY_FACT_COMPLETED || fact->kind == BELAY_FACT_PASSED || fact->kind == BELAY_FACT_FAILED);
}

static void
absorb_score (BelayAttempt *self,
              const BelayLearningFact *fact)
{
  if (fact->time_us < self->scored_us)
    return;
  if (fact->time_us == self->scored_us && g_strcmp0 (fact->id, self->scored_id) <= 0)
    return;

  self->scored_us = fact->time_us;
  g_set_str (&self->scored_id, fact->id);
  self->score = MIN (fact->score, BELAY_ALL);
}

/* The content judges, by the mastery score it was launched with; a pass below it is none. */
static gboolean
is_believable_pass (const BelayLearningFact *fact,
                    gint64 mastery)
{
  gint64 needed = fact->mastery >= 0 ? fact->mastery : mastery;

  if (fact->success == 0)
    return FALSE;

  return fact->score < 0 || needed < 0 || fact->score >= needed;
}

/**
 * belay_attempt_absorb:
 * @fact: a fact about this attempt; its id must be set
 * @mastery: the activity's mastery score in basis points, or -1: used where @fact does not say by
 *   which it was judged
 *
 * Adds what @fact tells. Absorbing it again changes nothing.
 */
void
belay_attempt_absorb (BelayAttempt *self,
                      const BelayLearningFact *fact,
                      gint64 mastery)
{
  gint64 time_us;

  g_return_if_fail (self != NULL);
  g_return_if_fail (fact != NULL);
  g_return_if_fail (fact->id != NULL);

  /* -1 stands for never, and nobody studied before 1970 */
  time_us = MAX (fact->time_us, 0);
  keep_earliest (&self->first_us, time_us);
  if (fact->kind == BELAY_FACT_COMPLETED && fact->completion != 0)
    keep_earliest (&self->completed_us, time_us);
  if (fact->kind == BELAY_FACT_PASSED && is_believable_pass (fact, mastery))
    keep_earliest (&self->passed_us, time_us);
  if (fact->kind == BELAY_FACT_WAIVED)
    keep_earliest (&self->waived_us, time_us);
  if (is_score_of_activity (fact))
    absorb_score (self, fact);
  /* Only the end of a session tells its length; other durations lie within it (cmi5 §9.5.4). */
  if (fact->seconds >= 0 && (fact->kind == BELAY_FACT_TERMINATED || fact->kind == BELAY_FACT_ABANDONED))
    belay_attempt_add_sitting (self, fact->id, fact->seconds);
}

/**
 * belay_attempt_add_sitting:
 * @id: the UUID of the statement that told of it
 * @seconds: how long it was, not negative
 *
 * Adds a sitting, unless one with this id is there already.
 */
void
belay_attempt_add_sitting (BelayAttempt *self,
                           const char *id,
                           gint64 seconds)
{
  BelaySitting *sitting;
  guint place;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);
  g_return_if_fail (seconds >= 0);

  for (place = 0; place < self->sittings->len; place++)
    {
      const BelaySitting *there = g_ptr_array_index (self->sittings, place);
      int order = strcmp (there->id, id);

      if (order == 0)
        return;
      if (order > 0)
        break;
    }

  sitting = g_new0 (BelaySitting, 1);
  sitting->id = g_strdup (id);
  sitting->seconds = seconds;
  g_ptr_array_insert (self->sittings, (int) place, sitting);
}

/**
 * belay_attempt_get_seconds:
 *
 * Returns: how long was studied in this attempt
 */
gint64
belay_attempt_get_seconds (const BelayAttempt *self)
{
  gint64 seconds = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->sittings->len; i++)
    seconds += ((const BelaySitting *) g_ptr_array_index (self->sittings, i))->seconds;

  return seconds;
}

/**
 * belay_attempt_compare_scored:
 *
 * Orders attempts by when they were last scored. Never equal for two different attempts, so that
 * everyone agrees on which was the last.
 *
 * Returns: below, at or above 0, as strcmp() does
 */
int
belay_attempt_compare_scored (const BelayAttempt *self,
                              const BelayAttempt *other)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (other != NULL, 0);

  if (self->scored_us != other->scored_us)
    return self->scored_us < other->scored_us ? -1 : 1;

  return strcmp (self->registration, other->registration);
}
