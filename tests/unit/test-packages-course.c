/* test-packages-course.c: what stands in a package: cmi5's course structure, and native modules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "package-fixture.h"

#include <string.h>

static void
test_a_wrong_course_structure_is_refused (PackageFixture *fixture,
                                          gconstpointer data)
{
  static const struct
  {
    const char *xml;
    const char *code;
  } cases[] = {
    { "", "xml-malformed" },
    { "<course", "xml-malformed" },
    { "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>", "xml-doctype" },
    { "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "xml-doctype" },
    { "<courseStructure/>", "not-cmi5" },
    { HEAD "</courseStructure>", "element-missing" },
    { HEAD COURSE "</courseStructure>", "element-missing" },
    { HEAD "<course>" TITLES "</course>" UNIT ("", "index.html") "</courseStructure>", "id-not-iri" },
    { HEAD "<course id='one'>" TITLES "</course>" UNIT ("", "index.html") "</courseStructure>", "id-not-iri" },
    { CMI5 (UNIT ("", "index.html") UNIT ("", "index.html")), "id-twice" },
    { CMI5 (UNIT ("moveOn='Sometimes'", "index.html")), "move-on-wrong" },
    { CMI5 (UNIT ("moveOn='passed'", "index.html")), "move-on-wrong" },
    { CMI5 (UNIT ("masteryScore='1.1'", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("masteryScore='1.00001'", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("masteryScore='-0.1'", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("masteryScore='0.12345'", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("masteryScore='1e-1'", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("masteryScore='.'", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("masteryScore=''", "index.html")), "mastery-wrong" },
    { CMI5 (UNIT ("launchMethod='Popup'", "index.html")), "launch-method-wrong" },
    { CMI5 (UNIT ("colour='red'", "index.html")), "attribute-unknown" },
    { CMI5 (UNIT ("", "")), "url-empty" },
    { CMI5 (UNIT ("", "missing.html")), "au-missing" },
    { CMI5 (UNIT ("", "https://example.org/")), "au-remote" },
    { CMI5 (UNIT ("", "//example.org/x")), "au-remote" },
    { CMI5 (UNIT ("", "javascript:alert(1)")), "au-remote" },
    { CMI5 (UNIT ("", "/index.html")), "au-url" },
    { CMI5 (UNIT ("", "..%2Findex.html")), "au-url" },
    { CMI5 (UNIT ("", "?x")), "au-url" },
    { CMI5 ("<au id='https://example.org/1'><url>index.html</url>" TITLES "</au>"), "element-missing" },
    { CMI5 ("<au id='https://example.org/1'>" TITLES "<url>index.html</url><entitlementKey/><launchParameters/></au>"),
      "element-misplaced" },
    { CMI5 ("<block id='https://example.org/b'>" TITLES "</block>"), "element-missing" },
    { CMI5 ("words " UNIT ("", "index.html")), "text-misplaced" },
    { CMI5 (UNIT ("", "index.html") "<plain xmlns=''/>"), "element-misplaced" },
    { CMI5 (
        "<au id='https://example.org/1'><title/><description><langstring/></description><url>index.html</url></au>"),
      "element-missing" },
    { CMI5 ("<au id='https://example.org/1'><title><langstring lang='not a tag'>x</langstring></title>"
            "<description><langstring/></description><url>index.html</url></au>"),
      "language-unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    package_fixture_refuse_xml (fixture, cases[i].xml, cases[i].code);
}

static void
test_what_the_schema_allows_is_taken (PackageFixture *fixture,
                                      gconstpointer data)
{
  static const PackageEntry entries[] = {
    { "cmi5.xml",
      HEAD COURSE
      "<objectives><objective id='https://example.org/o'><description><langstring/></description>"
      "<title><langstring/></title></objective></objectives>"
      "<au id='https://example.org/c/1' xml:lang='en' masteryScore='+1.0000' activityType='x'>" TITLES
      "<objectives><objective idref='https://example.org/o'/><objective/></objectives>"
      "<url>index.html#top</url><launchParameters>a=1</launchParameters><entitlementKey> k </entitlementKey>"
      "<x:more xmlns:x='urn:x'>text</x:more></au><x:last xmlns:x='urn:x'/></courseStructure>",
      NULL },
    { "index.html", "<p>", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (BelayImport) result = NULL;
  const BelayManifestActivity *activity;

  package_fixture_make_zip (fixture->package, entries);
  result = package_fixture_import (fixture);

  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_nonnull (result->manifest);
  activity = g_ptr_array_index (result->manifest->activities, 0);
  g_assert_cmpint (activity->mastery, ==, 10000);
  g_assert_cmpint (activity->move_on, ==, BELAY_MOVE_ON_NOT_APPLICABLE);
  g_assert_cmpstr (activity->launch_parameters, ==, "a=1");
  g_assert_cmpstr (activity->entitlement_key, ==, "k");
}

/* cmi5 4.1: a thousand and more; 13: white space around a value is none of it */
static void
test_a_large_course_keeps_its_blocks (PackageFixture *fixture,
                                      gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (HEAD COURSE "<block id=' https://example.org/outer '>" TITLES
                                                      "<block id='https://example.org/inner'>" TITLES);
  const PackageEntry page = { "index.html", "<p>", NULL };
  g_autoptr (BelayImport) result = NULL;
  const BelayManifestActivity *activity;

  for (guint i = 0; i < 1200; i++)
    {
      if (i == 600)
        g_string_append (xml, "</block>");
      g_string_append_printf (xml,
                              "<au id='\n https://example.org/au/%u '>" TITLES "<url>\n  index.html?%u\n</url></au>", i,
                              i);
    }
  g_string_append (xml, "</block></courseStructure>");
  package_fixture_make_zip (fixture->package,
                            (PackageEntry[]) { { "cmi5.xml", xml->str, NULL }, page, { NULL, NULL, NULL } });
  result = package_fixture_import (fixture);

  g_assert_nonnull (result->manifest);
  g_assert_cmpuint (result->manifest->activities->len, ==, 1200);
  activity = g_ptr_array_index (result->manifest->activities, 599);
  g_assert_cmpstr (activity->publisher_id, ==, "https://example.org/au/599");
  g_assert_cmpstr (activity->entry, ==, "index.html?599");
  g_assert_cmpstrv (activity->blocks,
                    ((const char *[]) { "https://example.org/outer", "https://example.org/inner", NULL }));
  activity = g_ptr_array_index (result->manifest->activities, 600);
  g_assert_cmpstrv (activity->blocks, ((const char *[]) { "https://example.org/outer", NULL }));
}

static void
test_a_unit_keeps_its_key_in_later_versions (PackageFixture *fixture,
                                             gconstpointer data)
{
  static const PackageEntry first[] = { { "cmi5.xml", CMI5 (UNIT ("", "a.html")), NULL },
                                        { "a.html", "<p>", NULL },
                                        { NULL, NULL, NULL } };
  static const PackageEntry second[] = {
    { "cmi5.xml", CMI5 ("<au id='https://example.org/c/0'>" TITLES "<url>b.html</url></au>" UNIT ("", "b.html")),
      NULL },
    { "b.html", "<p>", NULL },
    { NULL, NULL, NULL }
  };
  g_autoptr (BelayImport) before = NULL;
  g_autoptr (BelayImport) after = NULL;
  const BelayManifestActivity *activity;

  package_fixture_make_zip (fixture->package, first);
  before = package_fixture_import (fixture);
  package_fixture_make_zip (fixture->package, second);
  after = package_fixture_import (fixture);
  activity = g_ptr_array_index (before->manifest->activities, 0);
  g_assert_nonnull (belay_manifest_find_activity (after->manifest, activity->key));
}

#define QUIZ                                                                                                           \
  "questions:\n"                                                                                                       \
  "  - {key: one, kind: single, text: 'A **b** </script>', choices: [{text: x, correct: true}, {text: y}]}\n"          \
  "  - {key: two, kind: number, text: n, answer: 4.5, tolerance: 0.1}\n"                                               \
  "  - {key: three, kind: text, text: t, answers: [rope]}\n"

static void
test_a_native_module_becomes_pages (PackageFixture *fixture,
                                    gconstpointer data)
{
  static const PackageEntry entries[] = {
    { "module.yaml",
      "title: {en: Rope, de: Seil}\n"
      "activities:\n"
      "  - {key: read, kind: page, title: Read, minutes: 10, file: read.md}\n"
      "  - {key: check, kind: quiz, title: Check, minutes: 5, mastery: 80, file: check.yaml}\n"
      "  - {key: film, kind: video, title: Film, file: f.webm, captions: [{language: en, file: f.vtt}]}\n",
      NULL },
    { "read.md", "# Hello\n\n![a rope](img/rope.svg)\n\n<script>alert(1)</script>\n", NULL },
    { "img/rope.svg", "<svg/>", NULL },
    { "check.yaml", QUIZ, NULL },
    { "f.webm", "film", NULL },
    { "f.vtt", "WEBVTT", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (BelayImport) result = NULL;
  const BelayManifestActivity *activity;
  const BelayManifestFile *file;
  g_autofree char *path = NULL;
  g_autofree char *html = NULL;
  g_autofree char *quiz_path = NULL;
  g_autofree char *quiz = NULL;

  package_fixture_make_zip (fixture->package, entries);
  result = package_fixture_import (fixture);

  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_nonnull (result->manifest);
  g_assert_cmpuint (result->manifest->activities->len, ==, 3);
  activity = g_ptr_array_index (result->manifest->activities, 1);
  g_assert_cmpint (activity->mastery, ==, 8000);
  g_assert_cmpint (activity->move_on, ==, BELAY_MOVE_ON_PASSED);
  g_assert_cmpint (activity->seconds, ==, 300);
  g_assert_null (belay_manifest_find_file (result->manifest, "read.md"));
  g_assert_nonnull (belay_manifest_find_file (result->manifest, "belay/launch.js"));

  file = belay_manifest_find_file (result->manifest, "read.html");
  path = belay_blob_store_path_for (fixture->store, file->hash);
  g_assert_true (g_file_get_contents (path, &html, NULL, NULL));
  g_assert_nonnull (strstr (html, "<img src=\"img/rope.svg\""));
  g_assert_null (strstr (html, "<script>alert"));

  file = belay_manifest_find_file (result->manifest, "check.html");
  quiz_path = belay_blob_store_path_for (fixture->store, file->hash);
  g_assert_true (g_file_get_contents (quiz_path, &quiz, NULL, NULL));
  g_assert_nonnull (strstr (quiz, "<strong>b<\\/strong>"));
}

static void
test_a_wrong_native_module_is_refused (PackageFixture *fixture,
                                       gconstpointer data)
{
#define PAGE "title: T\nactivities: [{key: read, kind: page, title: R, file: read.md}]\n"
#define CHECK "title: T\nactivities: [{key: c, kind: quiz, title: C, file: c.yaml}]\n"
  static const struct
  {
    const char *module;
    const char *markdown;
    const char *quiz;
    const char *code;
  } cases[] = {
    { "title: [", "", "", "not-yaml" },
    { "", "", "", "not-yaml" },
    { "- a", "", "", "wrong-type" },
    { "title: T\nactivities: []", "", "", "wrong-type" },
    { "title: T\ncolour: red\nactivities: [{key: read, kind: page, title: R, file: read.md}]\n", "", "",
      "unknown-member" },
    { "title: T\nactivities: [{key: read, kind: game, title: R, file: read.md}]\n", "", "", "kind-unknown" },
    { "title: T\nactivities: [{key: Read, kind: page, title: R, file: read.md}]\n", "", "", "key-wrong" },
    { "title: T\nactivities: [{key: r, kind: page, title: R, file: no.md}]\n", "", "", "file-missing" },
    { "title: T\nactivities: [{key: c, kind: quiz, title: R, file: c.yaml, mastery: 101}]\n", "", QUIZ,
      "mastery-wrong" },
    { PAGE, "![x](none.png)", "", "file-missing" },
    { PAGE, "![x](https://example.org/x.png)", "", "image-remote" },
    { PAGE, "\xff", "", "text-not-utf8" },
    { CHECK, "", "questions: [{key: q, kind: single, text: t, choices: [{text: a}]}]", "choices-wrong" },
    { CHECK, "", "questions: [{key: q, kind: essay, text: t}]", "kind-unknown" },
    { CHECK, "", "questions: [{key: q, kind: number, text: t, answer: many}]", "not-a-number" },
    { CHECK, "", "questions: [{key: q, kind: text, text: t}]", "missing-member" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PackageEntry entries[] = { { "module.yaml", cases[i].module, NULL },
                                       { "read.md", cases[i].markdown, NULL },
                                       { "c.yaml", cases[i].quiz, NULL },
                                       { NULL, NULL, NULL } };

      g_test_message ("%s%s", cases[i].module, cases[i].quiz);
      package_fixture_refuse_files (fixture, entries, cases[i].code);
    }
}

static void
test_the_examples_of_the_specification_are_read (PackageFixture *fixture,
                                                 gconstpointer data)
{
  static const char *const names[] = { "simple-cmi5.xml", "complex-cmi5.xml", "extended-cmi5.xml" };
  const char *shared = g_getenv ("BELAY_SHARED") != NULL ? g_getenv ("BELAY_SHARED") : "/shared";

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BelayImport) result = NULL;

      g_free (fixture->package);
      fixture->package = g_build_filename (shared, "spec", "cmi5-examples", names[i], NULL);
      if (!g_file_test (fixture->package, G_FILE_TEST_EXISTS))
        {
          g_test_skip ("The specification's examples are not here: set BELAY_SHARED to the folder that holds spec");
          return;
        }
      result = package_fixture_import (fixture);
      g_assert_null (result->manifest);
      g_assert_cmpuint (result->problems->len, >, 0);
      for (guint j = 0; j < result->problems->len; j++)
        {
          const BelayImportProblem *problem = g_ptr_array_index (result->problems, j);

          /* Nothing is wrong with them but that their units are elsewhere. */
          g_test_message ("%s %s", problem->where, problem->message);
          g_assert_true (g_str_equal (problem->code, "au-remote") || g_str_equal (problem->code, "au-missing"));
        }
    }
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/import/" name, PackageFixture, NULL, package_fixture_set_up, function, package_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-wrong-course-structure-is-refused", test_a_wrong_course_structure_is_refused);
  ADD ("what-the-schema-allows-is-taken", test_what_the_schema_allows_is_taken);
  ADD ("a-large-course-keeps-its-blocks", test_a_large_course_keeps_its_blocks);
  ADD ("a-unit-keeps-its-key-in-later-versions", test_a_unit_keeps_its_key_in_later_versions);
  ADD ("a-native-module-becomes-pages", test_a_native_module_becomes_pages);
  ADD ("a-wrong-native-module-is-refused", test_a_wrong_native_module_is_refused);
  ADD ("the-examples-of-the-specification-are-read", test_the_examples_of_the_specification_are_read);

  return g_test_run ();
}
