/* test-journey.c: what one person does, over a laptop, a server and the laptop of their manager
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <string.h>

#include "belay-account-manager.h"
#include "belay-journey-laptop.h"
#include "belay-journey-study.h"
#include "belay-programme-item.h"
#include "belay-report-item.h"
#include "belay-service-error.h"
#include "belay-sync-report.h"

static const char *program; /* this one, for a child that is killed */

static void
expect_sync (BelayJourneyLaptop *laptop,
             BelaySyncState state)
{
  g_autoptr (BelaySyncReport) report = belay_journey_laptop_sync (laptop);

  g_assert_cmpint (report->state, ==, state);
  g_assert_cmpuint (report->refused, ==, 0);
}

static void
expect_programme (BelayJourneyLaptop *laptop)
{
  g_autoptr (BelayProgrammeItem) programme = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (belay_account_get_programmes (laptop->account)), ==, 1);
  programme = g_list_model_get_item (belay_account_get_programmes (laptop->account), 0);
  g_assert_cmpstr (belay_programme_item_get_title (programme), ==, "First ascent");
  g_assert_nonnull (belay_journey_find_module (laptop->account));
}

static void
expect_done (BelayJourneyLaptop *laptop,
             BelayReceipt receipt)
{
  BelayModuleItem *module = belay_journey_find_module (laptop->account);
  GListModel *activities = belay_module_item_get_activities (module);

  g_assert_true (belay_module_item_get_completed (module));
  g_assert_cmpint (belay_module_item_get_completion (module), ==, 10000);
  g_assert_cmpint (belay_module_item_get_receipt (module), ==, receipt);
  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (BelayActivityItem) activity = g_list_model_get_item (activities, i);

      g_assert_true (belay_activity_item_get_satisfied (activity));
      g_assert_cmpint (belay_activity_item_get_score (activity), ==, 9000);
      g_assert_cmpuint (belay_activity_item_get_attempts (activity), ==, 1);
    }
}

/* ---- what the manager sees ---- */

static void
expect_report (BelayJourneyLaptop *laptop,
               guint done)
{
  g_autoptr (BelayReportItem) report = NULL;

  g_assert_true (belay_account_is_manager (laptop->account));
  g_assert_cmpuint (g_list_model_get_n_items (belay_account_get_team (laptop->account)), ==, 1);
  report = g_list_model_get_item (belay_account_get_team (laptop->account), 0);
  g_assert_cmpstr (belay_report_item_get_name (report), ==, "Ana");
  g_assert_cmpuint (belay_report_item_get_modules (report), ==, 1);
  g_assert_cmpuint (belay_report_item_get_modules_done (report), ==, done);
  g_assert_cmpint (belay_report_item_get_completion (report), ==, done * 10000);
}

static void
expect_arrival (BelayJourneyLaptop *learner,
                BelayJourneyServer *server)
{
  g_auto (BelayJourneyLaptop) manager = { 0 };
  g_autoptr (BelaySyncReport) again = NULL;

  belay_journey_server_start (server);
  expect_sync (learner, BELAY_SYNC_STATE_OK);
  g_assert_cmpuint (belay_account_count_unsent (learner->account), ==, 0);
  expect_done (learner, BELAY_RECEIPT_SERVER);

  belay_journey_laptop_open (&manager, server, "manager");
  belay_journey_laptop_sign_in (&manager, server, BELAY_JOURNEY_MANAGER);
  expect_sync (&manager, BELAY_SYNC_STATE_OK);
  expect_report (&manager, 1);

  /* Nothing of it is sent or counted a second time */
  again = belay_journey_laptop_sync (learner);
  g_assert_cmpuint (again->sent, ==, 0);
  expect_sync (&manager, BELAY_SYNC_STATE_OK);
  expect_report (&manager, 1);
  expect_done (learner, BELAY_RECEIPT_SERVER);
}

/* ---- the journeys ---- */

static char *
find_module_folder (void)
{
  return g_test_build_filename (G_TEST_DIST, "journeys", "data", "rope", NULL);
}

static void
begin (BelayJourneyLaptop *learner,
       BelayJourneyServer *server)
{
  belay_journey_server_start (server);
  belay_journey_laptop_open (learner, server, "learner");
  belay_journey_laptop_sign_in (learner, server, BELAY_JOURNEY_LEARNER);
  expect_sync (learner, BELAY_SYNC_STATE_OK);
  expect_programme (learner);
  belay_journey_laptop_download (learner);
  belay_journey_server_stop (server);
}

static void
travel (const char *course)
{
  g_autoptr (BelayJourneyServer) server = belay_journey_server_new (course);
  g_auto (BelayJourneyLaptop) learner = { 0 };

  begin (&learner, server);
  belay_journey_study (learner.account, TRUE);
  expect_sync (&learner, BELAY_SYNC_STATE_OFFLINE);
  expect_done (&learner, BELAY_RECEIPT_HERE);

  belay_journey_laptop_close (&learner);
  belay_journey_laptop_reopen (&learner);
  expect_done (&learner, BELAY_RECEIPT_HERE);

  expect_arrival (&learner, server);
}

static void
test_offline (void)
{
  g_autofree char *course = find_module_folder ();

  travel (course);
}

static void
test_package (void)
{
  g_autofree char *course =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "cmi5", "single_au_basic_responsive.zip", NULL);

  if (g_file_test (course, G_FILE_TEST_EXISTS))
    travel (course);
  else
    g_test_skip ("The course package is not here: it is in ../shared/data/cmi5");
}

/* The killed child has said how far it came, and nothing after */
static void
study_and_be_killed (const char *folder)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--study", folder, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "studied");
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
}

static void
test_killed (void)
{
  g_autofree char *course = find_module_folder ();
  g_autoptr (BelayJourneyServer) server = belay_journey_server_new (course);
  g_auto (BelayJourneyLaptop) learner = { 0 };

  begin (&learner, server);
  belay_journey_laptop_close (&learner);
  study_and_be_killed (learner.folder);

  belay_journey_laptop_reopen (&learner);
  expect_done (&learner, BELAY_RECEIPT_HERE);
  expect_arrival (&learner, server);
}

static int
study_until_killed (const char *folder)
{
  BelayJourneyLaptop laptop = { .folder = g_strdup (folder) };

  belay_journey_laptop_reopen (&laptop);
  belay_journey_study (laptop.account, FALSE);
  g_print ("studied\n");
  fflush (stdout);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

static void
test_wrong_password (void)
{
  g_autofree char *course = find_module_folder ();
  g_autoptr (BelayJourneyServer) server = belay_journey_server_new (course);
  g_autoptr (BelayServerInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (BelayJourneyLaptop) learner = { 0 };

  belay_journey_server_start (server);
  belay_journey_laptop_open (&learner, server, "learner");
  info = belay_journey_laptop_find_server (&learner, belay_journey_server_get_url (server));
  error = belay_journey_await_error (
    belay_account_manager_sign_in (learner.manager, info, BELAY_JOURNEY_LEARNER, "not-the-password"));

  g_assert_error (error, BELAY_SERVICE_ERROR, BELAY_SERVICE_ERROR_WRONG_PASSWORD);
  g_assert_null (belay_account_manager_get_account (learner.manager));
  belay_journey_laptop_sign_in (&learner, server, BELAY_JOURNEY_LEARNER);
}

static void
test_server_killed (void)
{
  g_autofree char *course = find_module_folder ();
  g_autoptr (BelayJourneyServer) server = belay_journey_server_new (course);
  g_auto (BelayJourneyLaptop) learner = { 0 };

  begin (&learner, server);
  belay_journey_study (learner.account, TRUE);
  belay_journey_server_start_with_fault (server, "kill-after-commit");
  expect_sync (&learner, BELAY_SYNC_STATE_OFFLINE);
  belay_journey_server_expect_killed (server);
  expect_done (&learner, BELAY_RECEIPT_HERE);

  expect_arrival (&learner, server);
}

/* The server had all of it, and then it had not */
static void
test_restored (void)
{
  g_autofree char *course = find_module_folder ();
  g_autoptr (BelayJourneyServer) server = belay_journey_server_new (course);
  g_autofree char *backup = g_build_filename (belay_journey_server_get_folder (server), "backup", NULL);
  g_auto (BelayJourneyLaptop) learner = { 0 };

  begin (&learner, server);
  g_free (belay_journey_server_run (server, "backup", backup, NULL));
  belay_journey_study (learner.account, TRUE);
  belay_journey_server_start (server);
  expect_sync (&learner, BELAY_SYNC_STATE_OK);
  expect_done (&learner, BELAY_RECEIPT_SERVER);
  belay_journey_server_stop (server);

  g_free (belay_journey_server_run (server, "restore", backup, NULL));
  expect_arrival (&learner, server);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  dex_init ();
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--study"))
    return study_until_killed (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/what is studied offline reaches the manager once", test_offline);
  g_test_add_func ("/journey/a course package is studied like a module", test_package);
  g_test_add_func ("/journey/a laptop that is killed has kept what was studied", test_killed);
  g_test_add_func ("/journey/a wrong password opens nothing", test_wrong_password);
  g_test_add_func ("/journey/a server that dies between its commit and its reply has it once", test_server_killed);
  /* PostgreSQL's backups are made by its own tools */
  if (g_strcmp0 (g_getenv ("BELAY_TEST_DATABASE"), "postgresql") != 0)
    g_test_add_func ("/journey/a server restored from an older backup gets back what a laptop holds", test_restored);

  return g_test_run ();
}
