/* test-demo.c: the programme that every newcomer meets first, imported as a server imports it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-package-import.h"
#include "belay-programme-file.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <yyjson.h>

#define NOW G_GINT64_CONSTANT (1767225600000000)
#define DEMO BELAY_SOURCE "/data/demo"
/* A page says how long it takes with its exercise, so slower than reading alone, and never faster */
#define WORDS_A_MINUTE_LEAST 30
#define WORDS_A_MINUTE_MOST 250

typedef struct
{
  char *folder;
  BelayBlobStore *store;
  BelayClock *clock;
  BelayProgramme *programme;
} Fixture;

static char *
read_whole (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *text = read_whole (DEMO "/programme.yaml");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_file_problem_free);

  fixture->folder = g_dir_make_tmp ("belay-demo-XXXXXX", NULL);
  fixture->store = belay_blob_store_new (fixture->folder, NULL);
  fixture->clock = belay_clock_new_fixed (NOW);
  fixture->programme = belay_programme_file_read (bytes, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_nonnull (fixture->programme);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  belay_programme_free (fixture->programme);
  belay_blob_store_unref (fixture->store);
  belay_clock_unref (fixture->clock);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
read_file_of (Fixture *fixture,
              const BelayManifest *manifest,
              const char *path)
{
  const BelayManifestFile *file = belay_manifest_find_file (manifest, path);
  g_autofree char *blob = NULL;

  if (file == NULL)
    g_error ("%s has no file %s", manifest->course, path);
  blob = belay_blob_store_path_for (fixture->store, file->hash);

  return read_whole (blob);
}

static void
check_page (const BelayManifestActivity *activity,
            const char *html)
{
  g_autoptr (GRegex) tags = g_regex_new ("<[^>]*>", 0, 0, NULL);
  g_autofree char *text = g_regex_replace_literal (tags, html, -1, 0, " ", 0, NULL);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (text), " \n", -1);
  gint64 count = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    count += words[i][0] != '\0';
  g_assert_cmpint (activity->seconds, >, 0);
  g_assert_cmpint (count * 60, >=, WORDS_A_MINUTE_LEAST * activity->seconds);
  g_assert_cmpint (count * 60, <=, WORDS_A_MINUTE_MOST * activity->seconds);
  g_assert_nonnull (strstr (html, "<img "));
  g_assert_null (strstr (html, "alt=\"\""));
}

/* Everything that a page shows or leads to lies in the module, or somebody without a network stands before nothing */
static void
check_links (const BelayManifest *manifest,
             const char *html)
{
  g_autoptr (GRegex) links = g_regex_new ("(?:src|href|poster)=\"([^\"]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (links, html, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *address = g_match_info_fetch (match, 1);

      if (belay_manifest_find_file (manifest, address) == NULL)
        g_error ("%s: “%s” leads nowhere", manifest->course, address);
    }
}

static void
check_explained (yyjson_val *question)
{
  yyjson_val *choices = yyjson_obj_get (question, "choices");
  yyjson_val *feedback = yyjson_obj_get (question, "feedback");
  yyjson_val *choice;
  gsize index;
  gsize most;

  if (choices == NULL)
    {
      g_assert_nonnull (yyjson_get_str (yyjson_obj_get (feedback, "right")));
      g_assert_nonnull (yyjson_get_str (yyjson_obj_get (feedback, "wrong")));
      return;
    }
  g_assert_cmpuint (yyjson_arr_size (choices), >=, 3);
  yyjson_arr_foreach (choices, index, most, choice)
  {
    g_assert_nonnull (yyjson_get_str (yyjson_obj_get (choice, "feedback")));
  }
}

static void
check_quiz (const char *html)
{
  const char *start = strstr (html, "id=\"quiz\">");
  const char *end = start != NULL ? strstr (start, "</script>") : NULL;
  yyjson_doc *document;
  yyjson_val *questions;
  yyjson_val *question;
  gsize index;
  gsize most;

  g_assert_nonnull (end);
  start += strlen ("id=\"quiz\">");
  document = yyjson_read (start, end - start, 0);
  questions = yyjson_obj_get (yyjson_doc_get_root (document), "questions");
  g_assert_cmpuint (yyjson_arr_size (questions), >=, 3);
  yyjson_arr_foreach (questions, index, most, question) { check_explained (question); }
  yyjson_doc_free (document);
}

static void
check_film (Fixture *fixture,
            const BelayManifest *manifest,
            const char *html)
{
  static const char *const languages[] = { "en", "de", "fr" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *track = g_strdup_printf ("srclang=\"%s\"", languages[i]);
      g_autofree char *path = g_strdup_printf ("ropes.%s.vtt", languages[i]);
      g_autofree char *captions = read_file_of (fixture, manifest, path);

      g_assert_nonnull (strstr (html, track));
      g_assert_true (g_str_has_prefix (captions, "WEBVTT\n\n"));
      g_assert_nonnull (strstr (captions, " --> "));
    }
  g_assert_nonnull (strstr (html, "<details>"));
}

static void
check_activity (Fixture *fixture,
                const BelayManifest *manifest,
                const BelayManifestActivity *activity)
{
  g_autofree char *html = read_file_of (fixture, manifest, activity->entry);

  check_links (manifest, html);
  if (activity->kind == BELAY_ACTIVITY_PAGE)
    check_page (activity, html);
  else if (activity->kind == BELAY_ACTIVITY_QUIZ)
    check_quiz (html);
  else
    check_film (fixture, manifest, html);
}

static void
check_module (Fixture *fixture,
              const BelayModule *module)
{
  g_autofree char *path = g_build_filename (DEMO "/modules", module->course, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayImport) import =
    belay_package_import (path, module->course, fixture->store, fixture->clock, NULL, &error);
  gint64 seconds = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (import->problems->len, ==, 0);
  g_assert_nonnull (import->manifest);
  for (guint i = 0; i < import->manifest->activities->len; i++)
    {
      const BelayManifestActivity *activity = g_ptr_array_index (import->manifest->activities, i);

      check_activity (fixture, import->manifest, activity);
      seconds += activity->seconds;
    }
  g_assert_cmpint (seconds, ==, module->seconds);
}

static void
test_the_whole_demo_is_fit_to_be_studied (Fixture *fixture,
                                          gconstpointer data)
{
  guint modules = 0;

  for (guint i = 0; i < fixture->programme->terms->len; i++)
    {
      const BelayTerm *term = g_ptr_array_index (fixture->programme->terms, i);

      for (guint k = 0; k < term->weeks->len; k++)
        {
          const BelayWeek *week = g_ptr_array_index (term->weeks, k);

          for (guint m = 0; m < week->modules->len; m++, modules++)
            check_module (fixture, g_ptr_array_index (week->modules, m));
        }
    }
  g_assert_cmpuint (modules, ==, 6);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/demo/the-whole-demo-is-fit-to-be-studied", Fixture, NULL, set_up,
              test_the_whole_demo_is_fit_to_be_studied, tear_down);

  return g_test_run ();
}
