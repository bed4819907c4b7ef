/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-server-context.h"
#include "belay-sign-in-message.h"

G_BEGIN_DECLS

DexFuture *belay_work_sign_in (BelayServerContext *context,
                               BelaySignInRequest *request,
                               const char *remote) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_work_join (BelayServerContext *context,
                            BelaySignInRequest *request,
                            const char *remote) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_work_sign_out (BelayServerContext *context,
                                const char *device) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
