/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-database-thread.h"
#include "belay-programme.h"
#include "belay-store-downloads.h"
#include "belay-store.h"

G_BEGIN_DECLS

/* What only the writer's thread may touch. */
typedef struct
{
  BelayDatabase *database; /* unowned: the thread's */
  BelayClock *clock;
  BelayXapiStorage *xapi;   /* (nullable): made with the first use after sign-in */
  char *person_id;          /* (nullable): with @xapi */
  char *actor;              /* (nullable): with @xapi: JSON of the Agent who is signed in */
  GPtrArray *programmes;    /* (nullable) (element-type BelayProgramme): as the documents have them */
  gboolean changed_nothing; /* a work sets it where nobody needs to be told of it */
} BelayStoreWriter;

/* Work of this room on the writer's thread: synchronous, inside a transaction. */
typedef DexFuture *(*BelayStoreWork) (BelayStoreWriter *writer,
                                      gpointer user_data);

DexFuture *belay_store_write (BelayStore *self,
                              BelayStoreChange change,
                              BelayStoreWork work,
                              gpointer user_data,
                              GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_read (BelayStore *self, BelayDatabaseWork work, gpointer user_data, GDestroyNotify destroy)
  G_GNUC_WARN_UNUSED_RESULT;

gboolean belay_store_writer_open_xapi (BelayStoreWriter *self,
                                       GError **error);
void belay_store_writer_forget (BelayStoreWriter *self);
GPtrArray *belay_store_writer_get_programmes (BelayStoreWriter *self,
                                              GError **error);

/* belay-store-facts.c */
gboolean belay_store_fact_stored (const BelayStoredStatement *stored,
                                  gpointer user_data,
                                  GError **error);
gboolean belay_store_reckon_module (BelayStoreWriter *writer,
                                    const char *module_id,
                                    GError **error);
gboolean belay_store_state_stored (const BelayXapiDocument *document,
                                   gpointer user_data,
                                   GError **error);

/* belay-store-downloads.c */
BelayStoredDownload *belay_stored_download_read (BelayQuery *query);

/* belay-store-documents.c */
GPtrArray *belay_store_load_programmes (BelayDatabase *database,
                                        GError **error);

G_END_DECLS
