/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-launch-private.h"

G_BEGIN_DECLS

gboolean belay_launch_server_start (BelayLaunch *launch,
                                    const BelayLaunchRequest *request,
                                    const BelayManifestActivity *activity,
                                    BelayClock *clock,
                                    GError **error);
void belay_launch_server_stop (BelayLaunch *launch);

G_END_DECLS
