/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-http-server.h"
#include "belay-launch-session.h"

G_BEGIN_DECLS

BelayLaunchCall *belay_launch_call_new_begin (BelayLaunchSession *session);
BelayLaunchCall *belay_launch_call_new_end (BelayLaunchSession *session);
BelayLaunchCall *belay_launch_call_new_request (BelayLaunchSession *session,
                                                const BelayHttpRequest *request,
                                                const char *endpoint,
                                                const char *path);

G_END_DECLS
