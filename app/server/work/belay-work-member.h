/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"

G_BEGIN_DECLS

gboolean belay_work_member_put (BelayDbTransaction *tx,
                                const char *person,
                                const char *cohort,
                                const char *pod,
                                const char *buddy,
                                GError **error);
gboolean belay_work_member_join (BelayDbTransaction *tx,
                                 const char *person,
                                 const char *cohort,
                                 const char *pod,
                                 GError **error);
gboolean belay_work_member_leave (BelayDbTransaction *tx,
                                  const char *person,
                                  const char *cohort,
                                  GError **error);
gboolean belay_work_member_publish (BelayDbTransaction *tx,
                                    const char *person,
                                    GError **error);

G_END_DECLS
