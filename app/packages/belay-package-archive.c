/* belay-package-archive.c: getting at the files of a package: a ZIP archive or a folder
 *
 * Reads only; nothing is ever written under a name that the package gives. The first thing that is wrong with an
 * archive ends the reading, since what follows cannot be believed either.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-package-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#define READ_BYTES (256 * 1024)

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

static gboolean
refuse (BelayPackageFiles *files,
        const char *code,
        const char *where,
        const char *message)
{
  belay_import_problems_add (belay_package_files_get_problems (files), BELAY_IMPORT_PROBLEM, code, where, "%s",
                             message);

  return FALSE;
}

static gboolean
unpack_file (Archive *archive,
             const char *path,
             BelayPackageFiles *files,
             GError **error)
{
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  la_ssize_t length;

  if (!belay_package_files_begin (files, path, error))
    return FALSE;
  while ((length = archive_read_data (archive, buffer, READ_BYTES)) > 0)
    if (!belay_package_files_append (files, buffer, length, error))
      return FALSE;
  if (length < 0)
    return refuse (files, "archive-damaged", path, "This file of the archive is damaged and cannot be unpacked.");

  return belay_package_files_end (files, error);
}

/* What some systems add when they pack a folder; no course means it. */
static gboolean
is_litter (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_str_has_prefix (path, "__MACOSX/") || g_str_equal (name, ".DS_Store") || g_str_equal (name, "Thumbs.db");
}

static gboolean
unpack_entry (Archive *archive,
              struct archive_entry *entry,
              BelayPackageFiles *files,
              GError **error)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);
  if (name == NULL)
    return refuse (files, "path-not-utf8", "", "The archive holds a file whose name cannot be read.");
  if (!belay_package_files_count_entry (files))
    return FALSE;
  if (archive_entry_symlink (entry) != NULL || archive_entry_hardlink (entry) != NULL
      || archive_entry_filetype (entry) == AE_IFLNK)
    return refuse (files, "link", name, "The package holds a link, which could point anywhere; pack the file itself.");
  if (archive_entry_is_encrypted (entry))
    return refuse (files, "encrypted", name, "The archive is locked with a password; pack it again without one.");
  if (archive_entry_filetype (entry) == AE_IFDIR || is_litter (name))
    return TRUE;
  if (archive_entry_filetype (entry) != AE_IFREG)
    return refuse (files, "special-file", name, "The package holds something that is neither a file nor a folder.");

  return unpack_file (archive, name, files, error);
}

static gboolean
unpack_archive (const char *path,
                BelayPackageFiles *files,
                GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();
  struct archive_entry *entry;
  struct stat status;
  int result;

  archive_read_support_format_zip (archive);
  archive_read_set_options (archive, "zip:hdrcharset=UTF-8");
  if (g_stat (path, &status) != 0 || archive_read_open_filename (archive, path, READ_BYTES) != ARCHIVE_OK)
    return refuse (files, "not-a-package", "", "This is neither a ZIP archive nor a folder.");

  belay_package_files_set_packed_bytes (files, status.st_size);
  while ((result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN)
    if (!unpack_entry (archive, entry, files, error))
      return FALSE;
  if (result != ARCHIVE_EOF && belay_package_files_get_size (files) > 0)
    return refuse (files, "archive-damaged", "", "The archive is damaged: it ends before its time.");
  if (result != ARCHIVE_EOF || belay_package_files_get_size (files) == 0)
    return refuse (files, "not-a-package", "", "This is neither a ZIP archive nor a folder.");

  return belay_package_files_check_folders (files);
}

/**
 * belay_package_archive_unpack:
 * @path: a file that should be a ZIP archive (32 or 64 bit, cmi5 §14.1)
 * @files: where its files go
 *
 * Returns: whether all of it was unpacked; else either a problem was told or, where this machine failed, @error is set
 */
gboolean
belay_package_archive_unpack (const char *path,
                              BelayPackageFiles *files,
                              GError **error)
{
  locale_t utf8;
  locale_t before;
  gboolean is_unpacked;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (files != NULL, FALSE);

  /* libarchive takes names through the locale; a server is often started in one that knows ASCII only. */
  utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  before = utf8 != (locale_t) 0 ? uselocale (utf8) : (locale_t) 0;
  is_unpacked = unpack_archive (path, files, error);
  if (utf8 != (locale_t) 0)
    {
      uselocale (before);
      freelocale (utf8);
    }

  return is_unpacked;
}

static gboolean
read_file (const char *path,
           const char *name,
           BelayPackageFiles *files,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  gssize length;

  if (stream == NULL || !belay_package_files_begin (files, name, error))
    return FALSE;
  while ((length = g_input_stream_read (G_INPUT_STREAM (stream), buffer, READ_BYTES, NULL, error)) > 0)
    if (!belay_package_files_append (files, buffer, length, error))
      return FALSE;

  return length == 0 && belay_package_files_end (files, error);
}

static gboolean read_folder (const char *path,
                             const char *prefix,
                             BelayPackageFiles *files,
                             GError **error);

static gboolean
read_entry (const char *path,
            const char *name,
            BelayPackageFiles *files,
            GError **error)
{
  struct stat status;

  if (!belay_package_files_count_entry (files))
    return FALSE;
  if (g_lstat (path, &status) != 0 || S_ISLNK (status.st_mode))
    return refuse (files, "link", name,
                   "The folder holds a link, which could point anywhere; put the file itself there.");
  if (S_ISDIR (status.st_mode))
    {
      g_autofree char *prefix = g_strconcat (name, "/", NULL);

      /* The names are checked here as well, before we go deeper than we would accept a file. */
      if (!belay_package_path_is_safe (name) || belay_package_path_get_depth (name) > 64)
        return refuse (files, "path-unsafe", name, "This folder's name is not one that every computer can keep.");
      return read_folder (path, prefix, files, error);
    }
  if (!S_ISREG (status.st_mode))
    return refuse (files, "special-file", name, "The folder holds something that is neither a file nor a folder.");

  return is_litter (name) || read_file (path, name, files, error);
}

static gboolean
read_folder (const char *path,
             const char *prefix,
             BelayPackageFiles *files,
             GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  const char *child;

  if (folder == NULL)
    return FALSE;

  while ((child = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child_path = g_build_filename (path, child, NULL);
      g_autofree char *name = g_strconcat (prefix, child, NULL);

      if (!read_entry (child_path, name, files, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * belay_package_folder_read:
 * @path: a folder with a package's files
 * @files: where they go
 *
 * Returns: whether all of it was read; else either a problem was told or, where this machine failed, @error is set
 */
gboolean
belay_package_folder_read (const char *path,
                           BelayPackageFiles *files,
                           GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (files != NULL, FALSE);

  return read_folder (path, "", files, error) && belay_package_files_check_folders (files);
}
