/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-rights.h"

G_BEGIN_DECLS

BelayGrants *belay_work_grants_load (BelayDbTransaction *tx,
                                     const char *person,
                                     GError **error);
gboolean belay_work_may (BelayDbTransaction *tx,
                         const BelayGrants *grants,
                         BelayAct act,
                         BelayObject object,
                         BelayTarget target,
                         GError **error);
gboolean belay_work_allows (BelayDbTransaction *tx,
                            const BelayGrants *grants,
                            BelayAct act,
                            BelayObject object,
                            BelayTarget target);

G_END_DECLS
