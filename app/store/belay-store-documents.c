/* belay-store-documents.c: the replica of what this person may see
 *
 * Each stream has its own cursor, which moves in the transaction that applies its documents.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-documents.h"

#include "belay-documents.h"
#include "belay-outbox.h"

static const char select_cursors[] = "SELECT name, cursor FROM stream ORDER BY name";
static const char select_cursor[] = "SELECT cursor FROM stream WHERE name = ?";
static const char upsert_cursor[] =
  "INSERT INTO stream (name, cursor) VALUES (?, ?)"
  " ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor WHERE cursor <> excluded.cursor";
static const char upsert_document[] =
  "INSERT INTO document (stream, kind, id, sequence, body) VALUES (?, ?, ?, ?, ?)"
  " ON CONFLICT (stream, kind, id) DO UPDATE SET sequence = excluded.sequence, body = excluded.body, is_stale = 0";
static const char delete_document[] = "DELETE FROM document WHERE stream = ? AND kind = ? AND id = ?";
static const char delete_documents[] = "DELETE FROM document WHERE stream = ?";
static const char delete_stream[] = "DELETE FROM stream WHERE name = ?";
static const char reset_cursors[] = "UPDATE stream SET cursor = 0";
static const char mark_stale[] = "UPDATE document SET is_stale = 1";
static const char delete_stale[] = "DELETE FROM document WHERE is_stale";
static const char select_programmes[] = "SELECT body FROM document WHERE kind = 'programme' GROUP BY id";
static const char select_version[] = "SELECT version FROM state_version WHERE state_key = ?";
static const char upsert_version[] = "INSERT INTO state_version (state_key, version) VALUES (?, ?)"
                                     " ON CONFLICT (state_key) DO UPDATE SET version = excluded.version";

/**
 * belay_store_load_programmes:
 *
 * Returns: (transfer full) (nullable) (element-type BelayProgramme): every programme that is known
 *   here, once
 */
GPtrArray *
belay_store_load_programmes (BelayDatabase *database,
                             GError **error)
{
  g_autoptr (GPtrArray) programmes = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_programme_free);
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_programmes);

  while (belay_query_next (query, &failure))
    {
      g_autoptr (GError) malformed = NULL;
      BelayProgramme *programme = belay_programme_from_json (belay_query_get_text (query, 0), &malformed);

      if (programme != NULL)
        g_ptr_array_add (programmes, programme);
      else
        g_warning ("A programme cannot be read: %s", malformed->message);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&programmes);
}

gboolean
belay_documents_list_cursors (BelayDatabase *database,
                              BelaySyncRequest *request,
                              GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_cursors);

  while (belay_query_next (query, &failure))
    belay_sync_request_add_cursor (request, belay_query_get_text (query, 0), belay_query_get_int (query, 1));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_cursor (BelayDatabase *database,
             const char *stream,
             gint64 *cursor,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_cursor);

  *cursor = 0;
  belay_query_bind_text (query, 1, stream);
  if (belay_query_next (query, &failure))
    {
      *cursor = belay_query_get_int (query, 0);
      belay_query_run (query, NULL);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

/* `xapi-state/ACTIVITY/REGISTRATION/STATEID`: %FALSE where it is another kind of key */
static gboolean
parse_state_key (BelayStoreWriter *writer,
                 const char *text,
                 BelayXapiDocumentKey *key)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  g_auto (BelayStatementProblem) problem = { 0 };
  guint count = g_strv_length (parts);

  if (count == 4 && g_str_equal (parts[0], "xapi-state"))
    {
      key->kind = BELAY_XAPI_DOCUMENT_STATE;
      key->activity = g_uri_unescape_string (parts[1], NULL);
      key->registration = g_uri_unescape_string (parts[2], NULL);
      key->id = g_uri_unescape_string (parts[3], NULL);
    }
  else if (count == 2 && g_str_equal (parts[0], "xapi-agent-profile"))
    {
      key->kind = BELAY_XAPI_DOCUMENT_AGENT_PROFILE;
      key->activity = g_strdup ("");
      key->registration = g_strdup ("");
      key->id = g_uri_unescape_string (parts[1], NULL);
    }
  else
    {
      return FALSE;
    }
  key->agent = belay_agent_identify (writer->actor, BELAY_XAPI_VERSION_2_0, &problem);

  return key->agent != NULL && key->activity != NULL && key->registration != NULL && key->id != NULL;
}

static gboolean
is_known_version (BelayDatabase *database,
                  const char *key,
                  const char *version,
                  gboolean *known,
                  GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_version);

  *known = FALSE;
  belay_query_bind_text (query, 1, key);
  if (belay_query_next (query, &failure))
    {
      *known = g_strcmp0 (belay_query_get_text (query, 0), version) == 0;
      belay_query_run (query, NULL);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_state (BelayStoreWriter *writer,
            const BelayKeptState *state,
            GError **error)
{
  BelayXapiDocumentKey key = { 0 };
  BelayQuery *query;
  gboolean taken = TRUE;

  if (parse_state_key (writer, state->key, &key))
    taken = belay_xapi_storage_put_document (writer->xapi, &key, state->current->type, state->current->body,
                                             state->current->made_us, error);
  belay_xapi_document_key_clear (&key);
  if (!taken)
    return FALSE;

  query = belay_database_query (writer->database, upsert_version);
  belay_query_bind_text (query, 1, state->key);
  belay_query_bind_text (query, 2, state->current->version);

  return belay_query_run (query, error);
}

/* What was written on another laptop is where this one goes on, unless something is unsent here */
static gboolean
apply_state (BelayStoreWriter *writer,
             const BelayDocument *document,
             GError **error)
{
  g_autoptr (BelayKeptState) state = belay_kept_state_from_json (document->body, NULL);
  gboolean known = FALSE;
  gboolean unsent = FALSE;

  if (state == NULL || state->current == NULL)
    return TRUE;
  if (!is_known_version (writer->database, state->key, state->current->version, &known, error)
      || !belay_outbox_holds_state (writer->database, state->key, &unsent, error))
    return FALSE;
  if (known || unsent)
    return TRUE;

  return belay_store_writer_open_xapi (writer, error) && take_state (writer, state, error);
}

static gboolean
apply_document (BelayStoreWriter *writer,
                const char *stream,
                const BelayDocument *document,
                GError **error)
{
  BelayQuery *query = belay_database_query (writer->database, document->gone ? delete_document : upsert_document);

  belay_query_bind_text (query, 1, stream);
  belay_query_bind_text (query, 2, document->kind);
  belay_query_bind_text (query, 3, document->id);
  if (!document->gone)
    {
      belay_query_bind_int (query, 4, document->sequence);
      belay_query_bind_text (query, 5, document->body);
    }
  if (!belay_query_run (query, error))
    return FALSE;

  if (g_str_equal (document->kind, BELAY_KIND_PROGRAMME))
    g_clear_pointer (&writer->programmes, g_ptr_array_unref);
  if (g_str_equal (document->kind, BELAY_KIND_STATE) && !document->gone)
    return apply_state (writer, document, error);

  return TRUE;
}

/**
 * belay_documents_apply_stream:
 * @received: (inout): one more for each document
 *
 * Applies what came, where it goes on from the cursor that is known here; else it is an answer to an
 * older question and is passed over.
 */
gboolean
belay_documents_apply_stream (BelayStoreWriter *writer,
                              const BelayStreamDown *down,
                              guint *received,
                              GError **error)
{
  gint64 cursor;
  BelayQuery *query;

  if (!read_cursor (writer->database, down->stream, &cursor, error))
    return FALSE;
  if (cursor != down->from)
    return TRUE;

  for (guint i = 0; i < down->documents->len; i++)
    if (!apply_document (writer, down->stream, g_ptr_array_index (down->documents, i), error))
      return FALSE;
  *received += down->documents->len;

  query = belay_database_query (writer->database, upsert_cursor);
  belay_query_bind_text (query, 1, down->stream);
  belay_query_bind_int (query, 2, down->to);

  return belay_query_run (query, error);
}

/**
 * belay_documents_purge_stream:
 *
 * Forgets a stream that this person may no longer see, cursor and all.
 */
gboolean
belay_documents_purge_stream (BelayStoreWriter *writer,
                              const char *stream,
                              GError **error)
{
  BelayQuery *query = belay_database_query (writer->database, delete_documents);

  g_clear_pointer (&writer->programmes, g_ptr_array_unref);
  belay_query_bind_text (query, 1, stream);
  if (!belay_query_run (query, error))
    return FALSE;

  query = belay_database_query (writer->database, delete_stream);
  belay_query_bind_text (query, 1, stream);

  return belay_query_run (query, error);
}

/**
 * belay_documents_start_over:
 *
 * All cursors go back to 0. What is here stays to be seen until the server has told all anew: then
 * belay_documents_drop_stale() drops what it did not mention.
 */
gboolean
belay_documents_start_over (BelayStoreWriter *writer,
                            GError **error)
{
  return belay_query_run (belay_database_query (writer->database, reset_cursors), error)
         && belay_query_run (belay_database_query (writer->database, mark_stale), error);
}

gboolean
belay_documents_drop_stale (BelayStoreWriter *writer,
                            GError **error)
{
  if (!belay_query_run (belay_database_query (writer->database, delete_stale), error))
    return FALSE;
  if (belay_database_get_changes (writer->database) > 0)
    g_clear_pointer (&writer->programmes, g_ptr_array_unref);

  return TRUE;
}
