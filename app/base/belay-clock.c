/* belay-clock.c: what time it is, as something that can be handed in
 *
 * No room asks the system for the time by itself: it is given a clock, so that a test can stand
 * at the edge of a DST night, or let a laptop's clock be a year off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-clock.h"

struct _BelayClock
{
  gatomicrefcount references;
  gboolean is_fixed;
  GMutex mutex; /* guards now_us */
  gint64 now_us;
};

static BelayClock *
clock_new (gboolean is_fixed,
           gint64 now_us)
{
  BelayClock *self = g_new0 (BelayClock, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->is_fixed = is_fixed;
  self->now_us = now_us;

  return self;
}

/**
 * belay_clock_new_system:
 *
 * Returns: (transfer full): a clock that tells the machine's own time
 */
BelayClock *
belay_clock_new_system (void)
{
  return clock_new (FALSE, 0);
}

/**
 * belay_clock_new_fixed:
 * @now_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): a clock that stands at @now_us until belay_clock_advance() moves it
 */
BelayClock *
belay_clock_new_fixed (gint64 now_us)
{
  return clock_new (TRUE, now_us);
}

BelayClock *
belay_clock_ref (BelayClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_clock_unref (BelayClock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * belay_clock_now_us:
 *
 * Safe to call from any thread.
 *
 * Returns: microseconds since 1970 UTC
 */
gint64
belay_clock_now_us (BelayClock *self)
{
  gint64 now_us;

  g_return_val_if_fail (self != NULL, 0);

  if (!self->is_fixed)
    return g_get_real_time ();

  g_mutex_lock (&self->mutex);
  now_us = self->now_us;
  g_mutex_unlock (&self->mutex);

  return now_us;
}

/**
 * belay_clock_advance:
 * @by_us: microseconds, may be negative
 *
 * Moves a fixed clock. A system clock cannot be moved.
 */
void
belay_clock_advance (BelayClock *self,
                     gint64 by_us)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->is_fixed);

  g_mutex_lock (&self->mutex);
  self->now_us += by_us;
  g_mutex_unlock (&self->mutex);
}
