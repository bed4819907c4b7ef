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
fold (BelayDatabase *database,
      const Place *place,
      const BelayLearningFact *fact,
      GError **error)
{
  g_autoptr (BelayModuleProgress) progress = load_progress (database, place->module->id, error);
  g_autofree char *state = NULL;
  BelayQuery *query;

  if (progress == NULL)
    return FALSE;
  belay_module_progress_fold (progress, place->module, place->programme, fact);

  state = belay_module_progress_to_state (progress);
  query = belay_database_query (database, upsert_progress);
  belay_query_bind_text (query, 1, place->module->id);
  belay_query_bind_text (query, 2, state);

  return belay_query_run (query, error);
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
