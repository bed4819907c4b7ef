/* belay-wire.c: what can be wrong with a message of the other side, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-wire.h"

#include "belay-wire-private.h"

typedef struct
{
  char *where;
  gint64 most;
} BelayWireErrorPrivate;

static void
belay_wire_error_private_init (BelayWireErrorPrivate *private)
{
  private->where = NULL;
  private->most = 0;
}

static void
belay_wire_error_private_copy (const BelayWireErrorPrivate *from,
                               BelayWireErrorPrivate *to)
{
  to->where = g_strdup (from->where);
  to->most = from->most;
}

static void
belay_wire_error_private_clear (BelayWireErrorPrivate *private)
{
  g_clear_pointer (&private->where, g_free);
}

G_DEFINE_EXTENDED_ERROR (BelayWireError, belay_wire_error)

/**
 * belay_wire_error_new:
 * @where: a path in the message, such as `up[3].id`; empty for the message as a whole
 * @most: the limit in bytes, for TOO_LARGE
 * @rule: what should have been there
 *
 * Returns: (transfer full): an error that tells of it
 */
GError *
belay_wire_error_new (BelayWireErrorCode code,
                      const char *where,
                      gint64 most,
                      const char *rule)
{
  GError *error;
  BelayWireErrorPrivate *private;

  g_return_val_if_fail (where != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  error = g_error_new (BELAY_WIRE_ERROR, (int) code, "The message cannot be read: %s %s",
                       *where != '\0' ? where : "all of it", rule);
  private = belay_wire_error_get_private (error);
  private->where = g_strdup (where);
  private->most = most;

  return error;
}

/**
 * belay_wire_error_get_where:
 * @error: an error of the domain %BELAY_WIRE_ERROR
 *
 * Returns: (transfer none): the path to what is wrong, such as `up[3].id`; empty for the whole message
 */
const char *
belay_wire_error_get_where (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == BELAY_WIRE_ERROR, "");

  return belay_wire_error_get_private (error)->where;
}

/**
 * belay_wire_error_get_most:
 * @error: an error of the domain %BELAY_WIRE_ERROR
 *
 * Returns: the limit in bytes that was exceeded; 0 where it was no matter of size
 */
gint64
belay_wire_error_get_most (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == BELAY_WIRE_ERROR, 0);

  return belay_wire_error_get_private (error)->most;
}
