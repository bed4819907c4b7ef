/* fuzz-package.c: what the fuzzers of packages share: an import, and what must hold of each
 *
 * The limits are small, so that a run is short and a bomb is found by what it does, not by how long it takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-package.h"

#include <glib/gstdio.h>

#define NOW G_GINT64_CONSTANT (1767225600000000)

static guint
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  guint files = folder == NULL ? 1 : 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      files += remove_tree (child);
    }
  g_remove (path);

  return files;
}

void
fuzz_package_begin (FuzzPackage *self)
{
  g_autofree char *blobs = NULL;

  self->folder = g_dir_make_tmp ("belay-fuzz-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  blobs = g_build_filename (self->folder, "blobs", NULL);
  self->store = belay_blob_store_new (blobs, NULL);
  self->clock = belay_clock_new_fixed (NOW);
  g_assert_nonnull (self->store);
}

void
fuzz_package_put (FuzzPackage *self,
                  const char *name,
                  const void *data,
                  gsize size)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (
    g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Either it is understood, and what its manifest says survives being written and read; or a problem says why not. */
void
fuzz_package_import (FuzzPackage *self,
                     const char *name)
{
  const BelayImportLimits limits = {
    .total_bytes = 1 << 20, .text_bytes = 1 << 16, .entries = 64, .ratio = 50, .depth = 6
  };
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayImport) import = belay_package_import (path, "fuzz", self->store, self->clock, &limits, &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);
  g_assert_true ((import->manifest == NULL) == belay_import_problems_are_fatal (import->problems));
  if (import->manifest != NULL)
    {
      g_autoptr (GBytes) json = belay_manifest_encode (import->manifest);
      g_autoptr (BelayManifest) again = belay_manifest_decode (json, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (again->activities->len, ==, import->manifest->activities->len);
      for (guint i = 0; i < again->files->len; i++)
        {
          const BelayManifestFile *file = g_ptr_array_index (again->files, i);

          g_assert_true (belay_blob_store_has (self->store, file->hash, NULL));
        }
    }
}

void
fuzz_package_end (FuzzPackage *self)
{
  belay_blob_store_unref (self->store);
  belay_clock_unref (self->clock);
  remove_tree (self->folder);
  g_free (self->folder);
}
