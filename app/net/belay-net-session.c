/* belay-net-session.c: one Belay server, as futures
 *
 * Certificates are judged by the machine's own list and there is no way around a bad one. Plain
 * HTTP is spoken to this machine alone. Redirections are not followed: Belay's server sends none,
 * so one that comes is somebody else's, as is every reply without Belay's header.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-net-session.h"

#include <libsoup/soup.h>

#include "belay-http-body.h"
#include "belay-soup-client.h"

#define WIRE_HEADER "Belay-Wire"
#define GZIP_LEAST 1024
#define TIMEOUT_SECONDS 30
#define CONNECTIONS_MOST 4
#define RETRY_SECONDS_MOST 86400

struct _BelayNetSession
{
  gatomicrefcount references;
  SoupSession *soup;
  char *address;
  char *token; /* (nullable) */
  char *wire_version;
};

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
may_speak_to (GUri *uri,
              GError **error)
{
  if (g_uri_get_host (uri) != NULL && g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  if (g_uri_get_host (uri) != NULL && g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (uri))
    return TRUE;

  g_set_error (error, BELAY_NET_ERROR, BELAY_NET_ERROR_INSECURE,
               "Belay speaks to other machines only by HTTPS, and “%s” is not such an address",
               g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "");
  return FALSE;
}

/**
 * belay_net_session_new:
 * @address: `https://learn.example.org`, or `http://` and a loopback address
 * @wire_version: said with each request
 *
 * Returns: (transfer full) (nullable): a session, not connected to anything yet, or %NULL with
 *   %BELAY_NET_ERROR_INSECURE
 */
BelayNetSession *
belay_net_session_new (const char *address,
                       guint wire_version,
                       GError **error)
{
  g_autoptr (GUri) uri = NULL;
  BelayNetSession *self;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, error);
  if (uri == NULL || !may_speak_to (uri, error))
    return NULL;

  self = g_new0 (BelayNetSession, 1);
  g_atomic_ref_count_init (&self->references);
  self->address = g_strdup (address);
  self->wire_version = g_strdup_printf ("%u", wire_version);
  self->soup = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent", "Belay", "max-conns-per-host",
                                              CONNECTIONS_MOST, NULL);
  /* What is on this machine is never asked for through a proxy */
  if (is_loopback (uri))
    soup_session_set_proxy_resolver (self->soup, NULL);

  return self;
}

BelayNetSession *
belay_net_session_ref (BelayNetSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_net_session_unref (BelayNetSession *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  soup_session_abort (self->soup);
  g_object_unref (self->soup);
  g_free (self->address);
  g_free (self->token);
  g_free (self->wire_version);
  g_free (self);
}

/**
 * belay_net_session_set_token:
 * @token: (nullable): this laptop's token, said with each request from now on
 */
void
belay_net_session_set_token (BelayNetSession *self,
                             const char *token)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->token, token);
}

/**
 * belay_net_session_set_timeout:
 * @seconds: how long a connection may say nothing before it counts as dead
 */
void
belay_net_session_set_timeout (BelayNetSession *self,
                               guint seconds)
{
  g_return_if_fail (self != NULL);

  soup_session_set_timeout (self->soup, seconds);
}

const char *
belay_net_session_get_address (BelayNetSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

/* One request while it runs. */
typedef struct
{
  BelayNetSession *session;
  SoupMessage *message;
  gsize most;
  GCancellable *cancellable;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  belay_net_session_unref (self->session);
  g_object_unref (self->message);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static Exchange *
exchange_new (BelayNetSession *session,
              const char *method,
              const char *path,
              GCancellable *cancellable)
{
  g_autofree char *address = g_strconcat (session->address, path, NULL);
  Exchange *self = g_new0 (Exchange, 1);
  SoupMessageHeaders *headers;

  self->session = belay_net_session_ref (session);
  g_set_object (&self->cancellable, cancellable);
  self->message = soup_message_new (method, address);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);

  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_append (headers, WIRE_HEADER, session->wire_version);
  if (session->token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", session->token, NULL);

      soup_message_headers_append (headers, "Authorization", authorization);
    }

  return self;
}

static DexFuture *
reject (const GError *cause)
{
  return dex_future_new_for_error (belay_net_error_from (cause));
}

static gboolean
comes_from_belay (SoupMessage *message)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (message), WIRE_HEADER) != NULL;
}

/* Somebody else answered. A portal says so with a page or a redirection, and has no certificate for the server's
 * address; who says that a gateway does not reach the server is a proxy of its own. */
static DexFuture *
reject_stranger (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE
      || status == SOUP_STATUS_GATEWAY_TIMEOUT)
    return dex_future_new_reject (BELAY_NET_ERROR, BELAY_NET_ERROR_GATEWAY,
                                  "What stands before the server does not reach it (%u)", status);
  if (g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https"))
    return dex_future_new_reject (BELAY_NET_ERROR, BELAY_NET_ERROR_NOT_BELAY, "This is not a Belay server (%u)",
                                  status);

  return dex_future_new_reject (BELAY_NET_ERROR, BELAY_NET_ERROR_PORTAL,
                                "Something on the network answered in the server's place");
}

/* Retry-After is a number of seconds, or a date (RFC 9110, 10.2.3) which Belay never sends */
static gint64
read_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, RETRY_SECONDS_MOST, &seconds, NULL))
    return 0;

  return (gint64) seconds;
}

static DexFuture *
exchange_fiber (gpointer data)
{
  Exchange *self = data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  BelayNetReply *reply;

  stream = dex_await_object (belay_soup_send (self->session->soup, self->message, self->cancellable), &error);
  if (stream == NULL)
    return reject (error);
  if (!comes_from_belay (self->message))
    return reject_stranger (self->message);

  body = dex_await_boxed (belay_stream_read_all (stream, self->most, self->cancellable), &error);
  if (body == NULL)
    return reject (error);

  reply = g_new0 (BelayNetReply, 1);
  reply->status = soup_message_get_status (self->message);
  reply->body = g_steal_pointer (&body);
  reply->retry_after = read_retry_after (self->message);

  return dex_future_new_take_boxed (BELAY_TYPE_NET_REPLY, reply);
}

/**
 * belay_net_session_get:
 * @path: from the root, with its slash
 * @most: bytes of the body that are accepted at most
 * @cancellable: (nullable): ends it at once
 *
 * Returns: (transfer full): resolves to a #BelayNetReply of whatever status, once it is here whole;
 *   rejects with a #BelayNetError where the server did not answer
 */
DexFuture *
belay_net_session_get (BelayNetSession *self,
                       const char *path,
                       gsize most,
                       GCancellable *cancellable)
{
  Exchange *exchange;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);

  exchange = exchange_new (self, SOUP_METHOD_GET, path, cancellable);
  exchange->most = most;

  return dex_scheduler_spawn (NULL, 0, exchange_fiber, exchange, exchange_free);
}

static void
set_body (SoupMessage *message,
          GBytes *json)
{
  g_autoptr (GBytes) packed = NULL;

  if (g_bytes_get_size (json) >= GZIP_LEAST)
    packed = belay_http_body_gzip (json);
  if (packed != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  soup_message_set_request_body_from_bytes (message, "application/json", packed != NULL ? packed : json);
}

/**
 * belay_net_session_post:
 * @path: from the root, with its slash
 * @json: what to send; it is compressed where that pays
 * @most: bytes of the reply's body that are accepted at most
 * @cancellable: (nullable): ends it at once; the server may have done its part all the same
 *
 * Returns: (transfer full): as belay_net_session_get()
 */
DexFuture *
belay_net_session_post (BelayNetSession *self,
                        const char *path,
                        GBytes *json,
                        gsize most,
                        GCancellable *cancellable)
{
  Exchange *exchange;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);
  g_return_val_if_fail (json != NULL, NULL);

  exchange = exchange_new (self, SOUP_METHOD_POST, path, cancellable);
  exchange->most = most;
  set_body (exchange->message, json);

  return dex_scheduler_spawn (NULL, 0, exchange_fiber, exchange, exchange_free);
}

static void
read_extent (SoupMessage *message,
             BelayNetStream *stream)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset start = 0;
  goffset end = 0;
  goffset total = -1;

  stream->total = -1;
  if (stream->status == SOUP_STATUS_PARTIAL_CONTENT)
    {
      if (soup_message_headers_get_content_range (headers, &start, &end, &total))
        {
          stream->offset = start;
          stream->total = total;
        }
    }
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    {
      stream->total = soup_message_headers_get_content_length (headers);
    }
}

static DexFuture *
open_fiber (gpointer data)
{
  Exchange *self = data;
  g_autoptr (BelayNetStream) stream = g_new0 (BelayNetStream, 1);
  g_autoptr (GError) error = NULL;

  stream->body = dex_await_object (belay_soup_send (self->session->soup, self->message, self->cancellable), &error);
  if (stream->body == NULL)
    return reject (error);
  if (!comes_from_belay (self->message))
    return reject_stranger (self->message);

  stream->status = soup_message_get_status (self->message);
  stream->retry_after = read_retry_after (self->message);
  read_extent (self->message, stream);

  return dex_future_new_take_boxed (BELAY_TYPE_NET_STREAM, g_steal_pointer (&stream));
}

/**
 * belay_net_session_open:
 * @path: from the root, with its slash
 * @from: the first byte wanted; 0 for the whole file
 * @cancellable: (nullable): ends it at once
 *
 * Returns: (transfer full): resolves to a #BelayNetStream of whatever status once its headers are
 *   here; rejects with a #BelayNetError where the server did not answer
 */
DexFuture *
belay_net_session_open (BelayNetSession *self,
                        const char *path,
                        gint64 from,
                        GCancellable *cancellable)
{
  Exchange *exchange;
  SoupMessageHeaders *headers;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);
  g_return_val_if_fail (from >= 0, NULL);

  exchange = exchange_new (self, SOUP_METHOD_GET, path, cancellable);
  headers = soup_message_get_request_headers (exchange->message);
  /* A file is stored, and counted, as it is: it may not be packed on the way */
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (from > 0)
    soup_message_headers_set_range (headers, from, -1);

  return dex_scheduler_spawn (NULL, 0, open_fiber, exchange, exchange_free);
}
