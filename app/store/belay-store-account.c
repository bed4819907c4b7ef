/* belay-store-account.c: who is signed in on this laptop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-account.h"

#include "belay-people.h"
#include "belay-store-private.h"

G_DEFINE_BOXED_TYPE (BelayAccountRecord, belay_account_record, belay_account_record_copy, belay_account_record_free)

static const char select_account[] =
  "SELECT address, organisation_id, organisation_name, person_id, name, email, device_id, epoch, last_contact_us,"
  " quota_bytes FROM account";
static const char select_keys[] = "SELECT id, algorithm, public_key FROM pinned_key";
/* Signing in again on the same server keeps what was heard from it */
static const char upsert_account[] =
  "INSERT INTO account (only, address, organisation_id, organisation_name, person_id, name, email, device_id,"
  " epoch, quota_bytes) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
  " ON CONFLICT (only) DO UPDATE SET address = excluded.address, organisation_name = excluded.organisation_name,"
  " name = excluded.name, email = excluded.email, device_id = excluded.device_id";
static const char delete_keys[] = "DELETE FROM pinned_key";
static const char insert_key[] = "INSERT OR REPLACE INTO pinned_key (id, algorithm, public_key) VALUES (?, ?, ?)";
static const char update_quota[] = "UPDATE account SET quota_bytes = ?";

BelayAccountRecord *
belay_account_record_new (void)
{
  BelayAccountRecord *self = g_new0 (BelayAccountRecord, 1);

  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_organisation_key_free);

  return self;
}

static void
copy_keys (GPtrArray *source,
           GPtrArray *target)
{
  for (guint i = 0; i < source->len; i++)
    {
      const BelayOrganisationKey *key = g_ptr_array_index (source, i);

      g_ptr_array_add (target, belay_organisation_key_new (key->id, key->algorithm, key->public_key));
    }
}

BelayAccountRecord *
belay_account_record_copy (const BelayAccountRecord *self)
{
  BelayAccountRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = belay_account_record_new ();
  copy->address = g_strdup (self->address);
  copy->organisation_id = g_strdup (self->organisation_id);
  copy->organisation_name = g_strdup (self->organisation_name);
  copy->person_id = g_strdup (self->person_id);
  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->device_id = g_strdup (self->device_id);
  copy->epoch = g_strdup (self->epoch);
  copy->last_contact_us = self->last_contact_us;
  copy->quota_bytes = self->quota_bytes;
  copy_keys (self->keys, copy->keys);

  return copy;
}

void
belay_account_record_free (BelayAccountRecord *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self->organisation_id);
  g_free (self->organisation_name);
  g_free (self->person_id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->device_id);
  g_free (self->epoch);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

static BelayAccountRecord *
read_record (BelayQuery *query)
{
  BelayAccountRecord *record = belay_account_record_new ();

  record->address = belay_query_dup_text (query, 0);
  record->organisation_id = belay_query_dup_text (query, 1);
  record->organisation_name = belay_query_dup_text (query, 2);
  record->person_id = belay_query_dup_text (query, 3);
  record->name = belay_query_dup_text (query, 4);
  record->email = belay_query_dup_text (query, 5);
  record->device_id = belay_query_dup_text (query, 6);
  record->epoch = belay_query_dup_text (query, 7);
  record->last_contact_us = belay_query_get_int (query, 8);
  record->quota_bytes = belay_query_get_int (query, 9);

  return record;
}

static DexFuture *
load_work (BelayDatabase *database,
           gpointer user_data)
{
  g_autoptr (BelayAccountRecord) record = NULL;
  BelayQuery *query = belay_database_query (database, select_account);
  GError *error = NULL;

  if (belay_query_next (query, &error))
    {
      record = read_record (query);
      belay_query_run (query, NULL);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (record == NULL)
    return dex_future_new_take_boxed (BELAY_TYPE_ACCOUNT_RECORD, NULL);

  query = belay_database_query (database, select_keys);
  while (belay_query_next (query, &error))
    g_ptr_array_add (record->keys,
                     belay_organisation_key_new (belay_query_get_text (query, 0), belay_query_get_text (query, 1),
                                                 belay_query_get_text (query, 2)));
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (BELAY_TYPE_ACCOUNT_RECORD, g_steal_pointer (&record));
}

/**
 * belay_store_load_account:
 *
 * Returns: (transfer full): resolves to a #BelayAccountRecord, or to %NULL where nobody has signed in
 */
DexFuture *
belay_store_load_account (BelayStore *self)
{
  return belay_store_read (self, load_work, NULL, NULL);
}

static gboolean
pin_keys (BelayDatabase *database,
          GPtrArray *keys,
          GError **error)
{
  if (!belay_query_run (belay_database_query (database, delete_keys), error))
    return FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      const BelayOrganisationKey *key = g_ptr_array_index (keys, i);
      BelayQuery *query = belay_database_query (database, insert_key);

      belay_query_bind_text (query, 1, key->id);
      belay_query_bind_text (query, 2, key->algorithm);
      belay_query_bind_text (query, 3, key->public_key);
      if (!belay_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
save_work (BelayStoreWriter *writer,
           gpointer user_data)
{
  const BelayAccountRecord *record = user_data;
  BelayQuery *query = belay_database_query (writer->database, upsert_account);
  GError *error = NULL;

  belay_query_bind_text (query, 1, record->address);
  belay_query_bind_text (query, 2, record->organisation_id);
  belay_query_bind_text (query, 3, record->organisation_name);
  belay_query_bind_text (query, 4, record->person_id);
  belay_query_bind_text (query, 5, record->name);
  belay_query_bind_text (query, 6, record->email);
  belay_query_bind_text (query, 7, record->device_id);
  belay_query_bind_text (query, 8, record->epoch);
  belay_query_bind_int (query, 9, record->quota_bytes);
  if (!belay_query_run (query, &error) || !pin_keys (writer->database, record->keys, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_save_account:
 * @record: who has signed in, and the keys to believe
 *
 * Returns: (transfer full): resolves to %TRUE once it is on the disk
 */
DexFuture *
belay_store_save_account (BelayStore *self,
                          const BelayAccountRecord *record)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_ACCOUNT, save_work, belay_account_record_copy (record),
                            (GDestroyNotify) belay_account_record_free);
}

static DexFuture *
quota_work (BelayStoreWriter *writer,
            gpointer user_data)
{
  BelayQuery *query = belay_database_query (writer->database, update_quota);
  GError *error = NULL;

  belay_query_bind_int (query, 1, *(gint64 *) user_data);
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_set_quota:
 * @bytes: how much downloads may take on this laptop
 */
DexFuture *
belay_store_set_quota (BelayStore *self,
                       gint64 bytes)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bytes >= 0, NULL);

  return belay_store_write (self, BELAY_STORE_CHANGE_ACCOUNT, quota_work, g_memdup2 (&bytes, sizeof bytes), g_free);
}
