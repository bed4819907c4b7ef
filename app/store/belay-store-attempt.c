/* belay-store-attempt.c: the attempt (registration) in which a module is studied
 *
 * Leaving and coming back goes on in the same attempt, so that the content finds its bookmark. All activities of a
 * module are in one: a course is satisfied within a registration (cmi5 9.3.9).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-id.h"
#include "belay-store-private.h"
#include "belay-store-view.h"

static const char select_attempt[] = "SELECT registration FROM module_attempt WHERE module_id = ?";
static const char upsert_attempt[] = "INSERT INTO module_attempt (module_id, registration) VALUES (?, ?)"
                                     " ON CONFLICT (module_id) DO UPDATE SET registration = excluded.registration";

typedef struct
{
  char *module_id;
  gboolean anew;
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_free (attempt->module_id);
  g_free (attempt);
}

static DexFuture *
attempt_work (BelayStoreWriter *writer,
              gpointer user_data)
{
  Attempt *attempt = user_data;
  g_autofree char *registration = NULL;
  BelayQuery *query = belay_database_query (writer->database, select_attempt);
  GError *error = NULL;

  belay_query_bind_text (query, 1, attempt->module_id);
  if (belay_query_next (query, &error))
    {
      registration = belay_query_dup_text (query, 0);
      belay_query_run (query, NULL);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (registration != NULL && !attempt->anew)
    return dex_future_new_take_string (g_steal_pointer (&registration));

  g_free (registration);
  registration = belay_id_new (writer->clock);
  query = belay_database_query (writer->database, upsert_attempt);
  belay_query_bind_text (query, 1, attempt->module_id);
  belay_query_bind_text (query, 2, registration);
  if (!belay_query_run (query, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_string (g_steal_pointer (&registration));
}

/**
 * belay_store_begin_attempt:
 * @anew: whether to begin another attempt rather than to go on in the last one
 *
 * Returns: (transfer full): resolves to the registration's UUID
 */
DexFuture *
belay_store_begin_attempt (BelayStore *self,
                           const char *module_id,
                           gboolean anew)
{
  Attempt *attempt;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  attempt = g_new0 (Attempt, 1);
  attempt->module_id = g_strdup (module_id);
  attempt->anew = anew;

  return belay_store_write (self, 0, attempt_work, attempt, attempt_free);
}
