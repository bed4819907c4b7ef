/* belay-store-facts.c: what a new statement means on this laptop
 *
 * The record store calls in here inside the transaction that stores a statement or a state: its
 * place in the outbox and the progress it makes are on the disk together with it, or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-cmi5.h"
#include "belay-documents.h"
#include "belay-outbox.h"
#include "belay-statement-fact.h"
#include "belay-store-private.h"

static const char select_progress[] = "SELECT state FROM own_progress WHERE module_id = ?";
static const char upsert_progress[] = "INSERT INTO own_progress (module_id, state) VALUES (?, ?)"
                                      " ON CONFLICT (module_id) DO UPDATE SET state = excluded.state";
static const char delete_progress[] = "DELETE FROM own_progress WHERE module_id = ?";
static const char select_counted[] =
  "SELECT id FROM outbox WHERE module_id = ? AND kind = 0 AND receipt <> 2 ORDER BY position";

/* Where an activity is in the programmes that are known here. */
typedef struct
{
  const BelayProgramme *programme;
  BelayModule *module;
} Place;

static gboolean
find_place (BelayStoreWriter *writer,
            const char *activity_id,
            Place *place,
            GError **error)
{
  GPtrArray *programmes = belay_store_writer_get_programmes (writer, error);

  if (programmes == NULL)
    return FALSE;
  for (guint i = 0; i < programmes->len && place->module == NULL; i++)
    {
      place->programme = g_ptr_array_index (programmes, i);
      belay_programme_find_activity (place->programme, activity_id, &place->module);
    }

  return TRUE;
}

static BelayModuleProgress *
load_progress (BelayDatabase *database,
               const char *module_id,
               GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *state = NULL;
  BelayQuery *query = belay_database_query (database, select_progress);

  belay_query_bind_text (query, 1, module_id);
  if (belay_query_next (query, &failure))
    {
      state = belay_query_dup_text (query, 0);
      belay_query_run (query, NULL);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return state != NULL ? belay_module_progress_from_state (module_id, state, error)
                       : belay_module_progress_new (module_id);
}

static gboolean
save_progress (BelayDatabase *database,
               const BelayModuleProgress *progress,
               GError **error)
{
  g_autofree char *state = belay_module_progress_to_state (progress);
  BelayQuery *query = belay_database_query (database, upsert_progress);

  belay_query_bind_text (query, 1, progress->module_id);
  belay_query_bind_text (query, 2, state);

  return belay_query_run (query, error);
}

static gboolean
fold (BelayDatabase *database,
      const Place *place,
      const BelayLearningFact *fact,
      GError **error)
{
  g_autoptr (BelayModuleProgress) progress = load_progress (database, place->module->id, error);

  if (progress == NULL)
    return FALSE;
  belay_module_progress_fold (progress, place->module, place->programme, fact);

  return save_progress (database, progress, error);
}

static const char *
last_part (const char *iri)
{
  const char *slash = iri != NULL ? strrchr (iri, '/') : NULL;

  return slash != NULL ? slash + 1 : iri;
}

/**
 * belay_store_fact_stored:
 * @user_data: the #BelayStoreWriter
 *
 * A #BelayXapiStoredFunc.
 */
gboolean
belay_store_fact_stored (const BelayStoredStatement *stored,
                         gpointer user_data,
                         GError **error)
{
  BelayStoreWriter *writer = user_data;
  g_auto (BelayLearningFact) fact;
  Place place = { 0 };
  BelayOutboxStatement item = { 0 };

  belay_learning_fact_init (&fact);
  if (belay_statement_to_fact (stored->statement, &fact) && !find_place (writer, fact.activity_id, &place, error))
    return FALSE;
  if (place.module != NULL && !fold (writer->database, &place, &fact, error))
    return FALSE;

  item.id = stored->id;
  item.made_us = stored->stored_us;
  item.activity_id = fact.activity_id;
  item.module_id = place.module != NULL ? place.module->id : NULL;
  item.verb = last_part (belay_statement_get_verb (stored->statement));

  return belay_outbox_add_statement (writer->database, &item, error);
}

static gboolean
find_module (BelayStoreWriter *writer,
             const char *module_id,
             Place *place,
             GError **error)
{
  GPtrArray *programmes = belay_store_writer_get_programmes (writer, error);

  if (programmes == NULL)
    return FALSE;
  for (guint i = 0; i < programmes->len && place->module == NULL; i++)
    {
      place->programme = g_ptr_array_index (programmes, i);
      place->module = belay_programme_find_module (place->programme, module_id);
    }

  return TRUE;
}

/* Takes the statement of that id in; one whose text is not here any more changes nothing */
static gboolean
fold_stored (BelayStoreWriter *writer,
             const Place *place,
             const char *statement_id,
             BelayModuleProgress *progress,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = belay_xapi_storage_find_text (writer->xapi, statement_id, &failure);
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = NULL;
  g_auto (BelayLearningFact) fact;

  belay_learning_fact_init (&fact);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (text != NULL)
    statement = belay_statement_parse (text, -1, BELAY_XAPI_VERSION_2_0, &problem);
  if (statement != NULL && belay_statement_to_fact (statement, &fact))
    belay_module_progress_fold (progress, place->module, place->programme, &fact);

  return TRUE;
}

static gboolean
fold_counted (BelayStoreWriter *writer,
              const Place *place,
              BelayModuleProgress *progress,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (writer->database, select_counted);

  belay_query_bind_text (query, 1, place->module->id);
  while (failure == NULL && belay_query_next (query, &failure))
    fold_stored (writer, place, belay_query_get_text (query, 0), progress, &failure);
  /* It may have stopped before its last row */
  belay_query_run (query, NULL);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * belay_store_reckon_module:
 *
 * Works out anew what this laptop's own statements come to in a module, without those that the server refused.
 * Statements whose receipts were let go of after %BELAY_STORE_KEEP_DAYS are in the server's word, over which
 * this is laid.
 */
gboolean
belay_store_reckon_module (BelayStoreWriter *writer,
                           const char *module_id,
                           GError **error)
{
  g_autoptr (BelayModuleProgress) progress = belay_module_progress_new (module_id);
  Place place = { 0 };
  BelayQuery *query;

  if (!belay_store_writer_open_xapi (writer, error) || !find_module (writer, module_id, &place, error))
    return FALSE;
  if (place.module != NULL && !fold_counted (writer, &place, progress, error))
    return FALSE;
  if (progress->activities->len > 0)
    return save_progress (writer->database, progress, error);

  query = belay_database_query (writer->database, delete_progress);
  belay_query_bind_text (query, 1, module_id);

  return belay_query_run (query, error);
}

static char *
state_key (const BelayXapiDocumentKey *key)
{
  g_autofree char *activity = g_uri_escape_string (key->activity, NULL, FALSE);
  g_autofree char *registration = g_uri_escape_string (key->registration, NULL, FALSE);
  g_autofree char *id = g_uri_escape_string (key->id, NULL, FALSE);

  if (key->kind == BELAY_XAPI_DOCUMENT_AGENT_PROFILE)
    return g_strdup_printf ("xapi-agent-profile/%s", id);

  return g_strdup_printf ("xapi-state/%s/%s/%s", activity, registration, id);
}

/**
 * belay_store_state_stored:
 * @user_data: the #BelayStoreWriter
 *
 * A #BelayXapiDocumentFunc: what a course keeps for itself follows its person to other laptops.
 */
gboolean
belay_store_state_stored (const BelayXapiDocument *document,
                          gpointer user_data,
                          GError **error)
{
  BelayStoreWriter *writer = user_data;
  g_autoptr (GBytes) nothing = NULL;
  g_autofree char *key = NULL;

  /* An activity's profile belongs to no person, and launch data to one launch on this laptop */
  if (document->key.kind == BELAY_XAPI_DOCUMENT_ACTIVITY_PROFILE
      || g_str_equal (document->key.id, BELAY_CMI5_LAUNCH_DATA))
    return TRUE;

  nothing = g_bytes_new (NULL, 0);
  key = state_key (&document->key);

  return belay_outbox_add_state (writer, key, document->type != NULL ? document->type : "application/octet-stream",
                                 document->contents != NULL ? document->contents : nothing, error);
}
