/* belay-blob-store.c: a folder of files that are named by what they hold
 *
 * `ab/abcdef…` are whole files; `incoming/` holds those that are not. A file moves from the second to the first only
 * once its bytes were verified and are on the disk, and by a rename: at no moment does a half file look whole. Nothing
 * here knows what a file is for, and nothing is kept in memory: any number of threads and processes may use one folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-blob-store.h"

#include "belay-digest.h"
#include "belay-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INCOMING "incoming"
#define FRESH_PREFIX "new-"
#define FRESH_SECONDS (24 * 60 * 60)
#define COPY_BYTES (256 * 1024)

struct _BelayBlobStore
{
  gatomicrefcount references;
  char *path;
};

struct _BelayBlobWrite
{
  BelayBlobStore *store;
  char *path;
  char *wanted; /* (nullable): the hash it will have, where it can be resumed */
  char *hash;   /* (nullable): the hash that it has, once it is sealed */
  int descriptor;
  guint64 offset;
  BelayDigest *digest;
  gboolean is_committed;
};

G_DEFINE_QUARK (belay-blob-store-error-quark, belay_blob_store_error)

static gboolean
fail (GError **error,
      int reason,
      const char *what,
      const char *path)
{
  gboolean is_full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;

  g_set_error (error, BELAY_BLOB_STORE_ERROR, is_full ? BELAY_BLOB_STORE_ERROR_FULL : BELAY_BLOB_STORE_ERROR_FAILED,
               "%s (%s): %s", what, path, g_strerror (reason));

  return FALSE;
}

static gboolean
sync_folder (const char *path,
             GError **error)
{
  int descriptor = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean is_synced;

  if (descriptor < 0)
    return fail (error, errno, "The content folder could not be opened", path);

  is_synced = fsync (descriptor) == 0;
  if (!is_synced)
    fail (error, errno, "The content folder could not be synced to the disk", path);
  close (descriptor);

  return is_synced;
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

  incoming = g_build_filename (path, INCOMING, NULL);
  if (g_mkdir_with_parents (incoming, 0755) != 0)
    {
      fail (error, errno, "The content folder could not be made", path);
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

static char *
folder_for (BelayBlobStore *self,
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

  folder = folder_for (self, hash);

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
  incoming = g_build_filename (self->path, INCOMING, hash, NULL);
  g_unlink (incoming);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return fail (error, errno, "The file could not be removed", path);

  return TRUE;
}

static gboolean
sweep_one (const char *path,
           guint64 *freed,
           GError **error)
{
  struct stat status;

  if (lstat (path, &status) != 0)
    return errno == ENOENT || fail (error, errno, "The file could not be looked at", path);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return fail (error, errno, "The file could not be removed", path);
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

      if (g_str_has_prefix (name, FRESH_PREFIX) ? !is_leftover (file) : g_hash_table_contains (keep, name))
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
      gboolean is_ours = g_str_equal (name, INCOMING) || (strlen (name) == 2 && strspn (name, "0123456789abcdef") == 2);

      if (is_ours && !sweep_folder (path, keep, freed, error))
        return FALSE;
    }

  return TRUE;
}

static BelayBlobWrite *
write_new (BelayBlobStore *store,
           const char *name,
           int flags,
           GError **error)
{
  g_autofree char *path = g_build_filename (store->path, INCOMING, name, NULL);
  int descriptor = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0644);
  BelayBlobWrite *self;

  if (descriptor < 0)
    {
      fail (error, errno, "A new file could not be begun", path);
      return NULL;
    }

  self = g_new0 (BelayBlobWrite, 1);
  self->store = belay_blob_store_ref (store);
  self->path = g_steal_pointer (&path);
  self->descriptor = descriptor;
  self->digest = belay_digest_new ();

  return self;
}

/**
 * belay_blob_store_begin:
 *
 * Begins a file whose hash is not known before its end.
 *
 * Returns: (transfer full) (nullable): the write, or %NULL with a #BelayBlobStoreError
 */
BelayBlobWrite *
belay_blob_store_begin (BelayBlobStore *self,
                        GError **error)
{
  g_autofree char *token = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  token = belay_text_random_token (12);
  name = g_strconcat (FRESH_PREFIX, token, NULL);

  return write_new (self, name, O_EXCL, error);
}

/* Reads up to @most bytes at @offset, feeds them to @digest, and tells how many there were; -1 on failure. */
static gssize
feed (int descriptor,
      guint64 offset,
      guint64 most,
      BelayDigest *digest)
{
  g_autofree guint8 *buffer = g_malloc (COPY_BYTES);
  guint64 done = 0;

  while (done < most)
    {
      gssize length = pread (descriptor, buffer, MIN (COPY_BYTES, most - done), offset + done);

      if (length < 0 && errno == EINTR)
        continue;
      if (length < 0)
        return -1;
      if (length == 0)
        break;
      belay_digest_update (digest, buffer, length);
      done += length;
    }

  return done;
}

/* How many of the bytes that an earlier run left are certainly right: whole chunks only. */
static guint64
verified_prefix (int descriptor,
                 GPtrArray *chunks)
{
  g_autoptr (BelayDigest) digest = belay_digest_new ();
  guint64 offset = 0;

  for (guint i = 0; i < chunks->len; i++)
    {
      g_autofree char *hash = NULL;
      gssize length = feed (descriptor, offset, BELAY_CHUNK_BYTES, digest);

      hash = belay_digest_finish (digest);
      if (length <= 0 || !g_str_equal (hash, g_ptr_array_index (chunks, i)))
        break;
      offset += length;
    }

  return offset;
}

/**
 * belay_blob_store_resume:
 * @hash: the hash that the whole will have
 * @chunks: (nullable) (element-type utf8): the hashes of its chunks, as a manifest has them
 *
 * Begins a file that is known, or goes on with it: of what an earlier run left, the chunks that are right are kept
 * and the rest is cut off. Without chunks it begins anew. One write for a hash at a time.
 *
 * Returns: (transfer full) (nullable): the write, whose offset tells what is here already; %NULL with an error
 */
BelayBlobWrite *
belay_blob_store_resume (BelayBlobStore *self,
                         const char *hash,
                         GPtrArray *chunks,
                         GError **error)
{
  g_autoptr (BelayBlobWrite) write = NULL;
  guint64 kept;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (belay_text_is_sha256 (hash), NULL);

  write = write_new (self, hash, 0, error);
  if (write == NULL)
    return NULL;

  write->wanted = g_strdup (hash);
  kept = chunks != NULL ? verified_prefix (write->descriptor, chunks) : 0;
  if (!belay_blob_write_rewind (write, kept, error))
    return NULL;

  return g_steal_pointer (&write);
}

/**
 * belay_blob_write_get_offset:
 *
 * Returns: how many bytes there are
 */
guint64
belay_blob_write_get_offset (BelayBlobWrite *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->offset;
}

/**
 * belay_blob_write_append:
 *
 * Returns: whether all of @data was written; else %BELAY_BLOB_STORE_ERROR_FULL or `_FAILED`
 */
gboolean
belay_blob_write_append (BelayBlobWrite *self,
                         gconstpointer data,
                         gsize length,
                         GError **error)
{
  const guint8 *bytes = data;
  gsize done = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  while (done < length)
    {
      gssize written = pwrite (self->descriptor, bytes + done, length - done, self->offset + done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return fail (error, errno, "The file could not be written", self->path);
      done += written;
    }

  belay_digest_update (self->digest, data, length);
  self->offset += length;

  return TRUE;
}

/**
 * belay_blob_write_rewind:
 * @offset: how many bytes to keep, such as those before a chunk that came wrong
 *
 * Returns: whether the rest was cut off
 */
gboolean
belay_blob_write_rewind (BelayBlobWrite *self,
                         guint64 offset,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (ftruncate (self->descriptor, offset) != 0)
    return fail (error, errno, "The file could not be cut", self->path);

  belay_digest_free (self->digest);
  self->digest = belay_digest_new ();
  self->offset = offset;
  if (feed (self->descriptor, 0, offset, self->digest) != (gssize) offset)
    return fail (error, errno, "The file could not be read again", self->path);

  return TRUE;
}

/**
 * belay_blob_write_seal:
 *
 * Ends the writing and brings the bytes to the disk, without moving the file into its place yet: so a package can be
 * unpacked as a whole before any of it counts. It no longer holds a file open.
 *
 * Returns: whether it is on the disk; else %BELAY_BLOB_STORE_ERROR_FULL or `_FAILED`
 */
gboolean
belay_blob_write_seal (BelayBlobWrite *self,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->hash == NULL, FALSE);

  if (fsync (self->descriptor) != 0)
    return fail (error, errno, "The file could not be synced to the disk", self->path);

  close (self->descriptor);
  self->descriptor = -1;
  self->hash = belay_digest_finish (self->digest);

  return TRUE;
}

/**
 * belay_blob_write_get_hash:
 *
 * Returns: (transfer none) (nullable): what the file holds, once it is sealed
 */
const char *
belay_blob_write_get_hash (BelayBlobWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hash;
}

/**
 * belay_blob_write_get_path:
 *
 * Returns: (transfer none): where the bytes are until they are moved into their place
 */
const char *
belay_blob_write_get_path (BelayBlobWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/* Another thread may have brought the same file in the meantime: then this one takes its place, and is the same. */
static gboolean
move_into_place (BelayBlobWrite *self,
                 GError **error)
{
  g_autofree char *folder = folder_for (self->store, self->hash);
  g_autofree char *target = belay_blob_store_path_for (self->store, self->hash);

  if (g_mkdir (folder, 0755) == 0)
    {
      if (!sync_folder (self->store->path, error))
        return FALSE;
    }
  else if (errno != EEXIST)
    {
      return fail (error, errno, "A content folder could not be made", folder);
    }
  if (g_rename (self->path, target) != 0)
    return fail (error, errno, "The file could not be moved into its place", target);

  self->is_committed = TRUE;

  return sync_folder (folder, error);
}

/**
 * belay_blob_write_commit:
 * @expected_hash: (nullable): what the file must hold; one begun by belay_blob_store_resume() needs none
 * @hash: (out) (optional) (transfer full): what it holds
 *
 * Verifies, syncs and moves the file into its place. What is wrong is removed.
 *
 * Returns: whether the file is in the store, on the disk; else %BELAY_BLOB_STORE_ERROR_WRONG, `_FULL` or `_FAILED`
 */
gboolean
belay_blob_write_commit (BelayBlobWrite *self,
                         const char *expected_hash,
                         char **hash,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  if (self->hash == NULL && !belay_blob_write_seal (self, error))
    return FALSE;

  if (expected_hash == NULL)
    expected_hash = self->wanted;
  if (expected_hash != NULL && !g_str_equal (self->hash, expected_hash))
    {
      g_unlink (self->path);
      g_set_error (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_WRONG,
                   "What came is not the file %s; it will be fetched again.", expected_hash);
      return FALSE;
    }
  if (!move_into_place (self, error))
    return FALSE;

  if (hash != NULL)
    *hash = g_strdup (self->hash);

  return TRUE;
}

void
belay_blob_write_free (BelayBlobWrite *self)
{
  g_return_if_fail (self != NULL);

  if (!self->is_committed && self->wanted == NULL)
    g_unlink (self->path);
  if (self->descriptor >= 0)
    close (self->descriptor);
  g_clear_pointer (&self->digest, belay_digest_free);
  g_clear_pointer (&self->store, belay_blob_store_unref);
  g_free (self->wanted);
  g_free (self->hash);
  g_free (self->path);
  g_free (self);
}
