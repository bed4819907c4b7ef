/* bench-laptop.c: one thing that a laptop does, often, and how long it took
 *
 *   bench-laptop download DATA-FOLDER         the first module; prints the seconds
 *   bench-laptop record DATA-FOLDER COUNT     statements through a launch; prints the seconds
 *   bench-laptop commit DATA-FOLDER COUNT     statements given to the laptop's record store, which checks and commits
 * each before the next; prints the seconds
 *   bench-laptop idle DATA-FOLDER COUNT       steps of sync that change nothing; prints their seconds, and those of as
 * many requests of an empty reply of the same server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libsoup/soup.h>
#include <stdlib.h>

#include "belay-account-manager.h"
#include "belay-journey-study.h"
#include "belay-store-account.h"
#include "belay-test-support.h"
#include "belay-xapi-handler.h"

static double
to_seconds (gint64 microseconds)
{
  return microseconds / (double) G_USEC_PER_SEC;
}

static gint64
download (BelayAccount *account)
{
  BelayModuleItem *module = belay_journey_find_module (account);
  gint64 began = g_get_monotonic_time ();

  belay_account_download (account, module);
  while (belay_module_item_get_state (module) != BELAY_DOWNLOAD_STATE_READY)
    {
      if (belay_module_item_get_state (module) == BELAY_DOWNLOAD_STATE_FAILED)
        g_error ("The download failed: %s", belay_module_item_get_failure (module));
      g_main_context_iteration (NULL, TRUE);
    }

  return g_get_monotonic_time () - began;
}

static gint64
record (BelayAccount *account,
        guint count)
{
  if (belay_module_item_get_state (belay_journey_find_module (account)) != BELAY_DOWNLOAD_STATE_READY)
    download (account);

  return belay_journey_record (account, count);
}

static DexFuture *
put_statement (BelayXapiStorage *storage,
               BelayClock *clock,
               gpointer user_data)
{
  BelayAccountRecord *record = user_data;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *query = g_strconcat ("statementId=", id, NULL);
  g_autofree char *actor =
    g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                     record->organisation_id, record->person_id);
  char *text = g_strdup_printf ("{\"id\":\"%s\",\"actor\":%s,"
                                "\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/experienced\"},"
                                "\"object\":{\"id\":\"https://granit.example/rope\"},"
                                "\"timestamp\":\"2026-01-05T09:00:00.000Z\"}",
                                id, actor);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (BelayXapiReply) reply = NULL;
  BelayXapiCaller caller = {
    .authority = actor,
    .scopes = BELAY_XAPI_SCOPE_ALL,
    .speak = BELAY_XAPI_SPEAK_BOTH,
    .person_id = record->person_id,
  };
  BelayXapiRequest request = {
    .method = "PUT",
    .endpoint = "/xapi",
    .path = "statements",
    .query = query,
    .headers = headers,
    .body = body,
  };
  GError *error = NULL;

  g_hash_table_insert (headers, g_strdup ("content-type"), g_strdup ("application/json"));
  g_hash_table_insert (headers, g_strdup ("x-experience-api-version"), g_strdup ("1.0.3"));
  reply = belay_xapi_handle (storage, &caller, &request, clock, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 204);

  return dex_future_new_true ();
}

static gpointer
await_boxed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer boxed;

  belay_test_settle (future);
  boxed = g_value_dup_boxed (dex_future_get_value (future, &error));
  g_assert_no_error (error);
  dex_unref (future);

  return boxed;
}

static gint64
commit (const char *folder,
        guint count)
{
  g_autofree char *directory = g_build_filename (folder, "account", NULL);
  g_autoptr (BelayClock) clock = belay_clock_new_system ();
  g_autoptr (BelayStore) store = await_boxed (belay_store_open (directory, clock));
  g_autoptr (BelayAccountRecord) record = await_boxed (belay_store_load_account (store));
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < count; i++)
    belay_journey_await (belay_store_with_xapi (store, put_statement, record, NULL));

  return g_get_monotonic_time () - began;
}

static void
ask_nothing (SoupSession *session,
             const char *address)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
}

static void
idle (BelayAccount *account,
      guint count)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (belay_account_get_address (account), "/healthz", NULL);
  gint64 steps = 0;
  gint64 requests = 0;

  do
    belay_journey_await (belay_account_sync_now (account));
  while (belay_account_count_unsent (account) > 0);

  for (guint i = 0; i < count; i++)
    {
      gint64 began = g_get_monotonic_time ();
      gint64 between;

      belay_journey_await (belay_account_sync_now (account));
      between = g_get_monotonic_time ();
      ask_nothing (session, address);
      steps += between - began;
      requests += g_get_monotonic_time () - between;
    }
  g_print ("%f %f\n", to_seconds (steps), to_seconds (requests));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (BelayAccountManager) manager = NULL;
  g_autoptr (BelayAccount) account = NULL;
  guint count = argc == 4 ? (guint) atoi (argv[3]) : 0;

  if (argc < 3)
    {
      g_printerr ("usage: bench-laptop download|record|commit|idle DATA-FOLDER [COUNT]\n");
      return 2;
    }
  dex_init ();
  if (g_str_equal (argv[1], "commit"))
    {
      g_print ("%f\n", to_seconds (commit (argv[2], count)));
      return 0;
    }
  manager = belay_account_manager_new (argv[2], argv[2], NULL);
  account = belay_journey_await_object (belay_account_manager_load (manager));
  g_assert_nonnull (account);

  if (g_str_equal (argv[1], "download"))
    g_print ("%f\n", to_seconds (download (account)));
  else if (g_str_equal (argv[1], "record"))
    g_print ("%f\n", to_seconds (record (account, count)));
  else
    idle (account, count);

  g_clear_object (&account);
  belay_journey_await (belay_account_manager_close (manager));

  return 0;
}
