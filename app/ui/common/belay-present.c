/* belay-present.c: what time it is for everything that is shown
 *
 * Widgets are made by templates, which hand them nothing; so the one clock of the interface
 * lives here, and a test or a picture sets its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-present.h"

static BelayClock *present_clock;

/**
 * belay_present_set_clock:
 * @clock: (nullable): the clock to go by; %NULL for the system's
 */
void
belay_present_set_clock (BelayClock *clock)
{
  g_clear_pointer (&present_clock, belay_clock_unref);
  if (clock != NULL)
    present_clock = belay_clock_ref (clock);
}

/**
 * belay_present_now_us:
 *
 * Returns: the present, in microseconds UTC
 */
gint64
belay_present_now_us (void)
{
  if (present_clock == NULL)
    present_clock = belay_clock_new_system ();

  return belay_clock_now_us (present_clock);
}

/**
 * belay_present_local:
 * @time_us: microseconds UTC
 *
 * Returns: (transfer full): that moment in the zone of this laptop
 */
GDateTime *
belay_present_local (gint64 time_us)
{
  g_autoptr (GDateTime) universal = g_date_time_new_from_unix_utc_usec (time_us);

  g_return_val_if_fail (universal != NULL, NULL);

  return g_date_time_to_local (universal);
}
