/* belay-soup-client.c: what a client asks of libsoup and of its streams, as futures
 *
 * libdex has futures for streams, but none that a GCancellable of the caller's ends: a person who
 * cancels a download expects it to end now, not with the next byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-soup-client.h"

#define READ_AT_ONCE (64 * 1024)

static void
sent (GObject *object,
      GAsyncResult *result,
      gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, error);
}

/**
 * belay_soup_send:
 * @cancellable: (nullable)
 *
 * Returns: (transfer full): resolves to the #GInputStream of the reply's body once its headers are here
 */
DexFuture *
belay_soup_send (SoupSession *session,
                 SoupMessage *message,
                 GCancellable *cancellable)
{
  DexPromise *promise;

  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  promise = dex_promise_new ();
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, sent, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
some_read (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;
  GBytes *bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (bytes != NULL)
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES, bytes);
  else
    dex_promise_reject (promise, error);
}

/**
 * belay_stream_read_some:
 * @most: bytes to read at most
 * @cancellable: (nullable)
 *
 * Returns: (transfer full): resolves to #GBytes as soon as there are any; none at the end
 */
DexFuture *
belay_stream_read_some (GInputStream *stream,
                        gsize most,
                        GCancellable *cancellable)
{
  DexPromise *promise;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (most > 0, NULL);

  promise = dex_promise_new ();
  g_input_stream_read_bytes_async (stream, most, G_PRIORITY_DEFAULT, cancellable, some_read, dex_ref (promise));

  return DEX_FUTURE (promise);
}

typedef struct
{
  GInputStream *stream;
  gsize most;
  GCancellable *cancellable;
} ReadAll;

static void
read_all_free (gpointer data)
{
  ReadAll *state = data;

  g_object_unref (state->stream);
  g_clear_object (&state->cancellable);
  g_free (state);
}

static DexFuture *
read_all_fiber (gpointer data)
{
  ReadAll *state = data;
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (;;)
    {
      g_autoptr (GBytes) bytes = NULL;
      GError *error = NULL;

      bytes = dex_await_boxed (belay_stream_read_some (state->stream, READ_AT_ONCE, state->cancellable), &error);
      if (bytes == NULL)
        return dex_future_new_for_error (error);
      if (g_bytes_get_size (bytes) == 0)
        break;
      if (g_bytes_get_size (bytes) > state->most - all->len)
        return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The reply is larger than it may be");
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_byte_array_free_to_bytes (g_steal_pointer (&all)));
}

/**
 * belay_stream_read_all:
 * @most: bytes that are accepted at most
 * @cancellable: (nullable)
 *
 * Returns: (transfer full): resolves to all #GBytes of @stream; rejects with
 *   %G_IO_ERROR_MESSAGE_TOO_LARGE where there are more than @most
 */
DexFuture *
belay_stream_read_all (GInputStream *stream,
                       gsize most,
                       GCancellable *cancellable)
{
  ReadAll *state;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  state = g_new0 (ReadAll, 1);
  state->stream = g_object_ref (stream);
  state->most = most;
  g_set_object (&state->cancellable, cancellable);

  return dex_scheduler_spawn (NULL, 0, read_all_fiber, state, read_all_free);
}
