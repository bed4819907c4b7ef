/* belay-db-streams.c: documents by audience
 *
 * A document's sequence number is taken when it is written, in the same transaction. SQLite has one
 * writer at a time, so numbers become visible in their order; a database with more must hold the stream's
 * row until its commit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-streams.h"

#include "belay-db-sqlite.h"

static gboolean
take_sequence (BelayDbTransaction *tx,
               const char *stream,
               gint64 *sequence,
               GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx,
                                          "INSERT INTO stream (organisation, name, last) VALUES (?, ?, 1)"
                                          " ON CONFLICT (organisation, name) DO UPDATE SET last = stream.last + 1"
                                          " RETURNING last",
                                          "ot", stream);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *sequence = had_row ? belay_query_get_int (query, 0) : 0;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

static gboolean
write_document (BelayDbTransaction *tx,
                const char *stream,
                const char *kind,
                const char *id,
                const char *body,
                GError **error)
{
  gint64 sequence;

  return take_sequence (tx, stream, &sequence, error)
         && belay_sqlite_run (tx, error,
                              "INSERT INTO document (organisation, stream, kind, id, sequence, body)"
                              " VALUES (?, ?, ?, ?, ?, ?)"
                              " ON CONFLICT (organisation, stream, kind, id) DO UPDATE SET"
                              " sequence = excluded.sequence, body = excluded.body",
                              "otttit", stream, kind, id, sequence, body);
}

/* @body: (out) (nullable): %NULL where there is none, or only a tombstone */
static gboolean
read_body (BelayDbTransaction *tx,
           const char *stream,
           const char *kind,
           const char *id,
           char **body,
           GError **error)
{
  return belay_sqlite_get_text (belay_sqlite_query (tx,
                                                    "SELECT body FROM document WHERE organisation = ? AND stream = ?"
                                                    " AND kind = ? AND id = ?",
                                                    "ottt", stream, kind, id),
                                body, error);
}

/**
 * belay_db_stream_put:
 * @body: JSON
 *
 * Writes a document, unless it says what is there already: then nobody has to fetch it again.
 */
gboolean
belay_db_stream_put (BelayDbTransaction *tx,
                     const char *stream,
                     const char *kind,
                     const char *id,
                     const char *body,
                     GError **error)
{
  g_autofree char *before = NULL;

  g_return_val_if_fail (body != NULL, FALSE);

  if (!read_body (tx, stream, kind, id, &before, error))
    return FALSE;
  if (g_strcmp0 (before, body) == 0)
    return TRUE;

  return write_document (tx, stream, kind, id, body, error);
}

/**
 * belay_db_stream_remove:
 *
 * Leaves a tombstone where there was a document.
 */
gboolean
belay_db_stream_remove (BelayDbTransaction *tx,
                        const char *stream,
                        const char *kind,
                        const char *id,
                        GError **error)
{
  g_autofree char *before = NULL;

  if (!read_body (tx, stream, kind, id, &before, error))
    return FALSE;
  if (before == NULL)
    return TRUE;

  return write_document (tx, stream, kind, id, NULL, error);
}

gboolean
belay_db_stream_last (BelayDbTransaction *tx,
                      const char *stream,
                      gint64 *last,
                      GError **error)
{
  BelayQuery *query =
    belay_sqlite_query (tx, "SELECT last FROM stream WHERE organisation = ? AND name = ?", "ot", stream);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *last = had_row ? belay_query_get_int (query, 0) : 0;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

static BelayDocument *
read_document (BelayQuery *query)
{
  const char *kind = belay_query_get_text (query, 0);
  const char *id = belay_query_get_text (query, 1);

  if (belay_query_is_null (query, 3))
    return belay_document_new_gone (kind, id, belay_query_get_int (query, 2));

  return belay_document_new (kind, id, belay_query_get_int (query, 2), belay_query_get_text (query, 3));
}

/* Whether a document of that size still goes into the reply, which then has less room */
static gboolean
spend (BelayDbBudget *budget,
       gsize size)
{
  if (budget->is_over || (size > budget->bytes_left && budget->is_used))
    {
      budget->is_over = TRUE;
      return FALSE;
    }

  budget->bytes_left -= MIN (size, budget->bytes_left);
  budget->is_used = TRUE;
  return TRUE;
}

/**
 * belay_db_stream_since:
 * @cursor: the last sequence that was seen
 * @budget: what the reply may still hold; becomes less
 *
 * Returns: (transfer full) (nullable): what happened since; without documents where nothing did
 */
BelayStreamDown *
belay_db_stream_since (BelayDbTransaction *tx,
                       const char *stream,
                       gint64 cursor,
                       BelayDbBudget *budget,
                       GError **error)
{
  g_autoptr (BelayStreamDown) down = belay_stream_down_new (stream, cursor, cursor);
  g_autoptr (GError) local_error = NULL;
  gboolean is_cut = FALSE;
  gint64 last;
  BelayQuery *query;

  if (!belay_db_stream_last (tx, stream, &last, error))
    return NULL;
  if (last <= cursor)
    return g_steal_pointer (&down);

  query = belay_sqlite_query (tx,
                              "SELECT kind, id, sequence, body FROM document WHERE organisation = ? AND stream = ?"
                              " AND sequence > ? ORDER BY sequence",
                              "oti", stream, cursor);
  while (!is_cut && belay_query_next (query, &local_error))
    {
      g_autoptr (BelayDocument) document = read_document (query);

      is_cut = !spend (budget, belay_document_get_size (document));
      if (!is_cut)
        {
          down->to = document->sequence;
          g_ptr_array_add (down->documents, g_steal_pointer (&document));
        }
    }
  if (!belay_sqlite_finish (query, is_cut, &local_error, error))
    return NULL;

  /* Numbers whose documents were written again since are not to be asked for twice */
  if (!is_cut)
    down->to = last;

  return g_steal_pointer (&down);
}
