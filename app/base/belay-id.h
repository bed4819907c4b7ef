/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"

G_BEGIN_DECLS

char *belay_id_new (BelayClock *clock);
char *belay_id_derive (const char *namespace_id,
                       const char *name);
gboolean belay_id_is_valid (const char *id);

G_END_DECLS
