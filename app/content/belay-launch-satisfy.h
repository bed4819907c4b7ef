/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-launch-session.h"

G_BEGIN_DECLS

GPtrArray *belay_launch_satisfy_list (BelayLaunchSession *session,
                                      BelayXapiStorage *storage,
                                      BelayClock *clock,
                                      GError **error);

G_END_DECLS
