/* test-sync.c: whatever happens on the way, nothing is lost and nothing is doubled
 *
 * A table of faults. With each: three things are done, the server is asked while the fault lasts, and again
 * once it has ended. Before the end everything is somewhere; at the end the server has each thing once, the
 * laptop has nothing left to send, and its own reckoning is the server's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>
#include <string.h>

#include "belay-faulty-wire.h"
#include "belay-journey-server.h"
#include "belay-sentences.h"
#include "belay-store-outbox.h"
#include "belay-sync-laptop.h"
#include "belay-sync-record.h"
#include "belay-test-support.h"

#define THINGS 3
#define BELAY "Belay-Wire: 1\r\nContent-Type: application/json\r\n"
#define REPLY(status, headers, body) "HTTP/1.1 " status "\r\nConnection: close\r\n" headers "\r\n" body
#define ERROR(status, headers, code)                                                                                   \
  REPLY (status, BELAY headers, "{\"error\":{\"code\":\"" code "\",\"parameters\":{}}}")

typedef struct
{
  const char *name;
  BelayFault fault;
  const char *says;
  guint times; /* 0: as long as the round lasts */
  BelaySyncState state;
  const char *words; /* what the person reads has them */
  gint64 wait_seconds;
} Row;

#define NETWORK "No network reaches the server"
#define TROUBLE "cannot work just now"
#define PORTAL "wants you to sign in to it first"
#define SIGN_IN "Sign in again"
#define UPDATE "Update Belay"
#define SENT "3 things sent"

static const Row rows[] = {
  { "nobody listens", BELAY_FAULT_REFUSED, NULL, 0, BELAY_SYNC_STATE_OFFLINE, NETWORK, 0 },
  { "the connection is cut before the server had it", BELAY_FAULT_CUT_BEFORE, NULL, 0, BELAY_SYNC_STATE_OFFLINE,
    NETWORK, 0 },
  { "the connection is cut after the server has committed", BELAY_FAULT_CUT_AFTER, NULL, 0, BELAY_SYNC_STATE_OFFLINE,
    NETWORK, 0 },
  /* libsoup takes the half for the whole, and Belay's own header is not in it */
  { "the reply ends among its headers", BELAY_FAULT_HALF_HEAD, NULL, 0, BELAY_SYNC_STATE_PORTAL, PORTAL, 0 },
  { "the reply ends in its middle", BELAY_FAULT_HALF_BODY, NULL, 0, BELAY_SYNC_STATE_OFFLINE, NETWORK, 0 },
  { "the reply says less than its length", BELAY_FAULT_TOO_SHORT, NULL, 0, BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE,
    0 },
  { "the reply is empty", BELAY_FAULT_SAYS_AFTER, REPLY ("200 OK", BELAY "Content-Length: 0\r\n", ""), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the reply comes twice", BELAY_FAULT_TWICE, NULL, 0, BELAY_SYNC_STATE_OK, SENT, 0 },
  { "the reply to an older question comes", BELAY_FAULT_REPLAY, NULL, 0, BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the reply never comes", BELAY_FAULT_SILENT, NULL, 0, BELAY_SYNC_STATE_OFFLINE, NETWORK, 0 },
  { "the reply comes a byte at a time", BELAY_FAULT_DRIBBLE, NULL, 0, BELAY_SYNC_STATE_OK, SENT, 0 },
  { "a captive portal answers with its page", BELAY_FAULT_SAYS,
    REPLY ("200 OK", "Content-Type: text/html\r\n", "<html><title>Welcome</title>Please sign in</html>"), 0,
    BELAY_SYNC_STATE_PORTAL, PORTAL, 0 },
  { "a captive portal sends elsewhere", BELAY_FAULT_SAYS,
    REPLY ("302 Found", "Location: http://127.0.0.1:1/portal\r\n", ""), 0, BELAY_SYNC_STATE_PORTAL, PORTAL, 0 },
  { "a captive portal asks for a sign-in to the network", BELAY_FAULT_SAYS,
    REPLY ("511 Network Authentication Required", "Content-Type: text/html\r\n", "<html></html>"), 0,
    BELAY_SYNC_STATE_PORTAL, PORTAL, 0 },
  { "a proxy does not reach the server (502)", BELAY_FAULT_SAYS,
    REPLY ("502 Bad Gateway", "Content-Type: text/html\r\n", "<html></html>"), 0, BELAY_SYNC_STATE_SERVER_TROUBLE,
    TROUBLE, 0 },
  { "the server sends elsewhere", BELAY_FAULT_SAYS,
    REPLY ("307 Temporary Redirect", BELAY "Location: http://127.0.0.1:1/api/v1/sync\r\n", ""), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server does not know the laptop (401)", BELAY_FAULT_SAYS, ERROR ("401 Unauthorized", "", "unauthenticated"), 0,
    BELAY_SYNC_STATE_SIGN_IN_NEEDED, SIGN_IN, 0 },
  { "the laptop was revoked (409)", BELAY_FAULT_SAYS, ERROR ("409 Conflict", "", "device-revoked"), 0,
    BELAY_SYNC_STATE_SIGN_IN_NEEDED, SIGN_IN, 0 },
  { "the server sees a conflict (409)", BELAY_FAULT_SAYS, ERROR ("409 Conflict", "", "conflict"), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server forbids it (403)", BELAY_FAULT_SAYS, ERROR ("403 Forbidden", "", "forbidden"), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server knows no such place (404)", BELAY_FAULT_SAYS, ERROR ("404 Not Found", "", "unknown"), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "it is too large for the server once (413)", BELAY_FAULT_SAYS, ERROR ("413 Content Too Large", "", "too-large"), 1,
    BELAY_SYNC_STATE_OK, SENT, 0 },
  { "everything is too large for the server (413)", BELAY_FAULT_SAYS, ERROR ("413 Content Too Large", "", "too-large"),
    0, BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server cannot read it once (400)", BELAY_FAULT_SAYS, ERROR ("400 Bad Request", "", "malformed"), 1,
    BELAY_SYNC_STATE_OK, SENT, 0 },
  { "the server can read nothing (400)", BELAY_FAULT_SAYS, ERROR ("400 Bad Request", "", "malformed"), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server speaks another version (400)", BELAY_FAULT_SAYS, ERROR ("400 Bad Request", "", "wire-version"), 0,
    BELAY_SYNC_STATE_UPDATE_NEEDED, UPDATE, 0 },
  { "the server asks for a pause (429)", BELAY_FAULT_SAYS,
    ERROR ("429 Too Many Requests", "Retry-After: 120\r\n", "too-many"), 0, BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE,
    120 },
  { "the server fails (500)", BELAY_FAULT_SAYS, ERROR ("500 Internal Server Error", "", "internal"), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server fails after it has committed (500)", BELAY_FAULT_SAYS_AFTER,
    ERROR ("500 Internal Server Error", "", "internal"), 0, BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the server is being maintained (503)", BELAY_FAULT_SAYS,
    ERROR ("503 Service Unavailable", "Retry-After: 30\r\n", "unavailable"), 0, BELAY_SYNC_STATE_SERVER_TROUBLE,
    TROUBLE, 30 },
  { "the reply is garbage", BELAY_FAULT_SAYS_AFTER, REPLY ("200 OK", BELAY, "{\"epoch\": \"\\ud800 [[["), 0,
    BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
  { "the reply is JSON of something else", BELAY_FAULT_SAYS_AFTER,
    REPLY ("200 OK", BELAY, "{\"weather\": [\"rain\", 7]}"), 0, BELAY_SYNC_STATE_SERVER_TROUBLE, TROUBLE, 0 },
};

static BelayJourneyServer *server;
static BelaySyncRecord *record;
static BelayFaultyWire *wire;

static BelaySyncLaptop *
laptop_new (void)
{
  static guint number;
  g_autofree char *name = g_strdup_printf ("laptop-%u", number++);
  g_autofree char *folder = g_build_filename (belay_journey_server_get_folder (server), name, NULL);

  return belay_sync_laptop_new (folder, belay_faulty_wire_get_url (wire), BELAY_JOURNEY_LEARNER);
}

static GPtrArray *
do_things (BelaySyncLaptop *laptop,
           guint count)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (ids, belay_sync_laptop_say (laptop, "terminated", "{\"duration\":\"PT1M\"}"));

  return ids;
}

static guint
count_there (GPtrArray *ids)
{
  g_autoptr (GHashTable) there = belay_sync_record_read (record);
  guint count = 0;

  for (guint i = 0; i < ids->len; i++)
    count += g_hash_table_contains (there, g_ptr_array_index (ids, i)) ? 1 : 0;

  return count;
}

static void
expect_open (BelaySyncLaptop *laptop,
             guint waiting,
             guint refused)
{
  g_autoptr (BelayStoreView) view = belay_sync_laptop_look (laptop);

  g_assert_cmpuint (view->waiting, ==, waiting);
  g_assert_cmpuint (view->on_the_way, ==, 0);
  g_assert_cmpuint (view->refused->len, ==, refused);
}

/* The laptop's own reckoning adds nothing to what the server says */
static void
expect_agreement (BelaySyncLaptop *laptop)
{
  g_autoptr (BelayStoreView) view = belay_sync_laptop_look (laptop);
  const BelayModuleProgress *progress = belay_sync_laptop_find_progress (view);

  g_assert_nonnull (progress);
  g_assert_false (progress->estimated);
}

static void
expect_good_end (BelaySyncLaptop *laptop,
                 GPtrArray *ids)
{
  g_autoptr (BelaySyncReport) report = belay_sync_laptop_sync (laptop);
  g_autoptr (BelaySyncReport) again = NULL;

  g_assert_cmpint (report->state, ==, BELAY_SYNC_STATE_OK);
  g_assert_cmpuint (report->refused, ==, 0);
  expect_open (laptop, 0, 0);
  g_assert_cmpuint (count_there (ids), ==, ids->len);
  expect_agreement (laptop);

  again = belay_sync_laptop_sync (laptop);
  g_assert_cmpuint (again->sent, ==, 0);
}

static void
test_fault (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (BelaySyncLaptop) laptop = laptop_new ();
  g_autoptr (GPtrArray) before = do_things (laptop, 1);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (BelaySyncReport) report = NULL;
  g_autofree char *sentence = NULL;

  expect_good_end (laptop, before);
  ids = do_things (laptop, THINGS);
  belay_faulty_wire_break (wire, row->fault, row->says, row->times);
  report = belay_sync_laptop_sync (laptop);
  sentence = belay_sentence_sync_report (report);

  g_assert_cmpint (report->state, ==, row->state);
  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, row->words));
  g_assert_cmpint (belay_sync_laptop_get_outcome (laptop)->wait_seconds, ==, row->wait_seconds);
  expect_open (laptop, row->state == BELAY_SYNC_STATE_OK ? 0 : THINGS, 0);

  belay_faulty_wire_mend (wire);
  expect_good_end (laptop, ids);
}

/* ---- what is not a matter of one reply ---- */

static void
test_killed_after_commit (void)
{
  g_autoptr (BelaySyncLaptop) laptop = laptop_new ();
  g_autoptr (GPtrArray) ids = do_things (laptop, THINGS);
  g_autoptr (BelaySyncReport) report = NULL;

  belay_journey_server_stop (server);
  belay_journey_server_start_with_fault (server, "kill-after-commit");
  report = belay_sync_laptop_sync (laptop);
  belay_journey_server_expect_killed (server);
  g_assert_cmpint (report->state, ==, BELAY_SYNC_STATE_OFFLINE);
  expect_open (laptop, THINGS, 0);

  belay_journey_server_start (server);
  g_assert_cmpuint (count_there (ids), ==, THINGS);
  expect_good_end (laptop, ids);
}

static void
test_wrong_clock (gconstpointer data)
{
  g_autoptr (BelaySyncLaptop) laptop = laptop_new ();
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (data, NULL);
  g_autoptr (GPtrArray) ids = NULL;

  belay_sync_laptop_set_clock (laptop, g_date_time_to_unix_usec (then));
  ids = do_things (laptop, THINGS);
  expect_good_end (laptop, ids);
}

/* ---- one thing among others is refused ---- */

static void
expect_refusal (BelaySyncLaptop *laptop,
                const char *id,
                const char *code)
{
  g_autoptr (BelayStoreView) view = belay_sync_laptop_look (laptop);
  const BelayStoreLine *line;

  g_assert_cmpuint (view->refused->len, ==, 1);
  line = g_ptr_array_index (view->refused, 0);
  g_assert_cmpstr (line->id, ==, id);
  g_assert_cmpstr (line->code, ==, code);
  g_assert_null (strstr (belay_sentence_refusal (line->code), "does not know"));
}

/* What the person is shown for the module */
static gint64
get_score (BelaySyncLaptop *laptop)
{
  g_autoptr (BelayStoreView) view = belay_sync_laptop_look (laptop);
  const BelayModuleProgress *progress = belay_sync_laptop_find_progress (view);

  return progress != NULL ? progress->score : -1;
}

static void
settle (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  belay_test_settle (future);
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

static void
test_choking (void)
{
  g_autoptr (BelaySyncLaptop) laptop = laptop_new ();
  g_autoptr (GPtrArray) ids = do_things (laptop, 40);
  const char *bad = g_ptr_array_index (ids, 23);
  g_autoptr (BelaySyncReport) report = NULL;

  belay_faulty_wire_break (wire, BELAY_FAULT_CHOKES, bad, 0);
  report = belay_sync_laptop_sync (laptop);

  g_assert_cmpint (report->state, ==, BELAY_SYNC_STATE_OK);
  g_assert_cmpuint (report->sent, ==, 39);
  g_assert_cmpuint (report->refused, ==, 1);
  expect_open (laptop, 0, 1);
  expect_refusal (laptop, bad, "malformed");
  g_assert_cmpuint (count_there (ids), ==, 39);

  belay_faulty_wire_mend (wire);
  settle (belay_store_try_again (belay_sync_laptop_get_store (laptop), bad));
  expect_good_end (laptop, ids);
}

static void
test_refused_progress (void)
{
  g_autoptr (BelaySyncLaptop) laptop = laptop_new ();
  g_autofree char *other = g_uuid_string_random ();
  g_autofree char *id =
    belay_sync_laptop_say_as (laptop, other, "passed", "{\"score\":{\"scaled\":1},\"success\":true}");
  g_autoptr (BelaySyncReport) report = NULL;

  g_assert_cmpint (get_score (laptop), ==, 10000);
  report = belay_sync_laptop_sync (laptop);
  g_assert_cmpuint (report->refused, ==, 1);
  expect_refusal (laptop, id, "not-yours");
  g_assert_cmpint (get_score (laptop), ==, -1);

  settle (belay_store_try_again (belay_sync_laptop_get_store (laptop), id));
  g_assert_cmpint (get_score (laptop), ==, 10000);
  settle (belay_store_refuse (belay_sync_laptop_get_store (laptop), id, "forbidden"));
  g_assert_cmpint (get_score (laptop), ==, -1);
}

static void
add (const Row *row)
{
  g_autofree char *path = g_strconcat ("/sync/nothing is lost or doubled when ", row->name, NULL);

  g_test_add_data_func (path, row, test_fault);
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *course = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  dex_init ();
  g_test_init (&argc, &argv, NULL);

  course = g_test_build_filename (G_TEST_DIST, "journeys", "data", "rope", NULL);
  server = belay_journey_server_new (course);
  record = belay_sync_record_new (server);
  belay_journey_server_start (server);
  wire = belay_faulty_wire_new (belay_journey_server_get_url (server));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add (&rows[i]);
  g_test_add_func ("/sync/nothing is lost or doubled when the server dies between its commit and its reply",
                   test_killed_after_commit);
  g_test_add_data_func ("/sync/nothing is lost or doubled when the laptop's clock is years behind",
                        "1999-12-31T23:59:59Z", test_wrong_clock);
  g_test_add_data_func ("/sync/nothing is lost or doubled when the laptop's clock is years ahead",
                        "2099-01-01T00:00:00Z", test_wrong_clock);
  g_test_add_func ("/sync/what makes a message unreadable is found among the rest and set aside", test_choking);
  g_test_add_func ("/sync/what is refused counts for nothing on the laptop either", test_refused_progress);
  status = g_test_run ();

  belay_faulty_wire_free (wire);
  belay_sync_record_free (record);
  belay_journey_server_free (server);

  return status;
}
