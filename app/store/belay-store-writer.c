/* belay-store-writer.c: what the writer's thread keeps at hand between its transactions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-private.h"

static const char select_identity[] = "SELECT organisation_id, person_id FROM account";

/**
 * belay_store_writer_open_xapi:
 *
 * Makes the record store of whoever is signed in, and ties progress and outbox to it.
 *
 * Returns: whether there is one now; not so before anybody has signed in
 */
gboolean
belay_store_writer_open_xapi (BelayStoreWriter *self,
                              GError **error)
{
  BelayQuery *query;
  g_autofree char *organisation_id = NULL;

  if (self->xapi != NULL)
    return TRUE;

  query = belay_database_query (self->database, select_identity);
  if (belay_query_next (query, error))
    {
      organisation_id = belay_query_dup_text (query, 0);
      self->person_id = belay_query_dup_text (query, 1);
      belay_query_run (query, NULL);
    }
  if (organisation_id == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, BELAY_STORE_ERROR, BELAY_STORE_ERROR_FAILED, "Nobody is signed in");
      return FALSE;
    }

  self->actor =
    g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                     organisation_id, self->person_id);
  self->xapi = belay_xapi_sqlite_new (self->database, organisation_id);
  belay_xapi_storage_set_stored_hook (self->xapi, belay_store_fact_stored, self);
  belay_xapi_storage_set_document_hook (self->xapi, belay_store_state_stored, self);

  return TRUE;
}

/**
 * belay_store_writer_forget:
 *
 * Lets go of all that was kept; the next use makes it anew.
 */
void
belay_store_writer_forget (BelayStoreWriter *self)
{
  g_clear_pointer (&self->xapi, belay_xapi_storage_free);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->actor, g_free);
  g_clear_pointer (&self->programmes, g_ptr_array_unref);
}

/**
 * belay_store_writer_get_programmes:
 *
 * Returns: (transfer none) (nullable) (element-type BelayProgramme): all that are known here
 */
GPtrArray *
belay_store_writer_get_programmes (BelayStoreWriter *self,
                                   GError **error)
{
  if (self->programmes == NULL)
    self->programmes = belay_store_load_programmes (self->database, error);

  return self->programmes;
}
