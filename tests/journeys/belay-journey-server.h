/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BELAY_JOURNEY_PASSWORD "summit-and-rope"
#define BELAY_JOURNEY_LEARNER "ana@example.org"
#define BELAY_JOURNEY_MANAGER "max@example.org"

/* A belay-server of its own: data in a new folder, and a process while it is started. */
typedef struct _BelayJourneyServer BelayJourneyServer;

BelayJourneyServer *belay_journey_server_new (const char *course);
void belay_journey_server_free (BelayJourneyServer *self);
void belay_journey_server_start (BelayJourneyServer *self);
void belay_journey_server_start_with_fault (BelayJourneyServer *self,
                                            const char *fault);
void belay_journey_server_stop (BelayJourneyServer *self);
void belay_journey_server_expect_killed (BelayJourneyServer *self);
char *belay_journey_server_run (BelayJourneyServer *self,
                                ...) G_GNUC_NULL_TERMINATED;
const char *belay_journey_server_get_url (BelayJourneyServer *self);
const char *belay_journey_server_get_folder (BelayJourneyServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayJourneyServer, belay_journey_server_free)

G_END_DECLS
