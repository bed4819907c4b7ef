/* test-rights.c: who gets what from a real server, and who doesn't
 *
 * What is expected stands here by hand, from what the demo's people are to each other. It is never asked of the
 * table of rights: a rule that somebody loosens there is to fail here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-routes.h"
#include "belay-test-server.h"

#include <string.h>
#include <yyjson.h>

#define ABOUT_ANY_HARBOUR (HARBOUR | KEEL | ANCHOR)
#define ABOUT_ANY_RIDGE (RIDGE | LARCH)

enum
{
  HARBOUR = 1 << 0,
  KEEL = 1 << 1,
  ANCHOR = 1 << 2,
  RIDGE = 1 << 3,
  LARCH = 1 << 4,
  TEAM = 1 << 5,
  COURSES = 1 << 6,
};

/* All that each of them may see besides the organisation and what is their own */
static const struct
{
  const char *email;
  guint may;
} expected[] = {
  { "ana@granit.example", HARBOUR | KEEL | COURSES },
  { "jonas@granit.example", HARBOUR | KEEL | COURSES },
  { "mei@granit.example", HARBOUR | KEEL | COURSES },
  { "sam@granit.example", HARBOUR | KEEL | COURSES },
  { "lea@granit.example", HARBOUR | ANCHOR | COURSES },
  { "paul@granit.example", HARBOUR | ANCHOR | COURSES },
  { "ines@granit.example", HARBOUR | ANCHOR | COURSES },
  { "tom@granit.example", HARBOUR | ANCHOR | COURSES },
  { "yara@granit.example", RIDGE | LARCH | COURSES },
  { "emil@granit.example", RIDGE | LARCH | COURSES },
  { "priya@granit.example", RIDGE | LARCH | COURSES },
  { "luc@granit.example", RIDGE | LARCH | COURSES },
  { "nora@granit.example", TEAM },
  { "david@granit.example", TEAM },
  { "marta@granit.example", HARBOUR | KEEL | RIDGE | LARCH | COURSES },
  { "henrik@granit.example", HARBOUR | ANCHOR | COURSES },
  { "olga@granit.example", ABOUT_ANY_HARBOUR | ABOUT_ANY_RIDGE | COURSES },
  { "rosa@granit.example", HARBOUR | RIDGE },
  { "carla@granit.example", 0 },
};

#define N_PEOPLE G_N_ELEMENTS (expected)

typedef struct
{
  char *id;
  char *token; /* as a header */
  GHashTable *streams;
} Person;

static BelayTestServer *server;
static Person people[N_PEOPLE];
static char *organisation;
static char *streams[5]; /* by the bits from HARBOUR to LARCH */
static char *manifest;   /* the hash of a course of the programme */

static yyjson_val *
get (yyjson_val *value,
     const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    value = yyjson_obj_get (value, names[i]);

  return value;
}

static char *
sync_body (const char *stream,
           const char *up)
{
  return g_strdup_printf ("{\"device\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"time\":\"2026-01-01T00:00:00Z\","
                          "\"epoch\":null,\"rules\":1,\"budget\":1048576,\"cursors\":{%s%s%s},\"up\":[%s]}",
                          stream != NULL ? "\"" : "", stream != NULL ? stream : "", stream != NULL ? "\":0" : "",
                          up != NULL ? up : "");
}

static yyjson_doc *
sync_step (guint who,
           const char *stream,
           const char *up)
{
  g_autofree char *body = sync_body (stream, up);
  g_autoptr (BelayTestReply) reply = belay_test_server_ask (server, "POST", "/api/v1/sync", people[who].token, body);
  yyjson_doc *document = yyjson_read (reply->body, strlen (reply->body), 0);

  if (reply->status != 200)
    g_error ("%s: %u %s", expected[who].email, reply->status, reply->body);
  g_assert_nonnull (document);

  return document;
}

static void
sign_in (guint who)
{
  g_autofree char *body =
    g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\",\"device\":{\"id\":\"01890a5d-ac96-774b-bcce-0000000%05u\","
                     "\"name\":\"t\",\"public_key\":\"%043d\"}}",
                     expected[who].email, belay_test_server_get_password (server), who, 0);
  g_autoptr (BelayTestReply) reply = NULL;
  yyjson_doc *document;

  memset (strstr (body, "\"public_key\":\"") + strlen ("\"public_key\":\""), 'A', 43);
  reply = belay_test_server_ask (server, "POST", "/api/v1/sign-in", NULL, body);
  if (reply->status != 200)
    g_error ("%s: %u %s", expected[who].email, reply->status, reply->body);
  document = yyjson_read (reply->body, strlen (reply->body), 0);
  people[who].id = g_strdup (yyjson_get_str (get (yyjson_doc_get_root (document), "person/id")));
  people[who].token = g_strconcat ("Bearer ", yyjson_get_str (get (yyjson_doc_get_root (document), "token")), NULL);
  g_set_str (&organisation, yyjson_get_str (get (yyjson_doc_get_root (document), "organisation/id")));
  yyjson_doc_free (document);
}

/* Which stream is the cohort's or pod's, known by its title in English */
static void
note_document (const char *stream,
               yyjson_val *document)
{
  static const char *const titles[] = { "Harbour", "Keel", "Anchor", "Ridge", "Larch" };
  const char *kind = yyjson_get_str (get (document, "kind"));
  const char *title = yyjson_get_str (get (document, "body/title/en"));

  if (g_strcmp0 (kind, "cohort") == 0 || g_strcmp0 (kind, "pod") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
      if (g_strcmp0 (title, titles[i]) == 0)
        g_set_str (&streams[i], stream);
  if (g_strcmp0 (kind, "programme") == 0)
    {
      yyjson_val *term = yyjson_arr_get_first (get (document, "body/terms"));
      yyjson_val *module = yyjson_arr_get_first (get (yyjson_arr_get_first (get (term, "weeks")), "modules"));

      g_set_str (&manifest, yyjson_get_str (get (module, "manifest")));
    }
}

static void
learn_streams (guint who)
{
  yyjson_doc *document = sync_step (who, NULL, NULL);
  yyjson_val *list = get (yyjson_doc_get_root (document), "streams");

  people[who].streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < yyjson_arr_size (list); i++)
    {
      yyjson_val *stream = yyjson_arr_get (list, i);
      const char *name = yyjson_get_str (get (stream, "stream"));
      yyjson_val *documents = get (stream, "documents");

      g_hash_table_add (people[who].streams, g_strdup (name));
      for (gsize j = 0; j < yyjson_arr_size (documents); j++)
        note_document (name, yyjson_arr_get (documents, j));
    }
  yyjson_doc_free (document);
}

static gboolean
may_see (guint who,
         const char *stream)
{
  const char *colon = strchr (stream, ':');

  if (g_str_equal (stream, "org"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    if (g_str_equal (stream, streams[i]))
      return (expected[who].may & (1u << i)) != 0;
  if (!g_str_equal (colon + 1, people[who].id))
    return FALSE;

  return g_str_has_prefix (stream, "self:") || (g_str_has_prefix (stream, "team:") && (expected[who].may & TEAM) != 0);
}

static void
assert_stream (guint who,
               const char *stream)
{
  yyjson_doc *document = sync_step (who, stream, NULL);
  yyjson_val *list = get (yyjson_doc_get_root (document), "streams");
  gboolean is_sent = FALSE;

  for (gsize i = 0; i < yyjson_arr_size (list); i++)
    is_sent |= g_strcmp0 (yyjson_get_str (get (yyjson_arr_get (list, i), "stream")), stream) == 0;
  yyjson_doc_free (document);
  if (is_sent != may_see (who, stream))
    g_error ("%s %s the stream %s", expected[who].email, is_sent ? "gets" : "does not get", stream);
}

static void
test_everyone_gets_their_streams_and_no_other (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer stream;

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    g_hash_table_add (all, g_strdup (streams[i]));
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      static const char *const kinds[] = { "self", "team", "buddy", "organiser", "elsewhere" };

      for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
        g_hash_table_add (all, g_strconcat (kinds[j], ":", people[i].id, NULL));
      g_hash_table_iter_init (&iter, people[i].streams);
      while (g_hash_table_iter_next (&iter, &stream, NULL))
        g_hash_table_add (all, g_strdup (stream));
    }

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_hash_table_iter_init (&iter, all);
      while (g_hash_table_iter_next (&iter, &stream, NULL))
        assert_stream (i, stream);
    }
}

static char *
agent_of (guint who)
{
  return g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                          organisation, people[who].id);
}

static char *
statement_of (guint who,
              const char *id)
{
  g_autofree char *agent = agent_of (who);

  return g_strdup_printf ("{\"id\":\"%s\",\"actor\":%s,\"verb\":{\"id\":\"http://example.org/tried\"},"
                          "\"object\":{\"id\":\"http://example.org/thing\"},\"timestamp\":\"2026-01-01T00:00:00Z\"}",
                          id, agent);
}

static char *
victim_statement_id (guint who)
{
  return g_strdup_printf ("01890a5d-ac96-4000-8000-%012u", who);
}

/* The verdict on a statement in the name of @of, sent by @who */
static char *
send_statement (guint who,
                guint of,
                const char *id)
{
  g_autofree char *statement = statement_of (of, id);
  g_autofree char *item = g_strdup_printf ("{\"kind\":\"statement\",\"id\":\"%s\",\"body\":%s}", id, statement);
  yyjson_doc *document = sync_step (who, NULL, item);
  yyjson_val *verdict = yyjson_arr_get_first (get (yyjson_doc_get_root (document), "verdicts"));
  const char *code = yyjson_get_str (get (verdict, "code"));
  char *said = g_strdup (code != NULL ? code : yyjson_get_str (get (verdict, "verdict")));

  yyjson_doc_free (document);

  return said;
}

static void
test_nobody_writes_in_the_name_of_another (void)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      guint victim = (i + 1) % N_PEOPLE;
      g_autofree char *own_id = victim_statement_id (i);
      g_autofree char *id = g_strdup_printf ("01890a5d-ac96-4000-9000-%012u", i);
      g_autofree char *own = send_statement (i, i, own_id);
      g_autofree char *forged = send_statement (i, victim, id);
      g_autofree char *statement = statement_of (victim, id);
      g_autoptr (BelayTestReply) posted =
        belay_test_server_ask (server, "POST", "/xapi/statements", people[i].token, statement);

      g_assert_cmpstr (own, ==, "stored");
      g_assert_cmpstr (forged, ==, "not-yours");
      g_assert_cmpuint (posted->status, ==, 403);
    }
}

static void
test_nobody_reads_what_another_did_or_noted (void)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      guint victim = (i + 1) % N_PEOPLE;
      g_autofree char *agent = agent_of (victim);
      g_autofree char *escaped = g_uri_escape_string (agent, NULL, FALSE);
      g_autofree char *id = victim_statement_id (victim);
      g_autofree char *own_id = victim_statement_id (i);
      g_autofree char *by_id = g_strconcat ("/xapi/statements?statementId=", id, NULL);
      g_autofree char *own_by_id = g_strconcat ("/xapi/statements?statementId=", own_id, NULL);
      g_autofree char *by_agent = g_strconcat ("/xapi/statements?agent=", escaped, NULL);
      g_autofree char *state =
        g_strconcat ("/xapi/activities/state?activityId=http://example.org/thing&stateId=note&agent=", escaped, NULL);
      g_autofree char *profile = g_strconcat ("/xapi/agents/profile?profileId=note&agent=", escaped, NULL);
      g_autoptr (BelayTestReply) one = belay_test_server_ask (server, "GET", by_id, people[i].token, NULL);
      g_autoptr (BelayTestReply) own = belay_test_server_ask (server, "GET", own_by_id, people[i].token, NULL);
      g_autoptr (BelayTestReply) list = belay_test_server_ask (server, "GET", by_agent, people[i].token, NULL);
      const char *const documents[] = { state, profile };

      g_assert_cmpuint (own->status, ==, 200);
      g_assert_cmpuint (one->status, ==, 404);
      g_assert_null (strstr (list->body, people[victim].id));
      for (guint j = 0; j < G_N_ELEMENTS (documents); j++)
        {
          g_autoptr (BelayTestReply) read = belay_test_server_ask (server, "GET", documents[j], people[i].token, NULL);
          g_autoptr (BelayTestReply) written =
            belay_test_server_ask (server, "POST", documents[j], people[i].token, "{\"mine\":1}");
          g_autoptr (BelayTestReply) removed =
            belay_test_server_ask (server, "DELETE", documents[j], people[i].token, NULL);

          g_assert_cmpuint (read->status, ==, 403);
          g_assert_cmpuint (written->status, ==, 403);
          g_assert_cmpuint (removed->status, ==, 403);
        }
    }
}

static void
test_a_course_is_for_those_whose_programme_has_it (void)
{
  g_autofree char *path = g_strconcat ("/content/manifests/", manifest, NULL);

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (BelayTestReply) reply = belay_test_server_ask (server, "GET", path, people[i].token, NULL);

      if ((reply->status == 200) != ((expected[i].may & COURSES) != 0))
        g_error ("%s: %u for a manifest", expected[i].email, reply->status);
      if (reply->status != 200)
        g_assert_cmpuint (reply->status, ==, 403);
    }
}

/* Each route, in the walk above or open to everyone: one that is added must be added here, with its test */
static void
test_every_route_is_walked_and_closed_to_strangers (void)
{
  static const struct
  {
    const char *path;
    const char *method;
    const char *example;
    gboolean is_open;
  } walked[] = {
    { "/healthz", "GET", "/healthz", TRUE },
    { "/api/v1/server", "GET", "/api/v1/server", TRUE },
    { "/api/v1/join", "POST", "/api/v1/join", TRUE },
    { "/api/v1/sign-in", "POST", "/api/v1/sign-in", TRUE },
    { "/api/v1/sign-out", "POST", "/api/v1/sign-out", FALSE },
    { "/api/v1/sync", "POST", "/api/v1/sync", FALSE },
    { "/content/manifests/", "GET", "/content/manifests/x", FALSE },
    { "/content/blobs/", "GET", "/content/blobs/x", FALSE },
    { "/xapi/", "GET", "/xapi/statements", FALSE },
  };
  g_autofree char *body = sync_body (NULL, NULL);
  guint count = 0;

  for (const BelayRoute *route = belay_routes_next (NULL); route != NULL; route = belay_routes_next (route), count++)
    {
      gboolean is_walked = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (walked); i++)
        is_walked |= g_str_equal (walked[i].path, route->path) && walked[i].is_open == route->is_open;
      if (!is_walked)
        g_error ("The route %s is in no walk: add it, and try who may not go there", route->path);
    }
  g_assert_cmpuint (count, ==, G_N_ELEMENTS (walked));

  for (guint i = 0; i < G_N_ELEMENTS (walked); i++)
    {
      const char *sent = g_str_equal (walked[i].method, "POST") ? body : NULL;
      g_autoptr (BelayTestReply) nobody =
        belay_test_server_ask (server, walked[i].method, walked[i].example, NULL, sent);
      g_autoptr (BelayTestReply) stranger =
        belay_test_server_ask (server, walked[i].method, walked[i].example, "Bearer none", sent);

      if (walked[i].is_open)
        continue;
      g_assert_cmpuint (nobody->status, ==, 401);
      g_assert_cmpuint (stranger->status, ==, 401);
    }
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = belay_test_server_new ();
  belay_test_server_start (server);
  for (guint i = 0; i < N_PEOPLE; i++)
    sign_in (i);
  for (guint i = 0; i < N_PEOPLE; i++)
    learn_streams (i);
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    g_assert_nonnull (streams[i]);
  g_assert_nonnull (manifest);

  g_test_add_func ("/rights/everyone-gets-their-streams-and-no-other", test_everyone_gets_their_streams_and_no_other);
  g_test_add_func ("/rights/nobody-writes-in-the-name-of-another", test_nobody_writes_in_the_name_of_another);
  g_test_add_func ("/rights/nobody-reads-what-another-did-or-noted", test_nobody_reads_what_another_did_or_noted);
  g_test_add_func ("/rights/a-course-is-for-those-whose-programme-has-it",
                   test_a_course_is_for_those_whose_programme_has_it);
  g_test_add_func ("/rights/every-route-is-walked-and-closed-to-strangers",
                   test_every_route_is_walked_and_closed_to_strangers);
  status = g_test_run ();

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_free (people[i].id);
      g_free (people[i].token);
      g_hash_table_unref (people[i].streams);
    }
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    g_free (streams[i]);
  g_free (manifest);
  g_free (organisation);
  belay_test_server_free (server);

  return status;
}
