/* belay-module.c: modules and the activities they are made of
 *
 * Plain values: whoever holds one may set its members. What an author wrote comes from the
 * programme file; activities, manifest and bytes come from the imported course package.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-module.h"

G_DEFINE_BOXED_TYPE (BelayActivity, belay_activity, belay_activity_copy, belay_activity_free)
G_DEFINE_BOXED_TYPE (BelayModule, belay_module, belay_module_copy, belay_module_free)

static const char *const kind_names[] = {
  [BELAY_ACTIVITY_PAGE] = "page",
  [BELAY_ACTIVITY_QUIZ] = "quiz",
  [BELAY_ACTIVITY_VIDEO] = "video",
  [BELAY_ACTIVITY_CMI5] = "cmi5",
};

/**
 * belay_activity_kind_to_string:
 *
 * Returns: (transfer none): the name that manifests and documents use
 */
const char *
belay_activity_kind_to_string (BelayActivityKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * belay_activity_kind_from_string:
 * @text: (nullable): a name
 * @kind: (out): what it means; untouched where it means nothing
 *
 * Returns: whether @text is the name of a kind
 */
gboolean
belay_activity_kind_from_string (const char *text,
                                 BelayActivityKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_strcmp0 (kind_names[i], text) == 0)
        {
          *kind = (BelayActivityKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * belay_activity_new:
 *
 * Returns: (transfer full): a required activity with no name, no mastery score and no weight
 */
BelayActivity *
belay_activity_new (void)
{
  BelayActivity *self = g_new0 (BelayActivity, 1);

  self->title = belay_language_text_new ();
  self->move_on = BELAY_MOVE_ON_COMPLETED;
  self->mastery = -1;
  self->required = TRUE;

  return self;
}

/**
 * belay_activity_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayActivity *
belay_activity_copy (const BelayActivity *self)
{
  BelayActivity *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->key = g_strdup (self->key);
  copy->title = belay_language_text_copy (self->title);

  return copy;
}

void
belay_activity_free (BelayActivity *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->key);
  belay_language_text_free (self->title);
  g_free (self);
}

/**
 * belay_module_new:
 *
 * Returns: (transfer full): a required module without a deadline and with nothing in it
 */
BelayModule *
belay_module_new (void)
{
  BelayModule *self = g_new0 (BelayModule, 1);

  self->title = belay_language_text_new ();
  self->summary = belay_language_text_new ();
  self->required = TRUE;
  self->due_day = -1;
  self->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_activity_free);

  return self;
}

/**
 * belay_module_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayModule *
belay_module_copy (const BelayModule *self)
{
  BelayModule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->key = g_strdup (self->key);
  copy->title = belay_language_text_copy (self->title);
  copy->summary = belay_language_text_copy (self->summary);
  copy->course = g_strdup (self->course);
  copy->manifest = g_strdup (self->manifest);
  copy->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_activity_free);
  for (guint i = 0; i < self->activities->len; i++)
    g_ptr_array_add (copy->activities, belay_activity_copy (g_ptr_array_index (self->activities, i)));

  return copy;
}

void
belay_module_free (BelayModule *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->key);
  belay_language_text_free (self->title);
  belay_language_text_free (self->summary);
  g_free (self->course);
  g_free (self->manifest);
  g_ptr_array_unref (self->activities);
  g_free (self);
}

/**
 * belay_module_find_activity:
 * @activity_id: a UUID
 *
 * Returns: (transfer none) (nullable): the activity of this module that has the id
 */
BelayActivity *
belay_module_find_activity (const BelayModule *self,
                            const char *activity_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (activity_id != NULL, NULL);

  for (guint i = 0; i < self->activities->len; i++)
    {
      BelayActivity *activity = g_ptr_array_index (self->activities, i);

      if (g_strcmp0 (activity->id, activity_id) == 0)
        return activity;
    }

  return NULL;
}
