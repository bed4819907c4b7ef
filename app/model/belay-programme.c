/* belay-programme.c: a learning path: terms of weeks of modules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-programme.h"

#include "belay-id.h"

G_DEFINE_BOXED_TYPE (BelayWeek, belay_week, belay_week_copy, belay_week_free)
G_DEFINE_BOXED_TYPE (BelayTerm, belay_term, belay_term_copy, belay_term_free)
G_DEFINE_BOXED_TYPE (BelayProgramme, belay_programme, belay_programme_copy, belay_programme_free)

/**
 * belay_week_new:
 *
 * Returns: (transfer full): a week without modules
 */
BelayWeek *
belay_week_new (void)
{
  BelayWeek *self = g_new0 (BelayWeek, 1);

  self->number = 1;
  self->title = belay_language_text_new ();
  self->story = belay_language_text_new ();
  self->modules = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_module_free);

  return self;
}

/**
 * belay_week_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayWeek *
belay_week_copy (const BelayWeek *self)
{
  BelayWeek *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->key = g_strdup (self->key);
  copy->title = belay_language_text_copy (self->title);
  copy->story = belay_language_text_copy (self->story);
  copy->modules = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_module_free);
  for (guint i = 0; i < self->modules->len; i++)
    g_ptr_array_add (copy->modules, belay_module_copy (g_ptr_array_index (self->modules, i)));

  return copy;
}

void
belay_week_free (BelayWeek *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->key);
  belay_language_text_free (self->title);
  belay_language_text_free (self->story);
  g_ptr_array_unref (self->modules);
  g_free (self);
}

/**
 * belay_term_new:
 *
 * Returns: (transfer full): a term without weeks or a deadline, of which everything is required
 */
BelayTerm *
belay_term_new (void)
{
  BelayTerm *self = g_new0 (BelayTerm, 1);

  self->title = belay_language_text_new ();
  self->summary = belay_language_text_new ();
  self->due_day = -1;
  self->completion_required = BELAY_ALL;
  self->weeks = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_week_free);

  return self;
}

/**
 * belay_term_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayTerm *
belay_term_copy (const BelayTerm *self)
{
  BelayTerm *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->key = g_strdup (self->key);
  copy->title = belay_language_text_copy (self->title);
  copy->summary = belay_language_text_copy (self->summary);
  copy->weeks = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_week_free);
  for (guint i = 0; i < self->weeks->len; i++)
    g_ptr_array_add (copy->weeks, belay_week_copy (g_ptr_array_index (self->weeks, i)));

  return copy;
}

void
belay_term_free (BelayTerm *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->key);
  belay_language_text_free (self->title);
  belay_language_text_free (self->summary);
  g_ptr_array_unref (self->weeks);
  g_free (self);
}

/**
 * belay_programme_new:
 *
 * Returns: (transfer full): a programme without terms, of which everything is required and the best
 *   attempt counts
 */
BelayProgramme *
belay_programme_new (void)
{
  BelayProgramme *self = g_new0 (BelayProgramme, 1);

  self->title = belay_language_text_new ();
  self->summary = belay_language_text_new ();
  self->scoring = BELAY_SCORING_BEST;
  self->completion_required = BELAY_ALL;
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_term_free);

  return self;
}

/**
 * belay_programme_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayProgramme *
belay_programme_copy (const BelayProgramme *self)
{
  BelayProgramme *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->key = g_strdup (self->key);
  copy->title = belay_language_text_copy (self->title);
  copy->summary = belay_language_text_copy (self->summary);
  copy->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_term_free);
  for (guint i = 0; i < self->terms->len; i++)
    g_ptr_array_add (copy->terms, belay_term_copy (g_ptr_array_index (self->terms, i)));

  return copy;
}

void
belay_programme_free (BelayProgramme *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->key);
  belay_language_text_free (self->title);
  belay_language_text_free (self->summary);
  g_ptr_array_unref (self->terms);
  g_free (self);
}

static char *
derive (const char *namespace_id,
        const char *kind,
        const char *key)
{
  g_autofree char *name = g_strconcat (kind, "/", key, NULL);

  return belay_id_derive (namespace_id, name);
}

static void
take_id (char **id,
         char *derived)
{
  g_free (*id);
  *id = derived;
}

/**
 * belay_module_derive_ids:
 * @programme_id: the UUID of the programme it is in
 *
 * Sets the ids of @self and of its activities from their keys, which must be set. To be called
 * again whenever activities were added, such as after a course was imported.
 */
void
belay_module_derive_ids (BelayModule *self,
                         const char *programme_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->key != NULL);
  g_return_if_fail (belay_id_is_valid (programme_id));

  take_id (&self->id, derive (programme_id, "module", self->key));
  for (guint i = 0; i < self->activities->len; i++)
    {
      BelayActivity *activity = g_ptr_array_index (self->activities, i);

      take_id (&activity->id, derive (self->id, "activity", activity->key));
    }
}

/**
 * belay_programme_derive_ids:
 * @organisation_id: the UUID of the organisation that runs it
 *
 * Sets the ids of @self and of everything in it from their keys, as protocol.md says. Keys are
 * unique by kind through the whole programme, so a module keeps its id when it moves to another week.
 */
void
belay_programme_derive_ids (BelayProgramme *self,
                            const char *organisation_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->key != NULL);
  g_return_if_fail (belay_id_is_valid (organisation_id));

  take_id (&self->id, derive (organisation_id, "programme", self->key));
  for (guint t = 0; t < self->terms->len; t++)
    {
      BelayTerm *term = g_ptr_array_index (self->terms, t);

      take_id (&term->id, derive (self->id, "term", term->key));
      for (guint w = 0; w < term->weeks->len; w++)
        {
          BelayWeek *week = g_ptr_array_index (term->weeks, w);

          take_id (&week->id, derive (self->id, "week", week->key));
          for (guint m = 0; m < week->modules->len; m++)
            belay_module_derive_ids (g_ptr_array_index (week->modules, m), self->id);
        }
    }
}

/**
 * belay_programme_list_modules:
 *
 * Returns: (transfer container) (element-type BelayModule): all modules in the order in which they
 *   are studied; they belong to @self
 */
GPtrArray *
belay_programme_list_modules (const BelayProgramme *self)
{
  GPtrArray *modules;

  g_return_val_if_fail (self != NULL, NULL);

  modules = g_ptr_array_new ();
  for (guint t = 0; t < self->terms->len; t++)
    {
      const BelayTerm *term = g_ptr_array_index (self->terms, t);

      for (guint w = 0; w < term->weeks->len; w++)
        {
          const BelayWeek *week = g_ptr_array_index (term->weeks, w);

          for (guint m = 0; m < week->modules->len; m++)
            g_ptr_array_add (modules, g_ptr_array_index (week->modules, m));
        }
    }

  return modules;
}

/**
 * belay_programme_find_module:
 * @module_id: a UUID
 *
 * Returns: (transfer none) (nullable): the module that has the id
 */
BelayModule *
belay_programme_find_module (const BelayProgramme *self,
                             const char *module_id)
{
  g_autoptr (GPtrArray) modules = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  modules = belay_programme_list_modules (self);
  for (guint i = 0; i < modules->len; i++)
    {
      BelayModule *module = g_ptr_array_index (modules, i);

      if (g_strcmp0 (module->id, module_id) == 0)
        return module;
    }

  return NULL;
}

/**
 * belay_programme_find_module_by_key:
 * @key: a permanent key
 *
 * Returns: (transfer none) (nullable): the module that has the key
 */
BelayModule *
belay_programme_find_module_by_key (const BelayProgramme *self,
                                    const char *key)
{
  g_autoptr (GPtrArray) modules = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  modules = belay_programme_list_modules (self);
  for (guint i = 0; i < modules->len; i++)
    {
      BelayModule *module = g_ptr_array_index (modules, i);

      if (g_strcmp0 (module->key, key) == 0)
        return module;
    }

  return NULL;
}

/**
 * belay_programme_find_activity:
 * @activity_id: a UUID
 * @module: (out) (optional) (nullable) (transfer none): the module it is in
 *
 * Returns: (transfer none) (nullable): the activity that has the id
 */
BelayActivity *
belay_programme_find_activity (const BelayProgramme *self,
                               const char *activity_id,
                               BelayModule **module)
{
  g_autoptr (GPtrArray) modules = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (activity_id != NULL, NULL);

  if (module != NULL)
    *module = NULL;

  modules = belay_programme_list_modules (self);
  for (guint i = 0; i < modules->len; i++)
    {
      BelayModule *candidate = g_ptr_array_index (modules, i);
      BelayActivity *activity = belay_module_find_activity (candidate, activity_id);

      if (activity == NULL)
        continue;
      if (module != NULL)
        *module = candidate;
      return activity;
    }

  return NULL;
}
