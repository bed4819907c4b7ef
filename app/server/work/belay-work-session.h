/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-server-context.h"

G_BEGIN_DECLS

/* Who a token stands for. */
typedef struct
{
  char *person;
  char *device;
} BelayWorkSession;

#define BELAY_TYPE_WORK_SESSION (belay_work_session_get_type ())

GType belay_work_session_get_type (void) G_GNUC_CONST;
BelayWorkSession *belay_work_session_copy (const BelayWorkSession *self);
void belay_work_session_free (BelayWorkSession *self);
DexFuture *belay_work_session_find (BelayServerContext *context,
                                    const char *authorization) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayWorkSession, belay_work_session_free)

G_END_DECLS
