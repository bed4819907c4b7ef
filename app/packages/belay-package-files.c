/* belay-package-files.c: the files of a package while it is judged
 *
 * Whoever unpacks hands names and bytes in here; this is the one place where names are believed or not and where
 * bytes are counted. A file lies sealed beside the store until belay_package_files_keep() moves all of them in; a
 * package that is refused takes its files with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-package-files.h"

#include "belay-digest.h"
#include "belay-package-path.h"

#include <string.h>

/* A few small files may well pack a thousandfold; a bomb is what does so at length. */
#define RATIO_FREE_BYTES (16 * 1024 * 1024)

typedef struct
{
  char *path;
  guint64 size;
  BelayBlobWrite *write;
  GPtrArray *chunks;
} PackageFile;

struct _BelayPackageFiles
{
  BelayBlobStore *store;
  BelayImportLimits limits;
  GPtrArray *problems;
  GPtrArray *files;      /* of PackageFile */
  GHashTable *by_path;   /* path → PackageFile */
  GHashTable *by_folded; /* folded path → PackageFile */
  guint entries;
  guint64 packed_bytes; /* 0: it was not packed */
  guint64 bytes;
  PackageFile *open; /* (nullable): the one being written */
  BelayDigest *chunk;
  guint64 chunk_bytes;
};

static void
file_free (gpointer data)
{
  PackageFile *file = data;

  g_free (file->path);
  g_clear_pointer (&file->write, belay_blob_write_free);
  g_ptr_array_unref (file->chunks);
  g_free (file);
}

/**
 * belay_package_files_new:
 * @store: where the files will be kept
 * @limits: what they may ask of this machine
 * @problems: (element-type BelayImportProblem): where to tell what is wrong
 *
 * Returns: (transfer full): no files yet
 */
BelayPackageFiles *
belay_package_files_new (BelayBlobStore *store,
                         const BelayImportLimits *limits,
                         GPtrArray *problems)
{
  BelayPackageFiles *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  self = g_new0 (BelayPackageFiles, 1);
  self->store = belay_blob_store_ref (store);
  self->limits = *limits;
  self->problems = g_ptr_array_ref (problems);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->chunk = belay_digest_new ();

  return self;
}

void
belay_package_files_free (BelayPackageFiles *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->open, file_free);
  g_hash_table_unref (self->by_path);
  g_hash_table_unref (self->by_folded);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->problems);
  belay_digest_free (self->chunk);
  belay_blob_store_unref (self->store);
  g_free (self);
}

GPtrArray *
belay_package_files_get_problems (BelayPackageFiles *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problems;
}

/**
 * belay_package_files_set_packed_bytes:
 * @bytes: how large the archive is, from which the ratio is judged
 */
void
belay_package_files_set_packed_bytes (BelayPackageFiles *self,
                                      guint64 bytes)
{
  g_return_if_fail (self != NULL);

  self->packed_bytes = bytes;
}

/**
 * belay_package_files_count_entry:
 *
 * Counts a file or folder of the package.
 *
 * Returns: whether it may have that many
 */
gboolean
belay_package_files_count_entry (BelayPackageFiles *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (++self->entries <= self->limits.entries)
    return TRUE;

  belay_import_problems_add (self->problems, BELAY_IMPORT_PROBLEM, "too-many-files", "",
                             "The package holds more than %u files and folders.", self->limits.entries);

  return FALSE;
}

static gboolean
refuse_path (BelayPackageFiles *self,
             const char *code,
             const char *path,
             const char *message)
{
  belay_import_problems_add (self->problems, BELAY_IMPORT_PROBLEM, code, path, "%s", message);

  return FALSE;
}

static gboolean
path_is_welcome (BelayPackageFiles *self,
                 const char *path,
                 const char *folded)
{
  const PackageFile *other = g_hash_table_lookup (self->by_folded, folded);

  if (!belay_package_path_is_safe (path))
    return refuse_path (self, "path-unsafe", path,
                        "This name would leave the package's folder, or is not a name that every computer can keep.");
  if (belay_package_path_get_depth (path) > self->limits.depth)
    return refuse_path (self, "path-too-deep", path, "This file lies in too many folders.");
  if (other != NULL)
    {
      belay_import_problems_add (self->problems, BELAY_IMPORT_PROBLEM, "path-twice", path,
                                 "On many computers this is the same file as “%s”.", other->path);
      return FALSE;
    }

  return TRUE;
}

/**
 * belay_package_files_begin:
 * @raw_path: the file's name as the package gives it
 *
 * Begins a file. It is brought into NFC, and refused with a problem where it cannot be believed.
 *
 * Returns: whether it was begun; with @error set only where this machine failed
 */
gboolean
belay_package_files_begin (BelayPackageFiles *self,
                           const char *raw_path,
                           GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folded = NULL;
  BelayBlobWrite *write;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (raw_path != NULL, FALSE);
  g_return_val_if_fail (self->open == NULL, FALSE);

  path = g_utf8_normalize (raw_path, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  if (path == NULL)
    return refuse_path (self, "path-not-utf8", raw_path, "This name is not UTF-8.");

  folded = belay_package_path_fold (path);
  if (!path_is_welcome (self, path, folded))
    return FALSE;

  write = belay_blob_store_begin (self->store, error);
  if (write == NULL)
    return FALSE;

  self->open = g_new0 (PackageFile, 1);
  self->open->path = g_steal_pointer (&path);
  self->open->write = write;
  self->open->chunks = g_ptr_array_new_with_free_func (g_free);
  self->chunk_bytes = 0;
  g_hash_table_insert (self->by_folded, g_steal_pointer (&folded), self->open);

  return TRUE;
}

static gboolean
bytes_are_within_limits (BelayPackageFiles *self)
{
  if (self->bytes > self->limits.total_bytes)
    {
      belay_import_problems_add (self->problems, BELAY_IMPORT_PROBLEM, "too-large", self->open->path,
                                 "Unpacked, the package is larger than %" G_GUINT64_FORMAT " MiB.",
                                 self->limits.total_bytes / 1024 / 1024);
      return FALSE;
    }
  if (self->packed_bytes > 0 && self->bytes > RATIO_FREE_BYTES && self->bytes / self->limits.ratio > self->packed_bytes)
    {
      belay_import_problems_add (
        self->problems, BELAY_IMPORT_PROBLEM, "bomb", self->open->path,
        "The package unpacks to more than %u times its size: it looks like one that was made to fill a disk.",
        self->limits.ratio);
      return FALSE;
    }

  return TRUE;
}

static void
add_to_chunks (BelayPackageFiles *self,
               const guint8 *data,
               gsize length)
{
  while (length > 0)
    {
      gsize part = MIN (length, BELAY_CHUNK_BYTES - self->chunk_bytes);

      belay_digest_update (self->chunk, data, part);
      self->chunk_bytes += part;
      data += part;
      length -= part;
      if (self->chunk_bytes == BELAY_CHUNK_BYTES)
        {
          g_ptr_array_add (self->open->chunks, belay_digest_finish (self->chunk));
          self->chunk_bytes = 0;
        }
    }
}

/**
 * belay_package_files_append:
 *
 * Returns: whether the open file may have @data too, and has it; with @error set only where this machine failed
 */
gboolean
belay_package_files_append (BelayPackageFiles *self,
                            gconstpointer data,
                            gsize length,
                            GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->open != NULL, FALSE);

  self->bytes += length;
  self->open->size += length;
  if (!bytes_are_within_limits (self))
    return FALSE;

  add_to_chunks (self, data, length);

  return belay_blob_write_append (self->open->write, data, length, error);
}

/**
 * belay_package_files_end:
 *
 * Returns: whether the open file is on the disk
 */
gboolean
belay_package_files_end (BelayPackageFiles *self,
                         GError **error)
{
  PackageFile *file;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->open != NULL, FALSE);

  file = g_steal_pointer (&self->open);
  g_ptr_array_add (self->files, file);
  g_hash_table_insert (self->by_path, file->path, file);
  g_ptr_array_add (file->chunks, belay_digest_finish (self->chunk));
  if (self->chunk_bytes == 0)
    g_ptr_array_set_size (file->chunks, file->chunks->len - 1);
  if (file->size <= BELAY_CHUNK_BYTES)
    g_ptr_array_set_size (file->chunks, 0);

  return belay_blob_write_seal (file->write, error);
}

/**
 * belay_package_files_add_bytes:
 *
 * Adds a file that Belay made itself.
 *
 * Returns: whether it is there; a problem is told where its name is taken
 */
gboolean
belay_package_files_add_bytes (BelayPackageFiles *self,
                               const char *path,
                               GBytes *bytes,
                               GError **error)
{
  gsize length;
  gconstpointer data;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &length);

  return belay_package_files_begin (self, path, error) && belay_package_files_append (self, data, length, error)
         && belay_package_files_end (self, error);
}

/**
 * belay_package_files_check_folders:
 *
 * Returns: whether no file has the name of a folder that another one lies in; else a problem is told
 */
gboolean
belay_package_files_check_folders (BelayPackageFiles *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->files->len; i++)
    {
      const PackageFile *file = g_ptr_array_index (self->files, i);
      g_autofree char *folder = belay_package_path_fold (file->path);
      char *end;

      while ((end = strrchr (folder, '/')) != NULL)
        {
          *end = '\0';
          if (g_hash_table_contains (self->by_folded, folder))
            return refuse_path (self, "path-twice", file->path,
                                "The package holds a file with the name of this one's folder.");
        }
    }

  return TRUE;
}

guint
belay_package_files_get_size (BelayPackageFiles *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->files->len;
}

const char *
belay_package_files_get_nth (BelayPackageFiles *self,
                             guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->files->len, NULL);

  return ((const PackageFile *) g_ptr_array_index (self->files, index))->path;
}

gboolean
belay_package_files_has (BelayPackageFiles *self,
                         const char *path)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return g_hash_table_contains (self->by_path, path);
}

/**
 * belay_package_files_read:
 * @path: a file that Belay itself must understand
 *
 * Returns: (transfer full) (nullable): what it holds; %NULL, with a problem told, where it is not there or too large
 */
GBytes *
belay_package_files_read (BelayPackageFiles *self,
                          const char *path)
{
  g_autoptr (GError) error = NULL;
  const PackageFile *file;
  char *data;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  file = g_hash_table_lookup (self->by_path, path);
  if (file == NULL)
    {
      refuse_path (self, "file-missing", path, "The package does not hold this file.");
      return NULL;
    }
  if (file->size > self->limits.text_bytes)
    {
      refuse_path (self, "text-too-large", path, "This file is too large to be what its name says.");
      return NULL;
    }
  if (!g_file_get_contents (belay_blob_write_get_path (file->write), &data, &length, &error))
    {
      refuse_path (self, "file-unreadable", path, error->message);
      return NULL;
    }

  return g_bytes_new_take (data, length);
}

static int
compare_files (gconstpointer first,
               gconstpointer second)
{
  const PackageFile *const *a = first;
  const PackageFile *const *b = second;

  return strcmp ((*a)->path, (*b)->path);
}

static BelayManifestFile *
describe (const PackageFile *file)
{
  BelayManifestFile *described = belay_manifest_file_new ();

  described->path = g_strdup (file->path);
  described->hash = g_strdup (belay_blob_write_get_hash (file->write));
  described->size = file->size;
  described->type = g_strdup (belay_package_path_get_type (file->path));
  for (guint i = 0; i < file->chunks->len; i++)
    g_ptr_array_add (described->chunks, g_strdup (g_ptr_array_index (file->chunks, i)));

  return described;
}

static void
remove_again (BelayPackageFiles *self,
              GPtrArray *added)
{
  for (guint i = 0; i < added->len; i++)
    belay_blob_store_remove (self->store, g_ptr_array_index (added, i), NULL);
}

/**
 * belay_package_files_keep:
 * @paths: (nullable) (element-type utf8 gpointer): the set of files to keep; %NULL for all of them
 * @manifest: receives the files
 *
 * Moves the files into the store.
 *
 * Returns: whether all of them are there; else none that was not there before, with a #BelayBlobStoreError
 */
gboolean
belay_package_files_keep (BelayPackageFiles *self,
                          GHashTable *paths,
                          BelayManifest *manifest,
                          GError **error)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (manifest != NULL, FALSE);

  g_ptr_array_sort (self->files, compare_files);
  for (guint i = 0; i < self->files->len; i++)
    {
      PackageFile *file = g_ptr_array_index (self->files, i);
      const char *hash = belay_blob_write_get_hash (file->write);

      if (paths != NULL && !g_hash_table_contains (paths, file->path))
        continue;

      g_ptr_array_add (manifest->files, describe (file));
      if (belay_blob_store_has (self->store, hash, NULL))
        continue;
      if (!belay_blob_write_commit (file->write, NULL, NULL, error))
        {
          remove_again (self, added);
          return FALSE;
        }
      g_ptr_array_add (added, g_strdup (hash));
    }

  return TRUE;
}
