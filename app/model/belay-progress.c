/* belay-progress.c: how far someone is in one module, folded from learning facts
 *
 * The fold takes facts in any order, and the same one as often as it likes to come, and always
 * arrives at the same result. What was earned under one version of a programme stays earned under
 * the next: a judgement only ever adds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-progress.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (BelayModuleProgress, belay_module_progress, belay_module_progress_copy, belay_module_progress_free)

/**
 * belay_module_progress_new:
 * @module_id: the module's UUID
 *
 * Returns: (transfer full): nothing done yet
 */
BelayModuleProgress *
belay_module_progress_new (const char *module_id)
{
  BelayModuleProgress *self;

  g_return_val_if_fail (module_id != NULL, NULL);

  self = g_new0 (BelayModuleProgress, 1);
  self->module_id = g_strdup (module_id);
  self->completed_us = -1;
  self->last_us = -1;
  self->score = -1;
  self->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_activity_progress_free);

  return self;
}

static BelayModuleProgress *
copy_with (const BelayModuleProgress *self,
           BelayActivityProgress *(*copy_activity) (const BelayActivityProgress *))
{
  BelayModuleProgress *copy = g_memdup2 (self, sizeof *self);

  copy->module_id = g_strdup (self->module_id);
  copy->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_activity_progress_free);
  for (guint i = 0; i < self->activities->len; i++)
    g_ptr_array_add (copy->activities, copy_activity (g_ptr_array_index (self->activities, i)));

  return copy;
}

/**
 * belay_module_progress_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayModuleProgress *
belay_module_progress_copy (const BelayModuleProgress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return copy_with (self, belay_activity_progress_copy);
}

void
belay_module_progress_free (BelayModuleProgress *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->module_id);
  g_ptr_array_unref (self->activities);
  g_free (self);
}

/**
 * belay_module_progress_find:
 * @activity_id: a UUID
 *
 * Returns: (transfer none) (nullable): how far the activity is, or %NULL where nothing was heard of it
 */
BelayActivityProgress *
belay_module_progress_find (const BelayModuleProgress *self,
                            const char *activity_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (activity_id != NULL, NULL);

  for (guint i = 0; i < self->activities->len; i++)
    {
      BelayActivityProgress *activity = g_ptr_array_index (self->activities, i);

      if (strcmp (activity->activity_id, activity_id) == 0)
        return activity;
    }

  return NULL;
}

/**
 * belay_module_progress_get_activity:
 * @activity_id: a UUID
 *
 * Returns: (transfer none): how far the activity is, begun now where nothing was heard of it
 */
BelayActivityProgress *
belay_module_progress_get_activity (BelayModuleProgress *self,
                                    const char *activity_id)
{
  BelayActivityProgress *activity;
  guint place;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (activity_id != NULL, NULL);

  for (place = 0; place < self->activities->len; place++)
    {
      int order;

      activity = g_ptr_array_index (self->activities, place);
      order = strcmp (activity->activity_id, activity_id);
      if (order == 0)
        return activity;
      if (order > 0)
        break;
    }

  activity = belay_activity_progress_new (activity_id);
  g_ptr_array_insert (self->activities, (int) place, activity);

  return activity;
}

/* What one activity counts for. Where an author gave no weights, all count alike. */
typedef struct
{
  gboolean required_only; /* where nothing is required, everything counts */
  gboolean has_weights;
} Weighing;

static gboolean
counts (const BelayActivity *activity,
        const Weighing *weighing)
{
  return activity->required || !weighing->required_only;
}

static gint64
weigh (const BelayActivity *activity,
       const Weighing *weighing)
{
  return weighing->has_weights ? activity->weight : 1;
}

static Weighing
find_weighing (const BelayModule *module)
{
  Weighing weighing = { FALSE, FALSE };

  for (guint i = 0; i < module->activities->len; i++)
    weighing.required_only |= ((const BelayActivity *) g_ptr_array_index (module->activities, i))->required;
  for (guint i = 0; i < module->activities->len; i++)
    {
      const BelayActivity *activity = g_ptr_array_index (module->activities, i);

      weighing.has_weights |= counts (activity, &weighing) && activity->weight > 0;
    }

  return weighing;
}

/* The share that is satisfied in basis points, rounded down. @completed_us is when the last of what
 * counts was satisfied, where all is. */
static gint64
work_out_completion (const BelayModuleProgress *self,
                     const BelayModule *module,
                     gint64 *completed_us)
{
  Weighing weighing = find_weighing (module);
  gint64 total = 0;
  gint64 satisfied = 0;
  gboolean is_all = module->activities->len > 0;

  *completed_us = -1;
  for (guint i = 0; i < module->activities->len; i++)
    {
      const BelayActivity *activity = g_ptr_array_index (module->activities, i);
      const BelayActivityProgress *progress = belay_module_progress_find (self, activity->id);

      if (!counts (activity, &weighing))
        continue;
      total += weigh (activity, &weighing);
      if (progress == NULL || !progress->satisfied)
        {
          is_all = FALSE;
          continue;
        }
      satisfied += weigh (activity, &weighing);
      *completed_us = MAX (*completed_us, progress->satisfied_us);
    }

  if (is_all)
    return BELAY_ALL;

  *completed_us = -1;
  /* what is missing may weigh nothing, but it is missing */
  return total > 0 ? MIN (satisfied * BELAY_ALL / total, BELAY_ALL - 1) : 0;
}

static gint64
work_out_score (const BelayModuleProgress *self,
                const BelayModule *module)
{
  Weighing weighing = find_weighing (module);
  gint64 total = 0;
  gint64 sum = 0;

  for (guint i = 0; i < module->activities->len; i++)
    {
      const BelayActivity *activity = g_ptr_array_index (module->activities, i);
      const BelayActivityProgress *progress = belay_module_progress_find (self, activity->id);

      if (progress == NULL || progress->score < 0 || !counts (activity, &weighing))
        continue;
      total += weigh (activity, &weighing);
      sum += weigh (activity, &weighing) * progress->score;
    }

  return total > 0 ? sum / total : -1;
}

static void
raise_completion (BelayModuleProgress *self,
                  const BelayModule *module)
{
  gint64 completed_us;
  gint64 completion = work_out_completion (self, module, &completed_us);

  self->completion = MAX (self->completion, completion);
  if (completed_us >= 0 && (self->completed_us < 0 || completed_us < self->completed_us))
    self->completed_us = completed_us;
}

static void
judge (BelayModuleProgress *self,
       const BelayModule *module,
       const BelayProgramme *programme)
{
  gboolean is_newest = programme->version >= self->version;

  self->seconds = 0;
  for (guint i = 0; i < self->activities->len; i++)
    {
      BelayActivityProgress *progress = g_ptr_array_index (self->activities, i);
      const BelayActivity *activity = belay_module_find_activity (module, progress->activity_id);

      belay_activity_progress_count (progress);
      self->seconds += progress->seconds;
      if (is_newest)
        belay_activity_progress_score (progress, programme->scoring);
      if (activity != NULL)
        belay_activity_progress_judge (progress, activity->move_on);
    }

  raise_completion (self, module);
  if (is_newest)
    {
      self->score = work_out_score (self, module);
      self->version = programme->version;
    }
}

/**
 * belay_module_progress_judge:
 * @module: the module as @programme has it; the ids of its activities must be set
 * @programme: any version of the programme
 *
 * Judges what is known by the rules of @programme: after a new version was applied, or by an older
 * version that someone still studied under. The best judgement counts: completion never falls, and
 * what was satisfied stays so. Scores are always those of the newest version seen.
 *
 * Returns: whether anything that is shown changed
 */
gboolean
belay_module_progress_judge (BelayModuleProgress *self,
                             const BelayModule *module,
                             const BelayProgramme *programme)
{
  g_autoptr (BelayModuleProgress) before = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (module != NULL, FALSE);
  g_return_val_if_fail (programme != NULL, FALSE);

  before = copy_with (self, belay_activity_progress_copy_shown);
  judge (self, module, programme);

  return !belay_module_progress_shows_same (before, self);
}

/**
 * belay_module_progress_fold:
 * @module: the module as @programme has it; the ids of its activities must be set
 * @programme: the newest version of the programme
 * @fact: a fact about an activity of the module, whether or not this version still has it; its id
 *   and activity id must be set
 *
 * Takes @fact in. @self then holds more than is shown, so it is to be saved even where this returns
 * %FALSE.
 *
 * Returns: whether anything that is shown changed
 */
gboolean
belay_module_progress_fold (BelayModuleProgress *self,
                            const BelayModule *module,
                            const BelayProgramme *programme,
                            const BelayLearningFact *fact)
{
  g_autoptr (BelayModuleProgress) before = NULL;
  const BelayActivity *activity;
  BelayActivityProgress *progress;
  BelayAttempt *attempt;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (module != NULL, FALSE);
  g_return_val_if_fail (programme != NULL, FALSE);
  g_return_val_if_fail (fact != NULL && fact->id != NULL && fact->activity_id != NULL, FALSE);

  before = copy_with (self, belay_activity_progress_copy_shown);
  activity = belay_module_find_activity (module, fact->activity_id);
  progress = belay_module_progress_get_activity (self, fact->activity_id);
  attempt = belay_activity_progress_get_attempt (progress, fact->registration != NULL ? fact->registration : "");
  belay_attempt_absorb (attempt, fact, activity != NULL ? activity->mastery : -1);
  self->last_us = MAX (self->last_us, fact->time_us);
  judge (self, module, programme);

  return !belay_module_progress_shows_same (before, self);
}

/**
 * belay_module_progress_is_complete:
 *
 * Returns: whether all that counts was satisfied
 */
gboolean
belay_module_progress_is_complete (const BelayModuleProgress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->completion >= BELAY_ALL;
}

/**
 * belay_module_progress_shows_same:
 *
 * Returns: whether the documents of the two would be the same
 */
gboolean
belay_module_progress_shows_same (const BelayModuleProgress *self,
                                  const BelayModuleProgress *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->version != other->version || self->completion != other->completion
      || self->completed_us != other->completed_us || self->seconds != other->seconds || self->last_us != other->last_us
      || self->score != other->score || self->activities->len != other->activities->len)
    return FALSE;

  for (guint i = 0; i < self->activities->len; i++)
    {
      if (!belay_activity_progress_shows_same (g_ptr_array_index (self->activities, i),
                                               g_ptr_array_index (other->activities, i)))
        return FALSE;
    }

  return TRUE;
}

static void
overlay_activity (BelayActivityProgress *shown,
                  const BelayActivityProgress *own,
                  BelayScoring scoring,
                  gboolean is_own_later)
{
  shown->satisfied |= own->satisfied;
  shown->completed |= own->completed;
  shown->passed |= own->passed;
  shown->attempt_count = MAX (shown->attempt_count, own->attempt_count);
  shown->seconds = MAX (shown->seconds, own->seconds);
  if (own->satisfied_us >= 0 && (shown->satisfied_us < 0 || own->satisfied_us < shown->satisfied_us))
    shown->satisfied_us = own->satisfied_us;
  if (shown->score < 0 || (scoring == BELAY_SCORING_BEST && own->score > shown->score)
      || (scoring != BELAY_SCORING_BEST && is_own_later && own->score >= 0))
    shown->score = own->score;
}

/**
 * belay_module_progress_overlay:
 * @server: (nullable): what the server last said
 * @own: what this laptop folded from the statements that were made on it
 * @module: the module as the laptop knows it
 * @programme: its programme
 *
 * Lays what this laptop knows over the server's word, which also holds what other laptops of the
 * person did. Where that makes a difference, the result is marked estimated.
 *
 * Returns: (transfer full): what to show; it has no attempts
 */
BelayModuleProgress *
belay_module_progress_overlay (const BelayModuleProgress *server,
                               const BelayModuleProgress *own,
                               const BelayModule *module,
                               const BelayProgramme *programme)
{
  g_autoptr (BelayModuleProgress) base = NULL;
  BelayModuleProgress *shown;
  gboolean is_own_later;

  g_return_val_if_fail (own != NULL, NULL);
  g_return_val_if_fail (module != NULL, NULL);
  g_return_val_if_fail (programme != NULL, NULL);

  base = server != NULL ? copy_with (server, belay_activity_progress_copy_shown)
                        : belay_module_progress_new (own->module_id);
  shown = copy_with (base, belay_activity_progress_copy_shown);
  is_own_later = own->last_us > base->last_us;
  for (guint i = 0; i < own->activities->len; i++)
    {
      const BelayActivityProgress *mine = g_ptr_array_index (own->activities, i);

      overlay_activity (belay_module_progress_get_activity (shown, mine->activity_id), mine, programme->scoring,
                        is_own_later);
    }

  shown->completion = MAX (shown->completion, own->completion);
  shown->completed_us = base->completed_us >= 0 ? base->completed_us : own->completed_us;
  raise_completion (shown, module);
  shown->seconds = MAX (shown->seconds, own->seconds);
  shown->last_us = MAX (shown->last_us, own->last_us);
  /* what the server has does not tell when each part was satisfied */
  if (shown->completion == BELAY_ALL && shown->completed_us < 0)
    shown->completed_us = shown->last_us;
  shown->score = work_out_score (shown, module);
  shown->estimated = !belay_module_progress_shows_same (base, shown);

  return shown;
}
