/* belay-download-manifest.c: a manifest, believed only when a pinned key signed it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-digest.h"
#include "belay-download-job.h"
#include "belay-signature.h"

#define MANIFEST_MOST (32 * 1024 * 1024)

typedef struct
{
  BelayNetSession *session;
  char *hash;
  GPtrArray *pinned;
  GCancellable *cancellable;
} ManifestJob;

static void
manifest_job_free (gpointer data)
{
  ManifestJob *job = data;

  belay_net_session_unref (job->session);
  g_free (job->hash);
  g_ptr_array_unref (job->pinned);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static GBytes *
open_seal (const ManifestJob *job,
           GBytes *sealed,
           GError **error)
{
  g_autofree char *jws = g_strndup (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) payload = belay_jws_verify (g_strstrip (jws), job->pinned, &failure);
  g_autofree char *hash = NULL;

  if (payload == NULL)
    {
      g_set_error_literal (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_UNTRUSTED, failure->message);
      return NULL;
    }
  hash = belay_digest_of_bytes (payload);
  if (!g_str_equal (hash, job->hash))
    {
      g_set_error_literal (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_DAMAGED, "This is another manifest");
      return NULL;
    }

  return g_steal_pointer (&payload);
}

static DexFuture *
manifest_fiber (gpointer data)
{
  ManifestJob *job = data;
  g_autofree char *path = g_strconcat ("/content/manifests/", job->hash, NULL);
  g_autoptr (BelayNetReply) reply = NULL;
  GError *error = NULL;
  GBytes *payload;

  reply = dex_await_boxed (belay_net_session_get (job->session, path, MANIFEST_MOST, job->cancellable), &error);
  if (reply == NULL)
    return dex_future_new_for_error (error);
  if (reply->status == 404)
    return dex_future_new_reject (BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_GONE, "The server has no such manifest");
  if (reply->status != 200)
    return dex_future_new_reject (BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_REFUSED, "The server answered %u",
                                  reply->status);

  payload = open_seal (job, reply->body, &error);
  if (payload == NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_BYTES, payload);
}

/**
 * belay_download_manifest:
 * @hash: SHA-256 of the manifest
 * @pinned: (element-type BelayPublicKey): whose signatures are believed
 * @cancellable: (nullable)
 *
 * Returns: (transfer full): resolves to the manifest's #GBytes, once signature and hash are right
 */
DexFuture *
belay_download_manifest (BelayNetSession *session,
                         const char *hash,
                         GPtrArray *pinned,
                         GCancellable *cancellable)
{
  ManifestJob *job;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (hash != NULL, NULL);
  g_return_val_if_fail (pinned != NULL, NULL);

  job = g_new0 (ManifestJob, 1);
  job->session = belay_net_session_ref (session);
  job->hash = g_strdup (hash);
  job->pinned = g_ptr_array_ref (pinned);
  g_set_object (&job->cancellable, cancellable);

  return dex_scheduler_spawn (NULL, 0, manifest_fiber, job, manifest_job_free);
}
