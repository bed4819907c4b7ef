/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-sync-message.h"

G_BEGIN_DECLS

DexFuture *belay_work_sync (BelayDb *db, const char *person, const char *device, BelaySyncRequest *request)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
