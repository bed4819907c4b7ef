/* test-server.c: one server process, as clients and administrators meet it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-test-server.h"

#include <string.h>

static BelayTestServer *server;

static char *
sign_in_body (const char *email,
              const char *password)
{
  return g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\",\"device\":{\"id\":"
                          "\"01890a5d-ac96-774b-bcce-0000%08x\",\"name\":\"t\",\"public_key\":"
                          "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}",
                          email, password, g_str_hash (email)); /* a device is one person's alone */
}

static BelayTestReply *
sign_in (const char *email,
         const char *password)
{
  g_autofree char *body = sign_in_body (email, password);

  return belay_test_server_ask (server, "POST", "/api/v1/sign-in", NULL, body);
}

static char *
token_of (const BelayTestReply *reply)
{
  const char *start = strstr (reply->body, "\"token\":\"");

  g_assert_nonnull (start);
  start += strlen ("\"token\":\"");

  return g_strndup (start, strcspn (start, "\""));
}

static void
test_it_says_that_it_is_well (void)
{
  g_autoptr (BelayTestReply) reply = belay_test_server_ask (server, "GET", "/healthz", NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body, ==, "{\"status\":\"ok\"}");
}

static void
test_a_wrong_password_and_a_wrong_address_get_one_answer (void)
{
  g_autoptr (BelayTestReply) password = sign_in ("ana@granit.example", "not-this-one");
  g_autoptr (BelayTestReply) address = sign_in ("nobody@granit.example", "not-this-one");

  g_assert_cmpuint (password->status, ==, 401);
  g_assert_nonnull (strstr (password->body, "wrong-password"));
  g_assert_cmpuint (address->status, ==, 401);
  g_assert_cmpstr (address->body, ==, password->body);
}

static void
test_the_eleventh_guess_has_to_wait (void)
{
  g_autoptr (BelayTestReply) right = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (BelayTestReply) guess = sign_in ("carla@granit.example", "a-mere-guess");

      g_assert_cmpuint (guess->status, ==, 401);
    }
  right = sign_in ("carla@granit.example", belay_test_server_get_password (server));

  g_assert_cmpuint (right->status, ==, 429);
  g_assert_nonnull (strstr (right->body, "\"seconds\""));
}

static void
test_a_token_ends_with_signing_out (void)
{
  g_autoptr (BelayTestReply) reply = sign_in ("mei@granit.example", belay_test_server_get_password (server));
  g_autofree char *token = NULL;
  g_autofree char *header = NULL;
  g_autoptr (BelayTestReply) out = NULL;
  g_autoptr (BelayTestReply) again = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  token = token_of (reply);
  header = g_strconcat ("Bearer ", token, NULL);
  out = belay_test_server_ask (server, "POST", "/api/v1/sign-out", header, "{}");
  again = belay_test_server_ask (server, "POST", "/api/v1/sign-out", header, "{}");

  g_assert_cmpuint (out->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 401);
}

static void
test_bodies_that_are_wrong_are_told_apart (void)
{
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (BelayTestReply) malformed = belay_test_server_ask (server, "POST", "/api/v1/sign-in", NULL, "{\"email\"");
  g_autoptr (BelayTestReply) too_large = belay_test_server_ask (server, "POST", "/api/v1/sign-in", NULL, large);
  g_autoptr (BelayTestReply) unknown = belay_test_server_ask (server, "POST", "/api/v1/elsewhere", NULL, "{}");
  g_autoptr (BelayTestReply) method = belay_test_server_ask (server, "DELETE", "/api/v1/sign-in", NULL, NULL);

  g_assert_cmpuint (malformed->status, ==, 400);
  g_assert_nonnull (strstr (malformed->body, "\"malformed\""));
  g_assert_cmpuint (too_large->status, ==, 413);
  g_assert_nonnull (strstr (too_large->body, "\"most\":1048576"));
  g_assert_cmpuint (unknown->status, ==, 404);
  g_assert_cmpuint (method->status, ==, 405);
}

static void
test_its_log_holds_no_secret (void)
{
  g_autoptr (BelayTestReply) reply = sign_in ("sam@granit.example", belay_test_server_get_password (server));
  g_autofree char *token = token_of (reply);
  g_autofree char *basic = belay_test_server_basic (server);
  g_autoptr (BelayTestReply) about = belay_test_server_ask (server, "GET", "/xapi/statements?limit=1", basic, NULL);
  const char *log = belay_test_server_get_log (server);

  g_assert_cmpuint (about->status, ==, 200);
  g_assert_nonnull (strstr (log, "path=/api/v1/sign-in"));
  g_assert_null (strstr (log, token));
  g_assert_null (strstr (log, belay_test_server_get_password (server)));
  g_assert_null (strstr (log, basic + strlen ("Basic ")));
}

static void
test_it_stops_when_told_and_keeps_what_it_had (void)
{
  g_autoptr (BelayTestReply) before = sign_in ("tom@granit.example", belay_test_server_get_password (server));
  g_autofree char *token = token_of (before);
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (BelayTestReply) after = NULL;

  g_assert_cmpint (belay_test_server_stop (server), ==, 0);
  belay_test_server_start (server);
  after = belay_test_server_ask (server, "POST", "/api/v1/sign-out", header, "{}");

  g_assert_cmpuint (after->status, ==, 200);
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = belay_test_server_new ();
  belay_test_server_start (server);

  g_test_add_func ("/server/it-says-that-it-is-well", test_it_says_that_it_is_well);
  g_test_add_func ("/server/a-wrong-password-and-a-wrong-address-get-one-answer",
                   test_a_wrong_password_and_a_wrong_address_get_one_answer);
  g_test_add_func ("/server/the-eleventh-guess-has-to-wait", test_the_eleventh_guess_has_to_wait);
  g_test_add_func ("/server/a-token-ends-with-signing-out", test_a_token_ends_with_signing_out);
  g_test_add_func ("/server/bodies-that-are-wrong-are-told-apart", test_bodies_that_are_wrong_are_told_apart);
  g_test_add_func ("/server/its-log-holds-no-secret", test_its_log_holds_no_secret);
  g_test_add_func ("/server/it-stops-when-told-and-keeps-what-it-had", test_it_stops_when_told_and_keeps_what_it_had);
  status = g_test_run ();
  belay_test_server_free (server);

  return status;
}
