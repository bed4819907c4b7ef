/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-address.h"
#include "belay-sign-in-message.h"
#include "belay-sync-message.h"
#include "belay-wire-error.h"

#include <string.h>

#define DEVICE "01890a5d-ac96-774b-bcce-b302099a8057"
#define EPOCH "01890a5d-ac96-774b-bcce-b302099a8058"
#define FIRST "01890a5d-ac96-774b-bcce-b302099a8059"
#define SECOND "01890a5d-ac96-774b-bcce-b302099a805a"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static char *
text_of (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static BelaySyncRequest *
request_with (const char *up)
{
  g_autofree char *text = g_strdup_printf ("{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\","
                                           "\"epoch\":null,\"rules\":1,\"cursors\":{\"self:P\":118},\"up\":%s}",
                                           up);
  g_autoptr (GBytes) bytes = bytes_of (text);
  g_autoptr (GError) error = NULL;
  BelaySyncRequest *request = belay_sync_request_decode (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (request);
  return request;
}

static char *
where_of (const char *message)
{
  g_autoptr (GBytes) bytes = bytes_of (message);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelaySyncRequest) request = belay_sync_request_decode (bytes, &error);

  g_assert_null (request);
  g_assert_true (error != NULL && error->domain == BELAY_WIRE_ERROR);
  return g_strdup (belay_wire_error_get_where (error));
}

static void
test_a_statement_keeps_its_digits_order_and_twins (void)
{
  static const char *statement = "{\"z\":1.10,\"a\":1e400,\"big\":123456789012345678901234567890,\"z\":-0.0,"
                                 "\"text\":\"gr\u00fc\u00dfe \\\"\\n\",\"deep\":[[{}],null,true]}";
  g_autoptr (BelaySyncRequest) request = belay_sync_request_new ();
  g_autoptr (BelaySyncRequest) heard = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  request->device_id = g_strdup (DEVICE);
  g_ptr_array_add (request->up, belay_up_item_new_statement (FIRST, statement));
  bytes = belay_sync_request_encode (request, &error);
  g_assert_no_error (error);
  heard = belay_sync_request_decode (bytes, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (((BelayUpItem *) heard->up->pdata[0])->body, ==, statement);
}

static void
test_a_request_comes_back_as_it_went (void)
{
  static const char *needs[] = { FIRST, NULL };
  g_autoptr (BelaySyncRequest) request = belay_sync_request_new ();
  g_autoptr (BelaySyncRequest) heard = NULL;
  g_autoptr (GBytes) value = g_bytes_new_static ("\0\1\2", 3);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const BelayUpItem *item;

  request->device_id = g_strdup (DEVICE);
  request->epoch = g_strdup (EPOCH);
  request->time_us = G_GINT64_CONSTANT (1700000000123000);
  request->rules = 3;
  request->budget = 100000;
  belay_sync_request_add_cursor (request, "self:P", 118);
  belay_sync_request_add_cursor (request, "cohort:C", 0);
  g_ptr_array_add (request->up, belay_up_item_new_command (FIRST, "block.accept", 17, 118, 5000, needs, "{\"a\":1}"));
  g_ptr_array_add (request->up, belay_up_item_new_state (SECOND, "notes/a%2Fb", FIRST, "text/plain", 6000, value));
  bytes = belay_sync_request_encode (request, &error);
  g_assert_no_error (error);
  heard = belay_sync_request_decode (bytes, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (heard->device_id, ==, DEVICE);
  g_assert_cmpstr (heard->epoch, ==, EPOCH);
  g_assert_cmpint (heard->time_us, ==, request->time_us);
  g_assert_cmpint (heard->rules, ==, 3);
  g_assert_cmpint (heard->budget, ==, 100000);
  g_assert_cmpint (belay_sync_request_get_cursor (heard, "self:P"), ==, 118);
  g_assert_cmpint (belay_sync_request_get_cursor (heard, "cohort:C"), ==, 0);
  g_assert_cmpint (belay_sync_request_get_cursor (heard, "pod:D"), ==, -1);
  item = heard->up->pdata[0];
  g_assert_cmpint (item->kind, ==, BELAY_UP_COMMAND);
  g_assert_cmpstr (item->type, ==, "block.accept");
  g_assert_cmpint (item->counter, ==, 17);
  g_assert_cmpint (item->seen, ==, 118);
  g_assert_cmpint (item->made_us, ==, 5000);
  g_assert_cmpstr (item->needs[0], ==, FIRST);
  g_assert_cmpstr (item->body, ==, "{\"a\":1}");
  item = heard->up->pdata[1];
  g_assert_cmpint (item->kind, ==, BELAY_UP_STATE);
  g_assert_cmpstr (item->key, ==, "notes/a%2Fb");
  g_assert_cmpstr (item->seen_version, ==, FIRST);
  g_assert_true (g_bytes_equal (item->value, value));
  g_assert_null (item->malformed_where);
}

static void
test_a_reply_comes_back_as_it_went (void)
{
  g_autoptr (BelaySyncReply) reply = belay_sync_reply_new ();
  g_autoptr (BelaySyncReply) heard = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  BelayStreamDown *stream = belay_stream_down_new ("self:P", 118, 121);
  BelayVerdict *stored = belay_verdict_new_stored (FIRST);
  const BelayVerdict *verdict;
  const BelayDocument *document;

  reply->epoch = g_strdup (EPOCH);
  reply->time_us = 1000;
  reply->rules = 1;
  reply->more = TRUE;
  stored->version = g_strdup (FIRST);
  stored->beside = g_strdup (SECOND);
  g_ptr_array_add (reply->verdicts, stored);
  g_ptr_array_add (reply->verdicts,
                   belay_verdict_new_rejected (SECOND, BELAY_CODE_TOO_LARGE, belay_parameters_new_number ("most", 7)));
  g_ptr_array_add (stream->documents, belay_document_new ("progress", "M", 120, "{\"n\":1.50}"));
  g_ptr_array_add (stream->documents, belay_document_new_gone ("block", "B", 121));
  g_ptr_array_add (reply->streams, stream);
  g_ptr_array_add (reply->left, g_strdup ("cohort:OLD"));
  bytes = belay_sync_reply_encode (reply, &error);
  g_assert_no_error (error);
  heard = belay_sync_reply_decode (bytes, &error);
  g_assert_no_error (error);

  g_assert_true (heard->more);
  g_assert_cmpstr (heard->left->pdata[0], ==, "cohort:OLD");
  verdict = heard->verdicts->pdata[0];
  g_assert_cmpint (verdict->kind, ==, BELAY_VERDICT_STORED);
  g_assert_cmpstr (verdict->beside, ==, SECOND);
  verdict = heard->verdicts->pdata[1];
  g_assert_cmpint (verdict->kind, ==, BELAY_VERDICT_REJECTED);
  g_assert_cmpstr (verdict->code, ==, "too-large");
  g_assert_cmpint (belay_parameters_get_number (verdict->parameters, "most", 0), ==, 7);
  stream = heard->streams->pdata[0];
  g_assert_cmpint (stream->to, ==, 121);
  document = stream->documents->pdata[0];
  g_assert_cmpstr (document->body, ==, "{\"n\":1.50}");
  document = stream->documents->pdata[1];
  g_assert_true (document->gone);
  g_assert_null (document->body);
}

static void
test_one_bad_item_does_not_spoil_the_rest (void)
{
  g_autoptr (BelaySyncRequest) request =
    request_with ("[{\"kind\":\"state\",\"id\":\"" FIRST "\",\"key\":\"k\",\"type\":\"t\",\"made\":\"soon\","
                  "\"body\":\"\"},{\"kind\":\"statement\",\"id\":\"" SECOND "\",\"body\":{}},"
                  "{\"kind\":\"dance\",\"id\":\"" EPOCH "\"}]");
  const BelayUpItem *item = request->up->pdata[0];

  g_assert_cmpuint (request->up->len, ==, 3);
  g_assert_cmpstr (item->id, ==, FIRST);
  g_assert_cmpstr (item->malformed_where, ==, "made");
  item = request->up->pdata[1];
  g_assert_null (item->malformed_where);
  g_assert_cmpstr (item->body, ==, "{}");
  item = request->up->pdata[2];
  g_assert_cmpint (item->kind, ==, BELAY_UP_UNKNOWN);
  g_assert_cmpstr (item->type, ==, "dance");
}

static void
test_a_statement_over_the_limit_is_too_large_alone (void)
{
  g_autofree char *filling = g_strnfill (BELAY_WIRE_STATEMENT_MOST, 'x');
  g_autofree char *up = g_strdup_printf ("[{\"kind\":\"statement\",\"id\":\"" FIRST "\",\"body\":{\"a\":\"%s\"}},"
                                         "{\"kind\":\"statement\",\"id\":\"" SECOND "\",\"body\":{}}]",
                                         filling);
  g_autoptr (BelaySyncRequest) request = request_with (up);
  const BelayUpItem *item = request->up->pdata[0];

  g_assert_true (item->too_large);
  g_assert_cmpint (item->too_large_most, ==, BELAY_WIRE_STATEMENT_MOST);
  item = request->up->pdata[1];
  g_assert_false (item->too_large);
}

static void
test_faults_are_told_with_the_path_to_them (void)
{
  static const struct
  {
    const char *message;
    const char *where;
  } cases[] = {
    { "", "" },
    { "<html>", "" },
    { "[]", "" },
    { "{}", "device" },
    { "{\"device\":7}", "device" },
    { "{\"device\":\"" DEVICE "\"}", "time" },
    { "{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\",\"cursors\":{\"self:P\":-1}}", "cursors.self:P" },
    { "{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\",\"cursors\":{\"self:P\":1.5}}", "cursors.self:P" },
    { "{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\",\"up\":{}}", "up" },
    { "{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\",\"up\":[{\"id\":\"" FIRST "\"},{}]}", "up[1].id" },
    { "{\"device\":\"a\\u0000b\"}", "device" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *where = where_of (cases[i].message);

      g_assert_cmpstr (where, ==, cases[i].where);
    }
}

static void
test_nesting_is_bounded (void)
{
  g_autofree char *open = g_strnfill (BELAY_WIRE_NESTING_MOST, '[');
  g_autofree char *close = g_strnfill (BELAY_WIRE_NESTING_MOST, ']');
  g_autofree char *message = g_strdup_printf ("{\"device\":\"" DEVICE "\",\"x\":%s%s}", open, close);
  g_autofree char *quoted = g_strdup_printf ("{\"device\":\"[[[%s\"}", open);
  g_autofree char *deep = where_of (message);
  g_autofree char *flat = where_of (quoted);

  g_assert_cmpstr (deep, ==, "");
  g_assert_cmpstr (flat, ==, "device");
}

static void
test_too_many_items_are_refused_whole (void)
{
  g_autoptr (GString) message = g_string_new ("{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\",\"up\":[0");
  g_autofree char *where = NULL;

  for (guint i = 0; i < BELAY_WIRE_ITEMS_MOST; i++)
    g_string_append (message, ",0");
  g_string_append (message, "]}");
  where = where_of (message->str);

  g_assert_cmpstr (where, ==, "up");
}

static void
test_what_is_no_json_is_never_sent (void)
{
  g_autoptr (BelaySyncRequest) request = belay_sync_request_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  request->device_id = g_strdup (DEVICE);
  g_ptr_array_add (request->up, belay_up_item_new_statement (FIRST, "{}"));
  g_ptr_array_add (request->up, belay_up_item_new_statement (SECOND, "{}},{"));
  bytes = belay_sync_request_encode (request, &error);

  g_assert_null (bytes);
  g_assert_error (error, BELAY_WIRE_ERROR, BELAY_WIRE_ERROR_MALFORMED);
  g_assert_cmpstr (belay_wire_error_get_where (error), ==, "up[1].body");
}

static void
test_a_budget_is_brought_within_its_limits (void)
{
  static const struct
  {
    const char *asked;
    gint64 given;
  } cases[] = {
    { "1", BELAY_WIRE_BUDGET_LEAST },
    { "99999999", BELAY_WIRE_BUDGET_MOST },
    { "100000", 100000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"device\":\"" DEVICE "\",\"time\":\"2026-03-09T08:15:00Z\",\"budget\":%s}", cases[i].asked);
      g_autoptr (GBytes) bytes = bytes_of (text);
      g_autoptr (BelaySyncRequest) request = belay_sync_request_decode (bytes, NULL);

      g_assert_cmpint (request->budget, ==, cases[i].given);
    }
}

static void
test_errors_come_back_with_their_parameters (void)
{
  g_autoptr (GVariant) parameters = belay_parameters_new_two_texts ("act", "read", "object", "report");
  g_autoptr (BelayWireFailure) failure = belay_wire_failure_new (BELAY_CODE_FORBIDDEN, parameters);
  g_autoptr (GBytes) bytes = belay_wire_failure_encode (failure);
  g_autofree char *text = text_of (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayWireFailure) heard = belay_wire_failure_decode (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "{\"error\":{\"code\":\"forbidden\",\"parameters\":{\"act\":\"read\",\"object\":\"report\"}}}");
  g_assert_cmpstr (heard->code, ==, "forbidden");
  g_assert_cmpstr (belay_parameters_get_text (heard->parameters, "object"), ==, "report");
  g_assert_cmpuint (belay_wire_failure_status (heard), ==, 403);
}

static void
test_signing_in_comes_back_as_it_went (void)
{
  g_autoptr (BelaySignInRequest) request = belay_sign_in_request_new ();
  g_autoptr (BelaySignInRequest) heard = NULL;
  g_autoptr (BelaySignInRequest) refused = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  request->email = g_strdup ("ana@example.org");
  request->password = g_strdup ("correct horse");
  request->device_id = g_strdup (DEVICE);
  request->device_name = g_strdup ("Ana's laptop");
  request->device_public_key = g_strdup ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  bytes = belay_sign_in_request_encode (request);
  heard = belay_sign_in_request_decode (bytes, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (heard->password, ==, "correct horse");
  g_assert_cmpstr (heard->device_name, ==, "Ana's laptop");

  refused = belay_sign_in_request_decode (bytes, TRUE, &error);
  g_assert_null (refused);
  g_assert_cmpstr (belay_wire_error_get_where (error), ==, "code");
}

static void
test_a_sign_in_reply_pins_the_keys (void)
{
  g_autoptr (BelaySignInReply) reply = belay_sign_in_reply_new ();
  g_autoptr (BelaySignInReply) heard = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  reply->token = g_strdup ("secret");
  reply->expires_us = 1000;
  reply->epoch = g_strdup (EPOCH);
  reply->organisation_id = g_strdup (FIRST);
  reply->organisation_name = g_strdup ("Granit & Co");
  reply->person_id = g_strdup (SECOND);
  reply->person_name = g_strdup ("Ana");
  reply->person_email = g_strdup ("ana@example.org");
  g_ptr_array_add (reply->keys, belay_organisation_key_new ("k1", "Ed25519", "AAAA"));
  bytes = belay_sign_in_reply_encode (reply);
  heard = belay_sign_in_reply_decode (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (heard->token, ==, "secret");
  g_assert_cmpuint (heard->keys->len, ==, 1);
  g_assert_cmpstr (((BelayOrganisationKey *) heard->keys->pdata[0])->public_key, ==, "AAAA");
}

static void
test_addresses_are_understood_as_people_paste_them (void)
{
  static const struct
  {
    const char *text;
    const char *preset;
    const char *address; /* NULL with a NULL code: not understood */
    const char *code;
  } cases[] = {
    { "learn.example.org", NULL, "https://learn.example.org", NULL },
    { "  Learn.Example.org:8443 ", NULL, "https://learn.example.org:8443", NULL },
    { "http://learn.example.org/today?x", NULL, "https://learn.example.org", NULL },
    { "localhost:8080", NULL, "http://localhost:8080", NULL },
    { "[::1]:8080", NULL, "http://[::1]:8080", NULL },
    { "127.evil.example", NULL, "https://127.evil.example", NULL },
    { "abcd-efgh@learn.example.org", NULL, "https://learn.example.org", "ABCDEFGH" },
    { "O1LI-0000@localhost:1", NULL, "http://localhost:1", "01110000" },
    { "ABCD EFGH", "https://preset.example", "https://preset.example", "ABCDEFGH" },
    { "ABCDEFGH", NULL, NULL, "ABCDEFGH" },
    { "belay://join/learn.example.org/ABCDEFGH", NULL, "https://learn.example.org", "ABCDEFGH" },
    { "belay://server/127.0.0.1:8080/", NULL, "http://127.0.0.1:8080", NULL },
    { "belay://join/learn.example.org", NULL, NULL, NULL },
    { "belay://dance/learn.example.org", NULL, NULL, NULL },
    { "ana@example.org", NULL, NULL, NULL },
    { "learn.example.org:99999", NULL, NULL, NULL },
    { "user:secret@learn.example.org", NULL, NULL, NULL },
    { "https://user:secret@learn.example.org", NULL, NULL, NULL },
    { "ftp://learn.example.org", NULL, NULL, NULL },
    { "", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BelayAddress) address = belay_address_parse (cases[i].text, cases[i].preset);

      g_test_message ("%s", cases[i].text);
      if (cases[i].address == NULL && cases[i].code == NULL)
        {
          g_assert_null (address);
          continue;
        }
      g_assert_nonnull (address);
      g_assert_cmpstr (address->address, ==, cases[i].address);
      g_assert_cmpstr (address->code, ==, cases[i].code);
    }
}

static void
test_codes_are_written_to_be_read_aloud (void)
{
  g_autofree char *alone = belay_address_display_code ("ABCDEFGH", NULL);
  g_autofree char *with_server = belay_address_display_code ("ABCDEFGH", "https://learn.example.org");

  g_assert_cmpstr (alone, ==, "ABCD-EFGH");
  g_assert_cmpstr (with_server, ==, "ABCD-EFGH@learn.example.org");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/a-statement-keeps-its-digits-order-and-twins",
                   test_a_statement_keeps_its_digits_order_and_twins);
  g_test_add_func ("/wire/a-request-comes-back-as-it-went", test_a_request_comes_back_as_it_went);
  g_test_add_func ("/wire/a-reply-comes-back-as-it-went", test_a_reply_comes_back_as_it_went);
  g_test_add_func ("/wire/one-bad-item-does-not-spoil-the-rest", test_one_bad_item_does_not_spoil_the_rest);
  g_test_add_func ("/wire/a-statement-over-the-limit-is-too-large-alone",
                   test_a_statement_over_the_limit_is_too_large_alone);
  g_test_add_func ("/wire/faults-are-told-with-the-path-to-them", test_faults_are_told_with_the_path_to_them);
  g_test_add_func ("/wire/nesting-is-bounded", test_nesting_is_bounded);
  g_test_add_func ("/wire/too-many-items-are-refused-whole", test_too_many_items_are_refused_whole);
  g_test_add_func ("/wire/what-is-no-json-is-never-sent", test_what_is_no_json_is_never_sent);
  g_test_add_func ("/wire/a-budget-is-brought-within-its-limits", test_a_budget_is_brought_within_its_limits);
  g_test_add_func ("/wire/errors-come-back-with-their-parameters", test_errors_come_back_with_their_parameters);
  g_test_add_func ("/wire/signing-in-comes-back-as-it-went", test_signing_in_comes_back_as_it_went);
  g_test_add_func ("/wire/a-sign-in-reply-pins-the-keys", test_a_sign_in_reply_pins_the_keys);
  g_test_add_func ("/wire/addresses-are-understood-as-people-paste-them",
                   test_addresses_are_understood_as_people_paste_them);
  g_test_add_func ("/wire/codes-are-written-to-be-read-aloud", test_codes_are_written_to_be_read_aloud);

  return g_test_run ();
}
