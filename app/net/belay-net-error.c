/* belay-net-error.c: the many ways in which GIO, GnuTLS and libsoup fail, as the few that matter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-net-error.h"

G_DEFINE_QUARK (belay - net - error - quark, belay_net_error)

static BelayNetError
code_of_io_error (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return BELAY_NET_ERROR_CANCELLED;
    case G_IO_ERROR_TIMED_OUT:
      return BELAY_NET_ERROR_TIMED_OUT;
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return BELAY_NET_ERROR_TOO_LARGE;
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_INVALID_DATA:
      return BELAY_NET_ERROR_TRUNCATED;
    case G_IO_ERROR_HOST_NOT_FOUND:
      return BELAY_NET_ERROR_UNKNOWN_HOST;
    default:
      /* Refused, reset, unreachable, a proxy that does not answer: all of them are "not now" */
      return BELAY_NET_ERROR_OFFLINE;
    }
}

static BelayNetError
code_of (const GError *cause)
{
  if (cause->domain == G_IO_ERROR)
    return code_of_io_error (cause->code);
  if (cause->domain == G_RESOLVER_ERROR)
    /* Without a network every name is unknown: only "there is none" speaks of the address */
    return cause->code == G_RESOLVER_ERROR_NOT_FOUND ? BELAY_NET_ERROR_UNKNOWN_HOST : BELAY_NET_ERROR_OFFLINE;
  if (cause->domain == G_TLS_ERROR)
    return BELAY_NET_ERROR_CERTIFICATE;

  return BELAY_NET_ERROR_FAILED;
}

/**
 * belay_net_error_from:
 * @cause: what GIO or libsoup said
 *
 * Returns: (transfer full): the same as a #BelayNetError
 */
GError *
belay_net_error_from (const GError *cause)
{
  g_return_val_if_fail (cause != NULL, NULL);

  if (cause->domain == BELAY_NET_ERROR)
    return g_error_copy (cause);

  return g_error_new_literal (BELAY_NET_ERROR, (int) code_of (cause), cause->message);
}
