/* belay-sync-report.c: what "Sync now" did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-report.h"

G_DEFINE_BOXED_TYPE (BelaySyncReport, belay_sync_report, belay_sync_report_copy, belay_sync_report_free)

BelaySyncReport *
belay_sync_report_copy (const BelaySyncReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

void
belay_sync_report_free (BelaySyncReport *self)
{
  g_return_if_fail (self != NULL);

  g_free (self);
}
