/* belay-http-server.c: a SoupServer whose answers are futures
 *
 * It reads each request's body under a limit, unpacks gzip, hands the whole request to one
 * handler, and sends what that resolves to. It knows no route and nothing of Belay.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-http-server.h"

#include "belay-file-reply.h"
#include "belay-http-body.h"

#include <string.h>

#define GZIP_FROM_BYTES 1024
/* A sender who goes on this far beyond the limit is not listening for an answer */
#define HANG_UP_TIMES 4

struct _BelayHttpServer
{
  SoupServer *soup;
  BelayHttpHandler handler;
  BelayHttpLimit limit;
  gpointer user_data;
  guint open;
};

typedef struct
{
  GByteArray *bytes;
  gsize limit;
  gsize seen;
} Reading;

typedef struct
{
  BelayHttpServer *server;
  SoupServerMessage *message;
  BelayHttpRequest *request;
} Exchange;

/* ---- replies ---- */

/**
 * belay_http_reply_new:
 * @content_type: (nullable)
 * @body: (nullable) (transfer full)
 *
 * Returns: (transfer full): a reply whose headers can be added to
 */
BelayHttpReply *
belay_http_reply_new (guint status,
                      const char *content_type,
                      GBytes *body)
{
  BelayHttpReply *self = g_new0 (BelayHttpReply, 1);

  self->status = status;
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  if (content_type != NULL)
    soup_message_headers_replace (self->headers, "Content-Type", content_type);
  self->body = body;

  return self;
}

/**
 * belay_http_reply_new_file:
 * @tag: (nullable): the ETag, without quotes
 *
 * Returns: (transfer full): a reply that sends the file at @path, or the range of it that was asked for
 */
BelayHttpReply *
belay_http_reply_new_file (const char *path,
                           const char *content_type,
                           const char *tag)
{
  BelayHttpReply *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (content_type != NULL, NULL);

  self = belay_http_reply_new (SOUP_STATUS_OK, content_type, NULL);
  self->file = g_strdup (path);
  self->file_tag = g_strdup (tag);

  return self;
}

static void
copy_header (const char *name,
             const char *value,
             gpointer user_data)
{
  soup_message_headers_append (user_data, name, value);
}

BelayHttpReply *
belay_http_reply_copy (const BelayHttpReply *self)
{
  BelayHttpReply *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = belay_http_reply_new (self->status, NULL, self->body != NULL ? g_bytes_ref (self->body) : NULL);
  soup_message_headers_foreach (self->headers, copy_header, copy->headers);
  copy->file = g_strdup (self->file);
  copy->file_tag = g_strdup (self->file_tag);

  return copy;
}

void
belay_http_reply_free (BelayHttpReply *self)
{
  g_return_if_fail (self != NULL);

  soup_message_headers_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->file);
  g_free (self->file_tag);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (BelayHttpReply, belay_http_reply, belay_http_reply_copy, belay_http_reply_free)

/* ---- requests ---- */

static void
request_free (BelayHttpRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->raw_path);
  g_free (self->query);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self->remote);
  g_free (self);
}

/**
 * belay_http_request_get_header:
 * @name: in lower case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
belay_http_request_get_header (const BelayHttpRequest *self,
                               const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->headers, name);
}

static void
take_header (const char *name,
             const char *value,
             gpointer user_data)
{
  GHashTable *headers = user_data;
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (headers, lower);

  g_hash_table_insert (headers, g_strdup (lower),
                       before != NULL ? g_strconcat (before, ", ", value, NULL) : g_strdup (value));
}

static gboolean
is_loopback (GSocketAddress *address)
{
  return G_IS_INET_SOCKET_ADDRESS (address)
         && g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* A proxy on this machine is believed about whom it speaks for; nobody else is. */
static char *
find_remote (SoupServerMessage *message,
             GHashTable *headers)
{
  const char *forwarded = g_hash_table_lookup (headers, "x-forwarded-for");
  const char *host = soup_server_message_get_remote_host (message);

  if (forwarded != NULL && is_loopback (soup_server_message_get_remote_address (message)))
    {
      const char *last = strrchr (forwarded, ',');
      g_autofree char *address = g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded));

      if (g_hostname_is_ip_address (address))
        return g_steal_pointer (&address);
    }

  return g_strdup (host != NULL ? host : "unknown");
}

static void
unpack_body (BelayHttpRequest *request,
             gsize limit)
{
  const char *encoding = belay_http_request_get_header (request, "content-encoding");
  g_autoptr (GError) error = NULL;
  GBytes *plain;

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    return;
  if (g_ascii_strcasecmp (encoding, "gzip") != 0)
    {
      request->refusal = SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE;
      return;
    }

  plain = belay_http_body_gunzip (request->body, limit * BELAY_HTTP_UNPACKED_TIMES, &error);
  if (plain == NULL)
    {
      request->refusal = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE
                                                                                  : SOUP_STATUS_BAD_REQUEST;
      return;
    }
  g_bytes_unref (request->body);
  request->body = plain;
}

static BelayHttpRequest *
make_request (SoupServerMessage *message,
              const char *path)
{
  BelayHttpRequest *request = g_new0 (BelayHttpRequest, 1);
  GUri *uri = soup_server_message_get_uri (message);
  Reading *reading = g_object_get_data (G_OBJECT (message), "belay-reading");

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (path);
  request->raw_path = g_strdup (g_uri_get_path (uri));
  request->query = g_strdup (g_uri_get_query (uri));
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), take_header, request->headers);
  request->remote = find_remote (message, request->headers);
  if (reading != NULL && reading->seen <= reading->limit)
    request->body = g_bytes_new (reading->bytes->data, reading->bytes->len);
  else
    request->body = g_bytes_new_static ("", 0);
  if (reading != NULL && reading->seen > reading->limit)
    request->refusal = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  else if (reading != NULL)
    unpack_body (request, reading->limit);

  return request;
}

/* ---- reading ---- */

static void
reading_free (Reading *self)
{
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static void
got_chunk (SoupServerMessage *message,
           GBytes *chunk,
           Reading *self)
{
  GSocket *socket = soup_server_message_get_socket (message);

  self->seen += g_bytes_get_size (chunk);
  if (self->seen <= self->limit)
    g_byte_array_append (self->bytes, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  else if (self->seen > self->limit * HANG_UP_TIMES && socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
on_headers (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  BelayHttpServer *self = user_data;
  Reading *reading = g_new0 (Reading, 1);

  reading->bytes = g_byte_array_new ();
  reading->limit = self->limit (path, self->user_data);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), "belay-reading", reading, (GDestroyNotify) reading_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk), reading);
}

/* ---- answering ---- */

static void
exchange_free (Exchange *self)
{
  self->server->open--;
  request_free (self->request);
  g_object_unref (self->message);
  g_free (self);
}

static gboolean
accepts_gzip (const BelayHttpRequest *request)
{
  const char *accepted = belay_http_request_get_header (request, "accept-encoding");

  return accepted != NULL && strstr (accepted, "gzip") != NULL && strstr (accepted, "gzip;q=0") == NULL;
}

static void
send_bytes (Exchange *exchange,
            const BelayHttpReply *reply)
{
  SoupServerMessage *message = exchange->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) body = reply->body != NULL ? g_bytes_ref (reply->body) : NULL;

  soup_server_message_set_status (message, reply->status, NULL);
  if (body != NULL && g_bytes_get_size (body) >= GZIP_FROM_BYTES && accepts_gzip (exchange->request)
      && soup_message_headers_get_one (headers, "Content-Encoding") == NULL)
    {
      GBytes *packed = belay_http_body_gzip (body);

      g_bytes_unref (body);
      body = packed;
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
      soup_message_headers_append (headers, "Vary", "Accept-Encoding");
    }
  if (body != NULL && !g_str_equal (exchange->request->method, "HEAD"))
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  else if (body != NULL)
    soup_message_headers_set_content_length (headers, (goffset) g_bytes_get_size (body));
}

static void
send_reply (Exchange *exchange,
            const BelayHttpReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);
  g_autoptr (GError) error = NULL;
  BelayFileReply file = { 0 };

  soup_message_headers_foreach (reply->headers, copy_header, headers);
  if (reply->file == NULL)
    {
      send_bytes (exchange, reply);
      return;
    }

  file.path = reply->file;
  file.content_type = soup_message_headers_get_one (reply->headers, "Content-Type");
  file.tag = reply->file_tag;
  if (!belay_file_reply_send (exchange->message, &file, &error))
    {
      g_warning ("%s", error->message);
      soup_server_message_set_status (exchange->message, SOUP_STATUS_NOT_FOUND, NULL);
    }
}

static DexFuture *
on_settled (DexFuture *future,
            gpointer user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL && G_VALUE_HOLDS (value, BELAY_TYPE_HTTP_REPLY))
    {
      send_reply (exchange, g_value_get_boxed (value));
    }
  else
    {
      g_warning ("A request failed without an answer: %s", error != NULL ? error->message : "no reply was made");
      soup_server_message_set_status (exchange->message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
    }
  soup_server_message_unpause (exchange->message);

  return dex_future_new_true ();
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  BelayHttpServer *self = user_data;
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->server = self;
  exchange->message = g_object_ref (message);
  exchange->request = make_request (message, path);
  self->open++;
  soup_server_message_pause (message);

  dex_future_disown (dex_future_finally (self->handler (exchange->request, self->user_data), on_settled, exchange,
                                         (GDestroyNotify) exchange_free));
}

/* ---- the server ---- */

/**
 * belay_http_server_new:
 * @handler: answers every request
 * @limit: how many bytes a body may have, by path
 *
 * Returns: (transfer full): a server that listens nowhere yet
 */
BelayHttpServer *
belay_http_server_new (BelayHttpHandler handler,
                       BelayHttpLimit limit,
                       gpointer user_data)
{
  BelayHttpServer *self;

  g_return_val_if_fail (handler != NULL, NULL);
  g_return_val_if_fail (limit != NULL, NULL);

  self = g_new0 (BelayHttpServer, 1);
  self->handler = handler;
  self->limit = limit;
  self->user_data = user_data;
  self->soup = soup_server_new ("server-header", "Belay", NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);

  return self;
}

/**
 * belay_http_server_listen:
 * @address: a numeric address, of IPv4 or IPv6
 * @port: 0 takes any that is free
 * @certificate: (nullable): for HTTPS
 *
 * Returns: whether it listens now
 */
gboolean
belay_http_server_listen (BelayHttpServer *self,
                          const char *address,
                          guint16 port,
                          GTlsCertificate *certificate,
                          GError **error)
{
  g_autoptr (GSocketAddress) socket_address = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  socket_address = g_inet_socket_address_new_from_string (address, port);
  if (socket_address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "\"%s\" is not an address to listen on. Write it as numbers, such as 127.0.0.1 or ::.", address);
      return FALSE;
    }
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->soup, certificate);

  return soup_server_listen (self->soup, socket_address,
                             certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : (SoupServerListenOptions) 0, error);
}

/**
 * belay_http_server_get_port:
 *
 * Returns: the port of the first address it listens on, or 0
 */
guint16
belay_http_server_get_port (BelayHttpServer *self)
{
  g_autoslist (GUri) uris = NULL;

  g_return_val_if_fail (self != NULL, 0);

  uris = soup_server_get_uris (self->soup);

  return uris != NULL ? (guint16) g_uri_get_port (uris->data) : 0;
}

/**
 * belay_http_server_count_open:
 *
 * Returns: how many requests wait for their answer
 */
guint
belay_http_server_count_open (BelayHttpServer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->open;
}

/**
 * belay_http_server_stop_listening:
 *
 * Takes no new connections; requests that are already here are still answered.
 */
void
belay_http_server_stop_listening (BelayHttpServer *self)
{
  GSList *listeners;

  g_return_if_fail (self != NULL);

  listeners = soup_server_get_listeners (self->soup);
  for (GSList *l = listeners; l != NULL; l = l->next)
    g_socket_close (l->data, NULL);
  g_slist_free (listeners);
}

void
belay_http_server_free (BelayHttpServer *self)
{
  g_return_if_fail (self != NULL);

  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_free (self);
}
