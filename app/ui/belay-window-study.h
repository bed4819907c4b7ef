/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-window.h"

G_BEGIN_DECLS

void belay_window_study (BelayWindow *self,
                         BelayModuleItem *module,
                         BelayActivityItem *activity);

G_END_DECLS
