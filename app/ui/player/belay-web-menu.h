/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

void belay_web_menu_reduce (WebKitContextMenu *menu);

G_END_DECLS
