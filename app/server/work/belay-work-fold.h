/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"

G_BEGIN_DECLS

void belay_work_fold_listen (BelayDbTransaction *tx);
gboolean belay_work_fold_again (BelayDbTransaction *tx,
                                const char *programme,
                                GError **error);

G_END_DECLS
