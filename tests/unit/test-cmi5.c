/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-cmi5.h"

#include <string.h>

#define REGISTRATION "11111111-1111-4111-8111-111111111111"
#define ACTIVITY "urn:uuid:22222222-2222-4222-8222-222222222222"
#define ACTOR "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:3\",\"name\":\"ana\"}}"

static const BelayCmi5Launch launch = {
  .actor = ACTOR,
  .activity = ACTIVITY,
  .registration = REGISTRATION,
  .session = "session",
  .publisher = "https://publisher.example/au",
  .launch_mode = "Normal",
  .launch_method = "AnyWindow",
  .move_on = "CompletedOrPassed",
  .mastery = 8000,
};

static BelayStatement *
say (const char *verb,
     const char *session,
     const char *result,
     const char *category)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autofree char *text = g_strdup_printf (
    "{\"actor\":" ACTOR ",\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/%s\"},\"object\":{\"id\":\"" ACTIVITY "\"},"
    "\"result\":{%s},\"timestamp\":\"2026-01-01T00:00:00Z\",\"context\":{\"registration\":\"" REGISTRATION "\","
    "\"contextActivities\":{\"grouping\":[{\"id\":\"https://publisher.example/au\"}],\"category\":[%s]},"
    "\"extensions\":{\"" BELAY_CMI5_EXTENSION_SESSION "\":\"%s\"}}}",
    verb, result, category, session);
  BelayStatement *statement = belay_statement_parse (text, -1, BELAY_XAPI_VERSION_1_0_3, &problem);

  if (statement == NULL)
    g_error ("%s %s", problem.where, problem.rule);

  return statement;
}

#define DEFINED "{\"id\":\"" BELAY_CMI5_CATEGORY "\"}"
#define JUDGED DEFINED ",{\"id\":\"" BELAY_CMI5_CATEGORY_MOVE_ON "\"}"

static gboolean
hear (BelayCmi5Session *session,
      const char *verb,
      const char *result,
      const char *category)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = say (verb, "session", result, category);

  if (!belay_cmi5_session_check (session, &launch, statement, &problem))
    {
      g_test_message ("%s %s", problem.where, problem.rule);
      return FALSE;
    }
  belay_cmi5_session_add (session, belay_cmi5_get_verb (statement));

  return TRUE;
}

static void
test_a_session_keeps_its_order (void)
{
  BelayCmi5Session session = { 0 };

  g_assert_false (hear (&session, "experienced", "", ""));
  g_assert_true (hear (&session, "initialized", "", DEFINED));
  g_assert_false (hear (&session, "initialized", "", DEFINED));
  g_assert_true (hear (&session, "experienced", "", ""));
  g_assert_true (hear (&session, "completed", "\"completion\":true,\"duration\":\"PT1S\"", JUDGED));
  g_assert_false (hear (&session, "completed", "\"completion\":true,\"duration\":\"PT1S\"", JUDGED));
  g_assert_true (
    hear (&session, "passed", "\"success\":true,\"duration\":\"PT1S\",\"score\":{\"scaled\":0.8}", JUDGED));
  g_assert_false (hear (&session, "failed", "\"success\":false,\"duration\":\"PT1S\"", JUDGED));
  g_assert_true (hear (&session, "terminated", "\"duration\":\"PT1S\"", DEFINED));
  g_assert_false (hear (&session, "experienced", "", ""));
}

static void
test_results_say_what_the_verb_says (void)
{
  BelayCmi5Session session = { .is_initialized = TRUE };

  g_assert_false (
    hear (&session, "passed", "\"success\":true,\"duration\":\"PT1S\",\"score\":{\"scaled\":0.79}", JUDGED));
  g_assert_false (hear (&session, "passed", "\"success\":true", JUDGED));
  g_assert_false (hear (&session, "passed", "\"success\":true,\"duration\":\"PT1S\"", DEFINED));
  g_assert_false (hear (&session, "completed", "\"duration\":\"PT1S\"", JUDGED));
  g_assert_false (hear (&session, "launched", "", DEFINED));
  g_assert_true (
    hear (&session, "failed", "\"success\":false,\"duration\":\"PT1S\",\"score\":{\"scaled\":0.79}", JUDGED));
}

static void
test_another_session_is_refused (void)
{
  BelayCmi5Session session = { .is_initialized = TRUE };
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = say ("experienced", "other", "", "");

  g_assert_false (belay_cmi5_session_check (&session, &launch, statement, &problem));
  g_assert_cmpstr (problem.where, ==, "context.extensions");
}

static void
assert_statement (char *text,
                  const char *part)
{
  g_autofree char *owned = text;
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = belay_statement_parse (text, -1, BELAY_XAPI_VERSION_1_0_3, &problem);

  if (statement == NULL)
    g_error ("%s %s", problem.where, problem.rule);
  g_assert_nonnull (strstr (owned, part));
  g_assert_nonnull (strstr (owned, BELAY_CMI5_CATEGORY));
  g_assert_nonnull (strstr (owned, BELAY_CMI5_EXTENSION_SESSION));
}

static void
test_the_lms_speaks_right_statements (void)
{
  g_autoptr (BelayClock) clock = belay_clock_new_fixed (1767225600000000);
  g_autofree char *data = belay_cmi5_launch_data (&launch);

  assert_statement (belay_cmi5_launched (&launch, clock), "extensions/masteryscore\":0.8");
  assert_statement (belay_cmi5_abandoned (&launch, 61, clock), "\"duration\":\"PT61S\"");
  assert_statement (belay_cmi5_waived (&launch, "Administrative", clock), BELAY_CMI5_CATEGORY_MOVE_ON);
  assert_statement (belay_cmi5_satisfied (&launch, "urn:uuid:course", TRUE, clock), "activitytype/course");
  g_assert_nonnull (strstr (data, "\"masteryScore\":0.8,\"moveOn\":\"CompletedOrPassed\""));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cmi5/a-session-keeps-its-order", test_a_session_keeps_its_order);
  g_test_add_func ("/cmi5/results-say-what-the-verb-says", test_results_say_what_the_verb_says);
  g_test_add_func ("/cmi5/another-session-is-refused", test_another_session_is_refused);
  g_test_add_func ("/cmi5/the-lms-speaks-right-statements", test_the_lms_speaks_right_statements);

  return g_test_run ();
}
