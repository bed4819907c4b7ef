/* package-fixture.c: a package in a folder of its own, a store beside it, and how it is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "package-fixture.h"

#include <archive_entry.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1767225600000000)

void
package_fixture_set_up (PackageFixture *fixture,
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

void
package_fixture_tear_down (PackageFixture *fixture,
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

guint
package_fixture_count_blobs (PackageFixture *fixture)
{
  g_autofree char *blobs = g_build_filename (fixture->folder, "blobs", NULL);

  return count_files (blobs);
}

struct archive *
package_fixture_open_zip (const char *path)
{
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  archive_write_set_options (zip, "hdrcharset=UTF-8");
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);

  return zip;
}

void
package_fixture_begin_entry (struct archive *zip,
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
void
package_fixture_make_zip (const char *path,
                          const PackageEntry *entries)
{
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  locale_t before = uselocale (utf8);
  struct archive *zip = package_fixture_open_zip (path);

  for (; entries->path != NULL; entries++)
    {
      package_fixture_begin_entry (zip, entries->path, entries->link,
                                   entries->link != NULL ? 0 : strlen (entries->text));
      if (entries->link == NULL)
        archive_write_data (zip, entries->text, strlen (entries->text));
    }
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);
  uselocale (before);
  freelocale (utf8);
}

BelayImport *
package_fixture_import (PackageFixture *fixture)
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
void
package_fixture_assert_refused (PackageFixture *fixture,
                                const char *code)
{
  g_autoptr (BelayImport) result = package_fixture_import (fixture);
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
  g_assert_cmpuint (package_fixture_count_blobs (fixture), ==, 0);
}

void
package_fixture_refuse_files (PackageFixture *fixture,
                              const PackageEntry *entries,
                              const char *code)
{
  package_fixture_make_zip (fixture->package, entries);
  package_fixture_assert_refused (fixture, code);
}

void
package_fixture_refuse_xml (PackageFixture *fixture,
                            const char *xml,
                            const char *code)
{
  const PackageEntry entries[] = { { "cmi5.xml", xml, NULL }, { "index.html", "<p>", NULL }, { NULL, NULL, NULL } };

  g_test_message ("%s", xml);
  package_fixture_refuse_files (fixture, entries, code);
}
