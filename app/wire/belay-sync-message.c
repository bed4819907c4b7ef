/* belay-sync-message.c: what one step of sync carries, as values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-message.h"

static void
stream_cursor_free (gpointer data)
{
  BelayStreamCursor *cursor = data;

  g_free (cursor->stream);
  g_free (cursor);
}

/**
 * belay_sync_request_new:
 *
 * Returns: (transfer full): a request that follows nothing and sends nothing, with the whole budget
 */
BelaySyncRequest *
belay_sync_request_new (void)
{
  BelaySyncRequest *self = g_new0 (BelaySyncRequest, 1);

  self->budget = BELAY_WIRE_BUDGET_MOST;
  self->cursors = g_ptr_array_new_with_free_func (stream_cursor_free);
  self->up = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_up_item_free);

  return self;
}

void
belay_sync_request_free (BelaySyncRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->device_id);
  g_free (self->epoch);
  g_ptr_array_unref (self->cursors);
  g_ptr_array_unref (self->up);
  g_free (self);
}

/**
 * belay_sync_request_add_cursor:
 * @stream: its name, such as `self:P`
 * @cursor: the last `to` that was seen of it, 0 for none
 *
 * Says how far this laptop is in a stream it follows.
 */
void
belay_sync_request_add_cursor (BelaySyncRequest *self,
                               const char *stream,
                               gint64 cursor)
{
  BelayStreamCursor *added;

  g_return_if_fail (self != NULL);
  g_return_if_fail (stream != NULL);

  added = g_new0 (BelayStreamCursor, 1);
  added->stream = g_strdup (stream);
  added->cursor = cursor;
  g_ptr_array_add (self->cursors, added);
}

/**
 * belay_sync_request_get_cursor:
 * @stream: its name
 *
 * Returns: how far the laptop is in it; -1 where it does not follow it
 */
gint64
belay_sync_request_get_cursor (const BelaySyncRequest *self,
                               const char *stream)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (stream != NULL, -1);

  for (guint i = 0; i < self->cursors->len; i++)
    {
      const BelayStreamCursor *cursor = g_ptr_array_index (self->cursors, i);

      if (g_strcmp0 (cursor->stream, stream) == 0)
        return cursor->cursor;
    }

  return -1;
}

/**
 * belay_stream_down_new:
 * @stream: its name
 * @from: the cursor that was asked for
 * @to: the cursor to ask with next
 *
 * Returns: (transfer full): a stream without documents
 */
BelayStreamDown *
belay_stream_down_new (const char *stream,
                       gint64 from,
                       gint64 to)
{
  BelayStreamDown *self;

  g_return_val_if_fail (stream != NULL, NULL);

  self = g_new0 (BelayStreamDown, 1);
  self->stream = g_strdup (stream);
  self->from = from;
  self->to = to;
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_document_free);

  return self;
}

void
belay_stream_down_free (BelayStreamDown *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->stream);
  g_ptr_array_unref (self->documents);
  g_free (self);
}

/**
 * belay_sync_reply_new:
 *
 * Returns: (transfer full): a reply that tells nothing
 */
BelaySyncReply *
belay_sync_reply_new (void)
{
  BelaySyncReply *self = g_new0 (BelaySyncReply, 1);

  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_verdict_free);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_stream_down_free);
  self->left = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
belay_sync_reply_free (BelaySyncReply *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->epoch);
  g_ptr_array_unref (self->verdicts);
  g_ptr_array_unref (self->streams);
  g_ptr_array_unref (self->left);
  g_free (self);
}
