/* test-packages-import.c: packages as files: what is taken, what is refused, and what changes by it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "package-fixture.h"

#include "belay-digest.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
test_a_good_package_becomes_a_manifest (PackageFixture *fixture,
                                        gconstpointer data)
{
  static const PackageEntry entries[] = {
    { "cmi5.xml",
      CMI5 ("<block id='https://example.org/c/b'>" TITLES UNIT (
        "moveOn=' Passed ' masteryScore='0.30' launchMethod='OwnWindow'",
        " ./sub/../caf%C3%A9.html?pages=1 ") "</block>"),
      NULL },
    { "cafe\xcc\x81.html", "<p>", NULL },
    { "__MACOSX/x", "x", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (BelayImport) result = NULL;
  const BelayManifestActivity *activity;

  package_fixture_make_zip (fixture->package, entries);
  result = package_fixture_import (fixture);

  g_assert_nonnull (result->manifest);
  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_cmpuint (result->manifest->files->len, ==, 2);
  g_assert_cmpuint (package_fixture_count_blobs (fixture), ==, 2);
  g_assert_nonnull (belay_manifest_find_file (result->manifest, "caf\xc3\xa9.html"));
  activity = g_ptr_array_index (result->manifest->activities, 0);
  g_assert_cmpstr (activity->entry, ==, "caf%C3%A9.html?pages=1");
  g_assert_cmpint (activity->mastery, ==, 3000);
  g_assert_cmpint (activity->move_on, ==, BELAY_MOVE_ON_PASSED);
  g_assert_cmpstr (activity->launch_method, ==, "OwnWindow");
  g_assert_cmpstr (activity->publisher_id, ==, "https://example.org/c/1");
}

static void
test_a_manifest_goes_out_and_comes_back (PackageFixture *fixture,
                                         gconstpointer data)
{
  static const PackageEntry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "a.html")), NULL },
                                          { "a.html", "<p>", NULL },
                                          { NULL, NULL, NULL } };
  g_autoptr (BelayImport) result = NULL;
  g_autoptr (BelayManifest) back = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;

  package_fixture_make_zip (fixture->package, entries);
  result = package_fixture_import (fixture);
  json = belay_manifest_encode (result->manifest);
  back = belay_manifest_decode (json, &error);
  g_assert_no_error (error);
  again = belay_manifest_encode (back);
  g_assert_true (g_bytes_equal (json, again));
}

static void
test_a_manifest_that_cannot_be_believed_is_refused (void)
{
#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define FILE_JSON(path, size) "{\"path\":\"" path "\",\"hash\":\"" HASH "\",\"size\":" size ",\"type\":\"text/html\"}"
#define MANIFEST(files, activities)                                                                                    \
  "{\"format\":1,\"course\":\"rope\",\"title\":{},\"made\":\"t\",\"files\":[" files "],\"activities\":[" activities "]}"
  static const struct
  {
    const char *json;
    int code; /* -1: it is fine */
  } cases[] = {
    { MANIFEST (FILE_JSON ("a.html", "1"), ""), -1 },
    { MANIFEST (FILE_JSON ("../a.html", "1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("/a.html", "1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("a//b", "1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("C:a", "1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("a\\\\b", "1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("a", "1") "," FILE_JSON ("A", "1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("a", "-1"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST (FILE_JSON ("a", "4194305"), ""), BELAY_MANIFEST_ERROR_MALFORMED },
    { MANIFEST ("", "{\"key\":\"k\",\"title\":{},\"kind\":\"page\",\"entry\":\"b\",\"move_on\":\"Passed\",\"launch_"
                    "method\":\"AnyWindow\"}"),
      BELAY_MANIFEST_ERROR_MALFORMED },
    { "{\"format\":2}", BELAY_MANIFEST_ERROR_NEWER },
    { "[]", BELAY_MANIFEST_ERROR_MALFORMED },
    { "", BELAY_MANIFEST_ERROR_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (cases[i].json, strlen (cases[i].json));
      g_autoptr (GError) error = NULL;
      g_autoptr (BelayManifest) manifest = belay_manifest_decode (json, &error);

      g_test_message ("%s", cases[i].json);
      g_assert_cmpint (manifest != NULL, ==, cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_error (error, BELAY_MANIFEST_ERROR, cases[i].code);
    }
}

static void
test_what_is_not_a_package_is_refused (PackageFixture *fixture,
                                       gconstpointer data)
{
  static const char *const texts[] = { "", "Just a letter.", "PK\003\004 and no more", "\x1f\x8b\x08" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (fixture->package, texts[i], -1, NULL));
      package_fixture_assert_refused (fixture, "not-a-package");
    }
  g_remove (fixture->package);
  package_fixture_assert_refused (fixture, "not-a-package");
}

static void
test_names_that_leave_the_package_are_refused (PackageFixture *fixture,
                                               gconstpointer data)
{
  static const char *const names[] = { "../evil",  "a/../../evil", "/etc/evil", "C:\\evil", "a//b",
                                       "./a/../b", "a/./b",        "bell\a",    "a/..",     ".." };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const PackageEntry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                       { "index.html", "<p>", NULL },
                                       { names[i], "evil", NULL },
                                       { NULL, NULL, NULL } };

      g_test_message ("%s", names[i]);
      package_fixture_refuse_files (fixture, entries, "path-unsafe");
    }
}

static void
test_links_are_refused (PackageFixture *fixture,
                        gconstpointer data)
{
  static const PackageEntry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                          { "index.html", NULL, "/etc/passwd" },
                                          { NULL, NULL, NULL } };

  package_fixture_refuse_files (fixture, entries, "link");
}

static void
test_names_that_differ_by_case_alone_are_refused (PackageFixture *fixture,
                                                  gconstpointer data)
{
  static const PackageEntry by_case[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                          { "index.html", "1", NULL },
                                          { "Index.HTML", "2", NULL },
                                          { NULL, NULL, NULL } };
  static const PackageEntry by_form[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                          { "caf\xc3\xa9.html", "1", NULL },
                                          { "cafe\xcc\x81.html", "2", NULL },
                                          { NULL, NULL, NULL } };
  static const PackageEntry by_folder[] = {
    { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL }, { "A", "1", NULL }, { "a/b", "2", NULL }, { NULL, NULL, NULL }
  };

  package_fixture_refuse_files (fixture, by_case, "path-twice");
  package_fixture_refuse_files (fixture, by_form, "path-twice");
  package_fixture_refuse_files (fixture, by_folder, "path-twice");
}

static void
test_a_bomb_is_refused_before_it_fills_the_disk (PackageFixture *fixture,
                                                 gconstpointer data)
{
  struct archive *zip = package_fixture_open_zip (fixture->package);
  const gsize part = 1024 * 1024;
  const guint parts = 64; /* it claims 10 GiB, and is stopped long before even these are read */
  g_autofree char *nothing = g_malloc0 (part);

  package_fixture_begin_entry (zip, "bomb.bin", NULL, parts * part);
  for (guint i = 0; i < parts; i++)
    g_assert_cmpint (archive_write_data (zip, nothing, part), ==, part);
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);

  package_fixture_assert_refused (fixture, "bomb");
}

static void
test_more_than_the_limits_is_refused (PackageFixture *fixture,
                                      gconstpointer data)
{
  static const PackageEntry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                          { "a/b/c/index.html", "<p>", NULL },
                                          { NULL, NULL, NULL } };
  static const struct
  {
    BelayImportLimits limits;
    const char *code;
  } cases[] = {
    { { 100, 4096, 100, 200, 24 }, "too-large" },
    { { 1 << 20, 4096, 1, 200, 24 }, "too-many-files" },
    { { 1 << 20, 4096, 100, 200, 2 }, "path-too-deep" },
    { { 1 << 20, 100, 100, 200, 24 }, "text-too-large" },
  };

  package_fixture_make_zip (fixture->package, entries);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BelayImport) result =
        belay_package_import (fixture->package, "rope", fixture->store, fixture->clock, &cases[i].limits, NULL);
      const BelayImportProblem *problem = g_ptr_array_index (result->problems, 0);

      g_assert_null (result->manifest);
      g_assert_cmpstr (problem->code, ==, cases[i].code);
      g_assert_cmpuint (package_fixture_count_blobs (fixture), ==, 0);
    }
}

static void
test_a_package_without_a_course_is_refused (PackageFixture *fixture,
                                            gconstpointer data)
{
  static const PackageEntry none[] = { { "index.html", "<p>", NULL }, { NULL, NULL, NULL } };
  static const PackageEntry deeper[] = { { "course/cmi5.xml", "<x/>", NULL }, { NULL, NULL, NULL } };
  static const PackageEntry scorm[] = { { "imsmanifest.xml", "<x/>", NULL }, { NULL, NULL, NULL } };

  package_fixture_refuse_files (fixture, none, "course-missing");
  package_fixture_refuse_files (fixture, deeper, "course-too-deep");
  package_fixture_refuse_files (fixture, scorm, "format-unknown");
}

static void
test_a_damaged_archive_is_refused (PackageFixture *fixture,
                                   gconstpointer data)
{
  static const PackageEntry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                          { "index.html", "<p>something longer to be packed, packed, packed</p>",
                                            NULL },
                                          { NULL, NULL, NULL } };
  g_autofree char *bytes = NULL;
  char *at;
  gsize length;

  package_fixture_make_zip (fixture->package, entries);
  g_assert_true (g_file_get_contents (fixture->package, &bytes, &length, NULL));
  at = memmem (bytes, length, "index.html", 10);
  g_assert_nonnull (at);
  memset (at + 16, 0x55, 24);
  g_assert_true (g_file_set_contents (fixture->package, bytes, length, NULL));
  package_fixture_assert_refused (fixture, "archive-damaged");
}

static void
test_a_folder_with_a_link_is_refused (PackageFixture *fixture,
                                      gconstpointer data)
{
  g_autofree char *link = NULL;

  g_assert_cmpint (g_mkdir (fixture->package, 0755), ==, 0);
  link = g_build_filename (fixture->package, "module.yaml", NULL);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  package_fixture_assert_refused (fixture, "link");
}

static void
test_real_packages_import (PackageFixture *fixture,
                           gconstpointer data)
{
  static const struct
  {
    const char *name;
    guint units;
  } packages[] = {
    { "masteryscore_framed.zip", 1 },
    { "pre_post_test_framed.zip", 6 },
    { "single_au_basic_responsive.zip", 1 },
  };
  const char *shared = g_getenv ("BELAY_SHARED") != NULL ? g_getenv ("BELAY_SHARED") : "/shared";
  guint before = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    {
      g_autoptr (BelayImport) result = NULL;

      g_free (fixture->package);
      fixture->package = g_build_filename (shared, "data", "cmi5", packages[i].name, NULL);
      if (!g_file_test (fixture->package, G_FILE_TEST_EXISTS))
        {
          g_test_skip ("The real packages are not here: set BELAY_SHARED to the folder that holds data/cmi5");
          return;
        }
      result = package_fixture_import (fixture);
      g_assert_cmpuint (result->problems->len, ==, 0);
      g_assert_nonnull (result->manifest);
      g_assert_cmpuint (result->manifest->activities->len, ==, packages[i].units);
      g_assert_cmpuint (package_fixture_count_blobs (fixture), >, before);
      before = package_fixture_count_blobs (fixture);
    }
  /* They share their pictures and their film: three times as many files would be 44. */
  g_assert_cmpuint (before, <, 30);
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/import/" name, PackageFixture, NULL, package_fixture_set_up, function, package_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-good-package-becomes-a-manifest", test_a_good_package_becomes_a_manifest);
  ADD ("a-manifest-goes-out-and-comes-back", test_a_manifest_goes_out_and_comes_back);
  g_test_add_func ("/import/a-manifest-that-cannot-be-believed-is-refused",
                   test_a_manifest_that_cannot_be_believed_is_refused);
  ADD ("what-is-not-a-package-is-refused", test_what_is_not_a_package_is_refused);
  ADD ("names-that-leave-the-package-are-refused", test_names_that_leave_the_package_are_refused);
  ADD ("links-are-refused", test_links_are_refused);
  ADD ("names-that-differ-by-case-alone-are-refused", test_names_that_differ_by_case_alone_are_refused);
  ADD ("a-bomb-is-refused-before-it-fills-the-disk", test_a_bomb_is_refused_before_it_fills_the_disk);
  ADD ("more-than-the-limits-is-refused", test_more_than_the_limits_is_refused);
  ADD ("a-package-without-a-course-is-refused", test_a_package_without_a_course_is_refused);
  ADD ("a-damaged-archive-is-refused", test_a_damaged_archive_is_refused);
  ADD ("a-folder-with-a-link-is-refused", test_a_folder_with_a_link_is_refused);
  ADD ("real-packages-import", test_real_packages_import);

  return g_test_run ();
}
