/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-database.h"

G_BEGIN_DECLS

typedef struct _BelayDatabaseThread BelayDatabaseThread;

/**
 * BelayDatabaseWork:
 *
 * Runs on the database's thread. What it returns is already resolved or rejected; rejected, all
 * that it wrote is undone.
 *
 * Returns: (transfer full): a future that is not pending
 */
typedef DexFuture *(*BelayDatabaseWork) (BelayDatabase *database,
                                         gpointer user_data);

BelayDatabaseThread *belay_database_thread_new (BelayDatabase *database);
BelayDatabaseThread *belay_database_thread_ref (BelayDatabaseThread *self);
void belay_database_thread_unref (BelayDatabaseThread *self);
gboolean belay_database_thread_is_current (BelayDatabaseThread *self);
DexFuture *belay_database_thread_write (BelayDatabaseThread *self,
                                        BelayDatabaseWork work,
                                        gpointer user_data,
                                        GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_database_thread_read (BelayDatabaseThread *self,
                                       BelayDatabaseWork work,
                                       gpointer user_data,
                                       GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDatabaseThread, belay_database_thread_unref)

G_END_DECLS
