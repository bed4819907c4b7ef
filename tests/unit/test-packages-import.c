/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-digest.h"
#include "belay-package-import.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT (1767225600000000)
#define HEAD "<?xml version='1.0'?><courseStructure xmlns='https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd'>"
#define TITLES                                                                                                         \
  "<title><langstring lang='en'>Rope</langstring></title><description><langstring>About "                              \
  "rope</langstring></description>"
#define COURSE "<course id='https://example.org/c'>" TITLES "</course>"
#define UNIT(attributes, url) "<au id='https://example.org/c/1' " attributes ">" TITLES "<url>" url "</url></au>"
#define CMI5(inner) HEAD COURSE inner "</courseStructure>"

typedef struct
{
  char *folder;
  char *package;
  BelayBlobStore *store;
  BelayClock *clock;
} Fixture;

typedef struct
{
  const char *path;
  const char *text;
  const char *link; /* (nullable) */
} Entry;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *blobs = NULL;

  fixture->folder = g_dir_make_tmp ("belay-import-XXXXXX", NULL);
  fixture->package = g_build_filename (fixture->folder, "package.zip", NULL);
  blobs = g_build_filename (fixture->folder, "blobs", NULL);
  fixture->store = belay_blob_store_new (blobs, NULL);
  fixture->clock = belay_clock_new_fixed (NOW);
  g_assert_nonnull (fixture->store);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
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
  belay_blob_store_unref (fixture->store);
  belay_clock_unref (fixture->clock);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->package);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  if (folder == NULL)
    return 1;
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      count += count_files (child);
    }

  return count;
}

static guint
count_blobs (Fixture *fixture)
{
  g_autofree char *blobs = g_build_filename (fixture->folder, "blobs", NULL);

  return count_files (blobs);
}

static struct archive *
open_zip (const char *path)
{
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  archive_write_set_options (zip, "hdrcharset=UTF-8");
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);

  return zip;
}

static void
begin_entry (struct archive *zip,
             const char *path,
             const char *link,
             gsize length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, path);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_filetype (entry, link != NULL ? AE_IFLNK : AE_IFREG);
  if (link != NULL)
    archive_entry_set_symlink (entry, link);
  else
    archive_entry_set_size (entry, length);
  g_assert_cmpint (archive_write_header (zip, entry), >=, ARCHIVE_WARN);
  archive_entry_free (entry);
}

/* libarchive writes names by the locale; what is tested must read them in any. */
static void
make_zip (const char *path,
          const Entry *entries)
{
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  locale_t before = uselocale (utf8);
  struct archive *zip = open_zip (path);

  for (; entries->path != NULL; entries++)
    {
      begin_entry (zip, entries->path, entries->link, entries->link != NULL ? 0 : strlen (entries->text));
      if (entries->link == NULL)
        archive_write_data (zip, entries->text, strlen (entries->text));
    }
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);
  uselocale (before);
  freelocale (utf8);
}

static BelayImport *
import (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BelayImport *result = belay_package_import (fixture->package, "rope", fixture->store, fixture->clock, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  for (guint i = 0; i < result->problems->len; i++)
    {
      const BelayImportProblem *problem = g_ptr_array_index (result->problems, i);

      g_test_message ("%s: %s: %s", problem->code, problem->where, problem->message);
    }

  return result;
}

/* The package must be refused with @code, and have changed nothing. */
static void
assert_refused (Fixture *fixture,
                const char *code)
{
  g_autoptr (BelayImport) result = import (fixture);
  gboolean is_told = FALSE;

  for (guint i = 0; i < result->problems->len; i++)
    {
      const BelayImportProblem *problem = g_ptr_array_index (result->problems, i);

      is_told = is_told || g_str_equal (problem->code, code);
    }
  if (!is_told)
    g_test_message ("missing: %s", code);
  g_assert_true (is_told);
  g_assert_null (result->manifest);
  g_assert_cmpuint (count_blobs (fixture), ==, 0);
}

static void
refuse_files (Fixture *fixture,
              const Entry *entries,
              const char *code)
{
  make_zip (fixture->package, entries);
  assert_refused (fixture, code);
}

static void
refuse_xml (Fixture *fixture,
            const char *xml,
            const char *code)
{
  const Entry entries[] = { { "cmi5.xml", xml, NULL }, { "index.html", "<p>", NULL }, { NULL, NULL, NULL } };

  g_test_message ("%s", xml);
  refuse_files (fixture, entries, code);
}

static void
test_a_good_package_becomes_a_manifest (Fixture *fixture,
                                        gconstpointer data)
{
  static const Entry entries[] = {
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

  make_zip (fixture->package, entries);
  result = import (fixture);

  g_assert_nonnull (result->manifest);
  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_cmpuint (result->manifest->files->len, ==, 2);
  g_assert_cmpuint (count_blobs (fixture), ==, 2);
  g_assert_nonnull (belay_manifest_find_file (result->manifest, "caf\xc3\xa9.html"));
  activity = g_ptr_array_index (result->manifest->activities, 0);
  g_assert_cmpstr (activity->entry, ==, "caf%C3%A9.html?pages=1");
  g_assert_cmpint (activity->mastery, ==, 3000);
  g_assert_cmpint (activity->move_on, ==, BELAY_MOVE_ON_PASSED);
  g_assert_cmpstr (activity->launch_method, ==, "OwnWindow");
  g_assert_cmpstr (activity->publisher_id, ==, "https://example.org/c/1");
}

static void
test_a_manifest_goes_out_and_comes_back (Fixture *fixture,
                                         gconstpointer data)
{
  static const Entry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "a.html")), NULL },
                                   { "a.html", "<p>", NULL },
                                   { NULL, NULL, NULL } };
  g_autoptr (BelayImport) result = NULL;
  g_autoptr (BelayManifest) back = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;

  make_zip (fixture->package, entries);
  result = import (fixture);
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
test_what_is_not_a_package_is_refused (Fixture *fixture,
                                       gconstpointer data)
{
  static const char *const texts[] = { "", "Just a letter.", "PK\003\004 and no more", "\x1f\x8b\x08" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (fixture->package, texts[i], -1, NULL));
      assert_refused (fixture, "not-a-package");
    }
  g_remove (fixture->package);
  assert_refused (fixture, "not-a-package");
}

static void
test_names_that_leave_the_package_are_refused (Fixture *fixture,
                                               gconstpointer data)
{
  static const char *const names[] = { "../evil",  "a/../../evil", "/etc/evil", "C:\\evil", "a//b",
                                       "./a/../b", "a/./b",        "bell\a",    "a/..",     ".." };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const Entry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                { "index.html", "<p>", NULL },
                                { names[i], "evil", NULL },
                                { NULL, NULL, NULL } };

      g_test_message ("%s", names[i]);
      refuse_files (fixture, entries, "path-unsafe");
    }
}

static void
test_links_are_refused (Fixture *fixture,
                        gconstpointer data)
{
  static const Entry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                   { "index.html", NULL, "/etc/passwd" },
                                   { NULL, NULL, NULL } };

  refuse_files (fixture, entries, "link");
}

static void
test_names_that_differ_by_case_alone_are_refused (Fixture *fixture,
                                                  gconstpointer data)
{
  static const Entry by_case[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                   { "index.html", "1", NULL },
                                   { "Index.HTML", "2", NULL },
                                   { NULL, NULL, NULL } };
  static const Entry by_form[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                   { "caf\xc3\xa9.html", "1", NULL },
                                   { "cafe\xcc\x81.html", "2", NULL },
                                   { NULL, NULL, NULL } };
  static const Entry by_folder[] = {
    { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL }, { "A", "1", NULL }, { "a/b", "2", NULL }, { NULL, NULL, NULL }
  };

  refuse_files (fixture, by_case, "path-twice");
  refuse_files (fixture, by_form, "path-twice");
  refuse_files (fixture, by_folder, "path-twice");
}

static void
test_a_bomb_is_refused_before_it_fills_the_disk (Fixture *fixture,
                                                 gconstpointer data)
{
  struct archive *zip = open_zip (fixture->package);
  const gsize part = 1024 * 1024;
  const guint parts = 64; /* it claims 10 GiB, and is stopped long before even these are read */
  g_autofree char *nothing = g_malloc0 (part);

  begin_entry (zip, "bomb.bin", NULL, parts * part);
  for (guint i = 0; i < parts; i++)
    g_assert_cmpint (archive_write_data (zip, nothing, part), ==, part);
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);

  assert_refused (fixture, "bomb");
}

static void
test_more_than_the_limits_is_refused (Fixture *fixture,
                                      gconstpointer data)
{
  static const Entry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
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

  make_zip (fixture->package, entries);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BelayImport) result =
        belay_package_import (fixture->package, "rope", fixture->store, fixture->clock, &cases[i].limits, NULL);
      const BelayImportProblem *problem = g_ptr_array_index (result->problems, 0);

      g_assert_null (result->manifest);
      g_assert_cmpstr (problem->code, ==, cases[i].code);
      g_assert_cmpuint (count_blobs (fixture), ==, 0);
    }
}

static void
test_a_package_without_a_course_is_refused (Fixture *fixture,
                                            gconstpointer data)
{
  static const Entry none[] = { { "index.html", "<p>", NULL }, { NULL, NULL, NULL } };
  static const Entry deeper[] = { { "course/cmi5.xml", "<x/>", NULL }, { NULL, NULL, NULL } };
  static const Entry scorm[] = { { "imsmanifest.xml", "<x/>", NULL }, { NULL, NULL, NULL } };

  refuse_files (fixture, none, "course-missing");
  refuse_files (fixture, deeper, "course-too-deep");
  refuse_files (fixture, scorm, "format-unknown");
}

static void
test_a_damaged_archive_is_refused (Fixture *fixture,
                                   gconstpointer data)
{
  static const Entry entries[] = { { "cmi5.xml", CMI5 (UNIT ("", "index.html")), NULL },
                                   { "index.html", "<p>something longer to be packed, packed, packed</p>", NULL },
                                   { NULL, NULL, NULL } };
  g_autofree char *bytes = NULL;
  char *at;
  gsize length;

  make_zip (fixture->package, entries);
  g_assert_true (g_file_get_contents (fixture->package, &bytes, &length, NULL));
  at = memmem (bytes, length, "index.html", 10);
  g_assert_nonnull (at);
  memset (at + 16, 0x55, 24);
  g_assert_true (g_file_set_contents (fixture->package, bytes, length, NULL));
  assert_refused (fixture, "archive-damaged");
}

static void
test_a_wrong_course_structure_is_refused (Fixture *fixture,
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
    refuse_xml (fixture, cases[i].xml, cases[i].code);
}

static void
test_what_the_schema_allows_is_taken (Fixture *fixture,
                                      gconstpointer data)
{
  static const Entry entries[] = {
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

  make_zip (fixture->package, entries);
  result = import (fixture);

  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_nonnull (result->manifest);
  activity = g_ptr_array_index (result->manifest->activities, 0);
  g_assert_cmpint (activity->mastery, ==, 10000);
  g_assert_cmpint (activity->move_on, ==, BELAY_MOVE_ON_NOT_APPLICABLE);
  g_assert_cmpstr (activity->launch_parameters, ==, "a=1");
  g_assert_cmpstr (activity->entitlement_key, ==, "k");
}

static void
test_a_unit_keeps_its_key_in_later_versions (Fixture *fixture,
                                             gconstpointer data)
{
  static const Entry first[] = { { "cmi5.xml", CMI5 (UNIT ("", "a.html")), NULL },
                                 { "a.html", "<p>", NULL },
                                 { NULL, NULL, NULL } };
  static const Entry second[] = {
    { "cmi5.xml", CMI5 ("<au id='https://example.org/c/0'>" TITLES "<url>b.html</url></au>" UNIT ("", "b.html")),
      NULL },
    { "b.html", "<p>", NULL },
    { NULL, NULL, NULL }
  };
  g_autoptr (BelayImport) before = NULL;
  g_autoptr (BelayImport) after = NULL;
  const BelayManifestActivity *activity;

  make_zip (fixture->package, first);
  before = import (fixture);
  make_zip (fixture->package, second);
  after = import (fixture);
  activity = g_ptr_array_index (before->manifest->activities, 0);
  g_assert_nonnull (belay_manifest_find_activity (after->manifest, activity->key));
}

#define QUIZ                                                                                                           \
  "questions:\n"                                                                                                       \
  "  - {key: one, kind: single, text: 'A **b** </script>', choices: [{text: x, correct: true}, {text: y}]}\n"          \
  "  - {key: two, kind: number, text: n, answer: 4.5, tolerance: 0.1}\n"                                               \
  "  - {key: three, kind: text, text: t, answers: [rope]}\n"

static void
test_a_native_module_becomes_pages (Fixture *fixture,
                                    gconstpointer data)
{
  static const Entry entries[] = {
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

  make_zip (fixture->package, entries);
  result = import (fixture);

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
test_a_wrong_native_module_is_refused (Fixture *fixture,
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
      const Entry entries[] = { { "module.yaml", cases[i].module, NULL },
                                { "read.md", cases[i].markdown, NULL },
                                { "c.yaml", cases[i].quiz, NULL },
                                { NULL, NULL, NULL } };

      g_test_message ("%s%s", cases[i].module, cases[i].quiz);
      refuse_files (fixture, entries, cases[i].code);
    }
}

static void
test_a_folder_with_a_link_is_refused (Fixture *fixture,
                                      gconstpointer data)
{
  g_autofree char *link = NULL;

  g_assert_cmpint (g_mkdir (fixture->package, 0755), ==, 0);
  link = g_build_filename (fixture->package, "module.yaml", NULL);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  assert_refused (fixture, "link");
}

static void
test_real_packages_import (Fixture *fixture,
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
      result = import (fixture);
      g_assert_cmpuint (result->problems->len, ==, 0);
      g_assert_nonnull (result->manifest);
      g_assert_cmpuint (result->manifest->activities->len, ==, packages[i].units);
      g_assert_cmpuint (count_blobs (fixture), >, before);
      before = count_blobs (fixture);
    }
  /* They share their pictures and their film: three times as many files would be 44. */
  g_assert_cmpuint (before, <, 30);
}

static void
test_the_examples_of_the_specification_are_read (Fixture *fixture,
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
      result = import (fixture);
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

#define ADD(name, function) g_test_add ("/import/" name, Fixture, NULL, set_up, function, tear_down)

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
  ADD ("a-wrong-course-structure-is-refused", test_a_wrong_course_structure_is_refused);
  ADD ("what-the-schema-allows-is-taken", test_what_the_schema_allows_is_taken);
  ADD ("a-unit-keeps-its-key-in-later-versions", test_a_unit_keeps_its_key_in_later_versions);
  ADD ("a-native-module-becomes-pages", test_a_native_module_becomes_pages);
  ADD ("a-wrong-native-module-is-refused", test_a_wrong_native_module_is_refused);
  ADD ("a-folder-with-a-link-is-refused", test_a_folder_with_a_link_is_refused);
  ADD ("real-packages-import", test_real_packages_import);
  ADD ("the-examples-of-the-specification-are-read", test_the_examples_of_the_specification_are_read);

  return g_test_run ();
}
