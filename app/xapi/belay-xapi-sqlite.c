/* belay-xapi-sqlite.c: the record store in SQLite, beside the host's own tables
 *
 * Statements are found by words: a row of xapi_posting for each filter that a statement answers to. A
 * search steps through the words' rows in the order of serial, from one common serial to the next, so
 * that a page costs what is on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-sqlite-private.h"

#include <string.h>

/* An organisation's number is kept once it is known, unless this very connection made it inside a
 * transaction that may yet be undone. */
static gboolean
find_organisation (BelayXapiSqlite *self,
                   gboolean is_made,
                   GError **error)
{
  static const char find[] = "SELECT organisation FROM xapi_organisation WHERE id = ?";
  static const char insert[] = "INSERT INTO xapi_organisation (id) VALUES (?) RETURNING organisation";
  g_autoptr (GError) failed = NULL;
  BelayQuery *query;

  if (self->organisation != 0 && !self->is_uncertain)
    return TRUE;

  query = belay_database_query (self->database, find);
  belay_query_bind_text (query, 1, self->organisation_id);
  self->organisation = belay_query_next (query, &failed) ? belay_query_get_int (query, 0) : 0;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (self->organisation != 0)
    return belay_query_run (query, error);
  if (!is_made)
    return TRUE;

  self->is_uncertain = belay_database_is_in_transaction (self->database);
  query = belay_database_query (self->database, insert);
  belay_query_bind_text (query, 1, self->organisation_id);
  if (!belay_query_next (query, error))
    return FALSE;
  self->organisation = belay_query_get_int (query, 0);

  return belay_query_run (query, error);
}

/**
 * belay_xapi_sqlite_query:
 *
 * Returns: (transfer none): @sql, with the organisation's number bound as its first parameter
 */
BelayQuery *
belay_xapi_sqlite_query (BelayXapiSqlite *self,
                         const char *sql)
{
  BelayQuery *query;

  /* A failure is told by the query itself, which will find nothing either */
  find_organisation (self, FALSE, NULL);
  query = belay_database_query (self->database, sql);
  belay_query_bind_int (query, 1, self->organisation);

  return query;
}

/* Statements */

static void
read_kept (BelayQuery *query,
           BelayKeptStatement *kept)
{
  kept->serial = belay_query_get_int (query, 0);
  kept->id = belay_query_dup_text (query, 1);
  kept->stored_us = belay_query_get_int (query, 2);
  kept->is_voiding = belay_query_get_int (query, 3) != 0;
  kept->is_voided = belay_query_get_int (query, 4) != 0;
  kept->text = belay_query_is_null (query, 5) ? NULL : belay_query_dup_text (query, 5);
}

#define KEPT_COLUMNS "s.serial, s.id, s.stored, s.is_voiding, s.is_voided, s.text"

/* The first row of @query, or nothing; the query is done with. */
static gboolean
read_one (BelayQuery *query,
          BelayKeptStatement *kept,
          GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (belay_query_next (query, &failed))
    {
      read_kept (query, kept);
      return belay_query_run (query, error);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return TRUE;
}

static gboolean
sqlite_find (BelayXapiStorage *storage,
             const char *id,
             BelayKeptStatement *kept,
             GError **error)
{
  static const char sql[] = "SELECT " KEPT_COLUMNS " FROM xapi_statement s WHERE s.organisation = ? AND s.id = ?";
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, sql);

  belay_query_bind_text (query, 2, id);
  return read_one (query, kept, error);
}

gboolean
belay_xapi_sqlite_find_serial (BelayXapiSqlite *self,
                               gint64 serial,
                               BelayKeptStatement *kept,
                               GError **error)
{
  static const char sql[] = "SELECT " KEPT_COLUMNS " FROM xapi_statement s WHERE s.organisation = ? AND s.serial = ?";
  BelayQuery *query = belay_xapi_sqlite_query (self, sql);

  belay_query_bind_int (query, 2, serial);
  return read_one (query, kept, error);
}

static gboolean
sqlite_next (BelayXapiStorage *storage,
             BelayClock *clock,
             BelayKeptStatement *kept,
             GError **error)
{
  static const char last_serial[] = "SELECT coalesce (max (serial), 0) FROM xapi_statement";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  gint64 newest_us;
  BelayQuery *query;

  if (!find_organisation (self, TRUE, error) || !belay_xapi_sqlite_newest (self, &newest_us, error))
    return FALSE;

  query = belay_database_query (self->database, last_serial);
  if (!belay_query_next (query, error))
    return FALSE;
  kept->serial = belay_query_get_int (query, 0) + 1;
  if (!belay_query_run (query, error) || !belay_database_announce (self->database, kept->serial, error))
    return FALSE;
  kept->stored_us = MAX (belay_clock_now_us (clock), newest_us + 1);

  return TRUE;
}

static gboolean
insert_target (BelayXapiSqlite *self,
               gint64 serial,
               const char *target,
               GError **error)
{
  static const char sql[] = "INSERT INTO xapi_target (organisation, target, serial) VALUES (?, ?, ?)";
  BelayQuery *query = belay_xapi_sqlite_query (self, sql);

  belay_query_bind_text (query, 2, target);
  belay_query_bind_int (query, 3, serial);
  return belay_query_run (query, error);
}

static gboolean
sqlite_insert (BelayXapiStorage *storage,
               const BelayKeptStatement *kept,
               const char *target,
               GPtrArray *words,
               GError **error)
{
  static const char sql[] = "INSERT INTO xapi_statement (organisation, serial, id, stored, is_voiding, is_voided, text)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?)";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  BelayQuery *query = belay_xapi_sqlite_query (self, sql);

  belay_query_bind_int (query, 2, kept->serial);
  belay_query_bind_text (query, 3, kept->id);
  belay_query_bind_int (query, 4, kept->stored_us);
  belay_query_bind_int (query, 5, kept->is_voiding);
  belay_query_bind_int (query, 6, kept->is_voided);
  belay_query_bind_text (query, 7, kept->text);
  if (!belay_query_run (query, error))
    return FALSE;
  if (target != NULL && !insert_target (self, kept->serial, target, error))
    return FALSE;

  return belay_xapi_sqlite_add_words (storage, kept->serial, words, error);
}

static gboolean
sqlite_find_targeting (BelayXapiStorage *storage,
                       const char *id,
                       GPtrArray *found,
                       GError **error)
{
  static const char sql[] = "SELECT " KEPT_COLUMNS " FROM xapi_target t JOIN xapi_statement s ON s.serial = t.serial"
                            " WHERE t.organisation = ? AND t.target = ? ORDER BY s.serial";
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, sql);
  g_autoptr (GError) failed = NULL;

  belay_query_bind_text (query, 2, id);
  while (belay_query_next (query, &failed))
    {
      BelayKeptStatement *kept = g_new0 (BelayKeptStatement, 1);

      read_kept (query, kept);
      g_ptr_array_add (found, kept);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return TRUE;
}

/* A voided statement is found by no word, so that no search has to step over it. */
static gboolean
sqlite_set_voided (BelayXapiStorage *storage,
                   gint64 serial,
                   GPtrArray *words,
                   GError **error)
{
  static const char mark[] = "UPDATE xapi_statement SET is_voided = 1 WHERE organisation = ? AND serial = ?";
  static const char remove[] = "DELETE FROM xapi_posting WHERE organisation = ? AND serial = ?"
                               " AND term = (SELECT term FROM xapi_term WHERE organisation = ?1 AND word = ?)";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  BelayQuery *query = belay_xapi_sqlite_query (self, mark);

  belay_query_bind_int (query, 2, serial);
  if (!belay_query_run (query, error))
    return FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      query = belay_xapi_sqlite_query (self, remove);
      belay_query_bind_int (query, 2, serial);
      belay_query_bind_text (query, 3, g_ptr_array_index (words, i));
      if (!belay_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

/* Attachments and definitions: one value for a key */

static gboolean
sqlite_find_attachment (BelayXapiStorage *storage,
                        const char *sha2,
                        GBytes **contents,
                        GError **error)
{
  static const char sql[] = "SELECT contents FROM xapi_attachment WHERE organisation = ? AND sha2 = ?";
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, sql);
  g_autoptr (GError) failed = NULL;

  belay_query_bind_text (query, 2, sha2);
  *contents = belay_query_next (query, &failed) ? belay_query_dup_bytes (query, 0) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return *contents == NULL || belay_query_run (query, error);
}

static gboolean
sqlite_put_attachment (BelayXapiStorage *storage,
                       const char *sha2,
                       GBytes *contents,
                       GError **error)
{
  static const char sql[] = "INSERT INTO xapi_attachment (organisation, sha2, contents) VALUES (?, ?, ?)"
                            " ON CONFLICT DO NOTHING";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  BelayQuery *query;

  if (!find_organisation (self, TRUE, error))
    return FALSE;
  query = belay_xapi_sqlite_query (self, sql);
  belay_query_bind_text (query, 2, sha2);
  belay_query_bind_bytes (query, 3, contents);
  return belay_query_run (query, error);
}

static gboolean
sqlite_find_definition (BelayXapiStorage *storage,
                        const char *kind,
                        const char *id,
                        char **json,
                        GError **error)
{
  static const char sql[] = "SELECT json FROM xapi_definition WHERE organisation = ? AND kind = ? AND id = ?";
  BelayQuery *query = belay_xapi_sqlite_query ((BelayXapiSqlite *) storage, sql);
  g_autoptr (GError) failed = NULL;

  belay_query_bind_text (query, 2, kind);
  belay_query_bind_text (query, 3, id);
  *json = belay_query_next (query, &failed) ? belay_query_dup_text (query, 0) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  return *json == NULL || belay_query_run (query, error);
}

static gboolean
sqlite_put_definition (BelayXapiStorage *storage,
                       const char *kind,
                       const char *id,
                       const char *json,
                       GError **error)
{
  static const char sql[] = "INSERT INTO xapi_definition (organisation, kind, id, json) VALUES (?, ?, ?, ?)"
                            " ON CONFLICT (organisation, kind, id) DO UPDATE SET json = excluded.json";
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;
  BelayQuery *query;

  if (!find_organisation (self, TRUE, error))
    return FALSE;
  query = belay_xapi_sqlite_query (self, sql);
  belay_query_bind_text (query, 2, kind);
  belay_query_bind_text (query, 3, id);
  belay_query_bind_text (query, 4, json);
  return belay_query_run (query, error);
}

static void
sqlite_free (BelayXapiStorage *storage)
{
  BelayXapiSqlite *self = (BelayXapiSqlite *) storage;

  g_free (self->organisation_id);
  g_free (self);
}

static const BelayXapiStorageClass sqlite_class = {
  .free = sqlite_free,
  .find = sqlite_find,
  .next = sqlite_next,
  .insert = sqlite_insert,
  .find_targeting = sqlite_find_targeting,
  .add_words = belay_xapi_sqlite_add_words,
  .set_voided = sqlite_set_voided,
  .search = belay_xapi_sqlite_search,
  .consistent_through = belay_xapi_sqlite_consistent_through,
  .find_attachment = sqlite_find_attachment,
  .put_attachment = sqlite_put_attachment,
  .find_definition = sqlite_find_definition,
  .put_definition = sqlite_put_definition,
  .find_document = belay_xapi_sqlite_find_document,
  .put_document = belay_xapi_sqlite_put_document,
  .delete_document = belay_xapi_sqlite_delete_document,
  .list_documents = belay_xapi_sqlite_list_documents,
};

/**
 * belay_xapi_sqlite_new:
 * @database: (transfer none): a connection whose schema has the migrations of resources/migrations/xapi;
 *   it must outlive the storage. One that only reads serves reading.
 * @organisation_id: UUID
 *
 * Returns: (transfer full): the record store of that organisation on that connection
 */
BelayXapiStorage *
belay_xapi_sqlite_new (BelayDatabase *database,
                       const char *organisation_id)
{
  BelayXapiSqlite *self;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (organisation_id != NULL, NULL);

  self = g_new0 (BelayXapiSqlite, 1);
  self->storage.class = &sqlite_class;
  self->database = database;
  self->organisation_id = g_strdup (organisation_id);

  return &self->storage;
}

gboolean
belay_xapi_sqlite_make_organisation (BelayXapiSqlite *self,
                                     GError **error)
{
  return find_organisation (self, TRUE, error);
}
