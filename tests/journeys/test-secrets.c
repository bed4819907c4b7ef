/* test-secrets.c: what only this laptop may know is where the desktop keeps secrets, else in files for their owner
 *
 * Run twice: on a session bus with a secret service, and without any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <locale.h>
#include <sys/stat.h>

#include "belay-journey-course.h"
#include "belay-journey-laptop.h"
#include "belay-journey-study.h"
#include "belay-secret-keeper.h"
#include "belay-service-error.h"
#include "belay-signature.h"
#include "belay-test-support.h"

typedef struct
{
  char *course;
  BelayJourneyServer *server;
  BelayJourneyLaptop laptop;
  char *directory; /* of the account */
} Place;

static void
place_open (Place *place)
{
  place->course = belay_journey_course_make ("A knot is a secret.", 0);
  place->server = belay_journey_server_new (place->course);
  belay_journey_server_start (place->server);
  belay_journey_laptop_open (&place->laptop, place->server, "learner");
  belay_journey_laptop_sign_in (&place->laptop, place->server, BELAY_JOURNEY_LEARNER);
  place->directory = g_build_filename (place->laptop.folder, "account", NULL);
}

static void
place_clear (Place *place)
{
  belay_journey_laptop_clear (&place->laptop);
  belay_journey_server_free (place->server);
  belay_journey_course_remove (place->course);
  g_free (place->course);
  g_free (place->directory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Whether the file is there; then it must be for its owner alone */
static gboolean
has_file (Place *place,
          const char *name)
{
  g_autofree char *path = g_build_filename (place->directory, name, NULL);
  struct stat status;

  if (stat (path, &status) != 0)
    return FALSE;
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  return TRUE;
}

/* The account after the app was ended and started again, whose token the server must know */
static void
reopen (Place *place)
{
  g_autoptr (BelaySyncReport) report = NULL;

  belay_journey_laptop_close (&place->laptop);
  belay_journey_laptop_reopen (&place->laptop);
  report = belay_journey_laptop_sync (&place->laptop);
  g_assert_cmpint (report->state, ==, BELAY_SYNC_STATE_OK);
}

static void
test_service (void)
{
  g_auto (Place) place = { 0 };

  place_open (&place);
  g_assert_false (has_file (&place, "token"));
  g_assert_false (has_file (&place, "device.pem"));
  g_assert_false (belay_account_get_keeps_token_in_file (place.laptop.account));
  reopen (&place);
}

static void
test_files (void)
{
  g_auto (Place) place = { 0 };

  place_open (&place);
  g_assert_true (has_file (&place, "token"));
  g_assert_true (has_file (&place, "device.pem"));
  g_assert_true (belay_account_get_keeps_token_in_file (place.laptop.account));
  reopen (&place);
}

/* @future: (transfer full). Returns: (transfer full) (nullable): the string that it resolved to */
static char *
await_string (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  char *text;

  belay_test_settle (future);
  g_assert_nonnull (dex_future_get_value (future, &error));
  text = g_value_dup_string (dex_future_get_value (future, NULL));
  dex_unref (future);

  return text;
}

static void
test_found_and_forgotten (void)
{
  g_autofree char *folder = g_dir_make_tmp ("belay-secrets-XXXXXX", NULL);
  g_autofree char *device = g_uuid_string_random ();
  g_autoptr (BelaySigningKey) key = belay_signing_key_generate ();
  g_autoptr (BelaySigningKey) back = NULL;
  g_autofree char *pem = belay_signing_key_to_pem (key);
  g_autofree char *found = NULL;
  g_autofree char *token = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (GError) error = NULL;

  belay_journey_await (belay_secret_keep (folder, device, BELAY_KEPT_DEVICE_KEY, pem));
  belay_journey_await (belay_secret_keep (folder, device, BELAY_KEPT_TOKEN, "token"));
  token = await_string (belay_secret_find (folder, device, BELAY_KEPT_TOKEN));
  found = await_string (belay_secret_find (folder, device, BELAY_KEPT_DEVICE_KEY));
  g_assert_cmpstr (token, ==, "token");
  back = belay_signing_key_new_from_pem (found, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (belay_signing_key_get_public (back), ==, belay_signing_key_get_public (key));

  belay_journey_await (belay_secret_forget (folder, device));
  gone = await_string (belay_secret_find (folder, device, BELAY_KEPT_DEVICE_KEY));
  g_assert_null (gone);
  g_rmdir (folder);
}

/* Signing in again with a slip in the password */
static void
test_slip (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BelayServerInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  place_open (&place);
  info = belay_journey_laptop_find_server (&place.laptop, belay_journey_server_get_url (place.server));
  error = belay_journey_await_error (
    belay_account_manager_sign_in (place.laptop.manager, info, BELAY_JOURNEY_LEARNER, "not-the-password"));
  g_assert_error (error, BELAY_SERVICE_ERROR, BELAY_SERVICE_ERROR_WRONG_PASSWORD);
  reopen (&place);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  if (g_strcmp0 (g_getenv ("BELAY_TEST_SECRETS"), "service") == 0)
    g_test_add_func ("/secrets/where a secret service runs none of them lies in a file", test_service);
  else
    g_test_add_func ("/secrets/where none runs they are in files for their owner alone, and that is said", test_files);
  g_test_add_func ("/secrets/what is kept is found again, and gone once it is forgotten", test_found_and_forgotten);
  g_test_add_func ("/secrets/a slip in the password costs nothing that was kept", test_slip);

  return g_test_run ();
}
