/* belay-launch-satisfy.c: which blocks, and whether the course, a registration has satisfied
 *
 * Asks the record store, on the database thread, in the transaction of what was just said; so a course is satisfied
 * together with what satisfied it, or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-satisfy.h"

#include "belay-launch-history.h"

typedef struct
{
  BelayLaunchSession *session;
  BelayXapiStorage *storage;
  BelayClock *clock;
} Inquiry;

static gboolean
was_said (const Inquiry *inquiry,
          BelayCmi5Verb verb,
          const char *object,
          gboolean *said,
          GError **error)
{
  return belay_launch_history_was_said (inquiry->session, inquiry->storage, inquiry->clock, verb, object, said, error);
}

static gboolean
fits (BelayMoveOn move_on,
      gboolean is_completed,
      gboolean is_passed)
{
  switch (move_on)
    {
    case BELAY_MOVE_ON_PASSED:
      return is_passed;
    case BELAY_MOVE_ON_COMPLETED:
      return is_completed;
    case BELAY_MOVE_ON_COMPLETED_AND_PASSED:
      return is_completed && is_passed;
    case BELAY_MOVE_ON_COMPLETED_OR_PASSED:
      return is_completed || is_passed;
    case BELAY_MOVE_ON_NOT_APPLICABLE:
    default:
      return TRUE;
    }
}

/* cmi5 13.1.4 moveOn; a waiver meets every rule (9.3.9) */
static gboolean
has_moved_on (const Inquiry *inquiry,
              const BelayLaunchGoalUnit *unit,
              gboolean *moved_on,
              GError **error)
{
  gboolean is_completed = FALSE;
  gboolean is_passed = FALSE;

  *moved_on = unit->move_on == BELAY_MOVE_ON_NOT_APPLICABLE;
  if (*moved_on)
    return TRUE;
  if (!was_said (inquiry, BELAY_CMI5_COMPLETED, unit->activity, &is_completed, error)
      || !was_said (inquiry, BELAY_CMI5_PASSED, unit->activity, &is_passed, error))
    return FALSE;

  *moved_on = fits (unit->move_on, is_completed, is_passed);

  return *moved_on || was_said (inquiry, BELAY_CMI5_WAIVED, unit->activity, moved_on, error);
}

/* Whether all of @goal has moved on, and it was not said yet */
static gboolean
is_new (const Inquiry *inquiry,
        const BelayLaunchGoal *goal,
        gboolean *is_satisfied,
        GError **error)
{
  gboolean was_told = FALSE;

  *is_satisfied = goal->units->len > 0;
  for (guint i = 0; i < goal->units->len && *is_satisfied; i++)
    if (!has_moved_on (inquiry, g_ptr_array_index (goal->units, i), is_satisfied, error))
      return FALSE;
  if (!*is_satisfied)
    return TRUE;
  if (!was_said (inquiry, BELAY_CMI5_SATISFIED, goal->id, &was_told, error))
    return FALSE;
  *is_satisfied = !was_told;

  return TRUE;
}

/**
 * belay_launch_satisfy_list:
 *
 * Returns: (transfer container) (element-type BelayLaunchGoal): what @session's registration has satisfied and was not
 *   told yet, innermost first; %NULL with @error where that cannot be known
 */
GPtrArray *
belay_launch_satisfy_list (BelayLaunchSession *session,
                           BelayXapiStorage *storage,
                           BelayClock *clock,
                           GError **error)
{
  const Inquiry inquiry = { session, storage, clock };
  const BelayLaunchCourse *course;
  g_autoptr (GPtrArray) satisfied = g_ptr_array_new ();

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (storage != NULL, NULL);

  course = belay_launch_session_get_course (session);
  for (guint i = 0; i < course->goals->len; i++)
    {
      BelayLaunchGoal *goal = g_ptr_array_index (course->goals, i);
      gboolean is_satisfied;

      if (!is_new (&inquiry, goal, &is_satisfied, error))
        return NULL;
      if (is_satisfied)
        g_ptr_array_add (satisfied, goal);
    }

  return g_steal_pointer (&satisfied);
}
