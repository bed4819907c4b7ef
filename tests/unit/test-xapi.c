/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-migrations.h"
#include "belay-statement-fact.h"
#include "belay-xapi-handler.h"

#include <string.h>

#define ORGANISATION "0192f0a0-0000-7000-8000-000000000001"
#define ONE "11111111-1111-4111-8111-111111111111"
#define TWO "22222222-2222-4222-8222-222222222222"
#define THREE "33333333-3333-4333-8333-333333333333"
#define ANA "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:" ORGANISATION "\",\"name\":\"ana\"}}"
#define JSON "application/json"
#define NOW 1767225600000000 /* 2026-01-01T00:00:00Z */

typedef struct
{
  BelayDatabase *database;
  BelayXapiStorage *storage;
  BelayClock *clock;
  BelayXapiCaller caller;
  guint stored;
} Fixture;

static gboolean
count_stored (const BelayStoredStatement *stored,
              gpointer user_data,
              GError **error)
{
  Fixture *fixture = user_data;

  fixture->stored++;
  return TRUE;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->database = belay_database_open (":memory:", &error);
  g_assert_no_error (error);
  belay_migrations_apply (fixture->database, "/org/belay/migrations/xapi", &error);
  g_assert_no_error (error);
  fixture->storage = belay_xapi_sqlite_new (fixture->database, ORGANISATION);
  belay_xapi_storage_set_stored_hook (fixture->storage, count_stored, fixture);
  fixture->clock = belay_clock_new_fixed (NOW);
  fixture->caller.authority = ANA;
  fixture->caller.scopes = BELAY_XAPI_SCOPE_ALL;
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  belay_xapi_storage_free (fixture->storage);
  belay_database_close (fixture->database);
  belay_clock_unref (fixture->clock);
}

/* @headers: name, value, …, NULL, beside the version */
static BelayXapiReply *
ask (Fixture *fixture,
     const char *version,
     const char *method,
     const char *path,
     const char *query,
     const char *body,
     ...)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new_static (body, strlen (body)) : NULL;
  g_autoptr (GError) error = NULL;
  BelayXapiRequest request = { method, "/xapi", path, query, headers, bytes };
  BelayXapiReply *reply;
  const char *name;
  va_list arguments;

  if (version != NULL)
    g_hash_table_insert (headers, (gpointer) "x-experience-api-version", (gpointer) version);
  va_start (arguments, body);
  while ((name = va_arg (arguments, const char *)) != NULL)
    g_hash_table_insert (headers, (gpointer) name, va_arg (arguments, gpointer));
  va_end (arguments);

  g_assert_true (belay_database_begin (fixture->database, &error));
  reply = belay_xapi_handle (fixture->storage, &fixture->caller, &request, fixture->clock, &error);
  g_assert_no_error (error);
  g_assert_true (belay_database_commit (fixture->database, &error));
  g_assert_nonnull (belay_xapi_reply_get_header (reply, "X-Experience-API-Version"));

  return reply;
}

static char *
body_of (const BelayXapiReply *reply)
{
  gsize length = 0;
  const char *text = reply->body != NULL ? g_bytes_get_data (reply->body, &length) : NULL;

  return g_strndup (text != NULL ? text : "", length);
}

#define assert_status(reply, wanted)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *told = body_of (reply);                                                                           \
    if ((reply)->status != (wanted))                                                                                   \
      g_error ("%u, not %d: %s", (reply)->status, wanted, told);                                                       \
  }                                                                                                                    \
  G_STMT_END

static void
assert_tells (const BelayXapiReply *reply,
              const char *part)
{
  g_autofree char *text = body_of (reply);

  if (strstr (text, part) == NULL)
    g_error ("%s is not in %s", part, text);
}

static void
assert_silent (const BelayXapiReply *reply,
               const char *part)
{
  g_autofree char *text = body_of (reply);

  if (strstr (text, part) != NULL)
    g_error ("%s is in %s", part, text);
}

static char *
make_statement (const char *id,
                const char *verb,
                const char *object)
{
  return g_strdup_printf ("{%s%s%s\"actor\":" ANA ",\"verb\":{\"id\":\"http://example.org/%s\","
                          "\"display\":{\"en\":\"did\",\"de\":\"tat\"}},\"object\":%s}",
                          id != NULL ? "\"id\":\"" : "", id != NULL ? id : "", id != NULL ? "\"," : "", verb, object);
}

#define ACTIVITY "{\"id\":\"http://example.org/a\",\"definition\":{\"name\":{\"en\":\"Rope\",\"de\":\"Seil\"}}}"

static void
post (Fixture *fixture,
      const char *id,
      const char *verb,
      const char *object)
{
  g_autofree char *statement = make_statement (id, verb, object);
  g_autoptr (BelayXapiReply) reply =
    ask (fixture, "2.0.0", "POST", "statements", NULL, statement, "content-type", JSON, NULL);

  assert_status (reply, 200);
}

static void
post_void (Fixture *fixture,
           const char *id,
           const char *target)
{
  g_autofree char *text =
    g_strdup_printf ("{\"id\":\"%s\",\"actor\":" ANA ",\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/voided\"},"
                     "\"object\":{\"objectType\":\"StatementRef\",\"id\":\"%s\"}}",
                     id, target);
  g_autoptr (BelayXapiReply) reply =
    ask (fixture, "2.0.0", "POST", "statements", NULL, text, "content-type", JSON, NULL);

  assert_status (reply, 200);
}

static void
test_digits_and_order_survive (Fixture *fixture,
                               gconstpointer data)
{
  const char *statement =
    "{\"result\":{\"score\":{\"raw\":1.50,\"scaled\":1e-1}},\"object\":{\"id\":\"http://example.org/a\"},"
    "\"verb\":{\"id\":\"http://example.org/v\"},\"actor\":" ANA ",\"timestamp\":\"2026-01-01T12:00:00.1234567+02:00\"}";
  g_autoptr (BelayXapiReply) put =
    ask (fixture, "2.0.0", "PUT", "statements", "statementId=" ONE, statement, "content-type", JSON, NULL);
  g_autoptr (BelayXapiReply) got = ask (fixture, "2.0.0", "GET", "statements", "statementId=" ONE, NULL, NULL);

  assert_status (put, 204);
  assert_status (got, 200);
  assert_tells (got, "{\"result\":{\"score\":{\"raw\":1.50,\"scaled\":1e-1}},\"object\":");
  assert_tells (got, "\"timestamp\":\"2026-01-01T10:00:00.1234567Z\"");
  assert_tells (got, "\"id\":\"" ONE "\"");
  assert_tells (got, "\"version\":\"2.0.0\"");
  assert_tells (got, "\"authority\":" ANA);
  g_assert_nonnull (belay_xapi_reply_get_header (got, "ETag"));
  g_assert_cmpstr (belay_xapi_reply_get_header (got, "Last-Modified"), ==, "Thu, 01 Jan 2026 00:00:00 GMT");
  g_assert_cmpstr (belay_xapi_reply_get_header (got, "X-Experience-API-Consistent-Through"), ==,
                   "2026-01-01T00:00:00.000000Z");
}

static void
test_a_statement_that_comes_again_changes_nothing (Fixture *fixture,
                                                   gconstpointer data)
{
  g_autofree char *other = make_statement (ONE, "w", ACTIVITY);
  g_autoptr (BelayXapiReply) conflict = NULL;

  post (fixture, ONE, "v", ACTIVITY);
  post (fixture, ONE, "v", ACTIVITY);
  g_assert_cmpuint (fixture->stored, ==, 1);
  conflict = ask (fixture, "2.0.0", "POST", "statements", NULL, other, "content-type", JSON, NULL);
  assert_status (conflict, 409);
  g_assert_cmpuint (fixture->stored, ==, 1);
}

static void
test_a_batch_is_stored_whole_or_not_at_all (Fixture *fixture,
                                            gconstpointer data)
{
  g_autofree char *good = make_statement (ONE, "v", ACTIVITY);
  g_autofree char *bad = make_statement (TWO, "v", "{\"id\":\"no scheme\"}");
  g_autofree char *both = g_strdup_printf ("[%s,%s]", good, bad);
  g_autofree char *twice = g_strdup_printf ("[%s,%s]", good, good);
  g_autoptr (BelayXapiReply) one = ask (fixture, "2.0.0", "POST", "statements", NULL, both, "content-type", JSON, NULL);
  g_autoptr (BelayXapiReply) two =
    ask (fixture, "2.0.0", "POST", "statements", NULL, twice, "content-type", JSON, NULL);

  assert_status (one, 400);
  assert_tells (one, "[1].object.id must be an IRI with a scheme");
  assert_status (two, 400);
  g_assert_cmpuint (fixture->stored, ==, 0);
}

typedef struct
{
  const char *statement; /* beside a right actor, verb and object, where it begins with a comma */
  const char *where;
} Wrong;

static const Wrong wrongs[] = {
  { ",\"id\":\"no\"", "id must be a UUID" },
  { ",\"result\":null", "result must not be null" },
  { ",\"result\":{\"success\":\"true\"}", "result.success must be true or false" },
  { ",\"result\":{\"score\":{\"scaled\":1.1}}", "result.score.scaled must be a number from -1 to 1" },
  { ",\"result\":{\"score\":{\"raw\":5,\"min\":6}}", "result.score.raw must not be less than min" },
  { ",\"result\":{\"duration\":\"90s\"}", "result.duration must be a duration" },
  { ",\"result\":{\"Duration\":\"PT1S\"}", "result.Duration is not a property" },
  { ",\"extra\":1", "extra is not a property" },
  { ",\"timestamp\":\"2026-01-01T00:00:00-00:00\"", "timestamp must be a date and time" },
  { ",\"timestamp\":\"2026-13-01T00:00:00Z\"", "timestamp must be a date and time" },
  { ",\"context\":{\"registration\":\"x\"}", "context.registration must be a UUID" },
  { ",\"context\":{\"language\":\"en-e\"}", "context.language must be a language tag" },
  { ",\"context\":{\"team\":{\"mbox\":\"mailto:a@b.c\"}}", "context.team.objectType must be there" },
  { ",\"context\":{\"contextActivities\":{\"parent\":[{\"id\":\"http://a.b/c\"},{\"id\":\"c\"}]}}",
    "context.contextActivities.parent[1].id must be an IRI" },
  { ",\"context\":{\"contextAgents\":[{\"objectType\":\"contextAgent\",\"agent\":{\"mbox\":\"mailto:a@b.c\"},"
    "\"relevantTypes\":[]}]}",
    "context.contextAgents[0].relevantTypes must not be empty" },
  { ",\"context\":{\"extensions\":{\"short\":1}}", "context.extensions.short is a key that must be an IRI" },
  { ",\"context\":{\"extensions\":{\"http://a.b/c\":{\"x\":1,\"x\":2}}}", "must not be there twice" },
  { ",\"attachments\":[{\"usageType\":\"http://a.b/c\",\"display\":{\"en\":\"x\"},\"contentType\":\"text\","
    "\"length\":1,\"sha2\":\"00\"}]",
    "attachments[0].contentType must be a media type" },
  { ",\"version\":\"3.0.0\"", "version must be a version" },
  { ",\"actor\":{\"mbox\":\"mailto:a@b.c\"}", "actor must not be there twice" },
};

static void
test_what_is_wrong_is_named_by_its_path (Fixture *fixture,
                                         gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"actor\":" ANA ",\"verb\":{\"id\":\"http://example.org/v\"},\"object\":" ACTIVITY "%s}",
                         wrongs[i].statement);
      g_autoptr (BelayXapiReply) reply =
        ask (fixture, "2.0.0", "POST", "statements", NULL, text, "content-type", JSON, NULL);

      assert_status (reply, 400);
      assert_tells (reply, wrongs[i].where);
    }
  g_assert_cmpuint (fixture->stored, ==, 0);
}

static void
test_each_filter_finds_what_it_should (Fixture *fixture,
                                       gconstpointer data)
{
  static const struct
  {
    const char *query;
    gboolean one, two;
  } cases[] = {
    { NULL, TRUE, TRUE },
    { "verb=http%3A%2F%2Fexample.org%2Fv", TRUE, FALSE },
    { "activity=http%3A%2F%2Fexample.org%2Fa", TRUE, TRUE },
    { "activity=http%3A%2F%2Fexample.org%2Fp", FALSE, FALSE },
    { "activity=http%3A%2F%2Fexample.org%2Fp&related_activities=true", FALSE, TRUE },
    { "registration=" THREE, FALSE, TRUE },
    { "agent=%7B%22mbox%22%3A%22mailto%3Aq%40example.org%22%7D", FALSE, FALSE },
    { "agent=%7B%22mbox%22%3A%22mailto%3Aq%40EXAMPLE.org%22%7D&related_agents=true", FALSE, TRUE },
    { "verb=http%3A%2F%2Fexample.org%2Fw&activity=http%3A%2F%2Fexample.org%2Fa", FALSE, TRUE },
    { "limit=1", FALSE, TRUE },
    { "limit=1&ascending=true", TRUE, FALSE },
    { "since=2026-01-01T00:00:00.000000Z", FALSE, TRUE },
    { "until=2026-01-01T00:00:00.000000Z", TRUE, FALSE },
  };
  const char *rich =
    "{\"id\":\"" TWO "\",\"actor\":" ANA ",\"verb\":{\"id\":\"http://example.org/w\"},\"object\":" ACTIVITY
    ",\"context\":{\"registration\":\"" THREE "\",\"contextActivities\":{\"parent\":"
    "{\"id\":\"http://example.org/p\"}},\"instructor\":{\"mbox\":\"mailto:q@example.org\"}}}";
  g_autoptr (BelayXapiReply) stored = NULL;

  post (fixture, ONE, "v", ACTIVITY);
  stored = ask (fixture, "2.0.0", "POST", "statements", NULL, rich, "content-type", JSON, NULL);
  assert_status (stored, 200);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BelayXapiReply) reply = ask (fixture, "2.0.0", "GET", "statements", cases[i].query, NULL, NULL);

      g_test_message ("%s", cases[i].query);
      assert_status (reply, 200);
      (cases[i].one ? assert_tells : assert_silent) (reply, "\"id\":\"" ONE "\"");
      (cases[i].two ? assert_tells : assert_silent) (reply, "\"id\":\"" TWO "\"");
    }
}

static void
test_more_leads_to_the_rest_and_ends (Fixture *fixture,
                                      gconstpointer data)
{
  g_autoptr (BelayXapiReply) first = NULL;
  g_autoptr (BelayXapiReply) second = NULL;

  post (fixture, ONE, "v", ACTIVITY);
  post (fixture, TWO, "v", ACTIVITY);
  first = ask (fixture, "2.0.0", "GET", "statements", "limit=1", NULL, NULL);
  assert_tells (first, TWO);
  assert_tells (first, "\"more\":\"/xapi/statements?cursor=2&limit=1\"");
  second = ask (fixture, "2.0.0", "GET", "statements", "cursor=2&limit=1", NULL, NULL);
  assert_tells (second, ONE);
  assert_silent (second, TWO);
  assert_tells (second, "\"more\":\"\"");
}

static void
test_a_voided_statement_is_only_found_as_such (Fixture *fixture,
                                               gconstpointer data)
{
  g_autoptr (BelayXapiReply) plain = NULL;
  g_autoptr (BelayXapiReply) voided = NULL;
  g_autoptr (BelayXapiReply) list = NULL;
  g_autoptr (BelayXapiReply) by_verb = NULL;

  post (fixture, ONE, "v", ACTIVITY);
  post_void (fixture, TWO, ONE);
  plain = ask (fixture, "2.0.0", "GET", "statements", "statementId=" ONE, NULL, NULL);
  voided = ask (fixture, "2.0.0", "GET", "statements", "voidedStatementId=" ONE, NULL, NULL);
  list = ask (fixture, "2.0.0", "GET", "statements", NULL, NULL, NULL);
  by_verb = ask (fixture, "2.0.0", "GET", "statements", "verb=http%3A%2F%2Fexample.org%2Fv", NULL, NULL);

  assert_status (plain, 404);
  assert_status (voided, 200);
  assert_silent (list, "\"id\":\"http://example.org/v\"");
  assert_silent (by_verb, "\"id\":\"http://example.org/v\"");
  assert_tells (by_verb, "\"id\":\"" TWO "\"");
}

static void
test_voiding_works_before_its_target_arrives (Fixture *fixture,
                                              gconstpointer data)
{
  g_autoptr (BelayXapiReply) plain = NULL;
  g_autoptr (BelayXapiReply) void_of_void = NULL;

  post_void (fixture, TWO, ONE);
  post (fixture, ONE, "v", ACTIVITY);
  post_void (fixture, THREE, TWO);
  plain = ask (fixture, "2.0.0", "GET", "statements", "statementId=" ONE, NULL, NULL);
  void_of_void = ask (fixture, "2.0.0", "GET", "statements", "statementId=" TWO, NULL, NULL);

  assert_status (plain, 404);
  assert_status (void_of_void, 200);
}

static void
test_a_reference_is_found_by_what_it_targets (Fixture *fixture,
                                              gconstpointer data)
{
  g_autoptr (BelayXapiReply) reply = NULL;

  /* Three targets two targets one, which comes last */
  post (fixture, THREE, "x", "{\"objectType\":\"StatementRef\",\"id\":\"" TWO "\"}");
  post (fixture, TWO, "w", "{\"objectType\":\"StatementRef\",\"id\":\"" ONE "\"}");
  post (fixture, ONE, "v", ACTIVITY);
  reply = ask (fixture, "2.0.0", "GET", "statements", "activity=http%3A%2F%2Fexample.org%2Fa", NULL, NULL);
  assert_tells (reply, "\"id\":\"" ONE "\"");
  assert_tells (reply, "\"id\":\"" TWO "\"");
  assert_tells (reply, "\"id\":\"" THREE "\"");
}

static void
test_formats_tell_less_or_one_language (Fixture *fixture,
                                        gconstpointer data)
{
  g_autoptr (BelayXapiReply) ids = NULL;
  g_autoptr (BelayXapiReply) canonical = NULL;

  post (fixture, ONE, "v", ACTIVITY);
  ids = ask (fixture, "2.0.0", "GET", "statements", "format=ids", NULL, NULL);
  canonical =
    ask (fixture, "2.0.0", "GET", "statements", "format=canonical", NULL, "accept-language", "de-CH, de;q=0.9", NULL);
  assert_silent (ids, "definition");
  assert_silent (ids, "display");
  assert_tells (canonical, "{\"de\":\"Seil\"}");
  assert_tells (canonical, "{\"de\":\"tat\"}");
  assert_silent (canonical, "Rope");
}

static void
test_versions_are_held_apart (Fixture *fixture,
                              gconstpointer data)
{
  g_autoptr (BelayXapiReply) none = ask (fixture, NULL, "GET", "statements", NULL, NULL, NULL);
  g_autoptr (BelayXapiReply) old = ask (fixture, "1.0", "GET", "statements", NULL, NULL, NULL);
  g_autoptr (BelayXapiReply) future = ask (fixture, "1.1.0", "GET", "statements", NULL, NULL, NULL);
  g_autoptr (BelayXapiReply) about = ask (fixture, NULL, "GET", "about", NULL, NULL, NULL);
  g_autoptr (BelayXapiReply) alternate = ask (fixture, "2.0.0", "POST", "statements", "method=GET", "limit=1", NULL);
  g_autoptr (BelayXapiReply) alternate_old =
    ask (fixture, NULL, "POST", "statements", "method=GET", "limit=1&X-Experience-API-Version=1.0.3", NULL);

  assert_status (none, 400);
  assert_status (old, 200);
  g_assert_cmpstr (belay_xapi_reply_get_header (old, "X-Experience-API-Version"), ==, "1.0.3");
  assert_status (future, 400);
  assert_status (about, 200);
  assert_status (alternate, 400);
  assert_status (alternate_old, 200);
}

static void
test_unknown_parameters_are_refused (Fixture *fixture,
                                     gconstpointer data)
{
  static const char *const queries[] = { "foo=1",
                                         "Verb=http%3A%2F%2Fa",
                                         "limit=-1",
                                         "limit=x",
                                         "ascending=True",
                                         "verb=x",
                                         "format=IDS",
                                         "since=yesterday",
                                         "agent=%7B%7D",
                                         "statementId=" ONE "&limit=1",
                                         "statementId=" ONE "&voidedStatementId=" TWO,
                                         "a=%00",
                                         "a=%zz" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (BelayXapiReply) reply = ask (fixture, "2.0.0", "GET", "statements", queries[i], NULL, NULL);

      g_test_message ("%s", queries[i]);
      assert_status (reply, 400);
    }
}

#define STATE "activityId=http%3A%2F%2Fexample.org%2Fa&agent=%7B%22mbox%22%3A%22mailto%3Aa%40b.c%22%7D"

static void
test_documents_honour_preconditions (Fixture *fixture,
                                     gconstpointer data)
{
  const char *one = STATE "&stateId=s";
  g_autoptr (BelayXapiReply) none = ask (fixture, "2.0.0", "GET", "activities/state", one, NULL, NULL);
  g_autoptr (BelayXapiReply) put =
    ask (fixture, "2.0.0", "PUT", "activities/state", one, "{\"a\":1,\"b\":2}", "content-type", JSON, NULL);
  g_autoptr (BelayXapiReply) got = ask (fixture, "2.0.0", "GET", "activities/state", one, NULL, NULL);
  g_autoptr (BelayXapiReply) blind =
    ask (fixture, "2.0.0", "PUT", "activities/state", one, "{}", "content-type", JSON, NULL);
  g_autoptr (BelayXapiReply) stale =
    ask (fixture, "2.0.0", "PUT", "activities/state", one, "{}", "content-type", JSON, "if-match", "\"00\"", NULL);
  g_autoptr (BelayXapiReply) merged =
    ask (fixture, "2.0.0", "POST", "activities/state", one, "{\"b\":3.0}", "content-type", JSON, "if-match",
         belay_xapi_reply_get_header (got, "ETag"), NULL);
  g_autoptr (BelayXapiReply) after = ask (fixture, "2.0.0", "GET", "activities/state", one, NULL, NULL);
  g_autoptr (BelayXapiReply) list = ask (fixture, "2.0.0", "GET", "activities/state", STATE, NULL, NULL);
  g_autoptr (BelayXapiReply) old =
    ask (fixture, "1.0.3", "PUT", "activities/state", one, "{}", "content-type", JSON, NULL);

  assert_status (none, 404);
  assert_status (put, 204);
  assert_status (got, 200);
  assert_status (blind, 409);
  assert_status (stale, 412);
  assert_status (merged, 204);
  assert_tells (after, "{\"a\":1,\"b\":3.0}");
  assert_tells (list, "[\"s\"]");
  assert_status (old, 204);
}

static void
test_attachments_go_both_ways (Fixture *fixture,
                               gconstpointer data)
{
  const char *type = "multipart/mixed; boundary=\"abcABC0123'()+_,-./:=?\"";
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "here is a simple attachment", -1);
  g_autofree char *body = g_strdup_printf (
    "--abcABC0123'()+_,-./:=?\r\nContent-Type:application/json\r\n\r\n{\"id\":\"" ONE "\",\"actor\":" ANA
    ",\"verb\":{\"id\":\"http://example.org/v\"},\"object\":" ACTIVITY
    ",\"attachments\":[{\"usageType\":\"http://example.org/u\",\"display\":{\"en\":\"A\"},\"contentType\":"
    "\"text/plain\",\"length\":27,\"sha2\":\"%s\"}]}\r\n--abcABC0123'()+_,-./:=?\r\nContent-Type:text/plain\r\n"
    "Content-Transfer-Encoding:binary\r\nX-Experience-API-Hash:%s\r\n\r\nhere is a simple attachment\r\n"
    "--abcABC0123'()+_,-./:=?--\r\n",
    hash, hash);
  g_autofree char *wrong = g_strdup (body);
  g_autoptr (BelayXapiReply) broken = NULL;
  g_autoptr (BelayXapiReply) sent = NULL;
  g_autoptr (BelayXapiReply) got = NULL;

  memcpy (strstr (wrong, "simple attachment"), "SIMPLE", 6);
  broken = ask (fixture, "2.0.0", "POST", "statements", NULL, wrong, "content-type", type, NULL);
  sent = ask (fixture, "2.0.0", "POST", "statements", NULL, body, "content-type", type, NULL);
  got = ask (fixture, "2.0.0", "GET", "statements", "statementId=" ONE "&attachments=true", NULL, NULL);

  assert_status (broken, 400);
  assert_status (sent, 200);
  assert_status (got, 200);
  assert_tells (got, "\r\n\r\nhere is a simple attachment\r\n--");
  g_assert_true (g_str_has_prefix (belay_xapi_reply_get_header (got, "Content-Type"), "multipart/mixed; boundary="));
}

static void
test_a_launched_activity_speaks_only_of_its_own (Fixture *fixture,
                                                 gconstpointer data)
{
  g_autofree char *right =
    g_strdup_printf ("{\"actor\":" ANA ",\"verb\":{\"id\":\"http://example.org/v\"},\"object\":" ACTIVITY
                     ",\"context\":{\"registration\":\"" ONE "\"}}");
  g_autofree char *wrong = make_statement (NULL, "v", ACTIVITY);
  g_autoptr (BelayXapiReply) yes = NULL;
  g_autoptr (BelayXapiReply) no = NULL;
  g_autoptr (BelayXapiReply) state = NULL;

  fixture->caller.limit_actor = ANA;
  fixture->caller.limit_registration = ONE;
  yes = ask (fixture, "2.0.0", "POST", "statements", NULL, right, "content-type", JSON, NULL);
  no = ask (fixture, "2.0.0", "POST", "statements", NULL, wrong, "content-type", JSON, NULL);
  state = ask (fixture, "2.0.0", "GET", "activities/state", STATE, NULL, NULL);
  assert_status (yes, 200);
  assert_status (no, 403);
  assert_status (state, 403);
}

static void
test_own_readers_do_not_see_others (Fixture *fixture,
                                    gconstpointer data)
{
  g_autoptr (BelayXapiReply) list = NULL;
  g_autoptr (BelayXapiReply) single = NULL;

  post (fixture, ONE, "v", ACTIVITY);
  fixture->caller.authority = "{\"mbox\":\"mailto:other@example.org\"}";
  fixture->caller.scopes = BELAY_XAPI_SCOPE_READ_OWN;
  list = ask (fixture, "2.0.0", "GET", "statements", NULL, NULL, NULL);
  single = ask (fixture, "2.0.0", "GET", "statements", "statementId=" ONE, NULL, NULL);
  assert_tells (list, "{\"statements\":[],\"more\":\"\"}");
  assert_status (single, 404);
}

static void
test_a_statement_tells_its_fact (void)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_auto (BelayLearningFact) fact = { 0 };
  g_autoptr (BelayStatement) statement = belay_statement_parse (
    "{\"id\":\"" ONE "\",\"actor\":" ANA ",\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/passed\"},"
    "\"object\":{\"id\":\"urn:uuid:" TWO "\"},\"context\":{\"registration\":\"" THREE "\"},"
    "\"timestamp\":\"2026-01-01T00:00:00Z\",\"result\":{\"score\":{\"scaled\":0.85},\"success\":true,"
    "\"duration\":\"PT1M30.5S\"}}",
    -1, BELAY_XAPI_VERSION_1_0_3, &problem);

  g_assert_nonnull (statement);
  belay_learning_fact_init (&fact);
  g_assert_true (belay_statement_to_fact (statement, &fact));
  g_assert_cmpstr (fact.activity_id, ==, TWO);
  g_assert_cmpstr (fact.registration, ==, THREE);
  g_assert_cmpint (fact.kind, ==, BELAY_FACT_PASSED);
  g_assert_cmpint (fact.time_us, ==, NOW);
  g_assert_cmpint (fact.score, ==, 8500);
  g_assert_cmpint (fact.seconds, ==, 90);
  g_assert_cmpint (fact.success, ==, 1);
  g_assert_cmpint (fact.completion, ==, -1);
}

#define ADD(name, test) g_test_add ("/xapi/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("digits-and-order-survive", test_digits_and_order_survive);
  ADD ("a-statement-that-comes-again-changes-nothing", test_a_statement_that_comes_again_changes_nothing);
  ADD ("a-batch-is-stored-whole-or-not-at-all", test_a_batch_is_stored_whole_or_not_at_all);
  ADD ("what-is-wrong-is-named-by-its-path", test_what_is_wrong_is_named_by_its_path);
  ADD ("each-filter-finds-what-it-should", test_each_filter_finds_what_it_should);
  ADD ("more-leads-to-the-rest-and-ends", test_more_leads_to_the_rest_and_ends);
  ADD ("a-voided-statement-is-only-found-as-such", test_a_voided_statement_is_only_found_as_such);
  ADD ("voiding-works-before-its-target-arrives", test_voiding_works_before_its_target_arrives);
  ADD ("a-reference-is-found-by-what-it-targets", test_a_reference_is_found_by_what_it_targets);
  ADD ("formats-tell-less-or-one-language", test_formats_tell_less_or_one_language);
  ADD ("versions-are-held-apart", test_versions_are_held_apart);
  ADD ("unknown-parameters-are-refused", test_unknown_parameters_are_refused);
  ADD ("documents-honour-preconditions", test_documents_honour_preconditions);
  ADD ("attachments-go-both-ways", test_attachments_go_both_ways);
  ADD ("a-launched-activity-speaks-only-of-its-own", test_a_launched_activity_speaks_only_of_its_own);
  ADD ("own-readers-do-not-see-others", test_own_readers_do_not_see_others);
  g_test_add_func ("/xapi/a-statement-tells-its-fact", test_a_statement_tells_its_fact);

  return g_test_run ();
}
