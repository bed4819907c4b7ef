/* belay-programme-change.c: what one version of a programme changes of the one before
 *
 * Things are the same where their keys are, wherever they moved to. What takes part of a plan away
 * is told, so that an organiser applies it knowingly; what would hang people's progress on another
 * course is refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-programme-change.h"

#include <string.h>

static const char *const kind_names[] = {
  [BELAY_CHANGE_ADDED] = "added",     [BELAY_CHANGE_REMOVED] = "removed", [BELAY_CHANGE_MOVED] = "moved",
  [BELAY_CHANGE_TEXT] = "text",       [BELAY_CHANGE_RULE] = "rule",       [BELAY_CHANGE_DEADLINE] = "deadline",
  [BELAY_CHANGE_CONTENT] = "content",
};

/* A week or a module, and what it stands in */
typedef struct
{
  const BelayTerm *term;
  const BelayWeek *week;
  const BelayModule *module;
  char *path;
} Place;

/**
 * belay_change_kind_to_string:
 *
 * Returns: (transfer none): a name for it
 */
const char *
belay_change_kind_to_string (BelayChangeKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

void
belay_programme_change_free (BelayProgrammeChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_free (self->member);
  g_free (self);
}

static BelayProgrammeChange *
tell (GPtrArray *changes,
      BelayChangeKind kind,
      const char *path,
      const char *member)
{
  BelayProgrammeChange *change = g_new0 (BelayProgrammeChange, 1);

  change->kind = kind;
  change->path = g_strdup (path);
  change->member = g_strdup (member);
  g_ptr_array_add (changes, change);

  return change;
}

static gboolean
is_same_text (const BelayLanguageText *a,
              const BelayLanguageText *b)
{
  guint size = belay_language_text_get_size (a);

  if (size != belay_language_text_get_size (b))
    return FALSE;
  for (guint i = 0; i < size; i++)
    {
      const char *a_language;
      const char *b_language;
      const char *a_words = belay_language_text_get_nth (a, i, &a_language);
      const char *b_words = belay_language_text_get_nth (b, i, &b_language);

      if (g_strcmp0 (a_language, b_language) != 0 || g_strcmp0 (a_words, b_words) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
compare_text (GPtrArray *changes,
              const char *path,
              const char *member,
              const BelayLanguageText *from,
              const BelayLanguageText *to)
{
  if (!is_same_text (from, to))
    tell (changes, BELAY_CHANGE_TEXT, path, member);
}

static void
compare_number (GPtrArray *changes,
                BelayChangeKind kind,
                const char *path,
                const char *member,
                gint64 from,
                gint64 to)
{
  if (from != to)
    tell (changes, kind, path, member);
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->path);
  g_free (place);
}

static GHashTable *
new_places (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, place_free);
}

static void
put (GHashTable *places,
     const char *key,
     Place place)
{
  g_hash_table_insert (places, (gpointer) key, g_memdup2 (&place, sizeof place));
}

typedef struct
{
  GHashTable *terms; /* key to Place; so are the others */
  GHashTable *weeks;
  GHashTable *modules;
} Map;

static void
map_week (Map *map,
          const BelayTerm *term,
          const BelayWeek *week)
{
  put (map->weeks, week->key, (Place) { term, week, NULL, g_strdup_printf ("%s/%s", term->key, week->key) });
  for (guint m = 0; m < week->modules->len; m++)
    {
      const BelayModule *module = g_ptr_array_index (week->modules, m);

      put (map->modules, module->key,
           (Place) { term, week, module, g_strdup_printf ("%s/%s/%s", term->key, week->key, module->key) });
    }
}

static void
map_programme (Map *map,
               const BelayProgramme *programme)
{
  *map = (Map) { new_places (), new_places (), new_places () };
  for (guint t = 0; t < programme->terms->len; t++)
    {
      const BelayTerm *term = g_ptr_array_index (programme->terms, t);

      put (map->terms, term->key, (Place) { term, NULL, NULL, g_strdup (term->key) });
      for (guint w = 0; w < term->weeks->len; w++)
        map_week (map, term, g_ptr_array_index (term->weeks, w));
    }
}

static void
map_clear (Map *map)
{
  g_hash_table_unref (map->terms);
  g_hash_table_unref (map->weeks);
  g_hash_table_unref (map->modules);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (((const Place *) a)->path, ((const Place *) b)->path);
}

static GPtrArray *
list_places (GHashTable *places)
{
  GPtrArray *list = g_hash_table_get_values_as_ptr_array (places);

  g_ptr_array_sort_values (list, compare_paths);

  return list;
}

static void
compare_term (GPtrArray *changes,
              const Place *from,
              const Place *to)
{
  compare_text (changes, to->path, "title", from->term->title, to->term->title);
  compare_text (changes, to->path, "summary", from->term->summary, to->term->summary);
  compare_number (changes, BELAY_CHANGE_DEADLINE, to->path, "due_day", from->term->due_day, to->term->due_day);
  compare_number (changes, BELAY_CHANGE_RULE, to->path, "completion", from->term->completion_required,
                  to->term->completion_required);
}

static void
compare_week (GPtrArray *changes,
              const Place *from,
              const Place *to)
{
  if (g_strcmp0 (from->path, to->path) != 0)
    tell (changes, BELAY_CHANGE_MOVED, to->path, NULL);
  compare_text (changes, to->path, "title", from->week->title, to->week->title);
  compare_text (changes, to->path, "story", from->week->story, to->week->story);
}

static BelayActivity *
find_activity_by_key (const BelayModule *module,
                      const char *key)
{
  for (guint i = 0; i < module->activities->len; i++)
    {
      BelayActivity *activity = g_ptr_array_index (module->activities, i);

      if (g_strcmp0 (activity->key, key) == 0)
        return activity;
    }

  return NULL;
}

static void
compare_activity (GPtrArray *changes,
                  const char *path,
                  const BelayActivity *from,
                  const BelayActivity *to)
{
  compare_text (changes, path, "title", from->title, to->title);
  compare_number (changes, BELAY_CHANGE_RULE, path, "move_on", from->move_on, to->move_on);
  compare_number (changes, BELAY_CHANGE_RULE, path, "mastery", from->mastery, to->mastery);
  compare_number (changes, BELAY_CHANGE_RULE, path, "weight", from->weight, to->weight);
  compare_number (changes, BELAY_CHANGE_RULE, path, "required", from->required, to->required);
}

static void
compare_activities (GPtrArray *changes,
                    const Place *from,
                    const Place *to)
{
  /* straight from its file a programme has none yet: that is no change of any */
  if (to->module->activities->len == 0)
    return;

  for (guint i = 0; i < from->module->activities->len; i++)
    {
      const BelayActivity *before = g_ptr_array_index (from->module->activities, i);
      const BelayActivity *after = find_activity_by_key (to->module, before->key);
      g_autofree char *path = g_strdup_printf ("%s/%s", to->path, before->key);

      if (after == NULL)
        tell (changes, BELAY_CHANGE_REMOVED, path, NULL);
      else
        compare_activity (changes, path, before, after);
    }
  for (guint i = 0; i < to->module->activities->len; i++)
    {
      const BelayActivity *after = g_ptr_array_index (to->module->activities, i);
      g_autofree char *path = g_strdup_printf ("%s/%s", to->path, after->key);

      if (find_activity_by_key (from->module, after->key) == NULL)
        tell (changes, BELAY_CHANGE_ADDED, path, NULL);
    }
}

static void
compare_module (GPtrArray *changes,
                const Place *from,
                const Place *to)
{
  if (g_strcmp0 (from->path, to->path) != 0)
    tell (changes, BELAY_CHANGE_MOVED, to->path, NULL);
  compare_text (changes, to->path, "title", from->module->title, to->module->title);
  compare_text (changes, to->path, "summary", from->module->summary, to->module->summary);
  compare_number (changes, BELAY_CHANGE_RULE, to->path, "minutes", from->module->seconds, to->module->seconds);
  compare_number (changes, BELAY_CHANGE_RULE, to->path, "required", from->module->required, to->module->required);
  compare_number (changes, BELAY_CHANGE_DEADLINE, to->path, "due_day", from->module->due_day, to->module->due_day);
  /* the ids of activities derive from the module: another course would inherit their progress */
  if (g_strcmp0 (from->module->course, to->module->course) != 0)
    tell (changes, BELAY_CHANGE_CONTENT, to->path, "course")->refused = TRUE;
  else if (g_strcmp0 (from->module->manifest, to->module->manifest) != 0)
    tell (changes, BELAY_CHANGE_CONTENT, to->path, "manifest");
  compare_activities (changes, from, to);
}

typedef void (*ComparePlaces) (GPtrArray *changes,
                               const Place *from,
                               const Place *to);

/* What is in one, or both, by path: so the report is the same at every run. */
static void
compare_places (GPtrArray *changes,
                GHashTable *from,
                GHashTable *to,
                ComparePlaces compare)
{
  g_autoptr (GPtrArray) before = list_places (from);
  g_autoptr (GPtrArray) after = list_places (to);

  for (guint i = 0; i < before->len; i++)
    {
      const Place *place = g_ptr_array_index (before, i);
      const char *key = strrchr (place->path, '/') != NULL ? strrchr (place->path, '/') + 1 : place->path;
      const Place *counterpart = g_hash_table_lookup (to, key);

      if (counterpart != NULL)
        compare (changes, place, counterpart);
      else
        tell (changes, BELAY_CHANGE_REMOVED, place->path, NULL);
    }
  for (guint i = 0; i < after->len; i++)
    {
      const Place *place = g_ptr_array_index (after, i);
      const char *key = strrchr (place->path, '/') != NULL ? strrchr (place->path, '/') + 1 : place->path;

      if (!g_hash_table_contains (from, key))
        tell (changes, BELAY_CHANGE_ADDED, place->path, NULL);
    }
}

/**
 * belay_programme_compare:
 * @from: the version that people are in
 * @to: the version that is to replace it; keys must be set in both, ids need not be
 *
 * Tells every difference, terms first, then weeks, then modules, each by their path.
 *
 * Returns: (transfer full) (element-type BelayProgrammeChange): the differences; empty where there is none
 */
GPtrArray *
belay_programme_compare (const BelayProgramme *from,
                         const BelayProgramme *to)
{
  GPtrArray *changes;
  Map before;
  Map after;

  g_return_val_if_fail (from != NULL, NULL);
  g_return_val_if_fail (to != NULL, NULL);

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_programme_change_free);
  if (g_strcmp0 (from->key, to->key) != 0)
    tell (changes, BELAY_CHANGE_CONTENT, "", "programme")->refused = TRUE;
  compare_text (changes, "", "title", from->title, to->title);
  compare_text (changes, "", "summary", from->summary, to->summary);
  compare_number (changes, BELAY_CHANGE_RULE, "", "scoring", from->scoring, to->scoring);
  compare_number (changes, BELAY_CHANGE_RULE, "", "completion", from->completion_required, to->completion_required);

  map_programme (&before, from);
  map_programme (&after, to);
  compare_places (changes, before.terms, after.terms, compare_term);
  compare_places (changes, before.weeks, after.weeks, compare_week);
  compare_places (changes, before.modules, after.modules, compare_module);
  map_clear (&before);
  map_clear (&after);

  return changes;
}

/**
 * belay_programme_changes_are_allowed:
 * @changes: (element-type BelayProgrammeChange): what belay_programme_compare() told
 *
 * Returns: whether none of them is refused
 */
gboolean
belay_programme_changes_are_allowed (GPtrArray *changes)
{
  g_return_val_if_fail (changes != NULL, FALSE);

  for (guint i = 0; i < changes->len; i++)
    {
      if (((const BelayProgrammeChange *) g_ptr_array_index (changes, i))->refused)
        return FALSE;
    }

  return TRUE;
}
