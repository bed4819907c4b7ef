/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"
#include "belay-store-view.h"
#include "belay-sync-engine.h"
#include "belay-sync-report.h"

G_BEGIN_DECLS

/* A laptop without an interface: a person's database and the step engine over it. */
typedef struct _BelaySyncLaptop BelaySyncLaptop;

BelaySyncLaptop *belay_sync_laptop_new (const char *folder,
                                        const char *url,
                                        const char *email);
void belay_sync_laptop_free (BelaySyncLaptop *self);
BelayStore *belay_sync_laptop_get_store (BelaySyncLaptop *self);
void belay_sync_laptop_set_clock (BelaySyncLaptop *self,
                                  gint64 now_us);
char *belay_sync_laptop_say (BelaySyncLaptop *self,
                             const char *verb,
                             const char *result);
char *belay_sync_laptop_say_as (BelaySyncLaptop *self,
                                const char *person_id,
                                const char *verb,
                                const char *result);
BelaySyncReport *belay_sync_laptop_sync (BelaySyncLaptop *self);
const BelaySyncOutcome *belay_sync_laptop_get_outcome (BelaySyncLaptop *self);
BelayStoreView *belay_sync_laptop_look (BelaySyncLaptop *self);
const BelayModuleProgress *belay_sync_laptop_find_progress (BelayStoreView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncLaptop, belay_sync_laptop_free)

G_END_DECLS
