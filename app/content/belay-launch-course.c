/* belay-launch-course.c: the course and the blocks that a launched activity lies in
 *
 * Pure: it says which activities must have moved on for which block. The identifiers follow from the module's, so that
 * every launch and every laptop calls a block by the same one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-course.h"

#include "belay-id.h"

static void
unit_free (gpointer data)
{
  BelayLaunchGoalUnit *unit = data;

  g_free (unit->activity);
  g_free (unit);
}

static void
goal_free (gpointer data)
{
  BelayLaunchGoal *goal = data;

  g_free (goal->id);
  g_free (goal->publisher);
  g_ptr_array_unref (goal->units);
  g_free (goal);
}

/* @block: (nullable): the publisher's IRI; %NULL for the course, in which everything lies */
static gboolean
lies_in (const BelayManifestActivity *activity,
         const char *block)
{
  return block == NULL
         || (activity != NULL && activity->blocks != NULL
             && g_strv_contains ((const char *const *) activity->blocks, block));
}

static void
add_units (BelayLaunchGoal *goal,
           const BelayLaunchRequest *request,
           const char *block)
{
  for (gsize i = 0; i < request->unit_count; i++)
    {
      const BelayLaunchUnit *unit = &request->units[i];
      BelayLaunchGoalUnit *added;

      if (!lies_in (belay_manifest_find_activity (request->manifest, unit->activity_key), block))
        continue;
      added = g_new0 (BelayLaunchGoalUnit, 1);
      added->activity = g_strconcat ("urn:uuid:", unit->activity_id, NULL);
      added->move_on = unit->move_on;
      g_ptr_array_add (goal->units, added);
    }
}

static void
add_goal (BelayLaunchCourse *self,
          const BelayLaunchRequest *request,
          const char *block)
{
  g_autofree char *id = block != NULL ? belay_id_derive (request->course_id, block) : g_strdup (request->course_id);
  const char *publisher = block != NULL ? block : request->manifest->publisher_id;
  BelayLaunchGoal *goal = g_new0 (BelayLaunchGoal, 1);

  goal->id = g_strconcat ("urn:uuid:", id, NULL);
  goal->publisher = g_strdup (publisher != NULL ? publisher : goal->id);
  goal->is_course = block == NULL;
  goal->units = g_ptr_array_new_with_free_func (unit_free);
  add_units (goal, request, block);
  g_ptr_array_add (self->goals, goal);
}

/**
 * belay_launch_course_new:
 *
 * Returns: (transfer full): what the request's activity lies in; nothing where the request names no course
 */
BelayLaunchCourse *
belay_launch_course_new (const BelayLaunchRequest *request)
{
  BelayLaunchCourse *self;
  const BelayManifestActivity *activity;
  gsize count;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (request->manifest != NULL, NULL);

  self = g_new0 (BelayLaunchCourse, 1);
  self->goals = g_ptr_array_new_with_free_func (goal_free);
  if (request->course_id == NULL)
    return self;

  activity = belay_manifest_find_activity (request->manifest, request->activity_key);
  count = activity != NULL && activity->blocks != NULL ? g_strv_length (activity->blocks) : 0;
  for (gsize i = count; i > 0; i--)
    add_goal (self, request, activity->blocks[i - 1]);
  add_goal (self, request, NULL);

  return self;
}

void
belay_launch_course_free (BelayLaunchCourse *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->goals);
  g_free (self);
}
