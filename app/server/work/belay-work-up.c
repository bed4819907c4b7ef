/* belay-work-up.c: one item from a laptop gets its verdict
 *
 * Each is judged alone behind its own savepoint: whatever is wrong with one, its neighbours stand. Only a
 * database that cannot write (a full disk) ends the whole step, with nothing of it kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-up.h"

#include "belay-database.h"
#include "belay-db-learning.h"
#include "belay-wire-error.h"
#include "belay-work-grants.h"
#include "belay-xapi-handler.h"

static BelayVerdict *
reject_malformed (const char *id,
                  const char *where,
                  const char *rule)
{
  return belay_verdict_new_rejected (id, BELAY_CODE_MALFORMED,
                                     belay_parameters_new_two_texts ("where", where, "rule", rule));
}

static BelayVerdict *
reject_forbidden (const char *id,
                  BelayAct act,
                  BelayObject object)
{
  return belay_verdict_new_rejected (id, BELAY_CODE_FORBIDDEN,
                                     belay_parameters_new_two_texts ("act", belay_act_to_string (act), "object",
                                                                     belay_object_to_string (object)));
}

/* 2.0, or 1.0.3 where that is what it is. @problem: of the former. */
static BelayStatement *
parse_statement (const char *json,
                 BelayStatementProblem *problem)
{
  g_auto (BelayStatementProblem) older = { 0 };
  BelayStatement *statement = belay_statement_parse (json, -1, BELAY_XAPI_VERSION_2_0, problem);

  if (statement == NULL)
    statement = belay_statement_parse (json, -1, BELAY_XAPI_VERSION_1_0_3, &older);

  return statement;
}

static gboolean
is_own (const BelayWorkSender *sender,
        const BelayStatement *statement)
{
  g_autofree char *home = g_strconcat ("urn:uuid:", belay_db_get_organisation_id (sender->tx), NULL);

  return g_strcmp0 (belay_statement_get_account_home_page (statement), home) == 0
         && g_strcmp0 (belay_statement_get_account_name (statement), sender->person) == 0;
}

static BelayVerdict *
to_verdict (const BelayUpItem *item,
            BelayXapiVerdict verdict,
            const BelayStatementProblem *problem)
{
  switch (verdict)
    {
    case BELAY_XAPI_VERDICT_STORED:
      return belay_verdict_new_stored (item->id);
    case BELAY_XAPI_VERDICT_DUPLICATE:
      return belay_verdict_new_duplicate (item->id);
    case BELAY_XAPI_VERDICT_DIFFERENT:
      return belay_verdict_new_rejected (item->id, BELAY_CODE_DIFFERENT, NULL);
    case BELAY_XAPI_VERDICT_FORBIDDEN:
      return reject_forbidden (item->id, BELAY_ACT_ADD, BELAY_OBJECT_STATEMENT);
    case BELAY_XAPI_VERDICT_MALFORMED:
      return reject_malformed (item->id, problem->where != NULL ? problem->where : "",
                               problem->rule != NULL ? problem->rule : "");
    case BELAY_XAPI_VERDICT_FAILED:
    default:
      return NULL;
    }
}

/**
 * belay_work_agent_json:
 *
 * Returns: (transfer full): the Agent by which statements name @person
 */
char *
belay_work_agent_json (BelayDbTransaction *tx,
                       const char *person)
{
  return g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                          belay_db_get_organisation_id (tx), person);
}

/**
 * belay_work_up_judge_statement:
 *
 * Returns: (transfer full) (nullable): the verdict; %NULL where the database failed
 */
BelayVerdict *
belay_work_up_judge_statement (const BelayWorkSender *sender,
                               const BelayUpItem *item,
                               GError **error)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = parse_statement (item->body, &problem);
  g_autofree char *agent = NULL;
  BelayXapiCaller caller = { 0 };
  BelayXapiVerdict verdict;

  if (statement == NULL)
    return reject_malformed (item->id, problem.where, problem.rule);
  if (belay_statement_get_id (statement) == NULL
      || g_ascii_strcasecmp (belay_statement_get_id (statement), item->id) != 0)
    return reject_malformed (item->id, "id", "must be the id of the item");
  if (!is_own (sender, statement))
    return belay_verdict_new_rejected (item->id, BELAY_CODE_NOT_YOURS, NULL);
  if (!belay_work_allows (sender->tx, sender->grants, BELAY_ACT_ADD, BELAY_OBJECT_STATEMENT,
                          (BelayTarget) { .person_id = sender->person }))
    return reject_forbidden (item->id, BELAY_ACT_ADD, BELAY_OBJECT_STATEMENT);

  agent = belay_work_agent_json (sender->tx, sender->person);
  caller.authority = agent;
  caller.scopes = BELAY_XAPI_SCOPE_WRITE_STATEMENTS;
  caller.person_id = sender->person;
  verdict = belay_xapi_store (belay_db_get_statements (sender->tx), &caller, statement, belay_db_get_clock (sender->tx),
                              &problem, error);

  return to_verdict (item, verdict, &problem);
}

/* Nobody understands a command yet: the first ones come with study blocks. One that needs a refused one is
 * refused for that, so that a laptop can show them together. */
static BelayVerdict *
judge_command (const BelayWorkSender *sender,
               const BelayUpItem *item,
               GError **error)
{
  const char *code = BELAY_CODE_UNSUPPORTED;
  GVariant *parameters = NULL;

  for (guint i = 0; item->needs != NULL && item->needs[i] != NULL && parameters == NULL; i++)
    {
      gboolean is_refused;

      if (!belay_db_refused_has (sender->tx, sender->person, item->needs[i], &is_refused, error))
        return NULL;
      if (is_refused)
        {
          code = BELAY_CODE_NEEDS;
          parameters = belay_parameters_new_text ("id", item->needs[i]);
        }
    }
  if (parameters == NULL)
    parameters = belay_parameters_new_text ("type", item->type);
  if (!belay_db_refused_add (sender->tx, sender->person, item->id, code, error))
    {
      g_variant_unref (g_variant_ref_sink (parameters));
      return NULL;
    }

  return belay_verdict_new_rejected (item->id, code, parameters);
}

static BelayVerdict *
judge_inside (const BelayWorkSender *sender,
              const BelayUpItem *item,
              GError **error)
{
  if (item->too_large)
    return belay_verdict_new_rejected (item->id, BELAY_CODE_TOO_LARGE,
                                       belay_parameters_new_number ("most", item->kind == BELAY_UP_STATE
                                                                              ? BELAY_WIRE_STATE_MOST
                                                                              : BELAY_WIRE_STATEMENT_MOST));
  if (item->malformed_where != NULL)
    return reject_malformed (item->id, item->malformed_where, item->malformed_rule != NULL ? item->malformed_rule : "");

  switch (item->kind)
    {
    case BELAY_UP_STATEMENT:
      return belay_work_up_judge_statement (sender, item, error);
    case BELAY_UP_STATE:
      return belay_work_up_judge_state (sender, item, error);
    case BELAY_UP_COMMAND:
      return judge_command (sender, item, error);
    case BELAY_UP_UNKNOWN:
    default:
      return belay_verdict_new_rejected (item->id, BELAY_CODE_UNSUPPORTED,
                                         belay_parameters_new_text ("type", item->type != NULL ? item->type : ""));
    }
}

/* A fault of ours with this one item: it is kept by the laptop, and can be tried again */
static BelayVerdict *
reject_after_fault (const BelayUpItem *item,
                    const GError *fault)
{
  g_warning ("An item could not be judged: %s", fault->message);

  return belay_verdict_new_rejected (item->id, BELAY_CODE_INTERNAL, NULL);
}

/**
 * belay_work_up_judge:
 *
 * Returns: (transfer full) (nullable): the verdict, and what it says is done; %NULL where the database
 *   failed, and the whole step is to be undone
 */
BelayVerdict *
belay_work_up_judge (const BelayWorkSender *sender,
                     const BelayUpItem *item,
                     GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (BelayVerdict) verdict = NULL;

  if (!belay_db_part_begin (sender->tx, error))
    return NULL;

  verdict = judge_inside (sender, item, &local_error);
  if (verdict != NULL)
    return belay_db_part_keep (sender->tx, error) ? g_steal_pointer (&verdict) : NULL;

  belay_db_part_undo (sender->tx);
  if (local_error->domain == BELAY_DATABASE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return reject_after_fault (item, local_error);
}
