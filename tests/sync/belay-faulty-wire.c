/* belay-faulty-wire.c: what can go wrong between a laptop and its server
 *
 * One connection carries one request. Each is served by a thread of its own, with plain blocking reads and
 * writes; only who listens belongs to the main context.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-faulty-wire.h"

#include <gio/gio.h>
#include <string.h>

#include "belay-http-body.h"

#define CONNECTIONS_MOST 8
#define HEAD_END "\r\n\r\n"
#define BODY_MOST (8 * 1024 * 1024)
#define MALFORMED                                                                                                      \
  "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nBelay-Wire: 1\r\nContent-Type: application/json\r\n\r\n"           \
  "{\"error\":{\"code\":\"malformed\",\"parameters\":{\"where\":\"up\"}}}"

struct _BelayFaultyWire
{
  char *server; /* host and port */
  char *url;
  guint16 port;
  GSocketService *service; /* (nullable): while somebody listens */
  GCancellable *cancellable;

  GMutex lock;
  BelayFault fault;
  char *says; /* (nullable) */
  guint left; /* how many requests the fault is for; 0: for all */
  guint count;
  guint open;
  GCond closed;
  GBytes *last; /* (nullable): the last reply that the server gave */
};

/* ---- one message ---- */

/* The length that the head of a message says its body has; 0 where it does not */
static gsize
body_length (const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], "Content-Length:", strlen ("Content-Length:")) == 0)
      return (gsize) g_ascii_strtoull (lines[i] + strlen ("Content-Length:"), NULL, 10);

  return 0;
}

static gboolean
is_whole (GByteArray *message)
{
  g_autofree char *text = g_strndup ((const char *) message->data, message->len);
  char *end = message->len > 0 ? strstr (text, HEAD_END) : NULL;

  if (end == NULL)
    return FALSE;
  *end = '\0';

  return message->len >= (gsize) (end - text) + strlen (HEAD_END) + body_length (text);
}

static gboolean
read_more (GInputStream *stream,
           GByteArray *message,
           GCancellable *cancellable)
{
  guint8 buffer[4096];
  gssize length = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, NULL);

  if (length > 0)
    g_byte_array_append (message, buffer, (guint) length);

  return length > 0;
}

/* Returns: (transfer full) (nullable): a request, whole */
static GByteArray *
read_request (GInputStream *stream,
              GCancellable *cancellable)
{
  g_autoptr (GByteArray) request = g_byte_array_new ();

  while (!is_whole (request))
    if (!read_more (stream, request, cancellable))
      return NULL;

  return g_steal_pointer (&request);
}

/* The same request, by which the connection ends with the reply */
static GByteArray *
closing (GByteArray *request)
{
  static const char close_line[] = "\r\nConnection: close";
  guint line = (guint) (strstr ((const char *) request->data, "\r\n") - (const char *) request->data);
  GByteArray *closing = g_byte_array_new ();

  g_byte_array_append (closing, request->data, line);
  g_byte_array_append (closing, (const guint8 *) close_line, strlen (close_line));
  g_byte_array_append (closing, request->data + line, request->len - line);

  return closing;
}

/* Returns: (transfer full) (nullable): what the server answers, from its first byte to its last */
static GBytes *
ask_server (BelayFaultyWire *self,
            GByteArray *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, self->server, 0, self->cancellable, NULL);
  g_autoptr (GByteArray) message = closing (request);
  g_autoptr (GByteArray) reply = g_byte_array_new ();

  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), message->data,
                                     message->len, NULL, self->cancellable, NULL))
    return NULL;
  while (read_more (g_io_stream_get_input_stream (G_IO_STREAM (connection)), reply, self->cancellable))
    continue;

  return g_byte_array_free_to_bytes (g_steal_pointer (&reply));
}

/* Whether the body has @text in it, however it is packed */
static gboolean
has_text (GByteArray *request,
          const char *text)
{
  const char *end = g_strstr_len ((const char *) request->data, request->len, HEAD_END);
  gsize head = (gsize) (end - (const char *) request->data) + strlen (HEAD_END);
  g_autoptr (GBytes) body = g_bytes_new (request->data + head, request->len - head);
  g_autoptr (GBytes) plain = belay_http_body_gunzip (body, BODY_MOST, NULL);
  GBytes *seen = plain != NULL ? plain : body;

  return g_strstr_len (g_bytes_get_data (seen, NULL), (gssize) g_bytes_get_size (seen), text) != NULL;
}

/* ---- what becomes of the reply ---- */

static gsize
head_length (GBytes *reply)
{
  gsize length;
  const char *data = g_bytes_get_data (reply, &length);
  const char *end = g_strstr_len (data, (gssize) length, HEAD_END);

  g_assert_nonnull (end);

  return (gsize) (end - data) + strlen (HEAD_END);
}

/* A Content-Length that leaves out the last byte */
static GBytes *
shorten (GBytes *reply)
{
  gsize head = head_length (reply);
  gsize length = g_bytes_get_size (reply);
  const char *data = g_bytes_get_data (reply, NULL);
  g_autofree char *text = g_strndup (data, head);
  g_autoptr (GRegex) pattern = g_regex_new ("Content-Length: \\d+", G_REGEX_CASELESS, 0, NULL);
  g_autofree char *says = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT, length - head - 1);
  g_autofree char *changed = g_regex_replace_literal (pattern, text, -1, 0, says, 0, NULL);
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) changed, (guint) strlen (changed));
  g_byte_array_append (all, (const guint8 *) data + head, (guint) (length - head));

  return g_byte_array_free_to_bytes (all);
}

static void
send (GOutputStream *stream,
      gconstpointer data,
      gsize length,
      GCancellable *cancellable)
{
  g_output_stream_write_all (stream, data, length, NULL, cancellable, NULL);
}

static void
send_bytes (GOutputStream *stream,
            GBytes *bytes,
            GCancellable *cancellable)
{
  send (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), cancellable);
}

static void
dribble (GOutputStream *stream,
         GBytes *reply,
         GCancellable *cancellable)
{
  const char *data = g_bytes_get_data (reply, NULL);

  for (gsize i = 0; i < g_bytes_get_size (reply); i++)
    send (stream, data + i, 1, cancellable);
}

static void
answer (BelayFault fault,
        GOutputStream *stream,
        GBytes *reply,
        GBytes *before,
        GCancellable *cancellable)
{
  gsize head = head_length (reply);
  gsize body = g_bytes_get_size (reply) - head;
  g_autoptr (GBytes) shorter = NULL;

  switch (fault)
    {
    case BELAY_FAULT_CUT_AFTER:
      return;
    case BELAY_FAULT_HALF_HEAD:
      return send (stream, g_bytes_get_data (reply, NULL), head / 2, cancellable);
    case BELAY_FAULT_HALF_BODY:
      return send (stream, g_bytes_get_data (reply, NULL), head + body / 2, cancellable);
    case BELAY_FAULT_TOO_SHORT:
      shorter = shorten (reply);
      return send_bytes (stream, shorter, cancellable);
    case BELAY_FAULT_REPLAY:
      g_assert_nonnull (before);
      return send_bytes (stream, before, cancellable);
    case BELAY_FAULT_TWICE:
      send_bytes (stream, reply, cancellable);
      return send_bytes (stream, reply, cancellable);
    case BELAY_FAULT_DRIBBLE:
      return dribble (stream, reply, cancellable);
    case BELAY_FAULT_NONE:
    case BELAY_FAULT_REFUSED:
    case BELAY_FAULT_CUT_BEFORE:
    case BELAY_FAULT_SILENT:
    case BELAY_FAULT_SAYS:
    case BELAY_FAULT_SAYS_AFTER:
    case BELAY_FAULT_CHOKES:
    default:
      return send_bytes (stream, reply, cancellable);
    }
}

/* ---- one connection ---- */

/* What is to be done with this request, at the moment at which it came */
static BelayFault
take_fault (BelayFaultyWire *self,
            char **says,
            GBytes **before)
{
  BelayFault fault;

  g_mutex_lock (&self->lock);
  fault = self->fault;
  *says = g_strdup (self->says);
  *before = self->last != NULL ? g_bytes_ref (self->last) : NULL;
  self->count++;
  if (self->left > 0 && --self->left == 0)
    self->fault = BELAY_FAULT_NONE;
  g_mutex_unlock (&self->lock);

  return fault;
}

static void
keep_last (BelayFaultyWire *self,
           GBytes *reply)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->last, g_bytes_unref);
  self->last = g_bytes_ref (reply);
  g_mutex_unlock (&self->lock);
}

static void
carry (BelayFaultyWire *self,
       GInputStream *input,
       GOutputStream *output)
{
  g_autofree char *says = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GByteArray) request = read_request (input, self->cancellable);
  BelayFault fault;

  if (request == NULL)
    return;
  fault = take_fault (self, &says, &before);
  if (fault == BELAY_FAULT_CUT_BEFORE)
    return;
  if (fault == BELAY_FAULT_SILENT)
    {
      /* Until whoever asked has gone */
      while (read_more (input, request, self->cancellable))
        continue;
      return;
    }
  if (fault == BELAY_FAULT_CHOKES && has_text (request, says))
    {
      send (output, MALFORMED, strlen (MALFORMED), self->cancellable);
      return;
    }
  if (fault != BELAY_FAULT_SAYS)
    reply = ask_server (self, request);
  if (fault == BELAY_FAULT_SAYS || fault == BELAY_FAULT_SAYS_AFTER)
    send (output, says, strlen (says), self->cancellable);
  else if (reply != NULL && g_bytes_get_size (reply) > 0)
    answer (fault, output, reply, before, self->cancellable);
  if (reply != NULL && g_bytes_get_size (reply) > 0)
    keep_last (self, reply);
}

static gboolean
connected (GThreadedSocketService *service,
           GSocketConnection *connection,
           GObject *source,
           gpointer user_data)
{
  BelayFaultyWire *self = user_data;

  carry (self, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
         g_io_stream_get_output_stream (G_IO_STREAM (connection)));
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_mutex_lock (&self->lock);
  self->open--;
  g_cond_signal (&self->closed);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/* On the main context, before a thread takes it over */
static gboolean
came (GSocketService *service,
      GSocketConnection *connection,
      GObject *source,
      gpointer user_data)
{
  BelayFaultyWire *self = user_data;

  g_mutex_lock (&self->lock);
  self->open++;
  g_mutex_unlock (&self->lock);

  return FALSE;
}

/* ---- who listens ---- */

static void
listen (BelayFaultyWire *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, self->port);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_threaded_socket_service_new (CONNECTIONS_MOST);
  g_signal_connect (self->service, "incoming", G_CALLBACK (came), self);
  g_signal_connect (self->service, "run", G_CALLBACK (connected), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &given, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
  g_socket_service_start (self->service);
}

static void
hang_up (BelayFaultyWire *self)
{
  if (self->service == NULL)
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

/**
 * belay_faulty_wire_new:
 * @server_url: `http://` and a loopback address
 *
 * Returns: (transfer full): a wire to it without a fault
 */
BelayFaultyWire *
belay_faulty_wire_new (const char *server_url)
{
  BelayFaultyWire *self = g_new0 (BelayFaultyWire, 1);

  g_assert_true (g_str_has_prefix (server_url, "http://127.0.0.1:"));
  g_mutex_init (&self->lock);
  g_cond_init (&self->closed);
  self->server = g_strdup (server_url + strlen ("http://"));
  self->cancellable = g_cancellable_new ();
  listen (self);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);

  return self;
}

void
belay_faulty_wire_free (BelayFaultyWire *self)
{
  g_cancellable_cancel (self->cancellable);
  hang_up (self);
  g_mutex_lock (&self->lock);
  while (self->open > 0)
    g_cond_wait (&self->closed, &self->lock);
  g_mutex_unlock (&self->lock);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->last, g_bytes_unref);
  g_cond_clear (&self->closed);
  g_mutex_clear (&self->lock);
  g_free (self->says);
  g_free (self->server);
  g_free (self->url);
  g_free (self);
}

const char *
belay_faulty_wire_get_url (BelayFaultyWire *self)
{
  return self->url;
}

/**
 * belay_faulty_wire_break:
 * @says: (nullable): the whole reply, where something else is to give it
 * @times: for how many requests; 0: until it is mended
 */
void
belay_faulty_wire_break (BelayFaultyWire *self,
                         BelayFault fault,
                         const char *says,
                         guint times)
{
  g_mutex_lock (&self->lock);
  self->fault = fault;
  self->left = times;
  g_set_str (&self->says, says);
  g_mutex_unlock (&self->lock);
  if (fault == BELAY_FAULT_REFUSED)
    hang_up (self);
}

void
belay_faulty_wire_mend (BelayFaultyWire *self)
{
  belay_faulty_wire_break (self, BELAY_FAULT_NONE, NULL, 0);
  if (self->service == NULL)
    listen (self);
}

/* Returns: how many requests came until now */
guint
belay_faulty_wire_count (BelayFaultyWire *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->count;
  g_mutex_unlock (&self->lock);

  return count;
}
