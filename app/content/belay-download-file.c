/* belay-download-file.c: one file, from the server into the blob store
 *
 * It goes on where an earlier run was stopped. Each chunk is checked as soon as it is here, and
 * fetched again alone where it is wrong; the blob store checks the whole before it counts as here.
 * Writing and hashing run on the pool: a slow disk must not hold up the interface.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-digest.h"
#include "belay-download-job.h"
#include "belay-soup-client.h"

#define READ_AT_ONCE (256 * 1024)
#define TRIES_MOST 3

G_DEFINE_QUARK (belay - download - error - quark, belay_download_error)

typedef struct
{
  BelayNetSession *session;
  BelayBlobStore *blobs;
  char *hash;
  guint64 size;
  GPtrArray *chunks; /* (element-type utf8) */
  BelayDownloadBytesFunc func;
  gpointer user_data;
  GCancellable *cancellable;

  BelayBlobWrite *write;
  BelayDigest *digest; /* of the chunk that is coming */
  guint64 here;
  GBytes *piece; /* for the pool */
} FileJob;

static void
file_job_free (gpointer data)
{
  FileJob *job = data;

  g_clear_pointer (&job->write, belay_blob_write_free);
  g_clear_pointer (&job->digest, belay_digest_free);
  g_clear_pointer (&job->piece, g_bytes_unref);
  belay_net_session_unref (job->session);
  belay_blob_store_unref (job->blobs);
  g_free (job->hash);
  g_ptr_array_unref (job->chunks);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static DexFuture *
outcome_of (GError *error)
{
  return error == NULL ? dex_future_new_true () : dex_future_new_for_error (error);
}

/* The three below run on the pool, one at a time for a job */
static DexFuture *
resume_on_pool (gpointer data)
{
  FileJob *job = data;
  GError *error = NULL;

  job->write = belay_blob_store_resume (job->blobs, job->hash, job->chunks->len > 0 ? job->chunks : NULL, &error);

  return outcome_of (error);
}

static DexFuture *
append_on_pool (gpointer data)
{
  FileJob *job = data;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (job->piece, &length);
  GError *error = NULL;

  belay_digest_update (job->digest, bytes, length);
  belay_blob_write_append (job->write, bytes, length, &error);

  return outcome_of (error);
}

static DexFuture *
commit_on_pool (gpointer data)
{
  FileJob *job = data;
  GError *error = NULL;

  belay_blob_write_commit (job->write, job->hash, NULL, &error);

  return outcome_of (error);
}

static gboolean
on_pool (DexFiberFunc work,
         FileJob *job,
         GError **error)
{
  return dex_await (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, work, job, NULL), error);
}

static guint64
chunk_end (const FileJob *job,
           guint64 offset)
{
  return MIN ((offset / BELAY_CHUNK_BYTES + 1) * BELAY_CHUNK_BYTES, job->size);
}

/* Somebody else filled the disk meanwhile: what is here of the last chunk makes room to write that down */
static DexFuture *
give_back_on_pool (gpointer data)
{
  FileJob *job = data;
  guint64 last = job->here > 0 ? (job->here - 1) / BELAY_CHUNK_BYTES : 0;
  GError *error = NULL;

  if (belay_blob_write_rewind (job->write, last * BELAY_CHUNK_BYTES, &error))
    job->here = last * BELAY_CHUNK_BYTES;

  return outcome_of (error);
}

/* Whether the chunk that ends here is what the manifest says; where it is not, it is cut off again */
static gboolean
end_chunk (FileJob *job,
           GError **error)
{
  guint64 index = (job->here - 1) / BELAY_CHUNK_BYTES;
  g_autofree char *hash = belay_digest_finish (job->digest);

  g_clear_pointer (&job->digest, belay_digest_free);
  job->digest = belay_digest_new ();
  if (job->chunks->len == 0 || (index < job->chunks->len && g_str_equal (g_ptr_array_index (job->chunks, index), hash)))
    return TRUE;

  job->here = index * BELAY_CHUNK_BYTES;
  if (belay_blob_write_rewind (job->write, job->here, error))
    g_set_error_literal (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_DAMAGED, "A chunk came damaged");

  return FALSE;
}

static gboolean
take_piece (FileJob *job,
            GBytes *piece,
            GError **error)
{
  g_clear_pointer (&job->piece, g_bytes_unref);
  job->piece = g_bytes_ref (piece);
  if (!on_pool (append_on_pool, job, error))
    {
      if (error == NULL || g_error_matches (*error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_FULL))
        on_pool (give_back_on_pool, job, NULL);
      return FALSE;
    }

  job->here += g_bytes_get_size (piece);
  job->func (g_bytes_get_size (piece), job->user_data);
  if (job->here % BELAY_CHUNK_BYTES == 0 || job->here == job->size)
    return end_chunk (job, error);

  return TRUE;
}

static gboolean
check_status (const FileJob *job,
              const BelayNetStream *stream,
              GError **error)
{
  gboolean is_right =
    (stream->status == 200 && job->here == 0) || (stream->status == 206 && stream->offset == (gint64) job->here);

  if (is_right && stream->total == (gint64) job->size)
    return TRUE;

  if (stream->status == 404)
    g_set_error_literal (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_GONE, "The server has no such file");
  else if (is_right)
    g_set_error_literal (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_DAMAGED, "The file has another size");
  else
    g_set_error (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_REFUSED, "The server answered %u", stream->status);

  return FALSE;
}

/* Reads what comes until the file is whole */
static gboolean
fetch_rest (FileJob *job,
            GError **error)
{
  g_autofree char *path = g_strconcat ("/content/blobs/", job->hash, NULL);
  g_autoptr (BelayNetStream) stream = NULL;

  /* The app may have been killed between the last byte and the file's name; there is nothing left to ask for */
  if (job->here == job->size)
    return TRUE;

  stream = dex_await_boxed (belay_net_session_open (job->session, path, (gint64) job->here, job->cancellable), error);
  if (stream == NULL || !check_status (job, stream, error))
    return FALSE;

  while (job->here < job->size)
    {
      guint64 most = MIN (chunk_end (job, job->here) - job->here, READ_AT_ONCE);
      g_autoptr (GError) failure = NULL;
      g_autoptr (GBytes) piece = NULL;

      piece = dex_await_boxed (belay_stream_read_some (stream->body, most, job->cancellable), &failure);
      if (piece == NULL)
        {
          g_propagate_error (error, belay_net_error_from (failure));
          return FALSE;
        }
      if (g_bytes_get_size (piece) == 0)
        {
          g_set_error_literal (error, BELAY_NET_ERROR, BELAY_NET_ERROR_TRUNCATED, "The file ended too early");
          return FALSE;
        }
      if (!take_piece (job, piece, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin (FileJob *job,
       GError **error)
{
  if (!on_pool (resume_on_pool, job, error))
    return FALSE;

  job->here = belay_blob_write_get_offset (job->write);
  g_clear_pointer (&job->digest, belay_digest_free);
  job->digest = belay_digest_new ();
  if (job->here > 0)
    job->func (job->here, job->user_data);

  return TRUE;
}

static gboolean
fetch_whole (FileJob *job,
             GError **error)
{
  for (guint tries = 1;; tries++)
    {
      g_autoptr (GError) failure = NULL;
      guint64 before = job->here;

      if (fetch_rest (job, &failure))
        return TRUE;
      /* A chunk that came wrong may come right: the line was bad, or the proxy */
      if (!g_error_matches (failure, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_DAMAGED) || tries == TRIES_MOST
          || job->here == job->size)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (job->here > before)
        tries = 0;
    }
}

static DexFuture *
file_fiber (gpointer data)
{
  FileJob *job = data;
  GError *error = NULL;

  if (belay_blob_store_has (job->blobs, job->hash, NULL))
    {
      job->func (job->size, job->user_data);
      return dex_future_new_true ();
    }
  if (!begin (job, &error) || !fetch_whole (job, &error))
    return dex_future_new_for_error (error);
  if (on_pool (commit_on_pool, job, &error))
    return dex_future_new_true ();

  if (g_error_matches (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_WRONG))
    {
      g_clear_error (&error);
      g_set_error_literal (&error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_DAMAGED, "The file came damaged");
    }

  return dex_future_new_for_error (error);
}

/**
 * belay_download_file:
 * @func: called on this context whenever more is here; what an earlier run left counts too
 * @cancellable: (nullable): ends it at once; what is here can be resumed
 *
 * Returns: (transfer full): resolves to %TRUE once the file is in @blobs, verified and on the disk
 */
DexFuture *
belay_download_file (BelayNetSession *session,
                     BelayBlobStore *blobs,
                     const BelayManifestFile *file,
                     BelayDownloadBytesFunc func,
                     gpointer user_data,
                     GCancellable *cancellable)
{
  FileJob *job;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (blobs != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  job = g_new0 (FileJob, 1);
  job->session = belay_net_session_ref (session);
  job->blobs = belay_blob_store_ref (blobs);
  job->hash = g_strdup (file->hash);
  job->size = file->size;
  job->chunks = g_ptr_array_ref (file->chunks);
  job->func = func;
  job->user_data = user_data;
  g_set_object (&job->cancellable, cancellable);

  return dex_scheduler_spawn (NULL, 0, file_fiber, job, file_job_free);
}
