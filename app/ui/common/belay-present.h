/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"

G_BEGIN_DECLS

void belay_present_set_clock (BelayClock *clock);
gint64 belay_present_now_us (void);
GDateTime *belay_present_local (gint64 time_us);

G_END_DECLS
