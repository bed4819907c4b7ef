/* fuzz-wire.c: what a peer may send; what is understood must be the same after going out again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sign-in-message.h"
#include "belay-sync-message.h"
#include "belay-wire-error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (BelaySyncRequest) request = belay_sync_request_decode (bytes, NULL);
  g_autoptr (BelaySyncReply) reply = belay_sync_reply_decode (bytes, NULL);
  g_autoptr (BelaySignInRequest) sign_in = belay_sign_in_request_decode (bytes, FALSE, NULL);
  g_autoptr (BelayWireFailure) failure = belay_wire_failure_decode (bytes, NULL);

  if (request != NULL)
    {
      g_autoptr (GBytes) out = belay_sync_request_encode (request, NULL);

      if (out != NULL)
        {
          g_autoptr (BelaySyncRequest) again = belay_sync_request_decode (out, NULL);

          g_assert_nonnull (again);
          g_assert_cmpuint (again->up->len, ==, request->up->len);
        }
    }

  return 0;
}
