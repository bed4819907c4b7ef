/* belay-package-import.c: what somebody brings becomes a course, or a list of what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-package-import.h"

#include "belay-cmi5-import.h"
#include "belay-module-import.h"
#include "belay-package-archive.h"
#include "belay-package-files.h"
#include "belay-text.h"
#include "belay-time.h"

#include <string.h>

void
belay_import_free (BelayImport *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->manifest, belay_manifest_free);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* A course structure that stands alone is a package too (cmi5 §14.2), if one with no files. */
static gboolean
read_single_file (const char *path,
                  BelayPackageFiles *files,
                  GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, error))
    return FALSE;

  bytes = g_bytes_new_take (data, length);

  return belay_package_files_add_bytes (files, BELAY_CMI5_FILE, bytes, error);
}

static gboolean
read_package (const char *path,
              BelayPackageFiles *files,
              GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return belay_package_folder_read (path, files, error);
  if (g_str_has_suffix (path, ".xml"))
    return read_single_file (path, files, error);

  return belay_package_archive_unpack (path, files, error);
}

static const char *
find_deeper (BelayPackageFiles *files,
             const char *name)
{
  g_autofree char *ending = g_strconcat ("/", name, NULL);

  for (guint i = 0; i < belay_package_files_get_size (files); i++)
    {
      const char *path = belay_package_files_get_nth (files, i);

      if (g_str_has_suffix (path, ending))
        return path;
    }

  return NULL;
}

static void
tell_that_nothing_is_known (BelayPackageFiles *files)
{
  static const char *const names[] = { BELAY_CMI5_FILE, BELAY_MODULE_FILE };
  GPtrArray *problems = belay_package_files_get_problems (files);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *deeper = find_deeper (files, names[i]);

      if (deeper != NULL)
        {
          belay_import_problems_add (
            problems, BELAY_IMPORT_PROBLEM, "course-too-deep", deeper,
            "The course lies in a folder of the package; pack what is in that folder instead.");
          return;
        }
    }

  if (belay_package_files_has (files, "imsmanifest.xml"))
    belay_import_problems_add (problems, BELAY_IMPORT_PROBLEM, "format-unknown", "imsmanifest.xml",
                               "This is a SCORM package or a Common Cartridge, which this Belay cannot play yet.");
  else
    belay_import_problems_add (problems, BELAY_IMPORT_PROBLEM, "course-missing", "",
                               "The package holds neither %s (cmi5) nor %s (Belay).", BELAY_CMI5_FILE,
                               BELAY_MODULE_FILE);
}

static gboolean
understand (BelayPackageFiles *files,
            BelayManifest *manifest,
            GHashTable **paths,
            GError **error)
{
  if (belay_package_files_has (files, BELAY_CMI5_FILE))
    {
      belay_cmi5_import (files, manifest);
      return TRUE;
    }
  if (belay_package_files_has (files, BELAY_MODULE_FILE))
    return belay_module_import (files, manifest, paths, error);

  tell_that_nothing_is_known (files);

  return TRUE;
}

static void
import_files (BelayImport *self,
              const char *path,
              BelayPackageFiles *files,
              BelayManifest *manifest,
              GError **error)
{
  g_autoptr (GHashTable) paths = NULL;
  g_autoptr (GError) failure = NULL;

  if (read_package (path, files, &failure) && understand (files, manifest, &paths, &failure)
      && !belay_import_problems_are_fatal (self->problems))
    {
      if (belay_package_files_keep (files, paths, manifest, &failure))
        self->manifest = belay_manifest_copy (manifest);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
}

/**
 * belay_package_import:
 * @path: a ZIP archive, a folder, or a course structure that stands alone
 * @key: the permanent key that the course will have here
 * @store: where its files are kept
 * @clock: for the time it was made
 * @limits: (nullable): what it may ask of this machine; %NULL for the usual
 *
 * Unpacks, understands and checks a package: cmi5, or a native module of Belay. Where anything is wrong the problems
 * tell all of it, there is no manifest, and the store is as it was before. It blocks, so call it from a thread that
 * may.
 *
 * Returns: (transfer full) (nullable): what came of it; %NULL with an error where not the package but this machine
 * failed
 */
BelayImport *
belay_package_import (const char *path,
                      const char *key,
                      BelayBlobStore *store,
                      BelayClock *clock,
                      const BelayImportLimits *limits,
                      GError **error)
{
  static const BelayImportLimits usual = BELAY_IMPORT_LIMITS_DEFAULT;
  g_autoptr (BelayImport) self = NULL;
  g_autoptr (BelayPackageFiles) files = NULL;
  g_autoptr (BelayManifest) manifest = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (belay_text_is_key (key), NULL);
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  self = g_new0 (BelayImport, 1);
  self->problems = belay_import_problems_new ();
  files = belay_package_files_new (store, limits != NULL ? limits : &usual, self->problems);
  manifest = belay_manifest_new ();
  manifest->course = g_strdup (key);
  manifest->made = belay_time_format (belay_clock_now_us (clock));
  import_files (self, path, files, manifest, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&self);
}
