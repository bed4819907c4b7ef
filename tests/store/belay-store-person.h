/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"
#include "belay-store-view.h"

G_BEGIN_DECLS

/* How many of one person's things the database has, in each place where they must be. */
typedef struct
{
  gint64 statements;
  gint64 outbox;
  gint64 seconds; /* that the laptop's own reckoning comes to: a minute for each */
} BelayStoreTally;

gpointer belay_store_person_await (DexFuture *future);
GError *belay_store_person_await_error (DexFuture *future);
void belay_store_person_move_in (BelayStore *store);
DexFuture *belay_store_person_say (BelayStore *store,
                                   const char *id) G_GNUC_WARN_UNUSED_RESULT;
BelayStoreTally belay_store_person_count (BelayStore *store);

G_END_DECLS
