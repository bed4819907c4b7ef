/* belay-xapi-storage.c: what every storage has in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-storage-private.h"

#include <string.h>

#include "belay-time.h"

void
belay_xapi_storage_free (BelayXapiStorage *self)
{
  g_return_if_fail (self != NULL);

  self->class->free (self);
}

/**
 * belay_xapi_storage_set_stored_hook:
 * @hook: (nullable): called for each statement that is new, in the transaction that stores it
 *
 * Makes progress, outbox and streams part of the same transaction.
 */
void
belay_xapi_storage_set_stored_hook (BelayXapiStorage *self,
                                    BelayXapiStoredFunc hook,
                                    gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->stored_hook = hook;
  self->stored_data = user_data;
}

/**
 * belay_xapi_storage_set_document_hook:
 * @hook: (nullable): called for each document that a request writes or deletes, in its transaction; not
 *   for those written by belay_xapi_storage_put_document()
 */
void
belay_xapi_storage_set_document_hook (BelayXapiStorage *self,
                                      BelayXapiDocumentFunc hook,
                                      gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->document_hook = hook;
  self->document_data = user_data;
}

/**
 * belay_xapi_storage_find_text:
 *
 * Returns: (transfer full) (nullable): the statement as it is returned, voided or not; %NULL without an error
 *   where there is none or it was erased
 */
char *
belay_xapi_storage_find_text (BelayXapiStorage *self,
                              const char *statement_id,
                              GError **error)
{
  g_auto (BelayKeptStatement) kept = { 0 };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (statement_id != NULL, NULL);

  if (!self->class->find (self, statement_id, &kept, error))
    return NULL;

  return g_steal_pointer (&kept.text);
}

/**
 * belay_xapi_storage_find_document:
 * @document: (out) (nullable): %NULL where there is none
 *
 * Returns: whether the database answered
 */
gboolean
belay_xapi_storage_find_document (BelayXapiStorage *self,
                                  const BelayXapiDocumentKey *key,
                                  BelayXapiDocument **document,
                                  GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (document != NULL, FALSE);

  return self->class->find_document (self, key, document, error);
}

/**
 * belay_xapi_storage_put_document:
 * @type: its media type
 *
 * Writes a document that came by another way than a request, such as sync: over what is there, without
 * calling the hook.
 *
 * Returns: whether it was written
 */
gboolean
belay_xapi_storage_put_document (BelayXapiStorage *self,
                                 const BelayXapiDocumentKey *key,
                                 const char *type,
                                 GBytes *contents,
                                 gint64 updated_us,
                                 GError **error)
{
  g_autofree char *etag = NULL;
  BelayXapiDocument document;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  etag = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, contents);
  document = (BelayXapiDocument) { *key, (char *) type, contents, etag, updated_us };

  return self->class->put_document (self, &document, error);
}

/**
 * belay_xapi_storage_delete_document:
 *
 * Deletes a document, without calling the hook. That there is none is no failure.
 *
 * Returns: whether it is gone
 */
gboolean
belay_xapi_storage_delete_document (BelayXapiStorage *self,
                                    const BelayXapiDocumentKey *key,
                                    gint64 updated_us,
                                    GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return self->class->delete_document (self, key, error);
}

/**
 * belay_xapi_document_key_clear:
 *
 * Frees what is in @key.
 */
void
belay_xapi_document_key_clear (BelayXapiDocumentKey *key)
{
  g_return_if_fail (key != NULL);

  g_clear_pointer (&key->agent, g_free);
  g_clear_pointer (&key->activity, g_free);
  g_clear_pointer (&key->registration, g_free);
  g_clear_pointer (&key->id, g_free);
}

void
belay_xapi_document_free (BelayXapiDocument *document)
{
  g_return_if_fail (document != NULL);

  belay_xapi_document_key_clear (&document->key);
  g_free (document->type);
  g_clear_pointer (&document->contents, g_bytes_unref);
  g_free (document->etag);
  g_free (document);
}

void
belay_kept_statement_clear (BelayKeptStatement *kept)
{
  g_clear_pointer (&kept->id, g_free);
  g_clear_pointer (&kept->text, g_free);
}

void
belay_kept_statement_free (BelayKeptStatement *kept)
{
  belay_kept_statement_clear (kept);
  g_free (kept);
}

/**
 * belay_xapi_time:
 *
 * Returns: (transfer full): @time_us in UTC with all six digits of a second: `stored` is told apart by them
 */
char *
belay_xapi_time (gint64 time_us)
{
  g_autofree char *text = belay_time_format (time_us);
  gint64 rest = time_us % 1000;

  text[strlen (text) - 1] = '\0';
  return g_strdup_printf ("%s%03dZ", text, (int) (rest < 0 ? rest + 1000 : rest));
}
