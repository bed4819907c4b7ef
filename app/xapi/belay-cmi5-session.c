/* belay-cmi5-session.c: whether what a unit says keeps the rules of its session (cmi5 §7.1.3, §9)
 *
 * A unit's statements are "cmi5 defined" where they have a verb of §9.3 and the category of cmi5; those
 * without the category are "cmi5 allowed", and only have their place between "initialized" and
 * "terminated".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-cmi5.h"

#include "belay-statement-rules.h"
#include "belay-statement-values.h"

static gboolean
refuse (BelayStatementProblem *problem,
        const char *where,
        const char *rule,
        const char *section)
{
  belay_statement_problem_set (problem, where, rule, section);
  return FALSE;
}

static yyjson_val *
get_part (const BelayStatement *statement,
          const char *name)
{
  return yyjson_obj_get (belay_statement_get_value (statement), name);
}

static gboolean
lists_activity (yyjson_val *activities,
                const char *list,
                const char *id)
{
  yyjson_val *value = yyjson_obj_get (activities, list);
  size_t i, most;
  yyjson_val *activity;

  if (yyjson_is_obj (value))
    return g_strcmp0 (belay_value_member_text (value, "id"), id) == 0;
  yyjson_arr_foreach (value, i, most,
                      activity) if (g_strcmp0 (belay_value_member_text (activity, "id"), id) == 0) return TRUE;

  return FALSE;
}

static gboolean
has_category (const BelayStatement *statement,
              const char *category)
{
  return lists_activity (yyjson_obj_get (get_part (statement, "context"), "contextActivities"), "category", category);
}

/**
 * belay_cmi5_get_verb:
 *
 * Returns: which verb of §9.3 @statement has as a "cmi5 defined" statement; %BELAY_CMI5_OTHER for one that has another,
 *   or is only "cmi5 allowed"
 */
BelayCmi5Verb
belay_cmi5_get_verb (const BelayStatement *statement)
{
  g_return_val_if_fail (statement != NULL, BELAY_CMI5_OTHER);

  if (!has_category (statement, BELAY_CMI5_CATEGORY))
    return BELAY_CMI5_OTHER;

  return belay_cmi5_verb_from_iri (belay_statement_get_verb (statement));
}

/* §9.6: what defined and allowed statements share */
static gboolean
check_context (const BelayCmi5Launch *launch,
               const BelayStatement *statement,
               BelayStatementProblem *problem)
{
  yyjson_val *context = get_part (statement, "context");
  const char *registration = belay_statement_get_registration (statement);
  const char *session = belay_value_member_text (yyjson_obj_get (context, "extensions"), BELAY_CMI5_EXTENSION_SESSION);

  if (registration == NULL || g_ascii_strcasecmp (registration, launch->registration) != 0)
    return refuse (problem, "context.registration", "must be the one that the unit was launched with", "cmi5 9.6.1");
  if (g_strcmp0 (session, launch->session) != 0)
    return refuse (problem, "context.extensions", "must have the session id of the launch", "cmi5 9.6.3.1");
  if (!lists_activity (yyjson_obj_get (context, "contextActivities"), "grouping", launch->publisher))
    return refuse (problem, "context.contextActivities.grouping", "must list the unit's id of the course structure",
                   "cmi5 9.6.2.3");

  return TRUE;
}

static gboolean
check_order (const BelayCmi5Session *self,
             BelayCmi5Verb verb,
             BelayStatementProblem *problem)
{
  if (self->is_terminated || self->is_abandoned)
    return refuse (problem, "verb", "must not follow the end of the session", "cmi5 9.3.8");
  if (!self->is_initialized && verb != BELAY_CMI5_INITIALIZED)
    return refuse (problem, "verb", "must be initialized in the first statement of a session", "cmi5 9.3.2");
  if (self->is_initialized && verb == BELAY_CMI5_INITIALIZED)
    return refuse (problem, "verb", "must not be initialized twice in a session", "cmi5 9.3.2");
  if (verb == BELAY_CMI5_COMPLETED && self->has_completed)
    return refuse (problem, "verb", "must not be completed twice in a registration", "cmi5 9.3.3");
  if (verb == BELAY_CMI5_PASSED && self->has_passed)
    return refuse (problem, "verb", "must not be passed twice in a registration", "cmi5 9.3.4");
  if (verb == BELAY_CMI5_FAILED && self->has_passed)
    return refuse (problem, "verb", "must not be failed after passed", "cmi5 9.3.5");
  if ((verb == BELAY_CMI5_FAILED || verb == BELAY_CMI5_PASSED) && self->has_failed)
    return refuse (problem, "verb", "must not be a second judgement in a session", "cmi5 9.3");

  return TRUE;
}

/* What the verb says of the result: §9.5 */
typedef struct
{
  const char *success;    /* "true", "false", or NULL: must not be there */
  const char *completion; /* the same */
  gboolean has_duration;
  gboolean may_score;
} Outcome;

static Outcome
outcome_of (BelayCmi5Verb verb)
{
  switch (verb)
    {
    case BELAY_CMI5_COMPLETED:
      return (Outcome) { NULL, "true", TRUE, FALSE };
    case BELAY_CMI5_PASSED:
      return (Outcome) { "true", NULL, TRUE, TRUE };
    case BELAY_CMI5_FAILED:
      return (Outcome) { "false", NULL, TRUE, TRUE };
    case BELAY_CMI5_TERMINATED:
      return (Outcome) { NULL, NULL, TRUE, FALSE };
    case BELAY_CMI5_OTHER:
    case BELAY_CMI5_LAUNCHED:
    case BELAY_CMI5_INITIALIZED:
    case BELAY_CMI5_ABANDONED:
    case BELAY_CMI5_WAIVED:
    case BELAY_CMI5_SATISFIED:
    default:
      return (Outcome) { NULL, NULL, FALSE, FALSE };
    }
}

static gboolean
claims (yyjson_val *value,
        const char *wanted)
{
  if (value == NULL || wanted == NULL)
    return value == NULL && wanted == NULL;

  return yyjson_get_bool (value) == g_str_equal (wanted, "true");
}

/* §9.5.1, and §9.3.4 and 9.3.5: a score must be on the side of masteryScore that the verb says */
static gboolean
check_score (const BelayCmi5Launch *launch,
             BelayCmi5Verb verb,
             yyjson_val *score,
             BelayStatementProblem *problem)
{
  yyjson_val *scaled = yyjson_obj_get (score, "scaled");
  double share;

  if (scaled == NULL)
    return TRUE;

  share = belay_value_number (scaled);
  if (share < 0)
    return refuse (problem, "result.score.scaled", "must be from 0 to 1", "cmi5 9.5.1");
  if (launch->mastery >= 0 && (share * 10000 >= (double) launch->mastery) != (verb == BELAY_CMI5_PASSED))
    return refuse (problem, "result.score.scaled", "does not fit the verb, judged by the mastery score", "cmi5 9.5.1");

  return TRUE;
}

static gboolean
check_result (const BelayCmi5Launch *launch,
              BelayCmi5Verb verb,
              const BelayStatement *statement,
              BelayStatementProblem *problem)
{
  yyjson_val *result = get_part (statement, "result");
  yyjson_val *score = yyjson_obj_get (result, "score");
  Outcome outcome = outcome_of (verb);
  gboolean is_judgement = outcome.success != NULL || outcome.completion != NULL;

  if (!claims (yyjson_obj_get (result, "success"), outcome.success))
    return refuse (problem, "result.success", "must say what the verb says, and else not be there", "cmi5 9.5.2");
  if (!claims (yyjson_obj_get (result, "completion"), outcome.completion))
    return refuse (problem, "result.completion", "must say what the verb says, and else not be there", "cmi5 9.5.3");
  if (outcome.has_duration && yyjson_obj_get (result, "duration") == NULL)
    return refuse (problem, "result.duration", "must be there", "cmi5 9.5.4.1");
  if (score != NULL && !outcome.may_score)
    return refuse (problem, "result.score", "must only be there with passed and failed", "cmi5 9.5.1");
  if (has_category (statement, BELAY_CMI5_CATEGORY_MOVE_ON) != is_judgement)
    return refuse (problem, "context.contextActivities.category",
                   "must list moveOn where the result has success or completion, and only there", "cmi5 9.6.2.2");

  return check_score (launch, verb, score, problem);
}

static gboolean
check_defined (const BelayCmi5Launch *launch,
               BelayCmi5Verb verb,
               const BelayStatement *statement,
               BelayStatementProblem *problem)
{
  gboolean is_frame = verb == BELAY_CMI5_INITIALIZED || verb == BELAY_CMI5_TERMINATED;

  if (verb == BELAY_CMI5_LAUNCHED || verb == BELAY_CMI5_ABANDONED || verb == BELAY_CMI5_WAIVED
      || verb == BELAY_CMI5_SATISFIED)
    return refuse (problem, "verb", "is for the LMS alone", "cmi5 9.3");
  if (!is_frame && g_strcmp0 (launch->launch_mode, "Normal") != 0)
    return refuse (problem, "verb", "must be initialized or terminated in this launch mode", "cmi5 10.2.2");
  if (g_strcmp0 (belay_statement_get_activity (statement), launch->activity) != 0)
    return refuse (problem, "object.id", "must be the activityId of the launch", "cmi5 9.4");
  if (get_part (statement, "timestamp") == NULL)
    return refuse (problem, "timestamp", "must be there", "cmi5 9.7");

  return check_result (launch, verb, statement, problem);
}

/**
 * belay_cmi5_session_check:
 * @self: what is known of the session so far
 * @launch: what it was launched with
 * @statement: what the unit now says
 * @problem: set where it must not
 *
 * Judges a statement of a unit by §9 of cmi5. What a store demands of every statement is not asked again.
 *
 * Returns: whether it keeps the rules; answer with a 403 if not (§6.2)
 */
gboolean
belay_cmi5_session_check (const BelayCmi5Session *self,
                          const BelayCmi5Launch *launch,
                          const BelayStatement *statement,
                          BelayStatementProblem *problem)
{
  BelayCmi5Verb verb;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (launch != NULL, FALSE);
  g_return_val_if_fail (statement != NULL, FALSE);
  g_return_val_if_fail (problem != NULL, FALSE);

  verb = belay_cmi5_get_verb (statement);
  if (has_category (statement, BELAY_CMI5_CATEGORY) && verb == BELAY_CMI5_OTHER)
    return refuse (problem, "verb", "must be one of cmi5's with the category of cmi5", "cmi5 7.1.3");

  return check_order (self, verb, problem) && check_context (launch, statement, problem)
         && (verb == BELAY_CMI5_OTHER || check_defined (launch, verb, statement, problem));
}

/**
 * belay_cmi5_session_add:
 * @verb: of a statement that was stored, see belay_cmi5_get_verb()
 *
 * Takes note of it.
 */
void
belay_cmi5_session_add (BelayCmi5Session *self,
                        BelayCmi5Verb verb)
{
  g_return_if_fail (self != NULL);

  self->is_initialized = self->is_initialized || verb == BELAY_CMI5_INITIALIZED;
  self->is_terminated = self->is_terminated || verb == BELAY_CMI5_TERMINATED;
  self->is_abandoned = self->is_abandoned || verb == BELAY_CMI5_ABANDONED;
  self->has_completed = self->has_completed || verb == BELAY_CMI5_COMPLETED;
  self->has_passed = self->has_passed || verb == BELAY_CMI5_PASSED;
  self->has_failed = self->has_failed || verb == BELAY_CMI5_FAILED;
}
