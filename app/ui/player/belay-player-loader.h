/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "belay-player-view.h"

G_BEGIN_DECLS

void belay_player_loader_warm_up_when_idle (void);
BelayPlayerView *belay_player_loader_create_view (GError **error);

G_END_DECLS
