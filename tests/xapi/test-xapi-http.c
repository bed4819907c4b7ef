/* test-xapi-http.c: the rules of xAPI 1.0.3 and 2.0, section by section, over HTTP
 *
 * A row is a statement, and whether it may be stored. Sections are those of part two, Data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "belay-xapi-server.h"

#define ACTOR "\"actor\":{\"mbox\":\"mailto:ana@example.org\"}"
#define VERB "\"verb\":{\"id\":\"http://example.org/did\"}"
#define OBJECT "\"object\":{\"id\":\"http://example.org/a\"}"
#define WITH(part) "{" ACTOR "," VERB "," OBJECT "," part "}"
#define BY(actor) "{\"actor\":" actor "," VERB "," OBJECT "}"
#define DID(verb) "{" ACTOR ",\"verb\":" verb "," OBJECT "}"
#define TO(object) "{" ACTOR "," VERB ",\"object\":" object "}"
#define ASKED(definition) TO ("{\"id\":\"http://example.org/q\",\"definition\":{" definition "}}")
#define REFERENCE "{\"objectType\":\"StatementRef\",\"id\":\"6690e6c9-3ef0-4ed3-8b37-7f3964730bee\"}"

#define V1 "1.0.3"
#define V2 "2.0.0"

static BelayXapiServer *server;

typedef struct
{
  const char *section;
  const char *statement;
  gboolean is_fine;
} Rule;

static const Rule rules[] = {
  { "2.2 nothing unknown", WITH ("\"more\":1"), FALSE },
  { "2.2 no null", WITH ("\"result\":null"), FALSE },
  { "2.2 names have their case", "{\"Actor\":{\"mbox\":\"mailto:ana@example.org\"}," VERB "," OBJECT "}", FALSE },
  { "2.2 no name twice", "{" ACTOR "," ACTOR "," VERB "," OBJECT "}", FALSE },
  { "2.2 an object", "3", FALSE },
  { "2.4 an actor", "{" VERB "," OBJECT "}", FALSE },
  { "2.4 a verb", "{" ACTOR "," OBJECT "}", FALSE },
  { "2.4 an object of the verb", "{" ACTOR "," VERB "}", FALSE },
  { "2.4.1 the id is a UUID", WITH ("\"id\":\"abc\""), FALSE },
  { "2.4.1 the id is text", WITH ("\"id\":7"), FALSE },
  { "2.4.2.1 somebody", BY ("{\"name\":\"Ana\"}"), FALSE },
  { "2.4.2.1 an agent has no members", BY ("{\"mbox\":\"mailto:a@example.org\",\"member\":[]}"), FALSE },
  { "2.4.2.1 the type has its case", BY ("{\"objectType\":\"agent\",\"mbox\":\"mailto:a@example.org\"}"), FALSE },
  { "2.4.2.2 an anonymous group has members", BY ("{\"objectType\":\"Group\",\"name\":\"us\"}"), FALSE },
  { "2.4.2.2 members are a list", BY ("{\"objectType\":\"Group\",\"member\":{\"mbox\":\"mailto:a@example.org\"}}"),
    FALSE },
  { "2.4.2.2 no group in a group",
    BY ("{\"objectType\":\"Group\",\"member\":[{\"objectType\":\"Group\",\"mbox\":\"mailto:a@example.org\"}]}"),
    FALSE },
  { "2.4.2.2 an identified group", BY ("{\"objectType\":\"Group\",\"mbox\":\"mailto:us@example.org\"}"), TRUE },
  { "2.4.2.3 one identifier", BY ("{\"mbox\":\"mailto:a@example.org\",\"openid\":\"http://a.example/\"}"), FALSE },
  { "2.4.2.3 mbox is a mailto", BY ("{\"mbox\":\"a@example.org\"}"), FALSE },
  { "2.4.2.3 the hash is SHA-1", BY ("{\"mbox_sha1sum\":\"abc\"}"), FALSE },
  { "2.4.2.3 openid is a URI", BY ("{\"openid\":\"ana\"}"), FALSE },
  { "2.4.2.4 an account has a name", BY ("{\"account\":{\"homePage\":\"http://a.example\"}}"), FALSE },
  { "2.4.2.4 an account has a home", BY ("{\"account\":{\"name\":\"ana\"}}"), FALSE },
  { "2.4.2.4 an account", BY ("{\"account\":{\"homePage\":\"http://a.example\",\"name\":\"ana\"}}"), TRUE },
  { "2.4.3 a verb has an id", DID ("{\"display\":{\"en\":\"did\"}}"), FALSE },
  { "2.4.3 the id is an IRI", DID ("{\"id\":\"did\"}"), FALSE },
  { "2.4.3 the display is a language map", DID ("{\"id\":\"http://a.example\",\"display\":\"did\"}"), FALSE },
  { "2.4.3 languages are RFC 5646's", DID ("{\"id\":\"http://a.example\",\"display\":{\"a12345678901\":\"x\"}}"),
    FALSE },
  { "2.4.4.1 an activity has an id", TO ("{\"objectType\":\"Activity\"}"), FALSE },
  { "2.4.4.1 the type is an IRI", ASKED ("\"type\":\"x\""), FALSE },
  { "2.4.4.1 nothing unknown in it", ASKED ("\"x\":1"), FALSE },
  { "2.4.4.1 extensions have IRIs", ASKED ("\"extensions\":{\"x\":1}"), FALSE },
  { "2.4.4.1 one of the interactions", ASKED ("\"interactionType\":\"guess\""), FALSE },
  { "2.4.4.1 answers need their interaction", ASKED ("\"correctResponsesPattern\":[\"a\"]"), FALSE },
  { "2.4.4.1 choices are a choice's", ASKED ("\"interactionType\":\"numeric\",\"choices\":[{\"id\":\"a\"}]"), FALSE },
  { "2.4.4.1 components have an id", ASKED ("\"interactionType\":\"choice\",\"choices\":[{}]"), FALSE },
  { "2.4.4.1 ids of components differ",
    ASKED ("\"interactionType\":\"choice\",\"choices\":[{\"id\":\"a\"},{\"id\":\"a\"}]"), FALSE },
  { "2.4.4.1 a scale", ASKED ("\"interactionType\":\"likert\",\"scale\":[{\"id\":\"a\"}]"), TRUE },
  { "2.4.4.2 an agent says so", TO ("{\"mbox\":\"mailto:a@example.org\"}"), FALSE },
  { "2.4.4.3 a reference has an id", TO ("{\"objectType\":\"StatementRef\"}"), FALSE },
  { "2.4.4.3 a reference", TO (REFERENCE), TRUE },
  { "2.4.4.3 a statement within", TO ("{\"objectType\":\"SubStatement\"," ACTOR "," VERB "," OBJECT "}"), TRUE },
  { "2.4.4.3 no id within",
    TO ("{\"objectType\":\"SubStatement\",\"id\":\"6690e6c9-3ef0-4ed3-8b37-7f3964730bee\"," ACTOR "," VERB "," OBJECT
        "}"),
    FALSE },
  { "2.4.4.3 none within one within",
    TO ("{\"objectType\":\"SubStatement\"," ACTOR "," VERB ",\"object\":{\"objectType\":\"SubStatement\"," ACTOR
        "," VERB "," OBJECT "}}"),
    FALSE },
  { "2.4.5 success is true or false", WITH ("\"result\":{\"success\":\"yes\"}"), FALSE },
  { "2.4.5 a duration is ISO 8601's", WITH ("\"result\":{\"duration\":\"90s\"}"), FALSE },
  { "2.4.5 weeks stand alone", WITH ("\"result\":{\"duration\":\"P1Y2W\"}"), FALSE },
  { "2.4.5 weeks", WITH ("\"result\":{\"duration\":\"P4W\"}"), TRUE },
  { "2.4.5.1 scaled is at most 1", WITH ("\"result\":{\"score\":{\"scaled\":1.01}}"), FALSE },
  { "2.4.5.1 raw is not below min", WITH ("\"result\":{\"score\":{\"raw\":1,\"min\":2}}"), FALSE },
  { "2.4.5.1 min is below max", WITH ("\"result\":{\"score\":{\"min\":2,\"max\":1}}"), FALSE },
  { "2.4.6 the registration is a UUID", WITH ("\"context\":{\"registration\":\"x\"}"), FALSE },
  { "2.4.6 a team is a group", WITH ("\"context\":{\"team\":{\"mbox\":\"mailto:a@example.org\"}}"), FALSE },
  { "2.4.6 a platform is an activity's",
    "{" ACTOR "," VERB ",\"object\":" REFERENCE ",\"context\":{\"platform\":\"x\"}}", FALSE },
  { "2.4.6.2 four lists", WITH ("\"context\":{\"contextActivities\":{\"sister\":[]}}"), FALSE },
  { "2.4.6.2 one for a list", WITH ("\"context\":{\"contextActivities\":{\"parent\":{\"id\":\"http://a.example\"}}}"),
    TRUE },
  { "2.4.7 a timestamp", WITH ("\"timestamp\":\"yesterday\""), FALSE },
  { "2.4.7 no negative zero", WITH ("\"timestamp\":\"2020-01-01T00:00:00-00:00\""), FALSE },
  { "2.4.7 any digits of a second", WITH ("\"timestamp\":\"2020-01-01T00:00:00.123456789Z\""), TRUE },
  { "2.4.9 an authority of two", WITH ("\"authority\":{\"objectType\":\"Group\",\"member\":[]}"), FALSE },
  { "2.4.10 a version", WITH ("\"version\":\"0.9\""), FALSE },
  { "2.4.11 a usage",
    WITH ("\"attachments\":[{\"display\":{\"en\":\"x\"},\"contentType\":\"a/b\",\"length\":1,\"sha2\":"
          "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"fileUrl\":\"http://a.example\"}]"),
    FALSE },
};

static void
assert_status (const BelayXapiAnswer *answer,
               guint wanted,
               const char *what)
{
  if (answer->status != wanted)
    g_error ("%s: %u, not %u: %s", what, answer->status, wanted, answer->body);
  g_assert_nonnull (soup_message_headers_get_one (answer->headers, "X-Experience-API-Version"));
}

static void
test_statements_keep_to_the_rules (gconstpointer version)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (BelayXapiAnswer) answer =
        belay_xapi_server_ask (server, version, "POST", "statements", rules[i].statement, NULL);

      assert_status (answer, rules[i].is_fine ? 200 : 400, rules[i].section);
    }
}

/* ---- parameters ---- */

static const struct
{
  const char *path;
  guint status;
} questions[] = {
  { "statements", 200 },
  { "statements?limit=0", 200 },
  { "statements?limit=-1", 400 },
  { "statements?foo=1", 400 },
  { "statements?Verb=http://example.org/did", 400 },
  { "statements?verb=did", 400 },
  { "statements?verb=http://example.org/did&activity=http://example.org/a&related_activities=true", 200 },
  { "statements?agent=%7B%7D", 400 },
  { "statements?agent=%7B%22mbox%22:%22mailto:ana@example.org%22%7D&related_agents=true", 200 },
  { "statements?registration=x", 400 },
  { "statements?since=yesterday", 400 },
  { "statements?until=2020-01-01T00:00:00Z", 200 },
  { "statements?format=short", 400 },
  { "statements?format=canonical", 200 },
  { "statements?ascending=perhaps", 400 },
  { "statements?statementId=x", 400 },
  { "statements?statementId=00000000-0000-4000-8000-000000000000", 404 },
  { "statements?statementId=00000000-0000-4000-8000-000000000000&verb=http://example.org/did", 400 },
  { "statements?statementId=00000000-0000-4000-8000-000000000000&voidedStatementId="
    "00000000-0000-4000-8000-000000000000",
    400 },
  { "activities", 400 },
  { "activities?activityId=http://example.org/a", 200 },
  { "agents", 400 },
  { "agents?agent=%7B%22mbox%22:%22mailto:ana@example.org%22%7D", 200 },
  { "activities/profile?activityId=http://example.org/a", 200 },
  { "activities/profile?activityId=http://example.org/a&profileId=none", 404 },
  { "about", 200 },
  { "nothing", 404 },
};

static void
test_questions_are_understood_or_refused (gconstpointer version)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (BelayXapiAnswer) get = belay_xapi_server_ask (server, version, "GET", questions[i].path, NULL, NULL);
      g_autoptr (BelayXapiAnswer) head = belay_xapi_server_ask (server, version, "HEAD", questions[i].path, NULL, NULL);

      assert_status (get, questions[i].status, questions[i].path);
      assert_status (head, questions[i].status, questions[i].path);
      g_assert_cmpstr (head->body, ==, "");
    }
}

/* ---- documents ---- */

static const char *const documents[] = {
  "activities/state?stateId=s&activityId=http://example.org/a&agent=%7B%22mbox%22:%22mailto:ana@example.org%22%7D",
  "agents/profile?profileId=p&agent=%7B%22mbox%22:%22mailto:ana@example.org%22%7D",
  "activities/profile?profileId=p&activityId=http://example.org/a",
};

static void
expect (const char *version,
        const char *method,
        const char *path,
        const char *body,
        const char *header,
        const char *value,
        guint status)
{
  g_autoptr (BelayXapiAnswer) answer = belay_xapi_server_ask (server, version, method, path, body, header, value, NULL);
  g_autofree char *what = g_strdup_printf ("%s %s with %s: %s", method, path, header, value);

  assert_status (answer, status, what);
}

static void
test_documents_honour_preconditions (gconstpointer version)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      const char *path = documents[i];
      g_autoptr (BelayXapiAnswer) first = NULL;
      g_autoptr (BelayXapiAnswer) merged = NULL;
      const char *etag;

      expect (version, "PUT", path, "{\"a\":1}", "If-None-Match", "*", 204);
      first = belay_xapi_server_ask (server, version, "GET", path, NULL, NULL);
      etag = soup_message_headers_get_one (first->headers, "ETag");
      g_assert_true (g_str_has_prefix (etag, "\""));
      expect (version, "PUT", path, "{}", "If-None-Match", "*", 412);
      expect (version, "PUT", path, "{}", "If-Match", "\"other\"", 412);
      expect (version, "POST", path, "{\"b\":2}", "If-Match", etag, 204);
      merged = belay_xapi_server_ask (server, version, "GET", path, NULL, NULL);
      g_assert_cmpstr (merged->body, ==, "{\"a\":1,\"b\":2}");
      expect (version, "PUT", path, "{}", "If-Match", etag, 412);
      expect (version, "POST", path, "text", "Content-Type", "text/plain", 400);
      expect (version, "DELETE", path, NULL, "If-Match", soup_message_headers_get_one (merged->headers, "ETag"), 204);
      expect (version, "GET", path, NULL, "Accept", "*/*", 404);
    }
}

/* ---- around the resources ---- */

static void
test_versions_are_told_apart (void)
{
  static const struct
  {
    const char *version;
    guint status;
  } versions[] = { { "1.0", 200 },  { "1.0.0", 200 }, { "1.0.3", 200 }, { "2.0.0", 200 }, { "0.95", 400 },
                   { "1.0.", 400 }, { "1.1.0", 400 }, { "2.1.0", 400 }, { "x", 400 } };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    expect (versions[i].version, "GET", "statements", NULL, "Accept", "*/*", versions[i].status);
  expect (NULL, "GET", "statements", NULL, "Accept", "*/*", 400);
  expect (NULL, "GET", "about", NULL, "Accept", "*/*", 200);
  expect (V2, "GET", "statements", NULL, "Authorization", "", 401);
}

/* 1.0.3, part three, 1.3: all is in a form, the credentials too */
static void
test_a_form_may_bring_its_own_headers (void)
{
  static const char statement[] = "{" ACTOR "," VERB "," OBJECT "}";
  g_autofree char *authorization = g_uri_escape_string (belay_xapi_server_get_authorization (server), NULL, FALSE);
  g_autofree char *content = g_uri_escape_string (statement, NULL, FALSE);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *who = g_strdup_printf ("Authorization=%s&X-Experience-API-Version=1.0.3", authorization);
  g_autofree char *put =
    g_strdup_printf ("%s&Content-Type=application%%2Fjson&statementId=%s&content=%s", who, id, content);
  g_autofree char *get = g_strdup_printf ("%s&statementId=%s", who, id);
  static const char nobody[] = "X-Experience-API-Version=1.0.3&limit=1";
  const struct
  {
    const char *path;
    const char *form;
    guint status;
  } forms[] = { { "statements?method=PUT", put, 204 },
                { "statements?method=GET", get, 200 },
                { "statements?method=GET&limit=1", who, 400 },
                { "statements?method=GET", nobody, 401 },
                { "statements?method=PUT", "{\"content\":{}}", 400 } };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (BelayXapiAnswer) answer =
        belay_xapi_server_ask (server, NULL, "POST", forms[i].path, forms[i].form, "Authorization", "", "Content-Type",
                               "application/x-www-form-urlencoded", NULL);

      assert_status (answer, forms[i].status, forms[i].path);
    }
}

static void
test_pages_of_named_origins_may_ask (void)
{
  g_autoptr (BelayXapiAnswer) asked = belay_xapi_server_ask (server, NULL, "OPTIONS", "statements", NULL, "Origin",
                                                             "https://two.example", "Authorization", "", NULL);
  g_autoptr (BelayXapiAnswer) told =
    belay_xapi_server_ask (server, V2, "GET", "statements", NULL, "Origin", "https://one.example", NULL);
  g_autoptr (BelayXapiAnswer) stranger =
    belay_xapi_server_ask (server, V2, "GET", "statements", NULL, "Origin", "https://three.example", NULL);

  g_assert_cmpuint (asked->status, ==, 204);
  g_assert_cmpstr (soup_message_headers_get_one (asked->headers, "Access-Control-Allow-Origin"), ==,
                   "https://two.example");
  g_assert_cmpstr (soup_message_headers_get_one (told->headers, "Access-Control-Allow-Origin"), ==,
                   "https://one.example");
  g_assert_null (soup_message_headers_get_one (stranger->headers, "Access-Control-Allow-Origin"));
}

/* Part three, 1.5.2: SHA-2 of any length */
static void
test_attachments_come_back_as_they_were_sent (gconstpointer version)
{
  static const char boundary[] = "multipart/mixed; boundary=wall";
  static const char sha224[] = "ea09ae9cc6768c50fcee903ed054556e5bfc8347907f12598aa24193"; /* of "hello" */
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *path = g_strdup_printf ("statements?attachments=true&statementId=%s", id);
  g_autofree char *body = g_strdup_printf (
    "--wall\r\nContent-Type: application/json\r\n\r\n"
    "{\"id\":\"%s\"," ACTOR "," VERB "," OBJECT ",\"attachments\":[{\"usageType\":\"http://a.example/u\",\"display\":"
    "{\"en\":\"x\"},\"contentType\":\"text/plain\",\"length\":5,\"sha2\":\"%s\"}]}\r\n"
    "--wall\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: %s\r\n\r\n"
    "hello\r\n--wall--\r\n",
    id, sha224, sha224);
  g_autoptr (BelayXapiAnswer) back = NULL;

  expect (version, "POST", "statements", body, "Content-Type", boundary, 200);
  back = belay_xapi_server_ask (server, version, "GET", path, NULL, NULL);
  assert_status (back, 200, path);
  g_assert_nonnull (strstr (back->body, "\r\n\r\nhello\r\n"));
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = belay_xapi_server_new ();

  g_test_add_data_func ("/xapi/1.0.3/statements keep to the rules", V1, test_statements_keep_to_the_rules);
  g_test_add_data_func ("/xapi/2.0/statements keep to the rules", V2, test_statements_keep_to_the_rules);
  g_test_add_data_func ("/xapi/1.0.3/questions are understood or refused", V1,
                        test_questions_are_understood_or_refused);
  g_test_add_data_func ("/xapi/2.0/questions are understood or refused", V2, test_questions_are_understood_or_refused);
  g_test_add_data_func ("/xapi/1.0.3/documents honour preconditions", V1, test_documents_honour_preconditions);
  g_test_add_data_func ("/xapi/2.0/documents honour preconditions", V2, test_documents_honour_preconditions);
  g_test_add_data_func ("/xapi/1.0.3/attachments come back as they were sent", V1,
                        test_attachments_come_back_as_they_were_sent);
  g_test_add_data_func ("/xapi/2.0/attachments come back as they were sent", V2,
                        test_attachments_come_back_as_they_were_sent);
  g_test_add_func ("/xapi/versions are told apart", test_versions_are_told_apart);
  g_test_add_func ("/xapi/a form may bring its own headers", test_a_form_may_bring_its_own_headers);
  g_test_add_func ("/xapi/pages of named origins may ask", test_pages_of_named_origins_may_ask);

  status = g_test_run ();
  belay_xapi_server_free (server);

  return status;
}
