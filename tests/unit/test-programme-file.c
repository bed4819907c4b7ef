/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-programme-file.h"

#include <locale.h>
#include <string.h>

/* Lines 1 to 13; each fault below changes or adds a line, so that its place is plain */
#define HEAD "programme: p\ntitle: P\nterms:\n"
#define TERM "- key: t\n  title: T\n  weeks:\n"
#define WEEK "  - key: w\n    title: W\n    modules:\n"
#define MODULE "    - key: m\n      title: M\n      minutes: 5\n      course: c\n"
#define WHOLE HEAD TERM WEEK MODULE

typedef struct
{
  const char *text;
  const char *code;
  guint line;
  guint column;
  const char *says; /* a part of the sentence */
} Fault;

static const Fault faults[] = {
  { "programme: [\n", "not-yaml", 2, 1, "cannot be read as YAML" },
  { "", "not-yaml", 0, 0, "The file is empty." },
  { "- a\n", "wrong-type", 1, 1, "" },
  { "title: &a P\nprogramme: *a\n", "alias", 2, 12, "Aliases are not allowed" },
  { WHOLE "colour: red\n", "unknown-member", 14, 1, "colour" },
  { WHOLE "sumary: S\n", "unknown-member", 14, 1, "summary" },
  { WHOLE "title: Q\n", "duplicate-member", 14, 1, "title" },
  { "title: P\nterms:\n" TERM WEEK MODULE, "missing-member", 1, 1, "programme" },
  { "programme: p\nterms:\n" TERM WEEK MODULE, "missing-member", 1, 1, "title" },
  { "programme: p\ntitle: P\n", "missing-member", 1, 1, "terms" },
  { "programme: Not A Key\ntitle: P\nterms:\n" TERM, "not-a-key", 1, 12, "“Not A Key” is not a key" },
  { "programme: -p\ntitle: P\nterms:\n" TERM, "not-a-key", 1, 12, "“-p” is not a key" },
  { "programme: p\ntitle: ''\nterms:\n" TERM, "empty-text", 2, 8, "" },
  { "programme: p\ntitle: [P]\nterms:\n" TERM, "wrong-type", 2, 8, "" },
  { "programme: p\ntitle: {x y: P}\nterms:\n" TERM, "not-a-language", 2, 9, "x y" },
  { "programme: p\ntitle: P\nterms: []\n", "empty-list", 3, 8, "“terms” needs at least one entry." },
  { "programme: p\ntitle: P\nterms: t\n", "wrong-type", 3, 8, "“terms” must be a list." },
  { WHOLE "scoring: luck\n", "not-a-scoring", 14, 10, "best, last or mean" },
  { WHOLE "language: e n\n", "not-a-language", 14, 11, "“e n” is not a language tag" },
  { WHOLE "requirements: {completion: 101%}\n", "not-a-share", 14, 28, "" },
  { WHOLE "requirements: {completion: most}\n", "not-a-share", 14, 28, "" },
  { WHOLE "requirements: {luck: 1%}\n", "unknown-member", 14, 16, "luck" },
  { WHOLE "- key: t\n  title: T\n  weeks: [{key: x, title: X}]\n", "duplicate-key", 14, 8, "another in line 4" },
  { WHOLE "  - {key: w, title: W}\n", "duplicate-key", 14, 11, "another in line 7" },
  { WHOLE "    - {key: m, title: M, minutes: 1, course: d}\n", "duplicate-key", 14, 13, "another in line 10" },
  { WHOLE "    - {key: n, title: N, course: d}\n", "missing-member", 14, 7, "minutes" },
  { WHOLE "    - {key: n, title: N, minutes: 1}\n", "missing-member", 14, 7, "course" },
  { WHOLE "    - {key: n, title: N, minutes: 0, course: d}\n", "out-of-range", 14, 35, "" },
  { WHOLE "    - {key: n, title: N, minutes: 6001, course: d}\n", "out-of-range", 14, 35, "" },
  { WHOLE "    - {key: n, title: N, minutes: long, course: d}\n", "not-a-number", 14, 35, "" },
  { WHOLE "      required: perhaps\n", "not-a-boolean", 14, 17, "" },
  { WHOLE "      due_day: 36601\n", "out-of-range", 14, 16, "" },
  { WHOLE "      due_day: -1\n", "out-of-range", 14, 16, "" },
  { HEAD "- {key: a, title: A, due_day: 9, weeks: [{key: w, title: W}]}\n"
         "- {key: b, title: B, due_day: 9, weeks: [{key: v, title: V}]}\n",
    "due-before", 5, 31, "closes on day 9, but the one ahead of it on day 9" },
};

static const Fault warnings[] = {
  { WHOLE "    - {key: n, title: N, minutes: 1, course: c}\n", "duplicate-course", 14, 46,
    "another module in line 13" },
  { HEAD "- key: t\n  title: T\n  due_day: 6\n  weeks:\n" WEEK MODULE "      due_day: 7\n", "due-after-term", 15, 16,
    "on day 7, after its term closes on day 6" },
};

static BelayProgramme *
read_file (const char *text,
           gssize length,
           GPtrArray **problems)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_file_problem_free);

  return belay_programme_file_read (bytes, *problems);
}

static void
assert_tells (const Fault *fault,
              GPtrArray *problems,
              gboolean is_warning)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const BelayFileProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_equal (problem->code, fault->code) && problem->line == fault->line && problem->column == fault->column
          && strstr (problem->message, fault->says) != NULL && problem->is_warning == is_warning)
        return;
    }

  g_test_message ("%s is not told at %u:%u of\n%s", fault->code, fault->line, fault->column, fault->text);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *line = belay_file_problem_format (g_ptr_array_index (problems, i), "told instead");

      g_test_message ("%s", line);
    }
  g_test_fail ();
}

static void
test_every_fault_has_its_place (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (BelayProgramme) programme = read_file (faults[i].text, -1, &problems);

      g_assert_null (programme);
      assert_tells (&faults[i], problems, FALSE);
    }
}

static void
test_a_warning_lets_the_file_be_used (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (warnings); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (BelayProgramme) programme = read_file (warnings[i].text, -1, &problems);

      g_assert_nonnull (programme);
      g_assert_cmpuint (problems->len, ==, 1);
      assert_tells (&warnings[i], problems, TRUE);
    }
}

static void
test_all_faults_are_told_at_once (void)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (BelayProgramme) programme =
    read_file ("programme: P\nscoring: luck\nlanguage: ''\ntitle: T\nterms: []\n", -1, &problems);

  g_assert_null (programme);
  g_assert_cmpuint (problems->len, >=, 4);
}

static void
test_a_file_over_its_limits_is_refused (void)
{
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, '#');
  g_autofree char *deep = g_strnfill (100, '[');
  const Fault too_large = { large, "too-large", 0, 0, "1 MiB" };
  const Fault too_deep = { deep, "too-large", 1, 25, "nested too deeply" };
  g_autoptr (GPtrArray) large_problems = NULL;
  g_autoptr (GPtrArray) deep_problems = NULL;
  g_autoptr (BelayProgramme) from_large = read_file (large, -1, &large_problems);
  g_autoptr (BelayProgramme) from_deep = read_file (deep, -1, &deep_problems);

  g_assert_null (from_large);
  g_assert_null (from_deep);
  assert_tells (&too_large, large_problems, FALSE);
  assert_tells (&too_deep, deep_problems, FALSE);
}

/* A file that is cut off anywhere never crashes, and never is taken for a whole one without its modules */
static void
test_no_half_file_harms (void)
{
  for (gsize length = 0; length < strlen (WHOLE); length++)
    {
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (BelayProgramme) programme = read_file (WHOLE, length, &problems);

      g_assert_true ((programme == NULL) == belay_file_problems_has_error (problems));
    }
}

/* The YAML between the first ```yaml and its end */
static char *
find_example (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *start;
  const char *end;

  g_file_get_contents (BELAY_SOURCE "/data/docs/programme-file.md", &text, NULL, &error);
  g_assert_no_error (error);
  start = strstr (text, "```yaml\n");
  g_assert_nonnull (start);
  start += strlen ("```yaml\n");
  end = strstr (start, "```");
  g_assert_nonnull (end);

  return g_strndup (start, end - start);
}

static void
test_the_documents_example_reads_as_it_says (void)
{
  g_autofree char *example = find_example ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (BelayProgramme) programme = read_file (example, -1, &problems);
  const BelayTerm *term;
  const BelayWeek *week;
  const BelayModule *module;

  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *line = belay_file_problem_format (g_ptr_array_index (problems, i), "programme-file.md");

      g_test_message ("%s", line);
    }
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_nonnull (programme);
  g_assert_cmpstr (programme->key, ==, "lasting-software");
  g_assert_cmpint (programme->completion_required, ==, 10000);
  g_assert_cmpuint (programme->terms->len, ==, 1);
  term = g_ptr_array_index (programme->terms, 0);
  g_assert_cmpint (term->due_day, ==, 20);
  g_assert_cmpint (term->completion_required, ==, 9000);
  week = g_ptr_array_index (term->weeks, 0);
  g_assert_cmpuint (week->number, ==, 1);
  g_assert_cmpuint (week->modules->len, ==, 2);
  module = g_ptr_array_index (week->modules, 0);
  g_assert_cmpint (module->seconds, ==, 70 * 60);
  g_assert_cmpint (module->due_day, ==, 6);
  g_assert_true (module->required);
  g_assert_false (((const BelayModule *) g_ptr_array_index (week->modules, 1))->required);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/programme-file/every-fault-has-its-place", test_every_fault_has_its_place);
  g_test_add_func ("/programme-file/a-warning-lets-the-file-be-used", test_a_warning_lets_the_file_be_used);
  g_test_add_func ("/programme-file/all-faults-are-told-at-once", test_all_faults_are_told_at_once);
  g_test_add_func ("/programme-file/a-file-over-its-limits-is-refused", test_a_file_over_its_limits_is_refused);
  g_test_add_func ("/programme-file/no-half-file-harms", test_no_half_file_harms);
  g_test_add_func ("/programme-file/the-documents-example-reads-as-it-says",
                   test_the_documents_example_reads_as_it_says);

  return g_test_run ();
}
