/* belay-store-person.c: somebody who lives in a database, and does a minute's work at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-person.h"

#include "belay-documents.h"
#include "belay-store-account.h"
#include "belay-store-outbox.h"
#include "belay-store-private.h"
#include "belay-test-support.h"
#include "belay-xapi-handler.h"

#define ORGANISATION "0197f9a0-0000-7000-8000-000000000001"
#define PERSON "0197f9a0-0000-7000-8000-000000000002"
#define DEVICE "0197f9a0-0000-7000-8000-000000000003"
#define EPOCH "0197f9a0-0000-7000-8000-000000000004"
#define PROGRAMME "0197f9a0-0000-7000-8000-000000000005"
#define MODULE "0197f9a0-0000-7000-8000-000000000006"
#define ACTIVITY "0197f9a0-0000-7000-8000-000000000007"
#define ACTOR                                                                                                          \
  "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:" ORGANISATION "\",\"name\":\"" PERSON "\"}}"

static const char programme[] =
  "{\"id\":\"" PROGRAMME "\",\"key\":\"first-ascent\",\"version\":1,\"title\":{\"en\":\"First ascent\"},"
  "\"summary\":{\"en\":\"Up\"},\"scoring\":\"best\",\"requirements\":{\"completion\":10000},\"terms\":[{"
  "\"id\":\"0197f9a0-0000-7000-8000-000000000008\",\"key\":\"valley\",\"title\":{\"en\":\"Valley\"},"
  "\"summary\":{\"en\":\"Low\"},\"due_day\":20,\"requirements\":{\"completion\":10000},\"weeks\":[{"
  "\"id\":\"0197f9a0-0000-7000-8000-000000000009\",\"key\":\"tie-in\",\"number\":1,\"title\":{\"en\":\"Tie in\"},"
  "\"story\":{\"en\":\"A knot\"},\"modules\":[{\"id\":\"" MODULE "\",\"key\":\"rope\",\"title\":{\"en\":\"A rope\"},"
  "\"summary\":{\"en\":\"Two ends\"},\"seconds\":300,\"required\":true,\"due_day\":6,\"course\":\"rope\","
  "\"manifest\":null,\"bytes\":0,\"activities\":[{\"id\":\"" ACTIVITY "\",\"key\":\"read\","
  "\"title\":{\"en\":\"Read\"},\"kind\":\"page\",\"seconds\":120,\"move_on\":\"Completed\",\"mastery\":null,"
  "\"weight\":1,\"required\":true}]}]}]}]}";

/**
 * belay_store_person_await:
 * @future: (transfer full)
 *
 * Returns: (transfer full) (nullable): the box that it resolved to; the test fails where it was rejected
 */
gpointer
belay_store_person_await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  gpointer box;

  belay_test_settle (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  box = G_VALUE_HOLDS_BOXED (value) ? g_value_dup_boxed (value) : NULL;
  dex_unref (future);

  return box;
}

/**
 * belay_store_person_await_error:
 * @future: (transfer full)
 *
 * Returns: (transfer full) (nullable): what it was rejected with
 */
GError *
belay_store_person_await_error (DexFuture *future)
{
  GError *error = NULL;

  belay_test_settle (future);
  dex_future_get_value (future, &error);
  dex_unref (future);

  return error;
}

/**
 * belay_store_person_move_in:
 *
 * Signs the person in, and brings the programme.
 */
void
belay_store_person_move_in (BelayStore *store)
{
  g_autoptr (BelayAccountRecord) record = belay_account_record_new ();
  BelaySyncReply *reply = belay_sync_reply_new ();
  BelayStreamDown *down = belay_stream_down_new ("cohort:first", 0, 1);

  record->address = g_strdup ("http://127.0.0.1:1");
  record->organisation_id = g_strdup (ORGANISATION);
  record->organisation_name = g_strdup ("Granit");
  record->person_id = g_strdup (PERSON);
  record->name = g_strdup ("Ana");
  record->email = g_strdup ("ana@example.org");
  record->device_id = g_strdup (DEVICE);
  record->epoch = g_strdup (EPOCH);
  belay_store_person_await (belay_store_save_account (store, record));

  reply->epoch = g_strdup (EPOCH);
  g_ptr_array_add (down->documents, belay_document_new ("programme", PROGRAMME, 1, programme));
  g_ptr_array_add (reply->streams, down);
  g_free (belay_store_person_await (belay_store_end_step (store, reply)));
}

static DexFuture *
store_statement (BelayXapiStorage *storage,
                 BelayClock *clock,
                 gpointer user_data)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = belay_statement_parse (user_data, -1, BELAY_XAPI_VERSION_2_0, &problem);
  BelayXapiCaller caller = { .authority = ACTOR, .scopes = BELAY_XAPI_SCOPE_WRITE_STATEMENTS, .person_id = PERSON };
  GError *error = NULL;

  g_assert_nonnull (statement);
  if (belay_xapi_store (storage, &caller, statement, clock, &problem, &error) == BELAY_XAPI_VERDICT_FAILED)
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_store_person_say:
 * @id: of the statement, a UUID
 *
 * Returns: (transfer full): resolves once a minute's work is on the disk
 */
DexFuture *
belay_store_person_say (BelayStore *store,
                        const char *id)
{
  char *text = g_strdup_printf ("{\"id\":\"%s\",\"actor\":" ACTOR
                                ",\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/terminated\"},"
                                "\"object\":{\"id\":\"urn:uuid:" ACTIVITY "\"},\"context\":{\"registration\":\"%s\"},"
                                "\"result\":{\"duration\":\"PT1M\"},\"timestamp\":\"2026-01-01T00:00:00Z\"}",
                                id, id);

  return belay_store_with_xapi (store, store_statement, text, g_free);
}

static gint64
read_number (BelayDatabase *database,
             const char *sql)
{
  BelayQuery *query = belay_database_query (database, sql);
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  if (belay_query_next (query, &error))
    {
      number = belay_query_get_int (query, 0);
      belay_query_run (query, NULL);
    }
  g_assert_no_error (error);

  return number;
}

static DexFuture *
count_work (BelayDatabase *database,
            gpointer user_data)
{
  BelayStoreTally *tally = user_data;
  BelayQuery *query = belay_database_query (database, "SELECT state FROM own_progress");
  g_autofree char *state = NULL;
  g_autoptr (BelayModuleProgress) progress = NULL;

  tally->statements = read_number (database, "SELECT count(*) FROM xapi_statement");
  tally->outbox = read_number (database, "SELECT count(*) FROM outbox");
  if (belay_query_next (query, NULL))
    {
      state = belay_query_dup_text (query, 0);
      belay_query_run (query, NULL);
      progress = belay_module_progress_from_state (MODULE, state, NULL);
      g_assert_nonnull (progress);
      tally->seconds = progress->seconds;
    }

  return dex_future_new_true ();
}

/**
 * belay_store_person_count:
 *
 * Returns: how many things are in each place
 */
BelayStoreTally
belay_store_person_count (BelayStore *store)
{
  BelayStoreTally tally = { 0 };

  belay_store_person_await (belay_store_read (store, count_work, &tally, NULL));

  return tally;
}
