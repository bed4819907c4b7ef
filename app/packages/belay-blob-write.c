/* belay-blob-write.c: a file on its way into the store
 *
 * It grows in `incoming/`, is hashed as it grows, and is moved into its place only once its bytes were verified and are
 * on the disk. One whose hash was known beforehand can be gone on with after a crash.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-blob-private.h"

#include "belay-digest.h"
#include "belay-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define COPY_BYTES (256 * 1024)

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

static gboolean
sync_folder (const char *path,
             GError **error)
{
  int descriptor = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean is_synced;

  if (descriptor < 0)
    return belay_blob_fail (error, errno, "The content folder could not be opened", path);

  is_synced = fsync (descriptor) == 0;
  if (!is_synced)
    belay_blob_fail (error, errno, "The content folder could not be synced to the disk", path);
  close (descriptor);

  return is_synced;
}

static BelayBlobWrite *
write_new (BelayBlobStore *store,
           const char *name,
           int flags,
           GError **error)
{
  g_autofree char *path = g_build_filename (store->path, BELAY_BLOB_INCOMING, name, NULL);
  int descriptor = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0644);
  BelayBlobWrite *self;

  if (descriptor < 0)
    {
      belay_blob_fail (error, errno, "A new file could not be begun", path);
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
  name = g_strconcat (BELAY_BLOB_FRESH_PREFIX, token, NULL);

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
        return belay_blob_fail (error, errno, "The file could not be written", self->path);
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
    return belay_blob_fail (error, errno, "The file could not be cut", self->path);

  belay_digest_free (self->digest);
  self->digest = belay_digest_new ();
  self->offset = offset;
  if (feed (self->descriptor, 0, offset, self->digest) != (gssize) offset)
    return belay_blob_fail (error, errno, "The file could not be read again", self->path);

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
    return belay_blob_fail (error, errno, "The file could not be synced to the disk", self->path);

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
  g_autofree char *folder = belay_blob_folder_for (self->store, self->hash);
  g_autofree char *target = belay_blob_store_path_for (self->store, self->hash);

  if (g_mkdir (folder, 0755) == 0)
    {
      if (!sync_folder (self->store->path, error))
        return FALSE;
    }
  else if (errno != EEXIST)
    {
      return belay_blob_fail (error, errno, "A content folder could not be made", folder);
    }
  if (g_rename (self->path, target) != 0)
    return belay_blob_fail (error, errno, "The file could not be moved into its place", target);

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
