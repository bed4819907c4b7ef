/* test-trouble.c: whatever goes wrong, it ends in a sentence a person can act on, and nothing is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "belay-digest.h"
#include "belay-faulty-wire.h"
#include "belay-journey-course.h"
#include "belay-journey-laptop.h"
#include "belay-journey-study.h"
#include "belay-sentences.h"
#include "belay-service-error.h"

#define MEBIBYTE (1024 * 1024)
#define FILM_BYTES (24 * MEBIBYTE)
#define KILLS 20
#define SMALL_DISK_BYTES (80 * MEBIBYTE)
#define FILLER_BYTES (44 * MEBIBYTE)

static const char *program; /* this one, for children that are killed or have a disk of their own */

/* ---- a server, a course, a laptop ---- */

typedef struct
{
  char *course;
  BelayJourneyServer *server;
  BelayJourneyLaptop laptop;
} Place;

static void
place_open (Place *place,
            gsize film_bytes)
{
  place->course = belay_journey_course_make ("Every rope has two ends.", film_bytes);
  place->server = belay_journey_server_new (place->course);
  belay_journey_server_start (place->server);
  belay_journey_laptop_open (&place->laptop, place->server, "learner");
}

static void
place_clear (Place *place)
{
  belay_journey_laptop_clear (&place->laptop);
  belay_journey_server_free (place->server);
  belay_journey_course_remove (place->course);
  g_free (place->course);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
sign_in (Place *place)
{
  g_autoptr (BelaySyncReport) report = NULL;

  belay_journey_laptop_sign_in (&place->laptop, place->server, BELAY_JOURNEY_LEARNER);
  report = belay_journey_laptop_sync (&place->laptop);
  g_assert_cmpint (report->state, ==, BELAY_SYNC_STATE_OK);
}

static void
await_state (BelayAccount *account,
             BelayDownloadState state)
{
  while (belay_module_item_get_state (belay_journey_find_module (account)) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
expect_sync (BelayJourneyLaptop *laptop,
             BelaySyncState state,
             const char *words)
{
  g_autoptr (BelaySyncReport) report = belay_journey_laptop_sync (laptop);
  g_autofree char *sentence = belay_sentence_sync_report (report);

  g_test_message ("%s", sentence);
  g_assert_cmpint (report->state, ==, state);
  g_assert_nonnull (strstr (sentence, words));
}

/* @future: (transfer full) */
static void
expect_error (DexFuture *future,
              BelayServiceError code,
              const char *title)
{
  g_autoptr (GError) error = belay_journey_await_error (future);
  g_autofree char *body = NULL;

  g_assert_error (error, BELAY_SERVICE_ERROR, (int) code);
  body = belay_sentence_error_body (error);
  g_test_message ("%s: %s", belay_sentence_error_title (error), body);
  g_assert_cmpstr (belay_sentence_error_title (error), ==, title);
}

/* ---- signing in ---- */

static void
test_wrong_address (void)
{
  g_auto (Place) place = { 0 };
  g_autofree char *url = NULL;
  BelayAccountManager *manager;

  place_open (&place, 0);
  manager = place.laptop.manager;
  url = g_strdup (belay_journey_server_get_url (place.server));
  expect_error (belay_account_manager_find_server (manager, "what is this?"), BELAY_SERVICE_ERROR_NOT_AN_ADDRESS,
                "That is not an address, a code or a link");
  expect_error (belay_account_manager_find_server (manager, "ABCD-EFGH"), BELAY_SERVICE_ERROR_ADDRESS_MISSING,
                "The code alone does not say where to go");
  belay_journey_server_stop (place.server);
  expect_error (belay_account_manager_find_server (manager, url), BELAY_SERVICE_ERROR_OFFLINE,
                "No connection to the server");

  belay_journey_server_start (place.server);
  sign_in (&place);
}

static void
test_portal_at_first (void)
{
  static const char page[] =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n<html>Hotel</html>";
  g_auto (Place) place = { 0 };
  g_autoptr (BelayFaultyWire) wire = NULL;
  const char *url;

  place_open (&place, 0);
  wire = belay_faulty_wire_new (belay_journey_server_get_url (place.server));
  url = belay_faulty_wire_get_url (wire);
  belay_faulty_wire_break (wire, BELAY_FAULT_SAYS, page, 0);
  expect_error (belay_account_manager_find_server (place.laptop.manager, url), BELAY_SERVICE_ERROR_PORTAL,
                "This network wants you to sign in to it first");

  belay_faulty_wire_mend (wire);
  belay_journey_await (belay_account_manager_find_server (place.laptop.manager, url));
}

/* As when an administrator ends it, or half a year has passed */
static void
end_token (Place *place)
{
  g_autofree char *path = g_build_filename (place->laptop.folder, "account", "token", NULL);
  g_autofree char *address = g_strconcat (belay_journey_server_get_url (place->server), "/api/v1/sign-out", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *token = NULL;
  g_autofree char *authorization = NULL;

  g_assert_true (g_file_get_contents (path, &token, NULL, NULL));
  authorization = g_strconcat ("Bearer ", token, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Belay-Wire", "1");
  soup_message_set_request_body_from_bytes (message, "application/json", nothing);
  body = soup_session_send_and_read (session, message, NULL, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

static void
test_expired_token (void)
{
  g_auto (Place) place = { 0 };
  guint unsent;

  place_open (&place, 0);
  sign_in (&place);
  belay_journey_laptop_download (&place.laptop);
  end_token (&place);
  belay_journey_study (place.laptop.account, TRUE);
  expect_sync (&place.laptop, BELAY_SYNC_STATE_SIGN_IN_NEEDED, "Sign in again");
  unsent = belay_account_count_unsent (place.laptop.account);
  g_assert_cmpuint (unsent, >, 0);

  g_clear_object (&place.laptop.account);
  sign_in (&place);
  g_assert_cmpuint (belay_account_count_unsent (place.laptop.account), ==, 0);
  g_assert_true (belay_module_item_get_completed (belay_journey_find_module (place.laptop.account)));
  g_assert_cmpint (belay_module_item_get_receipt (belay_journey_find_module (place.laptop.account)), ==,
                   BELAY_RECEIPT_SERVER);
}

/* ---- the database ---- */

static char *
digest_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *digest = belay_digest_of_file (path, NULL, &error);

  g_assert_no_error (error);

  return digest;
}

static void
test_newer_database (void)
{
  g_auto (Place) place = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  sqlite3 *database = NULL;

  place_open (&place, 0);
  sign_in (&place);
  belay_journey_laptop_close (&place.laptop);
  path = g_build_filename (place.laptop.folder, "account", "belay.db", NULL);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "PRAGMA user_version = 999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
  before = digest_of (path);

  belay_journey_laptop_open (&place.laptop, place.server, "learner");
  expect_error (belay_account_manager_load (place.laptop.manager), BELAY_SERVICE_ERROR_DATABASE_NEWER,
                "A newer Belay has been used here");
  after = digest_of (path);
  g_assert_cmpstr (before, ==, after);
}

/* ---- another version of the content ---- */

static void
hide_content (Place *place,
              gboolean is_hidden)
{
  const char *folder = belay_journey_server_get_folder (place->server);
  g_autofree char *content = g_build_filename (folder, "content", NULL);
  g_autofree char *hidden = g_build_filename (folder, "hidden", NULL);
  g_autofree char *made = g_build_filename (folder, "made", NULL);

  belay_journey_server_stop (place->server);
  if (!is_hidden)
    g_assert_cmpint (g_rename (content, made), ==, 0);
  g_assert_cmpint (g_rename (is_hidden ? content : hidden, is_hidden ? hidden : content), ==, 0);
  if (is_hidden)
    g_assert_cmpint (g_mkdir (content, 0755), ==, 0);
  belay_journey_server_start (place->server);
}

static void
expect_page (Place *place,
             const char *words)
{
  g_autofree char *page = belay_journey_read_page (place->laptop.account);

  g_assert_nonnull (strstr (page, words));
}

static void
test_renewed_content (void)
{
  g_auto (Place) place = { 0 };
  BelayModuleItem *module;

  place_open (&place, 0);
  sign_in (&place);
  belay_journey_laptop_download (&place.laptop);
  module = belay_journey_find_module (place.laptop.account);
  belay_journey_course_rewrite (place.course, "Both ends of every rope need a knot.");
  g_free (belay_journey_server_run (place.server, "course", "import", place.course, "--key", "rope", NULL));

  /* Its files cannot be had for now: what is here is still good */
  hide_content (&place, TRUE);
  expect_sync (&place.laptop, BELAY_SYNC_STATE_OK, "received");
  await_state (place.laptop.account, BELAY_DOWNLOAD_STATE_FAILED);
  g_assert_cmpstr (belay_module_item_get_failure (module), ==, "gone");
  expect_page (&place, "Every rope has two ends");

  hide_content (&place, FALSE);
  belay_account_download (place.laptop.account, module);
  await_state (place.laptop.account, BELAY_DOWNLOAD_STATE_READY);
  expect_page (&place, "Both ends of every rope need a knot");
}

/* ---- downloads that are killed ---- */

static void
say_progress (BelayModuleItem *module,
              GParamSpec *pspec,
              gpointer user_data)
{
  g_print ("moved\n");
  fflush (stdout);
}

/* Goes on with what is wanted; where all of it is here, it is wanted anew */
static int
download_until_killed (const char *folder)
{
  BelayJourneyLaptop laptop = { .folder = g_strdup (folder) };
  BelayModuleItem *module;

  belay_journey_laptop_reopen (&laptop);
  module = belay_journey_find_module (laptop.account);
  g_signal_connect (module, "notify::fraction", G_CALLBACK (say_progress), NULL);
  while (TRUE)
    {
      if (belay_module_item_get_state (module) == BELAY_DOWNLOAD_STATE_READY)
        belay_account_remove_download (laptop.account, module);
      else if (belay_module_item_get_state (module) == BELAY_DOWNLOAD_STATE_REMOTE)
        belay_account_download (laptop.account, module);
      g_main_context_iteration (NULL, TRUE);
    }

  return 0;
}

static void
download_and_be_killed (const char *folder,
                        guint at)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--download", folder, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; i < at; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);

      g_assert_cmpstr (line, ==, "moved");
    }
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
}

/* Returns: how many files are there, each of which must hold what its name says */
static guint
count_whole_files (const char *content)
{
  g_autoptr (GDir) folders = g_dir_open (content, 0, NULL);
  const char *prefix;
  guint count = 0;

  while (folders != NULL && (prefix = g_dir_read_name (folders)) != NULL)
    {
      g_autofree char *path = g_build_filename (content, prefix, NULL);
      g_autoptr (GDir) files = strlen (prefix) == 2 ? g_dir_open (path, 0, NULL) : NULL;
      const char *name;

      for (; files != NULL && (name = g_dir_read_name (files)) != NULL; count++)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);
          g_autofree char *digest = digest_of (file);

          g_assert_cmpstr (digest, ==, name);
        }
    }

  return count;
}

static void
test_killed_download (void)
{
  g_auto (Place) place = { 0 };
  g_autofree char *content = NULL;

  place_open (&place, FILM_BYTES);
  sign_in (&place);
  belay_journey_laptop_close (&place.laptop);
  content = g_build_filename (place.laptop.folder, "account", "content", NULL);
  for (guint i = 0; i < KILLS; i++)
    {
      download_and_be_killed (place.laptop.folder, (guint) g_test_rand_int_range (1, 90));
      count_whole_files (content);
    }

  belay_journey_laptop_reopen (&place.laptop);
  if (belay_module_item_get_state (belay_journey_find_module (place.laptop.account)) == BELAY_DOWNLOAD_STATE_REMOTE)
    belay_account_download (place.laptop.account, belay_journey_find_module (place.laptop.account));
  await_state (place.laptop.account, BELAY_DOWNLOAD_STATE_READY);
  g_assert_cmpuint (count_whole_files (content), >, 1);
  expect_page (&place, "Every rope has two ends");
}

/* ---- a full disk ---- */

static void
tell_kernel (const char *path,
             const char *line)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* A disk of its own for this process, in a name space of its own. Before there are threads. */
static void
mount_small_disk (const char *folder)
{
  g_autofree char *options = g_strdup_printf ("size=%d", SMALL_DISK_BYTES);
  g_autofree char *user = g_strdup_printf ("0 %u 1", getuid ());
  g_autofree char *group = g_strdup_printf ("0 %u 1", getgid ());

  g_assert_cmpint (unshare (CLONE_NEWUSER | CLONE_NEWNS), ==, 0);
  tell_kernel ("/proc/self/setgroups", "deny");
  tell_kernel ("/proc/self/uid_map", user);
  tell_kernel ("/proc/self/gid_map", group);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (mount ("belay-test", folder, "tmpfs", 0, options), ==, 0);
}

/* Writes until @most bytes are there, or the disk is full */
static void
fill (const char *path,
      gsize most)
{
  g_autofree char *bytes = g_malloc0 (MEBIBYTE);
  int file = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gsize written = 0;
  gssize length = 1;

  g_assert_cmpint (file, >=, 0);
  for (; written < most && length > 0; written += (gsize) MAX (length, 0))
    length = write (file, bytes, MEBIBYTE);
  close (file);
}

static void
fill_all (BelayModuleItem *module,
          GParamSpec *pspec,
          gpointer user_data)
{
  if (!g_file_test (user_data, G_FILE_TEST_EXISTS))
    fill (user_data, G_MAXSIZE);
}

static void
expect_full_disk (BelayJourneyLaptop *laptop)
{
  BelayModuleItem *module = belay_journey_find_module (laptop->account);

  belay_account_download (laptop->account, module);
  await_state (laptop->account, BELAY_DOWNLOAD_STATE_FAILED);
  g_assert_cmpstr (belay_module_item_get_failure (module), ==, "disk-full");
  g_assert_nonnull (strstr (belay_sentence_download_failure ("disk-full"), "free some space"));
}

static int
download_on_small_disk (const char *folder,
                        const char *url)
{
  BelayJourneyLaptop laptop = { .folder = g_strdup (folder) };
  g_autofree char *filler = g_build_filename (folder, "filler", NULL);
  g_autoptr (BelayServerInfo) info = NULL;
  BelayModuleItem *module;
  gulong handler;

  laptop.manager = belay_account_manager_new (folder, folder, NULL);
  info = belay_journey_laptop_find_server (&laptop, url);
  laptop.account = belay_journey_await_object (
    belay_account_manager_sign_in (laptop.manager, info, BELAY_JOURNEY_LEARNER, BELAY_JOURNEY_PASSWORD));
  expect_sync (&laptop, BELAY_SYNC_STATE_OK, "");
  module = belay_journey_find_module (laptop.account);

  /* There is not enough room from the beginning: nothing is begun, and the rest goes on */
  fill (filler, FILLER_BYTES);
  expect_full_disk (&laptop);
  expect_sync (&laptop, BELAY_SYNC_STATE_OK, "");
  g_remove (filler);

  /* Somebody else fills the disk in the middle */
  handler = g_signal_connect (module, "notify::fraction", G_CALLBACK (fill_all), filler);
  expect_full_disk (&laptop);
  g_signal_handler_disconnect (module, handler);
  g_remove (filler);

  belay_account_download (laptop.account, module);
  await_state (laptop.account, BELAY_DOWNLOAD_STATE_READY);
  belay_journey_laptop_close (&laptop);

  return 0;
}

static void
test_full_disk (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  place_open (&place, 8 * MEBIBYTE);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--small-disk", place.laptop.folder,
                            belay_journey_server_get_url (place.server), NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--small-disk"))
    mount_small_disk (argv[2]);
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  dex_init ();
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--download"))
    return download_until_killed (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "--small-disk"))
    return download_on_small_disk (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trouble/a wrong address is told apart from a missing network", test_wrong_address);
  g_test_add_func ("/trouble/a captive portal at the first start is named", test_portal_at_first);
  g_test_add_func ("/trouble/after its token has ended a laptop asks to sign in, and loses nothing",
                   test_expired_token);
  g_test_add_func ("/trouble/a database of a newer Belay is left as it is", test_newer_database);
  g_test_add_func ("/trouble/another version of a module is fetched, and the one that is here serves until then",
                   test_renewed_content);
  g_test_add_func ("/trouble/a download that is killed twenty times never has a half file, and ends whole",
                   test_killed_download);
  g_test_add_func ("/trouble/a download stops at a full disk and goes on when there is room", test_full_disk);

  return g_test_run ();
}
