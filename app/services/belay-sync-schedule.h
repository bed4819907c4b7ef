/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-sync-engine.h"
#include "belay-sync-status.h"

G_BEGIN_DECLS

/* Called on the main context after each round.
 *
 * Returns: (transfer full): what is waited for before the round's report is given
 */
typedef DexFuture *(*BelaySyncedFunc) (const BelaySyncOutcome *outcome,
                                       gpointer user_data);

/* Decides when the server is asked. */
typedef struct _BelaySyncSchedule BelaySyncSchedule;

BelaySyncSchedule *belay_sync_schedule_new (BelaySyncEngine *engine,
                                            BelaySyncStatus *status,
                                            BelaySyncedFunc func,
                                            gpointer user_data);
BelaySyncSchedule *belay_sync_schedule_ref (BelaySyncSchedule *self);
void belay_sync_schedule_unref (BelaySyncSchedule *self);
gboolean belay_sync_schedule_is_backing_off (const BelaySyncSchedule *self);
void belay_sync_schedule_set_in_use (BelaySyncSchedule *self,
                                     gboolean in_use);
void belay_sync_schedule_soon (BelaySyncSchedule *self);
DexFuture *belay_sync_schedule_now (BelaySyncSchedule *self) G_GNUC_WARN_UNUSED_RESULT;
void belay_sync_schedule_stop (BelaySyncSchedule *self);
DexFuture *belay_sync_schedule_settle (BelaySyncSchedule *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncSchedule, belay_sync_schedule_unref)

G_END_DECLS
