/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "belay-service-types.h"

G_BEGIN_DECLS

#define BELAY_TYPE_SYNC_STATUS (belay_sync_status_get_type ())

/* BelaySyncStatus: the one truth about what is where.
 *
 * `waiting`: how many things are safe here and not yet sent
 * `on-the-way`: how many were sent and not yet answered
 * `refused`: how many the server refused and the person has not decided about
 * `last-contact`: when the server last answered, microseconds UTC, 0 for never
 * `state`: a #BelaySyncState
 * `working`: whether a step is running now
 * `recent`: (element-type BelaySyncLine): what was done lately, newest first
 */
G_DECLARE_FINAL_TYPE (BelaySyncStatus, belay_sync_status, BELAY, SYNC_STATUS, GObject)

BelaySyncStatus *belay_sync_status_new (void);
guint belay_sync_status_get_waiting (BelaySyncStatus *self);
guint belay_sync_status_get_on_the_way (BelaySyncStatus *self);
guint belay_sync_status_get_refused (BelaySyncStatus *self);
gint64 belay_sync_status_get_last_contact (BelaySyncStatus *self);
BelaySyncState belay_sync_status_get_state (BelaySyncStatus *self);
gboolean belay_sync_status_get_working (BelaySyncStatus *self);
GListModel *belay_sync_status_get_recent (BelaySyncStatus *self);

void belay_sync_status_set_counts (BelaySyncStatus *self,
                                   guint waiting,
                                   guint on_the_way,
                                   guint refused);
void belay_sync_status_set_last_contact (BelaySyncStatus *self,
                                         gint64 last_contact);
void belay_sync_status_set_state (BelaySyncStatus *self,
                                  BelaySyncState state);
void belay_sync_status_set_working (BelaySyncStatus *self,
                                    gboolean working);

G_END_DECLS
