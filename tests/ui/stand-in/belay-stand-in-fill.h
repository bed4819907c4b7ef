/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "belay-sync-status.h"

G_BEGIN_DECLS

void belay_stand_in_fill_programme (GListStore *programmes);
void belay_stand_in_fill_companions (GListStore *companions);
void belay_stand_in_fill_team (GListStore *team,
                               guint size);
void belay_stand_in_fill_refusals (GListStore *refusals);
void belay_stand_in_fill_sync (BelaySyncStatus *sync,
                               gboolean in_trouble);

G_END_DECLS
