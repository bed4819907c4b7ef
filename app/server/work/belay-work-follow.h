/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-rights.h"

G_BEGIN_DECLS

GPtrArray *belay_work_follow_list (BelayDbTransaction *tx,
                                   const BelayGrants *grants,
                                   GError **error);
gboolean belay_work_follow_may (BelayDbTransaction *tx,
                                const BelayGrants *grants,
                                const char *stream,
                                gboolean *may,
                                GError **error);

G_END_DECLS
