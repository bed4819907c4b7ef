/* belay-store-outbox.c: a step of sync, as the database sees it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-outbox.h"

#include "belay-outbox.h"
#include "belay-scoring.h"
#include "belay-store-documents.h"

G_DEFINE_BOXED_TYPE (BelayStoreStep, belay_store_step, belay_store_step_ref, belay_store_step_unref)
G_DEFINE_BOXED_TYPE (BelayStoreApplied, belay_store_applied, belay_store_applied_copy, belay_store_applied_free)

static const char select_account[] = "SELECT device_id, epoch FROM account";
static const char update_heard[] = "UPDATE account SET epoch = ?, last_contact_us = ?, clock_offset_us = ?";
static const char delete_old[] = "DELETE FROM outbox WHERE receipt = 3 AND receipt_us < ?";
static const char update_refused[] =
  "UPDATE outbox SET receipt = 2, code = ?, parameters = '{}', receipt_us = ? WHERE id = ? AND receipt < 2";
static const char update_try_again[] =
  "UPDATE outbox SET receipt = 0, code = NULL, parameters = NULL WHERE id = ? AND receipt = 2";
static const char delete_refused[] = "DELETE FROM outbox WHERE id = ? AND receipt = 2";
static const char select_refused[] = "SELECT kind, body, value FROM outbox WHERE id = ?";

BelayStoreStep *
belay_store_step_ref (BelayStoreStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_store_step_unref (BelayStoreStep *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->request, belay_sync_request_free);
  g_free (self);
}

BelayStoreApplied *
belay_store_applied_copy (const BelayStoreApplied *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

void
belay_store_applied_free (BelayStoreApplied *self)
{
  g_return_if_fail (self != NULL);

  g_free (self);
}

static gboolean
read_account (BelayDatabase *database,
              char **device_id,
              char **epoch,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_account);

  if (belay_query_next (query, &failure))
    {
      *device_id = belay_query_dup_text (query, 0);
      *epoch = belay_query_dup_text (query, 1);
      belay_query_run (query, NULL);
      return TRUE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, BELAY_STORE_ERROR, BELAY_STORE_ERROR_FAILED, "Nobody is signed in");

  return FALSE;
}

typedef struct
{
  gsize budget;
  guint items_most;
} StepLimits;

static gboolean
fill_request (BelayStoreWriter *writer,
              const StepLimits *limits,
              BelayStoreStep *step,
              GError **error)
{
  BelaySyncRequest *request = step->request;
  GPtrArray *items;

  request->time_us = belay_clock_now_us (writer->clock);
  request->rules = BELAY_RULES_VERSION;
  request->budget = BELAY_WIRE_BUDGET_MOST;
  if (!belay_store_writer_open_xapi (writer, error)
      || !read_account (writer->database, &request->device_id, &request->epoch, error)
      || !belay_documents_list_cursors (writer->database, request, error))
    return FALSE;

  items = belay_outbox_collect (writer, limits->budget, limits->items_most, &step->items_left, error);
  if (items == NULL)
    return FALSE;
  g_clear_pointer (&request->up, g_ptr_array_unref);
  request->up = items;

  return TRUE;
}

static DexFuture *
begin_work (BelayStoreWriter *writer,
            gpointer user_data)
{
  g_autoptr (BelayStoreStep) step = g_new0 (BelayStoreStep, 1);
  GError *error = NULL;

  g_atomic_ref_count_init (&step->references);
  step->request = belay_sync_request_new ();
  if (!fill_request (writer, user_data, step, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (BELAY_TYPE_STORE_STEP, g_steal_pointer (&step));
}

/**
 * belay_store_begin_step:
 * @budget: bytes of items at most
 * @items_most: items at most; 0 to ask without any
 *
 * Takes what waits longest and marks it as on its way.
 *
 * Returns: (transfer full): resolves to a #BelayStoreStep
 */
DexFuture *
belay_store_begin_step (BelayStore *self,
                        gsize budget,
                        guint items_most)
{
  StepLimits limits = { budget, items_most };

  g_return_val_if_fail (self != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX, begin_work, g_memdup2 (&limits, sizeof limits), g_free);
}

/* Adds the module of a refused item to @modules, whose progress is to be reckoned without it */
static gboolean
note_module (BelayStoreWriter *writer,
             const char *item_id,
             GHashTable *modules,
             GError **error)
{
  char *module_id = NULL;

  if (!belay_outbox_find_module (writer->database, item_id, &module_id, error))
    return FALSE;
  if (module_id != NULL)
    g_hash_table_add (modules, module_id);

  return TRUE;
}

static gboolean
reckon_modules (BelayStoreWriter *writer,
                GHashTable *modules,
                GError **error)
{
  GHashTableIter iter;
  gpointer module_id;

  g_hash_table_iter_init (&iter, modules);
  while (g_hash_table_iter_next (&iter, &module_id, NULL))
    if (!belay_store_reckon_module (writer, module_id, error))
      return FALSE;

  return TRUE;
}

static gboolean
apply_verdicts (BelayStoreWriter *writer,
                GPtrArray *verdicts,
                BelayStoreApplied *applied,
                GError **error)
{
  g_autoptr (GHashTable) modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < verdicts->len; i++)
    {
      const BelayVerdict *verdict = g_ptr_array_index (verdicts, i);
      BelayOutboxReceipt receipt;

      if (!belay_outbox_judge (writer, verdict, &receipt, error))
        return FALSE;
      if (receipt == BELAY_OUTBOX_SERVER)
        applied->sent++;
      else
        applied->refused++;
      if (receipt == BELAY_OUTBOX_REFUSED && !note_module (writer, verdict->id, modules, error))
        return FALSE;
    }

  return reckon_modules (writer, modules, error);
}

static gboolean
apply_streams (BelayStoreWriter *writer,
               const BelaySyncReply *reply,
               BelayStoreApplied *applied,
               GError **error)
{
  for (guint i = 0; i < reply->streams->len; i++)
    if (!belay_documents_apply_stream (writer, g_ptr_array_index (reply->streams, i), &applied->received, error))
      return FALSE;
  for (guint i = 0; i < reply->left->len; i++)
    if (!belay_documents_purge_stream (writer, g_ptr_array_index (reply->left, i), error))
      return FALSE;

  return reply->more || belay_documents_drop_stale (writer, error);
}

/* The server is not the one it was: it may have been restored from a backup. Its answer about the
 * streams was made to cursors of another time and is not used. */
static gboolean
begin_epoch (BelayStoreWriter *writer,
             GError **error)
{
  return belay_documents_start_over (writer, error) && belay_outbox_offer_again (writer->database, error);
}

static gboolean
note_contact (BelayStoreWriter *writer,
              const BelaySyncReply *reply,
              gint64 now,
              GError **error)
{
  BelayQuery *query = belay_database_query (writer->database, update_heard);

  belay_query_bind_text (query, 1, reply->epoch);
  belay_query_bind_int (query, 2, now);
  belay_query_bind_int (query, 3, reply->time_us - now);

  return belay_query_run (query, error);
}

static gboolean
apply_reply (BelayStoreWriter *writer,
             const BelaySyncReply *reply,
             BelayStoreApplied *applied,
             GError **error)
{
  g_autofree char *device_id = NULL;
  g_autofree char *epoch = NULL;

  if (!read_account (writer->database, &device_id, &epoch, error))
    return FALSE;
  applied->new_epoch = epoch != NULL && g_strcmp0 (epoch, reply->epoch) != 0;
  applied->more = reply->more || applied->new_epoch;

  /* First all is put back, then what this very server has just answered is its own word again */
  if (applied->new_epoch && !begin_epoch (writer, error))
    return FALSE;
  if (!apply_verdicts (writer, reply->verdicts, applied, error))
    return FALSE;
  if (!applied->new_epoch && !apply_streams (writer, reply, applied, error))
    return FALSE;

  return belay_outbox_return_sent (writer->database, error);
}

static DexFuture *
end_work (BelayStoreWriter *writer,
          gpointer user_data)
{
  g_autoptr (BelayStoreApplied) applied = g_new0 (BelayStoreApplied, 1);
  sqlite3 *database = belay_database_get_handle (writer->database);
  sqlite3_int64 rows_before = sqlite3_total_changes64 (database);
  GError *error = NULL;

  if (!apply_reply (writer, user_data, applied, &error))
    return dex_future_new_for_error (error);
  /* Most steps bring nothing: then there is nothing to read and show anew */
  writer->changed_nothing = sqlite3_total_changes64 (database) == rows_before;
  applied->contact_us = belay_clock_now_us (writer->clock);
  if (!note_contact (writer, user_data, applied->contact_us, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (BELAY_TYPE_STORE_APPLIED, g_steal_pointer (&applied));
}

/**
 * belay_store_end_step:
 * @reply: (transfer full): what the server answered to the last step
 *
 * Applies verdicts, documents, cursors and epoch in one transaction.
 *
 * Returns: (transfer full): resolves to a #BelayStoreApplied
 */
DexFuture *
belay_store_end_step (BelayStore *self,
                      BelaySyncReply *reply)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (reply != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX | BELAY_STORE_CHANGE_DOCUMENTS | BELAY_STORE_CHANGE_ACCOUNT,
                            end_work, reply, (GDestroyNotify) belay_sync_reply_free);
}

static DexFuture *
return_work (BelayStoreWriter *writer,
             gpointer user_data)
{
  GError *error = NULL;

  if (!belay_outbox_return_sent (writer->database, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_return_sent:
 *
 * What was on its way and got no verdict is here again. The server may have it all the same: it
 * recognises it by its id.
 */
DexFuture *
belay_store_return_sent (BelayStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX, return_work, NULL, NULL);
}

/* Runs @query and reckons the progress of the item's module anew: it counts now, or does so no more */
static DexFuture *
run_and_reckon (BelayStoreWriter *writer,
                BelayQuery *query,
                const char *item_id)
{
  g_autofree char *module_id = NULL;
  GError *error = NULL;

  if (!belay_query_run (query, &error) || !belay_outbox_find_module (writer->database, item_id, &module_id, &error)
      || (module_id != NULL && !belay_store_reckon_module (writer, module_id, &error)))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

typedef struct
{
  char *id;
  char *code;
} Refusal;

static void
refusal_free (gpointer data)
{
  Refusal *refusal = data;

  g_free (refusal->id);
  g_free (refusal->code);
  g_free (refusal);
}

static DexFuture *
refuse_work (BelayStoreWriter *writer,
             gpointer user_data)
{
  const Refusal *refusal = user_data;
  BelayQuery *query = belay_database_query (writer->database, update_refused);

  belay_query_bind_text (query, 1, refusal->code);
  belay_query_bind_int (query, 2, belay_clock_now_us (writer->clock));
  belay_query_bind_text (query, 3, refusal->id);

  return run_and_reckon (writer, query, refusal->id);
}

/**
 * belay_store_refuse:
 * @id: of something that waits
 * @code: the verdict's code
 *
 * Sets it aside as refused, because the server takes no message with it in: it must not block the rest.
 */
DexFuture *
belay_store_refuse (BelayStore *self,
                    const char *id,
                    const char *code)
{
  Refusal *refusal;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  refusal = g_new0 (Refusal, 1);
  refusal->id = g_strdup (id);
  refusal->code = g_strdup (code);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX, refuse_work, refusal, refusal_free);
}

static DexFuture *
prune_work (BelayStoreWriter *writer,
            gpointer user_data)
{
  BelayQuery *query = belay_database_query (writer->database, delete_old);
  GError *error = NULL;

  belay_query_bind_int (query, 1,
                        belay_clock_now_us (writer->clock) - (gint64) BELAY_STORE_KEEP_DAYS * 86400 * G_USEC_PER_SEC);
  if (!belay_query_run (query, &error) || !belay_outbox_return_sent (writer->database, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_prune:
 *
 * Lets go of receipts older than %BELAY_STORE_KEEP_DAYS, and takes back what was on its way when
 * the app was last killed. For the start of the app.
 */
DexFuture *
belay_store_prune (BelayStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX, prune_work, NULL, NULL);
}

static DexFuture *
try_again_work (BelayStoreWriter *writer,
                gpointer user_data)
{
  BelayQuery *query = belay_database_query (writer->database, update_try_again);

  belay_query_bind_text (query, 1, user_data);

  return run_and_reckon (writer, query, user_data);
}

static DexFuture *
discard_work (BelayStoreWriter *writer,
              gpointer user_data)
{
  BelayQuery *query = belay_database_query (writer->database, delete_refused);
  GError *error = NULL;

  belay_query_bind_text (query, 1, user_data);
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_try_again:
 * @id: of something that was refused: it waits again, and counts here meanwhile
 */
DexFuture *
belay_store_try_again (BelayStore *self,
                       const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX, try_again_work, g_strdup (id), g_free);
}

/**
 * belay_store_discard:
 * @id: of something that was refused: it is not offered again
 */
DexFuture *
belay_store_discard (BelayStore *self,
                     const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_OUTBOX, discard_work, g_strdup (id), g_free);
}

static GBytes *
read_contents (BelayStoreWriter *writer,
               const char *id,
               GError **error)
{
  g_autoptr (GBytes) contents = NULL;
  BelayQuery *query = belay_database_query (writer->database, select_refused);
  gint64 kind = BELAY_UP_STATEMENT;
  char *text;

  belay_query_bind_text (query, 1, id);
  if (belay_query_next (query, error))
    {
      kind = belay_query_get_int (query, 0);
      contents = belay_query_dup_bytes (query, kind == BELAY_UP_STATE ? 2 : 1);
      belay_query_run (query, NULL);
    }
  if (kind != BELAY_UP_STATEMENT)
    return g_steal_pointer (&contents);

  text = belay_xapi_storage_find_text (writer->xapi, id, error);

  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

static DexFuture *
export_work (BelayStoreWriter *writer,
             gpointer user_data)
{
  GError *error = NULL;
  GBytes *contents = NULL;

  if (belay_store_writer_open_xapi (writer, &error))
    contents = read_contents (writer, user_data, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (contents == NULL)
    return dex_future_new_reject (BELAY_STORE_ERROR, BELAY_STORE_ERROR_FAILED, "There is no such thing here");

  return dex_future_new_take_boxed (G_TYPE_BYTES, contents);
}

/**
 * belay_store_export:
 * @id: of something that was made here
 *
 * Returns: (transfer full): resolves to #GBytes: its JSON, or a state's own contents
 */
DexFuture *
belay_store_export (BelayStore *self,
                    const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return belay_store_write (self, 0, export_work, g_strdup (id), g_free);
}
