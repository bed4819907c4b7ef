/* belay-sync-outcome.c: how a round of steps ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-engine.h"

G_DEFINE_BOXED_TYPE (BelaySyncOutcome, belay_sync_outcome, belay_sync_outcome_copy, belay_sync_outcome_free)

BelaySyncOutcome *
belay_sync_outcome_copy (const BelaySyncOutcome *self)
{
  BelaySyncOutcome *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->message = g_strdup (self->message);

  return copy;
}

void
belay_sync_outcome_free (BelaySyncOutcome *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->message);
  g_free (self);
}
