/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-account.h"

G_BEGIN_DECLS

gpointer belay_journey_await_object (DexFuture *future);
GError *belay_journey_await_error (DexFuture *future);
void belay_journey_await (DexFuture *future);
BelayModuleItem *belay_journey_find_module (BelayAccount *account);
void belay_journey_study (BelayAccount *account,
                          gboolean terminates);
char *belay_journey_read_page (BelayAccount *account);
gint64 belay_journey_record (BelayAccount *account,
                             guint count);

G_END_DECLS
