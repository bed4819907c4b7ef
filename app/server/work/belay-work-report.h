/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"

G_BEGIN_DECLS

gboolean belay_work_report_refresh (BelayDbTransaction *tx,
                                    const char *manager,
                                    gboolean all,
                                    GError **error);
gboolean belay_work_report_publish (BelayDbTransaction *tx,
                                    const char *person,
                                    GError **error);

G_END_DECLS
