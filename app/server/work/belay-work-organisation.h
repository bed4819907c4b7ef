/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db-people.h"
#include "belay-server-context.h"

G_BEGIN_DECLS

gboolean belay_work_organisation (BelayDbTransaction *tx,
                                  BelayDbOrganisation **organisation,
                                  GError **error);
DexFuture *belay_work_hello (BelayServerContext *context) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_work_health (BelayServerContext *context) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
