/* belay-blob-store.c: a folder of files that are named by what they hold
 *
 * `ab/abcdef…` are whole files; `incoming/` holds those that are not. A file moves from the second to the first only
 * once its bytes were verified and are on the disk, and by a rename: at no moment does a half file look whole. Nothing
 * here knows what a file is for, and nothing is kept in memory: any number of threads and processes may use one folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-blob-private.h"

#include "belay-digest.h"
#include "belay-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define FRESH_SECONDS (24 * 60 * 60)

G_DEFINE_QUARK (belay-blob-store-error-quark, belay_blob_store_error)

/* Returns: %FALSE, with @error set to what @reason, an errno, means */
gboolean
belay_blob_fail (GError **error,
                 int reason,
                 const char *what,
                 const char *path)
{
  gboolean is_full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;

  g_set_error (error, BELAY_BLOB_STORE_ERROR, is_full ? BELAY_BLOB_STORE_ERROR_FULL : BELAY_BLOB_STORE_ERROR_FAILED,
               "%s (%s): %s", what, path, g_strerror (reason));

  return FALSE;
}

/**
 * belay_blob_store_new:
 * @path: a folder, made where it is not there
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with a #BelayBlobStoreError
 */
BelayBlobStore *
belay_blob_store_new (const char *path,
                      GError **error)
{
  g_autofree char *incoming = NULL;
  BelayBlobStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  incoming = g_build_filename (path, BELAY_BLOB_INCOMING, NULL);
  if (g_mkdir_with_parents (incoming, 0755) != 0)
    {
      belay_blob_fail (error, errno, "The content folder could not be made", path);
      return NULL;
    }

  self = g_new0 (BelayBlobStore, 1);
  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (path);

  return self;
}

BelayBlobStore *
belay_blob_store_ref (BelayBlobStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_blob_store_unref (BelayBlobStore *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->path);
  g_free (self);
}

/* Returns: (transfer full): the folder that a file of that hash lies in */
char *
belay_blob_folder_for (BelayBlobStore *self,
                       const char *hash)
{
  char prefix[] = { hash[0], hash[1], '\0' };

  return g_build_filename (self->path, prefix, NULL);
}

/**
 * belay_blob_store_path_for:
 * @hash: a SHA-256 in lower-case hexadecimal
 *
 * Returns: (transfer full): where the file of that hash is, or would be
 */
char *
belay_blob_store_path_for (BelayBlobStore *self,
                           const char *hash)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (belay_text_is_sha256 (hash), NULL);

  folder = belay_blob_folder_for (self, hash);

  return g_build_filename (folder, hash, NULL);
}

/**
 * belay_blob_store_has:
 * @hash: a SHA-256
 * @size: (out) (optional): how many bytes it has
 *
 * Returns: whether the file is here, whole
 */
gboolean
belay_blob_store_has (BelayBlobStore *self,
                      const char *hash,
                      guint64 *size)
{
  g_autofree char *path = NULL;
  struct stat status;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (belay_text_is_sha256 (hash), FALSE);

  path = belay_blob_store_path_for (self, hash);
  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;

  if (size != NULL)
    *size = status.st_size;

  return TRUE;
}

/**
 * belay_blob_store_get_room:
 * @bytes: (out): how many more the disk takes from this user
 *
 * Returns: whether the disk told; else a #BelayBlobStoreError
 */
gboolean
belay_blob_store_get_room (BelayBlobStore *self,
                           guint64 *bytes,
                           GError **error)
{
  struct statvfs status;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  if (statvfs (self->path, &status) != 0)
    return belay_blob_fail (error, errno, "The disk did not tell how much room it has", self->path);
  *bytes = (guint64) status.f_bavail * status.f_frsize;

  return TRUE;
}

/**
 * belay_blob_store_verify:
 * @hash: a file that is here
 *
 * Reads the file again, for the day on which the disk is doubted.
 *
 * Returns: whether it holds what its name says; else %BELAY_BLOB_STORE_ERROR_WRONG, or the error of reading
 */
gboolean
belay_blob_store_verify (BelayBlobStore *self,
                         const char *hash,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *found = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (belay_text_is_sha256 (hash), FALSE);

  path = belay_blob_store_path_for (self, hash);
  found = belay_digest_of_file (path, cancellable, error);
  if (found == NULL)
    return FALSE;
  if (g_str_equal (found, hash))
    return TRUE;

  g_set_error (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_WRONG, "The file %s is damaged.", path);

  return FALSE;
}

/**
 * belay_blob_store_remove:
 * @hash: a SHA-256
 *
 * Removes the file, or what there is of it.
 *
 * Returns: whether it is gone; that it was not there is no error
 */
gboolean
belay_blob_store_remove (BelayBlobStore *self,
                         const char *hash,
                         GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *incoming = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (belay_text_is_sha256 (hash), FALSE);

  path = belay_blob_store_path_for (self, hash);
  incoming = g_build_filename (self->path, BELAY_BLOB_INCOMING, hash, NULL);
  g_unlink (incoming);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return belay_blob_fail (error, errno, "The file could not be removed", path);

  return TRUE;
}

static gboolean
sweep_one (const char *path,
           guint64 *freed,
           GError **error)
{
  struct stat status;

  if (lstat (path, &status) != 0)
    return errno == ENOENT || belay_blob_fail (error, errno, "The file could not be looked at", path);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return belay_blob_fail (error, errno, "The file could not be removed", path);
  if (freed != NULL)
    *freed += status.st_blocks * G_GUINT64_CONSTANT (512);

  return TRUE;
}

/* A write without a known hash may belong to another thread that is still at it; only an old one is a leftover. */
static gboolean
is_leftover (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && status.st_mtime < g_get_real_time () / G_USEC_PER_SEC - FRESH_SECONDS;
}

static gboolean
sweep_folder (const char *path,
              GHashTable *keep,
              guint64 *freed,
              GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_str_has_prefix (name, BELAY_BLOB_FRESH_PREFIX) ? !is_leftover (file) : g_hash_table_contains (keep, name))
        continue;
      if (!sweep_one (file, freed, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * belay_blob_store_sweep:
 * @keep: (element-type utf8 gpointer): a set of hashes
 * @freed: (out) (optional): how many bytes of the disk that gave back
 *
 * Removes every file, whole or not, whose hash is not in @keep.
 *
 * Returns: whether all went; else a #BelayBlobStoreError, with some of them gone
 */
gboolean
belay_blob_store_sweep (BelayBlobStore *self,
                        GHashTable *keep,
                        guint64 *freed,
                        GError **error)
{
  g_autoptr (GDir) root = NULL;
  const char *name;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (keep != NULL, FALSE);

  if (freed != NULL)
    *freed = 0;

  root = g_dir_open (self->path, 0, NULL);
  while (root != NULL && (name = g_dir_read_name (root)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);
      gboolean is_ours =
        g_str_equal (name, BELAY_BLOB_INCOMING) || (strlen (name) == 2 && strspn (name, "0123456789abcdef") == 2);

      if (is_ours && !sweep_folder (path, keep, freed, error))
        return FALSE;
    }

  return TRUE;
}
