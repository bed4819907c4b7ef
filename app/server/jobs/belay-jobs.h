/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-server-context.h"

G_BEGIN_DECLS

/* What a running server does by itself. */
typedef struct _BelayJobs BelayJobs;

BelayJobs *belay_jobs_start (BelayServerContext *context);
void belay_jobs_stop (BelayJobs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayJobs, belay_jobs_stop)

G_END_DECLS
