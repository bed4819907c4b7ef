/* belay-quiz-file.c: a quiz as its author writes it (YAML) becomes one as the page plays it (JSON)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-quiz-file.h"

#include "belay-learning-page.h"
#include "belay-text.h"
#include "belay-yaml.h"

#include <string.h>
#include <yyjson.h>

#define QUESTIONS_MOST 200

typedef struct
{
  BelayPackageFiles *files;
  const char *path;
  BelayYaml *yaml;
  yyjson_mut_doc *document;
  GHashTable *keys;
} Quiz;

/* @node's Markdown as HTML. A single paragraph loses its wrapping, so that labels stay on a line. */
static void
add_markdown (Quiz *quiz,
              yyjson_mut_val *object,
              const char *name,
              yaml_node_t *node)
{
  const char *markdown = belay_yaml_text (quiz->yaml, node);
  g_autofree char *html = NULL;

  if (markdown == NULL)
    return;

  html = belay_learning_page_markdown (quiz->files, quiz->path, markdown, strlen (markdown));
  yyjson_mut_obj_add_strcpy (quiz->document, object, name, g_strstrip (html));
}

static guint
add_choices (Quiz *quiz,
             yaml_node_t *question,
             yyjson_mut_val *object)
{
  static const char *const allowed[] = { "text", "correct", "feedback", NULL };
  g_autoptr (GPtrArray) choices = belay_yaml_list (quiz->yaml, question, "choices");
  yyjson_mut_val *list = yyjson_mut_obj_add_arr (quiz->document, object, "choices");
  guint correct = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      yaml_node_t *node = g_ptr_array_index (choices, i);
      yyjson_mut_val *choice = yyjson_mut_arr_add_obj (quiz->document, list);
      g_autofree char *key = g_strdup_printf ("%u", i + 1);
      gboolean is_correct = belay_yaml_boolean (quiz->yaml, belay_yaml_find (quiz->yaml, node, "correct"));

      belay_yaml_check_members (quiz->yaml, node, allowed);
      yyjson_mut_obj_add_strcpy (quiz->document, choice, "key", key);
      yyjson_mut_obj_add_bool (quiz->document, choice, "correct", is_correct);
      add_markdown (quiz, choice, "text", belay_yaml_need (quiz->yaml, node, "text"));
      add_markdown (quiz, choice, "feedback", belay_yaml_find (quiz->yaml, node, "feedback"));
      correct += is_correct;
    }

  return correct;
}

static void
add_single (Quiz *quiz,
            yaml_node_t *question,
            yyjson_mut_val *object)
{
  if (add_choices (quiz, question, object) != 1)
    belay_yaml_complain (quiz->yaml, question, "choices-wrong", "Exactly one of the choices must be correct.");
}

static void
add_multiple (Quiz *quiz,
              yaml_node_t *question,
              yyjson_mut_val *object)
{
  if (add_choices (quiz, question, object) == 0)
    belay_yaml_complain (quiz->yaml, question, "choices-wrong", "At least one of the choices must be correct.");
}

static void
add_number (Quiz *quiz,
            yaml_node_t *question,
            yyjson_mut_val *object)
{
  yaml_node_t *tolerance_node = belay_yaml_find (quiz->yaml, question, "tolerance");
  double answer = 0;
  double tolerance = 0;

  belay_yaml_number (quiz->yaml, belay_yaml_need (quiz->yaml, question, "answer"), &answer);
  if (tolerance_node != NULL && belay_yaml_number (quiz->yaml, tolerance_node, &tolerance) && tolerance < 0)
    belay_yaml_complain (quiz->yaml, tolerance_node, "number-wrong", "A tolerance is not less than nought.");
  yyjson_mut_obj_add_real (quiz->document, object, "answer", answer);
  yyjson_mut_obj_add_real (quiz->document, object, "tolerance", tolerance);
}

static void
add_text (Quiz *quiz,
          yaml_node_t *question,
          yyjson_mut_val *object)
{
  g_autoptr (GPtrArray) answers = belay_yaml_list (quiz->yaml, question, "answers");
  yyjson_mut_val *list = yyjson_mut_obj_add_arr (quiz->document, object, "answers");

  for (guint i = 0; i < answers->len; i++)
    {
      const char *answer = belay_yaml_text (quiz->yaml, g_ptr_array_index (answers, i));

      if (answer != NULL)
        yyjson_mut_arr_add_strcpy (quiz->document, list, answer);
    }
}

static const struct
{
  const char *name;
  void (*add) (Quiz *quiz, yaml_node_t *question, yyjson_mut_val *object);
} kinds[] = {
  { "single", add_single },
  { "multiple", add_multiple },
  { "number", add_number },
  { "text", add_text },
};

static void
add_kind (Quiz *quiz,
          yaml_node_t *question,
          yyjson_mut_val *object)
{
  yaml_node_t *node = belay_yaml_need (quiz->yaml, question, "kind");
  const char *name = belay_yaml_text (quiz->yaml, node);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        yyjson_mut_obj_add_str (quiz->document, object, "kind", kinds[i].name);
        kinds[i].add (quiz, question, object);
        return;
      }

  if (name != NULL)
    belay_yaml_complain (quiz->yaml, node, "kind-unknown", "A question is single, multiple, number or text, not “%s”.",
                         name);
}

static void
add_feedback (Quiz *quiz,
              yaml_node_t *question,
              yyjson_mut_val *object)
{
  static const char *const allowed[] = { "right", "wrong", NULL };
  yaml_node_t *node = belay_yaml_find (quiz->yaml, question, "feedback");
  yyjson_mut_val *feedback;

  if (node == NULL)
    return;

  belay_yaml_check_members (quiz->yaml, node, allowed);
  feedback = yyjson_mut_obj_add_obj (quiz->document, object, "feedback");
  add_markdown (quiz, feedback, "right", belay_yaml_find (quiz->yaml, node, "right"));
  add_markdown (quiz, feedback, "wrong", belay_yaml_find (quiz->yaml, node, "wrong"));
}

static void
add_question (Quiz *quiz,
              yaml_node_t *node,
              yyjson_mut_val *list)
{
  static const char *const allowed[] = { "key",       "kind",    "text",     "choices", "answer",
                                         "tolerance", "answers", "feedback", NULL };
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (quiz->document, list);
  yaml_node_t *key_node = belay_yaml_need (quiz->yaml, node, "key");
  const char *key = belay_yaml_text (quiz->yaml, key_node);

  belay_yaml_check_members (quiz->yaml, node, allowed);
  if (key != NULL && (!belay_text_is_key (key) || !g_hash_table_add (quiz->keys, g_strdup (key))))
    belay_yaml_complain (quiz->yaml, key_node, "key-wrong",
                         "A key is made of a-z, 0-9 and single dashes, and no two questions have the same.");
  if (key != NULL)
    yyjson_mut_obj_add_strcpy (quiz->document, object, "key", key);
  add_markdown (quiz, object, "text", belay_yaml_need (quiz->yaml, node, "text"));
  add_kind (quiz, node, object);
  add_feedback (quiz, node, object);
}

/* `</` could end the script element that holds the JSON. */
static char *
write_for_html (yyjson_mut_doc *document)
{
  char *json = yyjson_mut_write (document, YYJSON_WRITE_ALLOW_INVALID_UNICODE, NULL);
  g_autoptr (GString) safe = g_string_new (json);

  free (json);
  g_string_replace (safe, "</", "<\\/", 0);
  g_string_replace (safe, "<!--", "<\\u0021--", 0);

  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/**
 * belay_quiz_file_read:
 * @path: a quiz of the module, as data/docs/module-file.md describes it
 *
 * Returns: (transfer full) (nullable): JSON for quiz.js, safe inside a script element; problems are told where the file
 * is wrong, and %NULL returned where nothing could be read
 */
char *
belay_quiz_file_read (BelayPackageFiles *files,
                      const char *path)
{
  static const char *const allowed[] = { "questions", NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BelayYaml) yaml = NULL;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) questions = NULL;
  Quiz quiz = { files, path, NULL, NULL, keys };
  yyjson_mut_val *root;
  yyjson_mut_val *list;
  char *json;

  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  bytes = belay_package_files_read (files, path);
  yaml = bytes != NULL ? belay_yaml_read (bytes, path, belay_package_files_get_problems (files)) : NULL;
  if (yaml == NULL)
    return NULL;

  belay_yaml_check_members (yaml, belay_yaml_get_root (yaml), allowed);
  questions = belay_yaml_list (yaml, belay_yaml_get_root (yaml), "questions");
  quiz.yaml = yaml;
  quiz.document = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (quiz.document);
  yyjson_mut_doc_set_root (quiz.document, root);
  list = yyjson_mut_obj_add_arr (quiz.document, root, "questions");
  for (guint i = 0; i < MIN (questions->len, QUESTIONS_MOST); i++)
    add_question (&quiz, g_ptr_array_index (questions, i), list);
  if (questions->len > QUESTIONS_MOST)
    belay_yaml_complain (yaml, NULL, "too-many-questions", "A quiz has at most %d questions.", QUESTIONS_MOST);
  json = write_for_html (quiz.document);
  yyjson_mut_doc_free (quiz.document);

  return json;
}
