/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-database.h"
#include "belay-db.h"
#include "belay-programme.h"

G_BEGIN_DECLS

/* Only for this folder: what a transaction is made of, and the short way to bind parameters. */
struct _BelayDbTransaction
{
  BelayDatabase *database;
  BelayClock *clock;
  BelayXapiStorage *statements; /* (nullable): the LRS on this connection, once it was asked for */
  char *organisation;           /* (nullable): before init */
  GHashTable *programmes;       /* "ID VERSION" -> BelayProgramme, as it was read */
};

BelayQuery *belay_sqlite_query (BelayDbTransaction *tx,
                                const char *sql,
                                const char *types,
                                ...);
gboolean belay_sqlite_run (BelayDbTransaction *tx,
                           GError **error,
                           const char *sql,
                           const char *types,
                           ...);
gboolean belay_sqlite_finish (BelayQuery *query,
                              gboolean had_row,
                              GError **local_error,
                              GError **error);
GPtrArray *belay_sqlite_list_texts (BelayQuery *query,
                                    GError **error);
gboolean belay_sqlite_get_text (BelayQuery *query,
                                char **text,
                                GError **error);
gboolean belay_sqlite_load_organisation (BelayDbTransaction *tx,
                                         GError **error);
int belay_sqlite_take_lock (const char *path,
                            int operation,
                            GError **error);
gboolean belay_sqlite_migrate (BelayDatabase *database,
                               GError **error);

G_END_DECLS
