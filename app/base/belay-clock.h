/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BelayClock BelayClock;

BelayClock *belay_clock_new_system (void);
BelayClock *belay_clock_new_fixed (gint64 now_us);
BelayClock *belay_clock_ref (BelayClock *self);
void belay_clock_unref (BelayClock *self);
gint64 belay_clock_now_us (BelayClock *self);
void belay_clock_advance (BelayClock *self,
                          gint64 by_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayClock, belay_clock_unref)

G_END_DECLS
