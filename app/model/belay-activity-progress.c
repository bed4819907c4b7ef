/* belay-activity-progress.c: how far someone is in one activity
 *
 * What was completed in one attempt and passed in another counts together: two laptops of one
 * person make two attempts, and neither may take away what the other earned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-activity-progress.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (BelayActivityProgress,
                     belay_activity_progress,
                     belay_activity_progress_copy,
                     belay_activity_progress_free)

/**
 * belay_activity_progress_new:
 * @activity_id: the activity's UUID
 *
 * Returns: (transfer full): nothing done yet
 */
BelayActivityProgress *
belay_activity_progress_new (const char *activity_id)
{
  BelayActivityProgress *self;

  g_return_val_if_fail (activity_id != NULL, NULL);

  self = g_new0 (BelayActivityProgress, 1);
  self->activity_id = g_strdup (activity_id);
  self->score = -1;
  self->satisfied_us = -1;
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_attempt_free);

  return self;
}

/**
 * belay_activity_progress_copy_shown:
 *
 * Returns: (transfer full): a copy of what is shown, without the attempts
 */
BelayActivityProgress *
belay_activity_progress_copy_shown (const BelayActivityProgress *self)
{
  BelayActivityProgress *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->activity_id = g_strdup (self->activity_id);
  copy->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_attempt_free);

  return copy;
}

/**
 * belay_activity_progress_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayActivityProgress *
belay_activity_progress_copy (const BelayActivityProgress *self)
{
  BelayActivityProgress *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = belay_activity_progress_copy_shown (self);
  for (guint i = 0; i < self->attempts->len; i++)
    g_ptr_array_add (copy->attempts, belay_attempt_copy (g_ptr_array_index (self->attempts, i)));

  return copy;
}

void
belay_activity_progress_free (BelayActivityProgress *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->activity_id);
  g_ptr_array_unref (self->attempts);
  g_free (self);
}

/**
 * belay_activity_progress_get_attempt:
 * @registration: the UUID of an attempt, or empty
 *
 * Returns: (transfer none): the attempt, begun now where it was not known
 */
BelayAttempt *
belay_activity_progress_get_attempt (BelayActivityProgress *self,
                                     const char *registration)
{
  BelayAttempt *attempt;
  guint place;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (registration != NULL, NULL);

  for (place = 0; place < self->attempts->len; place++)
    {
      int order;

      attempt = g_ptr_array_index (self->attempts, place);
      order = strcmp (attempt->registration, registration);
      if (order == 0)
        return attempt;
      if (order > 0)
        break;
    }

  attempt = belay_attempt_new (registration);
  g_ptr_array_insert (self->attempts, (int) place, attempt);

  return attempt;
}

/**
 * belay_activity_progress_count:
 *
 * Sums up the attempts into what is shown, but for the score. Does nothing where the attempts are
 * not known, since @self came from a document.
 */
void
belay_activity_progress_count (BelayActivityProgress *self)
{
  g_return_if_fail (self != NULL);

  if (self->attempts->len == 0)
    return;

  self->seconds = 0;
  self->attempt_count = self->attempts->len;
  for (guint i = 0; i < self->attempts->len; i++)
    {
      const BelayAttempt *attempt = g_ptr_array_index (self->attempts, i);

      self->completed |= attempt->completed_us >= 0;
      self->passed |= attempt->passed_us >= 0;
      self->seconds += belay_attempt_get_seconds (attempt);
    }
}

static gint64
best_score (const GPtrArray *attempts)
{
  gint64 best = -1;

  for (guint i = 0; i < attempts->len; i++)
    best = MAX (best, ((const BelayAttempt *) g_ptr_array_index (attempts, i))->score);

  return best;
}

static gint64
last_score (const GPtrArray *attempts)
{
  const BelayAttempt *last = NULL;

  for (guint i = 0; i < attempts->len; i++)
    {
      const BelayAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->score >= 0 && (last == NULL || belay_attempt_compare_scored (last, attempt) < 0))
        last = attempt;
    }

  return last != NULL ? last->score : -1;
}

static gint64
mean_score (const GPtrArray *attempts)
{
  gint64 sum = 0;
  gint64 scored = 0;

  for (guint i = 0; i < attempts->len; i++)
    {
      const BelayAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->score < 0)
        continue;
      sum += attempt->score;
      scored++;
    }

  return scored > 0 ? sum / scored : -1;
}

/**
 * belay_activity_progress_score:
 * @scoring: the programme's rule
 *
 * Works out the score from the attempts that have one. Does nothing where the attempts are not known.
 */
void
belay_activity_progress_score (BelayActivityProgress *self,
                               BelayScoring scoring)
{
  g_return_if_fail (self != NULL);

  if (self->attempts->len == 0)
    return;

  switch (scoring)
    {
    case BELAY_SCORING_LAST:
      self->score = last_score (self->attempts);
      break;
    case BELAY_SCORING_MEAN:
      self->score = mean_score (self->attempts);
      break;
    case BELAY_SCORING_BEST:
    default:
      self->score = best_score (self->attempts);
      break;
    }
}

typedef struct
{
  gint64 first_us;
  gint64 completed_us;
  gint64 passed_us;
  gint64 waived_us;
} Earliest;

static gint64
earlier (gint64 a_us,
         gint64 b_us)
{
  if (a_us < 0 || b_us < 0)
    return MAX (a_us, b_us);

  return MIN (a_us, b_us);
}

static gint64
both (gint64 a_us,
      gint64 b_us)
{
  return a_us < 0 || b_us < 0 ? -1 : MAX (a_us, b_us);
}

static Earliest
find_earliest (const GPtrArray *attempts)
{
  Earliest found = { -1, -1, -1, -1 };

  for (guint i = 0; i < attempts->len; i++)
    {
      const BelayAttempt *attempt = g_ptr_array_index (attempts, i);

      found.first_us = earlier (found.first_us, attempt->first_us);
      found.completed_us = earlier (found.completed_us, attempt->completed_us);
      found.passed_us = earlier (found.passed_us, attempt->passed_us);
      found.waived_us = earlier (found.waived_us, attempt->waived_us);
    }

  return found;
}

/* When the rule was first met, or -1. What asks for nothing is met by opening it: a module of which
 * nobody saw a page is not done. */
static gint64
met_us (const Earliest *earliest,
        BelayMoveOn move_on)
{
  switch (move_on)
    {
    case BELAY_MOVE_ON_PASSED:
      return earliest->passed_us;
    case BELAY_MOVE_ON_COMPLETED:
      return earliest->completed_us;
    case BELAY_MOVE_ON_COMPLETED_AND_PASSED:
      return both (earliest->completed_us, earliest->passed_us);
    case BELAY_MOVE_ON_COMPLETED_OR_PASSED:
      return earlier (earliest->completed_us, earliest->passed_us);
    case BELAY_MOVE_ON_NOT_APPLICABLE:
    default:
      return earliest->first_us;
    }
}

/**
 * belay_activity_progress_judge:
 * @move_on: the rule of some version of the programme
 *
 * Marks @self satisfied where the attempts meet @move_on, or were waived (cmi5 §9.3.7). It never
 * takes back what an earlier judgement gave.
 */
void
belay_activity_progress_judge (BelayActivityProgress *self,
                               BelayMoveOn move_on)
{
  Earliest earliest;
  gint64 when_us;

  g_return_if_fail (self != NULL);

  earliest = find_earliest (self->attempts);
  when_us = earlier (met_us (&earliest, move_on), earliest.waived_us);
  if (when_us < 0)
    return;

  self->satisfied = TRUE;
  self->satisfied_us = earlier (self->satisfied_us, when_us);
}

/**
 * belay_activity_progress_shows_same:
 *
 * Returns: whether a person would see no difference between the two
 */
gboolean
belay_activity_progress_shows_same (const BelayActivityProgress *self,
                                    const BelayActivityProgress *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return strcmp (self->activity_id, other->activity_id) == 0 && self->satisfied == other->satisfied
         && self->completed == other->completed && self->passed == other->passed && self->score == other->score
         && self->attempt_count == other->attempt_count && self->seconds == other->seconds;
}
