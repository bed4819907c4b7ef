/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-store-view.h"

G_BEGIN_DECLS

/* Called on the main context with what the database holds now. */
typedef void (*BelayViewFunc) (BelayStoreView *view,
                               gpointer user_data);

/* Keeps what is shown in step with the database. */
typedef struct _BelayViewReader BelayViewReader;

BelayViewReader *belay_view_reader_new (BelayStore *store,
                                        BelayViewFunc func,
                                        gpointer user_data);
BelayViewReader *belay_view_reader_ref (BelayViewReader *self);
void belay_view_reader_unref (BelayViewReader *self);
void belay_view_reader_stop (BelayViewReader *self);
void belay_view_reader_read (BelayViewReader *self);
DexFuture *belay_view_reader_settle (BelayViewReader *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayViewReader, belay_view_reader_unref)

G_END_DECLS
