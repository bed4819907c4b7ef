/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <webkit/webkit.h>

#include "belay-player-view.h"

G_BEGIN_DECLS

#define BELAY_TYPE_WEB_VIEW (belay_web_view_get_type ())

/* BelayWebView: one launch, shown by WebKit. CSS node `belay-web-view`; its child is the accessible document. */
G_DECLARE_FINAL_TYPE (BelayWebView, belay_web_view, BELAY, WEB_VIEW, AdwBin)

G_MODULE_EXPORT BelayPlayerView *belay_player_module_create_view (void);
G_MODULE_EXPORT void belay_player_module_warm_up (void);

G_END_DECLS
