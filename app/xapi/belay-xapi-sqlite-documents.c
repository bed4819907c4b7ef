/* belay-xapi-sqlite-documents.c: state and profiles in SQLite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-sqlite-private.h"

static BelayXapiDocument *
read_document (BelayQuery *query,
               BelayXapiDocumentKind kind)
{
  BelayXapiDocument *document = g_new0 (BelayXapiDocument, 1);

  document->key.kind = kind;
  document->key.agent = belay_query_dup_text (query, 0);
  document->key.activity = belay_query_dup_text (query, 1);
  document->key.registration = belay_query_dup_text (query, 2);
  document->key.id = belay_query_dup_text (query, 3);
  document->type = belay_query_dup_text (query, 4);
  document->etag = belay_query_dup_text (query, 5);
  document->updated_us = belay_query_get_int (query, 6);
  document->contents = belay_query_dup_bytes (query, 7);

  return document;
}

static void
bind_key (BelayQuery *query,
          const BelayXapiDocumentKey *key)
{
  belay_query_bind_int (query, 2, key->kind);
  belay_query_bind_text (query, 3, key->agent);
  belay_query_bind_text (query, 4, key->activity);
  belay_query_bind_text (query, 5, key->registration);
  belay_query_bind_text (query, 6, key->id);
}

gboolean
belay_xapi_sqlite_find_document (BelayXapiStorage *storage,
                                 const BelayXapiDocumentKey *key,
                                 BelayXapiDocument **document,
                                 GError **error)
{
  static const char sql[] = "SELECT agent, activity, registration, id, type, etag, updated, contents FROM xapi_document"
                            " WHERE organisation = ? AND kind = ? AND agent = ? AND activity = ?"
                            " AND registration = ? AND id = ?";
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, sql);
  g_autoptr (GError) failed = NULL;

  bind_key (query, key);
  *document = belay_query_next (query, &failed) ? read_document (query, key->kind) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return *document == NULL || belay_query_run (query, error);
}

gboolean
belay_xapi_sqlite_put_document (BelayXapiStorage *storage,
                                const BelayXapiDocument *document,
                                GError **error)
{
  static const char sql[] = "INSERT INTO xapi_document"
                            " (organisation, kind, agent, activity, registration, id, type, contents, etag, updated)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            " ON CONFLICT (organisation, kind, agent, activity, registration, id) DO UPDATE"
                            " SET type = excluded.type, contents = excluded.contents, etag = excluded.etag,"
                            " updated = excluded.updated";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  BelayQuery *query;

  if (!belay_xapi_sqlite_make_organisation (self, error))
    return FALSE;

  query = belay_xapi_sqlite_query (self, sql);
  bind_key (query, &document->key);
  belay_query_bind_text (query, 7, document->type);
  belay_query_bind_bytes (query, 8, document->contents);
  belay_query_bind_text (query, 9, document->etag);
  belay_query_bind_int (query, 10, document->updated_us);
  return belay_query_run (query, error);
}

gboolean
belay_xapi_sqlite_delete_document (BelayXapiStorage *storage,
                                   const BelayXapiDocumentKey *key,
                                   GError **error)
{
  static const char sql[] = "DELETE FROM xapi_document WHERE organisation = ? AND kind = ? AND agent = ?"
                            " AND activity = ? AND registration = ? AND id = ?";
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, sql);

  bind_key (query, key);
  return belay_query_run (query, error);
}

gboolean
belay_xapi_sqlite_list_documents (BelayXapiStorage *storage,
                                  const BelayXapiDocumentKey *key,
                                  gint64 since_us,
                                  GPtrArray *found,
                                  GError **error)
{
  static const char any[] = "SELECT agent, activity, registration, id, type, etag, updated, NULL FROM xapi_document"
                            " WHERE organisation = ? AND kind = ? AND agent = ? AND activity = ? AND updated > ?"
                            " ORDER BY registration, id";
  static const char one[] = "SELECT agent, activity, registration, id, type, etag, updated, NULL FROM xapi_document"
                            " WHERE organisation = ? AND kind = ? AND agent = ? AND activity = ? AND registration = ?"
                            " AND updated > ? ORDER BY id";
  gboolean is_one = *key->registration != '\0';
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, is_one ? one : any);
  g_autoptr (GError) failed = NULL;

  belay_query_bind_int (query, 2, key->kind);
  belay_query_bind_text (query, 3, key->agent);
  belay_query_bind_text (query, 4, key->activity);
  if (is_one)
    belay_query_bind_text (query, 5, key->registration);
  belay_query_bind_int (query, is_one ? 6 : 5, since_us);
  while (belay_query_next (query, &failed))
    g_ptr_array_add (found, read_document (query, key->kind));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return TRUE;
}
