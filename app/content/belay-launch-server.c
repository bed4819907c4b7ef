/* belay-launch-server.c: one package over loopback HTTP
 *
 * Each launch has its own port, so its own origin, and a path that cannot be guessed, so that no
 * other page or program of this machine can ask. Below that path:
 *
 *   content/PATH   a file of the package, whole or by range
 *   fetch/ONCE     cmi5's fetch URL: the credential, the first time
 *   xapi/…         the record store, for this learner, attempt and activity
 *   return         where the content goes when it is done
 *
 * Every reply, a refusal too, carries the policy that keeps the content in. The server never
 * reaches out, and serves nothing that is not in the manifest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-server.h"

#include "belay-content-host.h"
#include "belay-launch-address.h"
#include "belay-launch-call.h"
#include "belay-text.h"

#include <string.h>

#define TOKEN_BYTES 32
#define MOST_BODY (8 * 1024 * 1024)
#define STOP_POLL_MS 50

/* Scripts and styles in the page, and evaluated ones, are what courses are made of; what matters is that
 * none of it speaks to anybody else. */
#define POLICY                                                                                                         \
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' data: blob:; object-src 'none'; "  \
  "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

#define FETCHED_BEFORE "{\"error-code\":\"1\",\"error-text\":\"The authorization token has already been returned.\"}"

static BelayHttpReply *
reply_new (guint status,
           const char *type,
           GBytes *body)
{
  return belay_http_reply_new (status, type, body);
}

static BelayHttpReply *
refuse (guint status)
{
  return reply_new (status, NULL, NULL);
}

/* Puts the policy on a reply and makes it the request's answer. */
static DexFuture *
settle (BelayHttpReply *reply)
{
  SoupMessageHeaders *headers = reply->headers;

  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-DNS-Prefetch-Control", "off");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  if (soup_message_headers_get_one (headers, "Cache-Control") == NULL)
    soup_message_headers_replace (headers, "Cache-Control", "no-store");

  return dex_future_new_take_boxed (BELAY_TYPE_HTTP_REPLY, reply);
}

/* ---- content ---- */

static const BelayManifestFile *
find_file (BelayLaunch *self,
           const char *path)
{
  const BelayManifestFile *file = belay_manifest_find_file (self->manifest, path);
  g_autofree char *index = NULL;

  if (file != NULL || (*path != '\0' && !g_str_has_suffix (path, "/")))
    return file;

  index = g_strconcat (path, "index.html", NULL);

  return belay_manifest_find_file (self->manifest, index);
}

static BelayHttpReply *
answer_content (BelayLaunch *self,
                const BelayHttpRequest *request,
                const char *path)
{
  const BelayManifestFile *file;
  g_autofree char *blob = NULL;
  BelayHttpReply *reply;

  if (!g_str_equal (request->method, "GET") && !g_str_equal (request->method, "HEAD"))
    return refuse (405);
  /* A worker outlives its page and is seen by no navigation policy: content does without. */
  if (belay_http_request_get_header (request, "service-worker") != NULL)
    return refuse (403);

  file = find_file (self, path);
  if (file == NULL || !belay_blob_store_has (self->blobs, file->hash, NULL))
    return refuse (404);

  blob = belay_blob_store_path_for (self->blobs, file->hash);
  reply = belay_http_reply_new_file (blob, file->type, file->hash);
  soup_message_headers_replace (reply->headers, "Cache-Control", "private, max-age=86400, immutable");

  return reply;
}

/* ---- credentials ---- */

/* cmi5 8.2: by POST, once. */
static BelayHttpReply *
answer_fetch (BelayLaunch *self,
              const BelayHttpRequest *request,
              const char *once)
{
  g_autofree char *json = NULL;

  if (!g_str_equal (request->method, "POST"))
    return refuse (405);
  if (!g_str_equal (once, self->fetch))
    return refuse (404);
  if (self->was_fetched)
    return reply_new (200, "application/json", g_bytes_new_static (FETCHED_BEFORE, strlen (FETCHED_BEFORE)));

  self->was_fetched = TRUE;
  json = g_strdup_printf ("{\"auth-token\":\"%s\"}", self->credential);

  return reply_new (200, "application/json", g_bytes_new (json, strlen (json)));
}

static gboolean
has_credential (BelayLaunch *self,
                const BelayHttpRequest *request)
{
  const char *value = belay_http_request_get_header (request, "authorization");

  return self->was_fetched && value != NULL && g_ascii_strncasecmp (value, "Basic ", 6) == 0
         && g_str_equal (value + 6, self->credential);
}

/* ---- the record store ---- */

static DexFuture *
on_answered (DexFuture *future,
             gpointer user_data)
{
  BelayLaunch *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    {
      belay_launch_update (self);
      return settle (belay_http_reply_copy (g_value_get_boxed (value)));
    }

  g_message ("What the content said could not be kept: %s", error->message);
  belay_launch_lost (self, error);

  return settle (refuse (503));
}

static DexFuture *
answer_xapi (BelayLaunch *self,
             const BelayHttpRequest *request,
             const char *path)
{
  g_autofree char *normal = belay_launch_address_normalise (path);
  g_autofree char *endpoint = g_strconcat (self->root, "/xapi", NULL);
  BelayLaunchCall *call;

  if (!g_str_equal (normal, "about") && !has_credential (self, request))
    return settle (refuse (401));
  if (self->is_ending)
    return settle (refuse (403));

  call = belay_launch_call_new_request (self->session, request, endpoint, normal);

  return dex_future_finally (self->access (call, self->access_data), on_answered, g_object_ref (self), g_object_unref);
}

/* ---- routes ---- */

static const char *
below (const char *path,
       const char *folder)
{
  return g_str_has_prefix (path, folder) ? path + strlen (folder) : NULL;
}

static DexFuture *
on_request (const BelayHttpRequest *request,
            gpointer user_data)
{
  BelayLaunch *self = user_data;
  const char *host = belay_http_request_get_header (request, "host");
  const char *path = below (request->path, self->root);
  const char *raw = below (request->raw_path, self->root);
  const char *rest;

  /* A name that was bent to 127.0.0.1 is not ours */
  if (host == NULL || !g_str_equal (host, self->host))
    return settle (refuse (403));
  if (path == NULL || raw == NULL || *path != '/')
    return settle (refuse (404));
  if (request->refusal != 0)
    return settle (refuse (request->refusal));

  if ((rest = below (path, "/content/")) != NULL)
    return settle (answer_content (self, request, rest));
  if ((rest = below (path, "/fetch/")) != NULL)
    return settle (answer_fetch (self, request, rest));
  if ((rest = below (raw, "/xapi/")) != NULL)
    return answer_xapi (self, request, rest);
  if (g_str_equal (path, "/return"))
    return settle (reply_new (200, "text/html", g_bytes_new_static ("<!doctype html>", 15)));

  return settle (refuse (404));
}

static gsize
most_body (const char *path,
           gpointer user_data)
{
  return MOST_BODY;
}

/* ---- start and stop ---- */

static char *
make_credential (void)
{
  g_autofree char *token = belay_text_random_token (TOKEN_BYTES);
  g_autofree char *pair = g_strconcat ("launch:", token, NULL);

  return g_base64_encode ((const guchar *) pair, strlen (pair));
}

static void
make_addresses (BelayLaunch *self)
{
  g_autofree char *token = belay_text_random_token (TOKEN_BYTES);

  self->port = belay_http_server_get_port (self->server);
  self->host = g_strdup_printf ("127.0.0.1:%u", self->port);
  self->root = g_strconcat ("/", token, NULL);
  self->prefix = g_strdup_printf ("http://%s%s/", self->host, self->root);
  self->return_url = g_strconcat (self->prefix, "return", NULL);
  self->fetch = belay_text_random_token (TOKEN_BYTES);
  self->credential = make_credential ();
}

static void
make_url (BelayLaunch *self,
          const BelayLaunchRequest *request,
          const char *address)
{
  g_autofree char *endpoint = g_strconcat (self->prefix, "xapi", NULL);
  g_autofree char *fetch = g_strconcat (self->prefix, "fetch/", self->fetch, NULL);
  BelayLaunchParameters parameters = {
    .endpoint = endpoint,
    .fetch = fetch,
    .actor = request->actor,
    .registration = request->registration,
    .activity = belay_launch_session_get_activity (self->session),
  };

  self->url = belay_launch_address_add (address, &parameters);
}

static gboolean
check_entry (BelayLaunch *self,
             const char *entry,
             GError **error)
{
  g_autofree char *path = g_strndup (entry, strcspn (entry, "?#"));
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  const BelayManifestFile *file = plain != NULL ? belay_manifest_find_file (self->manifest, plain) : NULL;

  if (file != NULL && belay_blob_store_has (self->blobs, file->hash, NULL))
    return TRUE;

  g_set_error (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_ABSENT,
               "“%s” is not on this laptop. Download the module again.", path);

  return FALSE;
}

/**
 * belay_launch_server_start:
 *
 * Listens on a loopback port of its own and makes the launch's addresses and session.
 *
 * Returns: whether it listens
 */
gboolean
belay_launch_server_start (BelayLaunch *self,
                           const BelayLaunchRequest *request,
                           const BelayManifestActivity *activity,
                           BelayClock *clock,
                           GError **error)
{
  g_autofree char *entry = belay_launch_address_entry (self->manifest, activity->entry);
  g_autofree char *address = NULL;

  if (entry == NULL)
    {
      g_set_error (error, BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_UNKNOWN,
                   "The package has no file “%s”, with which the activity begins.", activity->entry);
      return FALSE;
    }
  if (!check_entry (self, entry, error))
    return FALSE;

  self->server = belay_http_server_new (on_request, most_body, self);
  if (!belay_http_server_listen (self->server, "127.0.0.1", 0, NULL, error))
    return FALSE;

  make_addresses (self);
  address = g_strconcat (self->prefix, "content/", entry, NULL);
  self->session = belay_launch_session_new (request, activity, address, self->return_url, clock);
  make_url (self, request, address);

  return TRUE;
}

/* Requests that wait for the record store hold on to the server. */
static gboolean
free_when_quiet (gpointer user_data)
{
  BelayLaunch *self = user_data;

  if (belay_http_server_count_open (self->server) > 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->server, belay_http_server_free);

  return G_SOURCE_REMOVE;
}

/**
 * belay_launch_server_stop:
 *
 * Takes no new requests. Those that are here are answered first.
 */
void
belay_launch_server_stop (BelayLaunch *self)
{
  if (self->server == NULL)
    return;

  belay_http_server_stop_listening (self->server);
  if (belay_http_server_count_open (self->server) == 0)
    g_clear_pointer (&self->server, belay_http_server_free);
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, STOP_POLL_MS, free_when_quiet, g_object_ref (self), g_object_unref);
}
