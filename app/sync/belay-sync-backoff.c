/* belay-sync-backoff.c: when to ask next
 *
 * A thousand laptops that lost their server together must not come back together: every wait is
 * spread at random. Pure arithmetic; the caller brings the randomness.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-backoff.h"

#define DOUBLINGS_MOST 10

/**
 * belay_sync_jitter_ms:
 * @seconds: about how long to wait
 *
 * Returns: a time between three and five quarters of it, in milliseconds
 */
gint64
belay_sync_jitter_ms (gint64 seconds,
                      BelayRandom random,
                      gpointer user_data)
{
  g_return_val_if_fail (seconds >= 0, 0);
  g_return_val_if_fail (random != NULL, 0);

  return seconds * 750 + (gint64) ((double) seconds * 500 * random (user_data));
}

/**
 * belay_sync_backoff_ms:
 * @failures: how many steps failed one after the other, at least 1
 * @least_seconds: how long the server asked to wait; 0 where it did not say
 *
 * Returns: how long to wait, in milliseconds: doubled with each failure up to half an hour, and never
 *   less than @least_seconds
 */
gint64
belay_sync_backoff_ms (guint failures,
                       gint64 least_seconds,
                       BelayRandom random,
                       gpointer user_data)
{
  gint64 seconds;

  g_return_val_if_fail (failures > 0, 0);
  g_return_val_if_fail (least_seconds >= 0, 0);

  seconds = MIN ((gint64) BELAY_SYNC_BACKOFF_LEAST << MIN (failures - 1, DOUBLINGS_MOST), BELAY_SYNC_BACKOFF_MOST);

  return least_seconds * 1000 + belay_sync_jitter_ms (seconds, random, user_data);
}
