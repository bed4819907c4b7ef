/* belay-programme-file.c: the YAML in which an organiser writes a programme
 *
 * What the file may hold is said in data/docs/programme-file.md. Reading never stops at the first
 * fault; a programme is only returned where there was none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-programme-file.h"

#include "belay-authored-file.h"
#include "belay-text.h"

#define TERMS_MOST 100
#define WEEKS_MOST 200
#define MODULES_MOST 200
#define DAY_MOST 36600
#define MINUTES_MOST 6000
#define FALLBACK_LANGUAGE "en"

typedef struct
{
  BelayAuthoredFile *file;
  const char *language;  /* of texts that name none */
  GHashTable *term_keys; /* key to yaml_node_t, where it was first seen; so are those below */
  GHashTable *week_keys;
  GHashTable *module_keys;
  GHashTable *courses;
  guint weeks;           /* counted through the programme */
  const BelayTerm *term; /* that is being read, and the one ahead of it */
  gint64 last_due_day;
} Reading;

/* The key under @member, or %NULL; tells of one that another in @taken has. */
static char *
read_key (Reading *reading,
          yaml_node_t *map,
          const char *member,
          GHashTable *taken)
{
  yaml_node_t *node = belay_authored_file_need (reading->file, map, member);
  const yaml_node_t *first;
  const char *key;

  if (node == NULL)
    return NULL;
  key = belay_authored_file_get_text (reading->file, node);
  if (key == NULL)
    return NULL;
  if (!belay_text_is_key (key))
    {
      belay_authored_file_complain (reading->file, node, FALSE, "not-a-key",
                                    "“%s” is not a key: 1 to 64 of a–z, 0–9 and single dashes.", key);
      return NULL;
    }
  if (taken == NULL)
    return g_strdup (key);

  first = g_hash_table_lookup (taken, key);
  if (first != NULL)
    belay_authored_file_complain (reading->file, node, FALSE, "duplicate-key",
                                  "“%s” is the key of another in line %u; each needs one of its own.", key,
                                  (guint) first->start_mark.line + 1);
  else
    g_hash_table_insert (taken, (gpointer) key, node);

  return g_strdup (key);
}

static void
read_text (Reading *reading,
           yaml_node_t *map,
           const char *member,
           gboolean is_needed,
           BelayLanguageText *text)
{
  yaml_node_t *node = is_needed ? belay_authored_file_need (reading->file, map, member)
                                : belay_authored_file_find (reading->file, map, member);

  if (node != NULL)
    belay_authored_file_fill_language_text (reading->file, node, reading->language, text);
}

static void
read_day (Reading *reading,
          yaml_node_t *map,
          gint64 *day)
{
  yaml_node_t *node = belay_authored_file_find (reading->file, map, "due_day");

  if (node != NULL)
    belay_authored_file_get_number (reading->file, node, 0, DAY_MOST, day);
}

static void
read_requirements (Reading *reading,
                   yaml_node_t *map,
                   gint64 *completion)
{
  static const char *const members[] = { "completion", NULL };
  yaml_node_t *node = belay_authored_file_find (reading->file, map, "requirements");
  yaml_node_t *share;

  if (node == NULL || !belay_authored_file_check_map (reading->file, node, members))
    return;
  share = belay_authored_file_find (reading->file, node, "completion");
  if (share != NULL)
    belay_authored_file_get_share (reading->file, share, completion);
}

/* The list under @member, or %NULL; tells where it is none, or too short or too long. */
static yaml_node_t *
find_list (Reading *reading,
           yaml_node_t *map,
           const char *member,
           gboolean is_needed,
           guint most)
{
  yaml_node_t *node = is_needed ? belay_authored_file_need (reading->file, map, member)
                                : belay_authored_file_find (reading->file, map, member);

  if (node == NULL)
    return NULL;
  if (node->type != YAML_SEQUENCE_NODE)
    {
      belay_authored_file_complain (reading->file, node, FALSE, "wrong-type", "“%s” must be a list.", member);
      return NULL;
    }
  if (is_needed && belay_authored_file_count_items (node) == 0)
    belay_authored_file_complain (reading->file, node, FALSE, "empty-list", "“%s” needs at least one entry.", member);
  if (belay_authored_file_count_items (node) > most)
    {
      belay_authored_file_complain (reading->file, node, FALSE, "too-many", "“%s” has more than %u entries.", member,
                                    most);
      return NULL;
    }

  return node;
}

static void
read_course (Reading *reading,
             yaml_node_t *map,
             BelayModule *module)
{
  yaml_node_t *node = belay_authored_file_find (reading->file, map, "course");
  const yaml_node_t *first;

  module->course = read_key (reading, map, "course", NULL);
  if (module->course == NULL)
    return;

  first = g_hash_table_lookup (reading->courses, module->course);
  if (first != NULL)
    belay_authored_file_complain (reading->file, node, TRUE, "duplicate-course",
                                  "The course “%s” makes another module in line %u already.", module->course,
                                  (guint) first->start_mark.line + 1);
  else
    g_hash_table_insert (reading->courses, module->course, node);
}

static void
read_module_due (Reading *reading,
                 yaml_node_t *map,
                 BelayModule *module)
{
  read_day (reading, map, &module->due_day);
  if (module->due_day >= 0 && reading->term->due_day >= 0 && module->due_day > reading->term->due_day)
    belay_authored_file_complain (reading->file, belay_authored_file_find (reading->file, map, "due_day"), TRUE,
                                  "due-after-term",
                                  "The module is due on day %" G_GINT64_FORMAT ", after its term closes on day "
                                  "%" G_GINT64_FORMAT ".",
                                  module->due_day, reading->term->due_day);
}

static void
read_module (Reading *reading,
             yaml_node_t *map,
             BelayWeek *week)
{
  static const char *const members[] = { "key", "title", "summary", "minutes", "course", "due_day", "required", NULL };
  BelayModule *module;
  yaml_node_t *node;
  gint64 minutes = 0;

  if (!belay_authored_file_check_map (reading->file, map, members))
    return;

  module = belay_module_new ();
  g_ptr_array_add (week->modules, module);
  module->key = read_key (reading, map, "key", reading->module_keys);
  read_text (reading, map, "title", TRUE, module->title);
  read_text (reading, map, "summary", FALSE, module->summary);
  node = belay_authored_file_need (reading->file, map, "minutes");
  if (node != NULL)
    belay_authored_file_get_number (reading->file, node, 1, MINUTES_MOST, &minutes);
  module->seconds = minutes * 60;
  read_course (reading, map, module);
  read_module_due (reading, map, module);
  node = belay_authored_file_find (reading->file, map, "required");
  if (node != NULL)
    belay_authored_file_get_boolean (reading->file, node, &module->required);
}

static void
read_week (Reading *reading,
           yaml_node_t *map,
           BelayTerm *term)
{
  static const char *const members[] = { "key", "title", "story", "modules", NULL };
  BelayWeek *week;
  yaml_node_t *list;

  reading->weeks++;
  if (!belay_authored_file_check_map (reading->file, map, members))
    return;

  week = belay_week_new ();
  g_ptr_array_add (term->weeks, week);
  week->number = reading->weeks;
  week->key = read_key (reading, map, "key", reading->week_keys);
  read_text (reading, map, "title", TRUE, week->title);
  read_text (reading, map, "story", FALSE, week->story);
  list = find_list (reading, map, "modules", FALSE, MODULES_MOST);
  for (guint i = 0; list != NULL && i < belay_authored_file_count_items (list); i++)
    read_module (reading, belay_authored_file_get_item (reading->file, list, i), week);
}

static void
read_term_due (Reading *reading,
               yaml_node_t *map,
               BelayTerm *term)
{
  read_day (reading, map, &term->due_day);
  if (term->due_day < 0)
    return;
  if (term->due_day <= reading->last_due_day)
    belay_authored_file_complain (reading->file, belay_authored_file_find (reading->file, map, "due_day"), FALSE,
                                  "due-before",
                                  "The term closes on day %" G_GINT64_FORMAT ", but the one ahead of it on day "
                                  "%" G_GINT64_FORMAT ".",
                                  term->due_day, reading->last_due_day);
  reading->last_due_day = MAX (reading->last_due_day, term->due_day);
}

static void
read_term (Reading *reading,
           yaml_node_t *map,
           BelayProgramme *programme)
{
  static const char *const members[] = { "key", "title", "summary", "due_day", "requirements", "weeks", NULL };
  BelayTerm *term;
  yaml_node_t *list;

  if (!belay_authored_file_check_map (reading->file, map, members))
    return;

  term = belay_term_new ();
  g_ptr_array_add (programme->terms, term);
  reading->term = term;
  term->key = read_key (reading, map, "key", reading->term_keys);
  read_text (reading, map, "title", TRUE, term->title);
  read_text (reading, map, "summary", FALSE, term->summary);
  read_term_due (reading, map, term);
  read_requirements (reading, map, &term->completion_required);
  list = find_list (reading, map, "weeks", TRUE, WEEKS_MOST);
  for (guint i = 0; list != NULL && i < belay_authored_file_count_items (list); i++)
    read_week (reading, belay_authored_file_get_item (reading->file, list, i), term);
}

static void
read_language (Reading *reading,
               yaml_node_t *map)
{
  yaml_node_t *node = belay_authored_file_find (reading->file, map, "language");
  const char *text = node != NULL ? belay_authored_file_get_text (reading->file, node) : NULL;

  if (text == NULL)
    return;
  if (belay_authored_file_is_language (text))
    reading->language = text;
  else
    belay_authored_file_complain (reading->file, node, FALSE, "not-a-language",
                                  "“%s” is not a language tag such as “en” or “pt-BR”.", text);
}

static void
read_scoring (Reading *reading,
              yaml_node_t *map,
              BelayProgramme *programme)
{
  yaml_node_t *node = belay_authored_file_find (reading->file, map, "scoring");
  const char *text = node != NULL ? belay_authored_file_get_text (reading->file, node) : NULL;

  if (text != NULL && !belay_scoring_from_string (text, &programme->scoring))
    belay_authored_file_complain (reading->file, node, FALSE, "not-a-scoring",
                                  "“%s” is not a way of scoring: best, last or mean.", text);
}

static void
read_programme (Reading *reading,
                yaml_node_t *map,
                BelayProgramme *programme)
{
  static const char *const members[] = { "programme", "language",     "title", "summary",
                                         "scoring",   "requirements", "terms", NULL };
  yaml_node_t *list;

  if (!belay_authored_file_check_map (reading->file, map, members))
    return;

  read_language (reading, map);
  programme->key = read_key (reading, map, "programme", NULL);
  read_text (reading, map, "title", TRUE, programme->title);
  read_text (reading, map, "summary", FALSE, programme->summary);
  read_scoring (reading, map, programme);
  read_requirements (reading, map, &programme->completion_required);
  list = find_list (reading, map, "terms", TRUE, TERMS_MOST);
  for (guint i = 0; list != NULL && i < belay_authored_file_count_items (list); i++)
    read_term (reading, belay_authored_file_get_item (reading->file, list, i), programme);
}

/**
 * belay_programme_file_read:
 * @bytes: the file
 * @problems: (element-type BelayFileProblem): where everything that is wrong or worth knowing is
 *   added; made with belay_file_problem_free() as its free function
 *
 * Reads a programme as its organiser wrote it. Its ids are not derived, its version is 0, and its
 * modules have no activities yet: those come from the imported courses.
 *
 * Returns: (transfer full) (nullable): the programme, or %NULL where a problem is more than a warning
 */
BelayProgramme *
belay_programme_file_read (GBytes *bytes,
                           GPtrArray *problems)
{
  g_autoptr (BelayAuthoredFile) file = NULL;
  g_autoptr (BelayProgramme) programme = NULL;
  g_autoptr (GHashTable) term_keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) week_keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) module_keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) courses = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  file = belay_authored_file_new (bytes, problems);
  programme = belay_programme_new ();
  reading = (Reading) {
    .file = file,
    .language = FALLBACK_LANGUAGE,
    .term_keys = term_keys,
    .week_keys = week_keys,
    .module_keys = module_keys,
    .courses = courses,
    .last_due_day = -1,
  };
  if (belay_authored_file_get_root (file) != NULL)
    read_programme (&reading, belay_authored_file_get_root (file), programme);
  else if (problems->len == 0)
    belay_authored_file_complain (file, NULL, FALSE, "not-yaml", "The file is empty.");

  return belay_file_problems_has_error (problems) ? NULL : g_steal_pointer (&programme);
}
