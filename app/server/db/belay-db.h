/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-clock.h"
#include "belay-xapi-storage.h"

G_BEGIN_DECLS

/* The server's storage. Everything above it speaks in operations of belay-db-*.h inside a piece of
 * work; which database stands behind them is this room's own affair. */
typedef struct _BelayDb BelayDb;

/* What a piece of work is given: one transaction, on a database thread, for one organisation. */
typedef struct _BelayDbTransaction BelayDbTransaction;

/**
 * BelayDbWork:
 *
 * Runs synchronously on a database thread. Where what it returns is rejected, all that it wrote is undone.
 *
 * Returns: (transfer full): a future that is not pending
 */
typedef DexFuture *(*BelayDbWork) (BelayDbTransaction *transaction,
                                   gpointer user_data);

BelayDb *belay_db_open (const char *uri,
                        BelayClock *clock,
                        GError **error);
void belay_db_close (BelayDb *self);
DexFuture *belay_db_write (BelayDb *self, BelayDbWork work, gpointer user_data, GDestroyNotify destroy)
  G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_db_read (BelayDb *self, BelayDbWork work, gpointer user_data, GDestroyNotify destroy)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean belay_db_backup (const char *uri,
                          const char *file,
                          GError **error);
gboolean belay_db_restore (const char *uri,
                           const char *file,
                           GError **error);
char *belay_db_path (const char *uri,
                     GError **error);
gboolean belay_db_exists (const char *uri);
gboolean belay_db_make_folder (const char *uri,
                               GError **error);
gboolean belay_db_check (BelayDbTransaction *transaction,
                         GPtrArray *problems,
                         GError **error);

BelayClock *belay_db_get_clock (BelayDbTransaction *transaction);
gint64 belay_db_now (BelayDbTransaction *transaction);
BelayXapiStorage *belay_db_get_statements (BelayDbTransaction *transaction);
const char *belay_db_get_organisation_id (BelayDbTransaction *transaction);
gboolean belay_db_part_begin (BelayDbTransaction *transaction,
                              GError **error);
gboolean belay_db_part_keep (BelayDbTransaction *transaction,
                             GError **error);
void belay_db_part_undo (BelayDbTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDb, belay_db_close)

G_END_DECLS
