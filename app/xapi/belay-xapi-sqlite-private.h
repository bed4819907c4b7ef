/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-xapi-storage-private.h"

G_BEGIN_DECLS

typedef struct
{
  BelayXapiStorage storage;
  BelayDatabase *database; /* unowned */
  char *organisation_id;
  gint64 organisation;   /* 0 until it is known */
  gboolean is_uncertain; /* whether the number may be undone with a transaction */
} BelayXapiSqlite;

BelayQuery *belay_xapi_sqlite_query (BelayXapiSqlite *self,
                                     const char *sql);
gboolean belay_xapi_sqlite_make_organisation (BelayXapiSqlite *self,
                                              GError **error);
gboolean belay_xapi_sqlite_find_serial (BelayXapiSqlite *self,
                                        gint64 serial,
                                        BelayKeptStatement *kept,
                                        GError **error);
gboolean belay_xapi_sqlite_find_term (BelayXapiSqlite *self,
                                      const char *word,
                                      gint64 *term,
                                      GError **error);
gboolean belay_xapi_sqlite_add_words (BelayXapiStorage *storage,
                                      gint64 serial,
                                      GPtrArray *words,
                                      GError **error);
gboolean belay_xapi_sqlite_newest (BelayXapiSqlite *self,
                                   gint64 *newest_us,
                                   GError **error);
gboolean belay_xapi_sqlite_search (BelayXapiStorage *storage,
                                   const BelayXapiSearch *search,
                                   GPtrArray *found,
                                   gboolean *has_more,
                                   GError **error);

gboolean belay_xapi_sqlite_consistent_through (BelayXapiStorage *storage,
                                               gint64 now_us,
                                               gint64 *time_us,
                                               GError **error);

gboolean belay_xapi_sqlite_find_document (BelayXapiStorage *storage,
                                          const BelayXapiDocumentKey *key,
                                          BelayXapiDocument **document,
                                          GError **error);
gboolean belay_xapi_sqlite_put_document (BelayXapiStorage *storage,
                                         const BelayXapiDocument *document,
                                         GError **error);
gboolean belay_xapi_sqlite_delete_document (BelayXapiStorage *storage,
                                            const BelayXapiDocumentKey *key,
                                            GError **error);
gboolean belay_xapi_sqlite_list_documents (BelayXapiStorage *storage,
                                           const BelayXapiDocumentKey *key,
                                           gint64 since_us,
                                           GPtrArray *found,
                                           GError **error);

G_END_DECLS
