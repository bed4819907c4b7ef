/* belay-net-reply.c: what a server answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-net-session.h"

G_DEFINE_BOXED_TYPE (BelayNetReply, belay_net_reply, belay_net_reply_copy, belay_net_reply_free)
G_DEFINE_BOXED_TYPE (BelayNetStream, belay_net_stream, belay_net_stream_copy, belay_net_stream_free)

BelayNetReply *
belay_net_reply_copy (const BelayNetReply *self)
{
  BelayNetReply *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->body = g_bytes_ref (self->body);

  return copy;
}

void
belay_net_reply_free (BelayNetReply *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * belay_net_stream_copy:
 *
 * Returns: (transfer full): a copy that reads from the same stream
 */
BelayNetStream *
belay_net_stream_copy (const BelayNetStream *self)
{
  BelayNetStream *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->body = g_object_ref (self->body);

  return copy;
}

void
belay_net_stream_free (BelayNetStream *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->body);
  g_free (self);
}
