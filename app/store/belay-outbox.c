/* belay-outbox.c: the receipt of every item that was made here
 *
 * An item leaves on its verdict and on nothing else. Items are offered in the order in which they
 * were made, so that a command never arrives before one that it needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-outbox.h"

#include "belay-id.h"
#include "belay-parameters.h"

static const char insert_statement[] =
  "INSERT INTO outbox (id, kind, made_us, activity_id, module_id, verb) VALUES (?, 0, ?, ?, ?, ?)"
  " ON CONFLICT (id) DO NOTHING";
static const char insert_state[] =
  "INSERT INTO outbox (id, kind, made_us, state_key, seen_version, type, value) VALUES (?, 2, ?, ?, ?, ?, ?)";
static const char select_state_here[] =
  "SELECT id, seen_version FROM outbox WHERE state_key = ? AND receipt = 0 ORDER BY position DESC LIMIT 1";
static const char delete_item[] = "DELETE FROM outbox WHERE id = ?";
static const char select_version[] = "SELECT version FROM state_version WHERE state_key = ?";
static const char upsert_version[] = "INSERT INTO state_version (state_key, version) VALUES (?, ?)"
                                     " ON CONFLICT (state_key) DO UPDATE SET version = excluded.version";
static const char select_waiting[] =
  "SELECT id, kind, made_us, type, counter, seen, needs, body, state_key, seen_version, value FROM outbox"
  " WHERE receipt = 0 ORDER BY position LIMIT ?";
/* What is not here any more cannot be sent: it must not block the rest */
static const char mark_lost[] = "UPDATE outbox SET receipt = 2, code = 'malformed', parameters = '{}' WHERE id = ?";
static const char mark_sent[] = "UPDATE outbox SET receipt = 1 WHERE id = ?";
static const char mark_judged[] =
  "UPDATE outbox SET receipt = ?, receipt_us = ?, code = ?, parameters = ? WHERE id = ? AND receipt < 3";
static const char mark_all_here[] = "UPDATE outbox SET receipt = 0, receipt_us = NULL WHERE receipt IN (1, 3)";
static const char mark_sent_here[] = "UPDATE outbox SET receipt = 0 WHERE receipt = 1";
static const char select_module[] = "SELECT module_id FROM outbox WHERE id = ?";
static const char select_state_open[] = "SELECT 1 FROM outbox WHERE state_key = ? AND receipt IN (0, 1) LIMIT 1";

gboolean
belay_outbox_add_statement (BelayDatabase *database,
                            const BelayOutboxStatement *statement,
                            GError **error)
{
  BelayQuery *query = belay_database_query (database, insert_statement);

  belay_query_bind_text (query, 1, statement->id);
  belay_query_bind_int (query, 2, statement->made_us);
  belay_query_bind_text (query, 3, statement->activity_id);
  belay_query_bind_text (query, 4, statement->module_id);
  belay_query_bind_text (query, 5, statement->verb);

  return belay_query_run (query, error);
}

static gboolean
read_text (BelayDatabase *database,
           const char *sql,
           const char *key,
           char **text,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, sql);

  belay_query_bind_text (query, 1, key);
  if (belay_query_next (query, &failure))
    {
      *text = belay_query_dup_text (query, 0);
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
run_with_text (BelayDatabase *database,
               const char *sql,
               const char *text,
               GError **error)
{
  BelayQuery *query = belay_database_query (database, sql);

  belay_query_bind_text (query, 1, text);

  return belay_query_run (query, error);
}

/* A write that nobody has seen yet is replaced by the next one: the server hears of the last alone */
static gboolean
take_unsent_state (BelayDatabase *database,
                   const char *key,
                   gboolean *found,
                   char **seen,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = NULL;
  BelayQuery *query = belay_database_query (database, select_state_here);

  belay_query_bind_text (query, 1, key);
  if (belay_query_next (query, &failure))
    {
      id = belay_query_dup_text (query, 0);
      *seen = belay_query_dup_text (query, 1);
      belay_query_run (query, NULL);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *found = id != NULL;

  return id == NULL || run_with_text (database, delete_item, id, error);
}

static gboolean
set_version (BelayDatabase *database,
             const char *key,
             const char *version,
             GError **error)
{
  BelayQuery *query = belay_database_query (database, upsert_version);

  belay_query_bind_text (query, 1, key);
  belay_query_bind_text (query, 2, version);

  return belay_query_run (query, error);
}

/**
 * belay_outbox_add_state:
 * @key: see protocol.md, States
 *
 * Notes that a keyed state was written here, over the version that this laptop knew.
 */
gboolean
belay_outbox_add_state (BelayStoreWriter *writer,
                        const char *key,
                        const char *type,
                        GBytes *value,
                        GError **error)
{
  g_autofree char *id = belay_id_new (writer->clock);
  g_autofree char *seen = NULL;
  gboolean found = FALSE;
  BelayQuery *query;

  if (!take_unsent_state (writer->database, key, &found, &seen, error))
    return FALSE;
  if (!found && !read_text (writer->database, select_version, key, &seen, error))
    return FALSE;

  query = belay_database_query (writer->database, insert_state);
  belay_query_bind_text (query, 1, id);
  belay_query_bind_int (query, 2, belay_clock_now_us (writer->clock));
  belay_query_bind_text (query, 3, key);
  belay_query_bind_text (query, 4, seen);
  belay_query_bind_text (query, 5, type);
  belay_query_bind_bytes (query, 6, value);

  return belay_query_run (query, error) && set_version (writer->database, key, id, error);
}

static BelayUpItem *
read_statement (BelayStoreWriter *writer,
                const char *id,
                GError **error)
{
  g_autofree char *text = belay_xapi_storage_find_text (writer->xapi, id, error);

  return text != NULL ? belay_up_item_new_statement (id, text) : NULL;
}

static BelayUpItem *
read_command (BelayQuery *query)
{
  g_auto (GStrv) needs =
    g_strsplit (belay_query_get_text (query, 6) != NULL ? belay_query_get_text (query, 6) : "", " ", -1);

  return belay_up_item_new_command (belay_query_get_text (query, 0), belay_query_get_text (query, 3),
                                    belay_query_get_int (query, 4), belay_query_get_int (query, 5),
                                    belay_query_get_int (query, 2), (const char *const *) needs,
                                    belay_query_get_text (query, 7));
}

static BelayUpItem *
read_item (BelayStoreWriter *writer,
           BelayQuery *query,
           GError **error)
{
  g_autoptr (GBytes) value = NULL;

  switch (belay_query_get_int (query, 1))
    {
    case BELAY_UP_STATEMENT:
      return read_statement (writer, belay_query_get_text (query, 0), error);
    case BELAY_UP_COMMAND:
      return read_command (query);
    default:
      value = belay_query_dup_bytes (query, 10);
      return belay_up_item_new_state (belay_query_get_text (query, 0), belay_query_get_text (query, 8),
                                      belay_query_get_text (query, 9), belay_query_get_text (query, 3),
                                      belay_query_get_int (query, 2), value);
    }
}

static gboolean
mark_all_lost (BelayDatabase *database,
               GPtrArray *ids,
               GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!run_with_text (database, mark_lost, g_ptr_array_index (ids, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
mark_all_sent (BelayDatabase *database,
               GPtrArray *items,
               GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const BelayUpItem *item = g_ptr_array_index (items, i);

      if (!run_with_text (database, mark_sent, item->id, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * belay_outbox_collect:
 * @budget: bytes; the first item goes even where it alone is larger
 * @items_left: (out): whether more waits
 *
 * Takes what waits longest and marks it as on its way.
 *
 * Returns: (transfer full) (nullable) (element-type BelayUpItem): what to send
 */
GPtrArray *
belay_outbox_collect (BelayStoreWriter *writer,
                      gsize budget,
                      guint items_most,
                      gboolean *items_left,
                      GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_up_item_free);
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (writer->database, select_waiting);
  gsize size = 0;

  *items_left = FALSE;
  belay_query_bind_int (query, 1, items_most + 1);
  while (failure == NULL && !*items_left && belay_query_next (query, &failure))
    {
      g_autoptr (BelayUpItem) item = read_item (writer, query, &failure);

      if (item == NULL && failure == NULL)
        g_ptr_array_add (lost, belay_query_dup_text (query, 0));
      if (item == NULL)
        continue;
      size += belay_up_item_get_size (item);
      if (items->len == items_most || (items->len > 0 && size > budget))
        *items_left = TRUE;
      else
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  /* It may have stopped before its last row */
  belay_query_run (query, NULL);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  *items_left |= lost->len > 0;

  return mark_all_lost (writer->database, lost, error) && mark_all_sent (writer->database, items, error)
           ? g_steal_pointer (&items)
           : NULL;
}

static gboolean
note_version (BelayDatabase *database,
              const BelayVerdict *verdict,
              GError **error)
{
  static const char select_key[] = "SELECT state_key FROM outbox WHERE id = ?";
  g_autofree char *key = NULL;
  gboolean newer = FALSE;

  if (verdict->version == NULL)
    return TRUE;
  if (!read_text (database, select_key, verdict->id, &key, error) || key == NULL)
    return key == NULL;
  /* Written again since: that write has seen this one already */
  if (!belay_outbox_holds_state (database, key, &newer, error) || newer)
    return newer;

  return set_version (database, key, verdict->version, error);
}

/**
 * belay_outbox_judge:
 * @receipt: (out): where the item is now
 *
 * Does what the server said of an item. One that is not here (any more) is passed over.
 */
gboolean
belay_outbox_judge (BelayStoreWriter *writer,
                    const BelayVerdict *verdict,
                    BelayOutboxReceipt *receipt,
                    GError **error)
{
  g_autofree char *parameters = NULL;
  BelayQuery *query;

  *receipt = verdict->kind == BELAY_VERDICT_REJECTED ? BELAY_OUTBOX_REFUSED : BELAY_OUTBOX_SERVER;
  if (verdict->parameters != NULL)
    parameters = belay_parameters_to_json (verdict->parameters);

  query = belay_database_query (writer->database, mark_judged);
  belay_query_bind_int (query, 1, *receipt);
  belay_query_bind_int (query, 2, belay_clock_now_us (writer->clock));
  belay_query_bind_text (query, 3, verdict->code);
  belay_query_bind_text (query, 4, parameters);
  belay_query_bind_text (query, 5, verdict->id);

  return belay_query_run (query, error) && note_version (writer->database, verdict, error);
}

/**
 * belay_outbox_offer_again:
 *
 * Puts everything back that the server is said to have: it may have forgotten. What it refused stays.
 */
gboolean
belay_outbox_offer_again (BelayDatabase *database,
                          GError **error)
{
  return belay_query_run (belay_database_query (database, mark_all_here), error);
}

gboolean
belay_outbox_return_sent (BelayDatabase *database,
                          GError **error)
{
  return belay_query_run (belay_database_query (database, mark_sent_here), error);
}

gboolean
belay_outbox_holds_state (BelayDatabase *database,
                          const char *key,
                          gboolean *holds,
                          GError **error)
{
  g_autofree char *found = NULL;

  if (!read_text (database, select_state_open, key, &found, error))
    return FALSE;
  *holds = found != NULL;

  return TRUE;
}

/**
 * belay_outbox_find_module:
 * @id: of an item
 * @module_id: (out) (transfer full) (nullable): whose progress the item is about; %NULL: no module's
 */
gboolean
belay_outbox_find_module (BelayDatabase *database,
                          const char *id,
                          char **module_id,
                          GError **error)
{
  return read_text (database, select_module, id, module_id, error);
}
