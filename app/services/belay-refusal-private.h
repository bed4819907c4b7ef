/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "belay-store.h"

G_BEGIN_DECLS

DexFuture *belay_refusal_export (BelayStore *store,
                                 const char *id,
                                 GFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
