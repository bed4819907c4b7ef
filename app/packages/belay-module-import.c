/* belay-module-import.c: from a native module to a manifest and the pages it is played by
 *
 * A native module is Markdown, quizzes and films with a module.yaml that says what is what
 * (data/docs/module-file.md). What comes out is launched like any cmi5 unit, so the player knows one kind of content.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-module-import.h"

#include "belay-learning-page.h"
#include "belay-quiz-file.h"
#include "belay-text.h"
#include "belay-yaml.h"

#include <string.h>

#define MASTERY_USUAL 7000 /* basis points, of a quiz that names none */
#define ACTIVITIES_MOST 200
#define END                                                                                                            \
  "<div class=\"end\"><button id=\"finish\" class=\"suggested\" type=\"button\" hidden></button>"                      \
  "<p id=\"status\" role=\"status\"></p></div>\n"

typedef struct
{
  BelayPackageFiles *files;
  BelayManifest *manifest;
  BelayYaml *yaml;
  const char *language;
  GHashTable *sources; /* files that are read here and of which learners need no copy */
} Module;

static const char *
need_file (Module *module,
           yaml_node_t *node,
           const char *name)
{
  yaml_node_t *value = belay_yaml_need (module->yaml, node, name);
  const char *path = belay_yaml_text (module->yaml, value);

  if (path == NULL)
    return NULL;
  if (!belay_package_files_has (module->files, path))
    {
      belay_yaml_complain (module->yaml, value, "file-missing", "The module does not hold “%s”.", path);
      return NULL;
    }

  return path;
}

static char *
read_markdown (Module *module,
               const char *path)
{
  g_autoptr (GBytes) bytes = belay_package_files_read (module->files, path);

  if (bytes == NULL)
    return NULL;

  g_hash_table_add (module->sources, g_strdup (path));

  return belay_learning_page_markdown (module->files, path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
make_page (Module *module,
           yaml_node_t *node,
           const BelayManifestActivity *activity)
{
  static const char *const allowed[] = { "key", "kind", "title", "minutes", "file", NULL };
  const char *path;
  g_autofree char *html = NULL;

  belay_yaml_check_members (module->yaml, node, allowed);
  path = need_file (module, node, "file");
  html = path != NULL ? read_markdown (module, path) : NULL;

  return html != NULL ? g_strconcat (BELAY_LEARNING_PAGE_ARTICLE, html, "</article>\n" END, NULL) : NULL;
}

static char *
make_quiz (Module *module,
           yaml_node_t *node,
           const BelayManifestActivity *activity)
{
  static const char *const allowed[] = { "key", "kind", "title", "minutes", "file", "mastery", NULL };
  const char *path;
  g_autofree char *json = NULL;

  belay_yaml_check_members (module->yaml, node, allowed);
  path = need_file (module, node, "file");
  json = path != NULL ? belay_quiz_file_read (module->files, path) : NULL;
  if (json == NULL)
    return NULL;

  g_hash_table_add (module->sources, g_strdup (path));

  return g_strconcat ("<progress id=\"progress\" value=\"0\" max=\"1\" aria-labelledby=\"stage\"></progress>\n"
                      "<div id=\"stage\"></div>\n"
                      "<div class=\"end\"><p id=\"status\" role=\"status\"></p></div>\n"
                      "<script type=\"application/json\" id=\"quiz\">",
                      json, "</script>\n", NULL);
}

static void
append_attribute (GString *html,
                  const char *name,
                  const char *value)
{
  g_autofree char *safe = g_markup_escape_text (value, -1);

  g_string_append_printf (html, " %s=\"%s\"", name, safe);
}

static void
append_address (GString *html,
                const char *name,
                const char *path)
{
  g_autofree char *address = g_uri_escape_string (path, "/", TRUE);

  append_attribute (html, name, address);
}

static void
append_captions (Module *module,
                 yaml_node_t *node,
                 GString *html)
{
  static const char *const allowed[] = { "language", "label", "file", NULL };
  g_autoptr (GPtrArray) captions = belay_yaml_list (module->yaml, node, "captions");

  for (guint i = 0; i < captions->len; i++)
    {
      yaml_node_t *caption = g_ptr_array_index (captions, i);
      const char *language = belay_yaml_text (module->yaml, belay_yaml_need (module->yaml, caption, "language"));
      const char *label = belay_yaml_text (module->yaml, belay_yaml_find (module->yaml, caption, "label"));
      const char *path = need_file (module, caption, "file");

      belay_yaml_check_members (module->yaml, caption, allowed);
      if (language == NULL || path == NULL)
        continue;
      g_string_append (html, "<track kind=\"captions\"");
      append_attribute (html, "srclang", language);
      append_attribute (html, "label", label != NULL ? label : language);
      append_address (html, "src", path);
      g_string_append (html, ">\n");
    }
}

static char *
make_video (Module *module,
            yaml_node_t *node,
            const BelayManifestActivity *activity)
{
  static const char *const allowed[] = { "key",    "kind",     "title",      "minutes", "file",
                                         "poster", "captions", "transcript", NULL };
  g_autoptr (GString) html = g_string_new ("<video controls playsinline preload=\"metadata\"");
  const char *film;

  belay_yaml_check_members (module->yaml, node, allowed);
  film = need_file (module, node, "file");
  if (belay_yaml_find (module->yaml, node, "poster") != NULL)
    {
      const char *poster = need_file (module, node, "poster");

      if (poster != NULL)
        append_address (html, "poster", poster);
    }
  if (film != NULL)
    append_address (html, "src", film);
  g_string_append (html, ">\n");
  append_captions (module, node, html);
  g_string_append (html, "</video>\n");
  if (belay_yaml_find (module->yaml, node, "transcript") != NULL)
    {
      const char *path = need_file (module, node, "transcript");
      g_autofree char *transcript = path != NULL ? read_markdown (module, path) : NULL;

      g_string_append_printf (html, "<details>\n<summary></summary>\n%s</details>\n",
                              transcript != NULL ? transcript : "");
    }
  g_string_append (html, END);

  return film != NULL ? g_string_free (g_steal_pointer (&html), FALSE) : NULL;
}

static const struct
{
  const char *name;
  BelayActivityKind kind;
  BelayMoveOn move_on;
  const char *script;
  char *(*make) (Module *module, yaml_node_t *node, const BelayManifestActivity *activity);
} kinds[] = {
  { "page", BELAY_ACTIVITY_PAGE, BELAY_MOVE_ON_COMPLETED, "page.js", make_page },
  { "quiz", BELAY_ACTIVITY_QUIZ, BELAY_MOVE_ON_PASSED, "quiz.js", make_quiz },
  { "video", BELAY_ACTIVITY_VIDEO, BELAY_MOVE_ON_COMPLETED, "video.js", make_video },
};

static void
read_mastery (Module *module,
              yaml_node_t *node,
              BelayManifestActivity *activity)
{
  yaml_node_t *value = belay_yaml_find (module->yaml, node, "mastery");
  double percent = 0;

  activity->mastery = activity->kind == BELAY_ACTIVITY_QUIZ ? MASTERY_USUAL : -1;
  if (value == NULL || !belay_yaml_number (module->yaml, value, &percent))
    return;
  if (percent < 0 || percent > 100)
    belay_yaml_complain (module->yaml, value, "mastery-wrong", "“mastery” is a share in per cent, from 0 to 100.");
  else
    activity->mastery = (gint64) (percent * 100 + 0.5);
}

static void
read_common (Module *module,
             yaml_node_t *node,
             BelayManifestActivity *activity)
{
  yaml_node_t *key = belay_yaml_need (module->yaml, node, "key");
  yaml_node_t *minutes = belay_yaml_find (module->yaml, node, "minutes");
  double number = 0;

  activity->key = g_strdup (belay_yaml_text (module->yaml, key));
  if (key != NULL
      && (!belay_text_is_key (activity->key) || belay_manifest_find_activity (module->manifest, activity->key) != NULL))
    {
      belay_yaml_complain (module->yaml, key, "key-wrong",
                           "A key is made of a-z, 0-9 and single dashes, and no two activities have the same.");
      g_clear_pointer (&activity->key, g_free);
    }
  g_clear_pointer (&activity->title, belay_language_text_free);
  activity->title =
    belay_yaml_language_text (module->yaml, belay_yaml_need (module->yaml, node, "title"), module->language);
  if (minutes != NULL && belay_yaml_number (module->yaml, minutes, &number) && number >= 0 && number < 10000)
    activity->seconds = (gint64) (number * 60);
  activity->launch_method = g_strdup ("AnyWindow");
  activity->launch_parameters = g_strdup ("");
}

static gsize
find_kind (Module *module,
           yaml_node_t *node)
{
  yaml_node_t *value = belay_yaml_need (module->yaml, node, "kind");
  const char *name = belay_yaml_text (module->yaml, value);
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      return i;
  if (name != NULL)
    belay_yaml_complain (module->yaml, value, "kind-unknown", "An activity is a page, a quiz or a video, not “%s”.",
                         name);

  return i;
}

static gboolean
add_activity (Module *module,
              yaml_node_t *node,
              GError **error)
{
  g_autoptr (BelayManifestActivity) activity = belay_manifest_activity_new ();
  const char *const languages[] = { module->language, NULL };
  gsize kind = find_kind (module, node);
  g_autofree char *body = NULL;
  g_autoptr (GBytes) page = NULL;

  if (kind == G_N_ELEMENTS (kinds))
    return TRUE;

  activity->kind = kinds[kind].kind;
  activity->move_on = kinds[kind].move_on;
  read_common (module, node, activity);
  read_mastery (module, node, activity);
  body = kinds[kind].make (module, node, activity);
  if (body == NULL || activity->key == NULL)
    return TRUE;

  activity->entry = g_strconcat (activity->key, ".html", NULL);
  page = belay_learning_page_make (module->language, belay_language_text_get (activity->title, languages),
                                   kinds[kind].script, body);
  if (!belay_package_files_add_bytes (module->files, activity->entry, page, error))
    return FALSE;
  g_ptr_array_add (module->manifest->activities, g_steal_pointer (&activity));

  return TRUE;
}

static gboolean
read_module (Module *module,
             GError **error)
{
  static const char *const allowed[] = { "title", "language", "activities", NULL };
  yaml_node_t *root = belay_yaml_get_root (module->yaml);
  yaml_node_t *language = belay_yaml_find (module->yaml, root, "language");
  g_autoptr (GPtrArray) activities = NULL;

  belay_yaml_check_members (module->yaml, root, allowed);
  if (language != NULL && belay_yaml_text (module->yaml, language) != NULL)
    module->language = belay_yaml_text (module->yaml, language);
  g_clear_pointer (&module->manifest->title, belay_language_text_free);
  module->manifest->title =
    belay_yaml_language_text (module->yaml, belay_yaml_need (module->yaml, root, "title"), module->language);

  activities = belay_yaml_list (module->yaml, root, "activities");
  if (activities->len > ACTIVITIES_MOST)
    belay_yaml_complain (module->yaml, NULL, "too-many-activities", "A module has at most %d activities.",
                         ACTIVITIES_MOST);
  for (guint i = 0; i < MIN (activities->len, ACTIVITIES_MOST); i++)
    if (!add_activity (module, g_ptr_array_index (activities, i), error))
      return FALSE;

  return TRUE;
}

static GHashTable *
list_needed (Module *module)
{
  GHashTable *paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < belay_package_files_get_size (module->files); i++)
    {
      const char *path = belay_package_files_get_nth (module->files, i);

      if (!g_hash_table_contains (module->sources, path))
        g_hash_table_add (paths, g_strdup (path));
    }

  return paths;
}

/**
 * belay_module_import:
 * @files: the files of a package that has a module.yaml; receives the pages
 * @manifest: receives title and activities
 * @paths: (out) (transfer full) (element-type utf8 gpointer): the files that a learner needs
 *
 * Tells problems where something is wrong in what the author wrote.
 *
 * Returns: whether it went well or problems were told; else, where this machine failed, @error is set
 */
gboolean
belay_module_import (BelayPackageFiles *files,
                     BelayManifest *manifest,
                     GHashTable **paths,
                     GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BelayYaml) yaml = NULL;
  g_autoptr (GHashTable) sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  Module module = { files, manifest, NULL, "en", sources };

  g_return_val_if_fail (files != NULL, FALSE);
  g_return_val_if_fail (manifest != NULL, FALSE);
  g_return_val_if_fail (paths != NULL, FALSE);

  bytes = belay_package_files_read (files, BELAY_MODULE_FILE);
  yaml = bytes != NULL ? belay_yaml_read (bytes, BELAY_MODULE_FILE, belay_package_files_get_problems (files)) : NULL;
  if (yaml == NULL)
    return TRUE;

  module.yaml = yaml;
  g_hash_table_add (sources, g_strdup (BELAY_MODULE_FILE));
  if (!read_module (&module, &failure) || !belay_learning_page_add_runtime (files, &failure))
    {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  *paths = list_needed (&module);

  return TRUE;
}
