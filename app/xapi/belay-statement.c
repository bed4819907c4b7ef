/* belay-statement.c: one xAPI statement, parsed and judged
 *
 * A statement that exists keeps the rules. Numbers stay the digits that they were, members stay in
 * their order: what is stored can be told again as it was said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-private.h"

#include <string.h>

#include "belay-statement-rules.h"
#include "belay-statement-values.h"

#define VOIDED "http://adlnet.gov/expapi/verbs/voided"

struct _BelayStatement
{
  yyjson_doc *document; /* owned, or NULL where the value belongs to a batch */
  yyjson_val *value;
  BelayXapiVersion version;
  char *id;           /* in lower case */
  char *actor;        /* identifier */
  char *target;       /* of a StatementRef, in lower case */
  char *registration; /* in lower case */
  gint64 timestamp_us;
  BelayStatementObject object;
};

/**
 * belay_statement_problem_clear:
 *
 * Frees what is in @problem, and makes it empty.
 */
void
belay_statement_problem_clear (BelayStatementProblem *problem)
{
  g_return_if_fail (problem != NULL);

  g_clear_pointer (&problem->where, g_free);
  g_clear_pointer (&problem->rule, g_free);
  problem->section = NULL;
}

void
belay_statement_problem_set (BelayStatementProblem *problem,
                             const char *where,
                             const char *rule,
                             const char *section)
{
  belay_statement_problem_clear (problem);
  /* A path is made of a peer's own words, which may be long */
  problem->where = g_utf8_substring (where, 0, MIN (g_utf8_strlen (where, -1), 400));
  problem->rule = g_strdup (rule);
  problem->section = section;
}

/**
 * belay_statement_problem_to_sentence:
 *
 * Returns: (transfer full): such as `verb.id must be an IRI with a scheme (xAPI 4.3).`; for an empty problem, that it
 *   is not allowed
 */
char *
belay_statement_problem_to_sentence (const BelayStatementProblem *problem)
{
  const char *where;

  g_return_val_if_fail (problem != NULL, NULL);

  if (problem->rule == NULL)
    return g_strdup ("It is not allowed.");
  where = problem->where != NULL && *problem->where != '\0' ? problem->where : "It";
  if (problem->section == NULL)
    return g_strdup_printf ("%s %s.", where, problem->rule);

  return g_strdup_printf ("%s %s (%s%s).", where, problem->rule,
                          g_str_has_prefix (problem->section, "cmi5") ? "" : "xAPI ", problem->section);
}

/**
 * belay_json_read:
 * @problem: set where @json is none
 *
 * Reads JSON (RFC 8259) whose numbers stay raw and whose objects have each member once.
 *
 * Returns: (transfer full) (nullable): the document, for yyjson_doc_free()
 */
yyjson_doc *
belay_json_read (const char *json,
                 gsize length,
                 BelayStatementProblem *problem)
{
  yyjson_read_err error;
  yyjson_doc *document;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problem != NULL, NULL);

  document = yyjson_read_opts ((char *) json, length, YYJSON_READ_NUMBER_AS_RAW, NULL, &error);
  if (document == NULL)
    {
      g_autofree char *rule = g_strdup_printf ("is not JSON: %s at byte %zu", error.msg, error.pos);

      belay_statement_problem_set (problem, "", rule, "3: 1.5.1");
      return NULL;
    }
  if (!belay_rules_check_json (yyjson_doc_get_root (document), "", problem))
    g_clear_pointer (&document, yyjson_doc_free);

  return document;
}

/* Domains have no case (§2.4.2.3); the part before the @ may. */
static char *
normalise_mailto (const char *mailto)
{
  const char *at = strrchr (mailto, '@');
  g_autofree char *domain = g_ascii_strdown (at, -1);

  return g_strdup_printf ("mbox %.*s%s", (int) (at - mailto), mailto, domain);
}

/**
 * belay_agent_identify_value:
 * @agent: an Agent or Group that keeps the rules
 *
 * Returns: (transfer full) (nullable): its identifier as text that is equal for equal agents (§2.4.2.3), or
 *   %NULL for a group without one
 */
char *
belay_agent_identify_value (yyjson_val *agent)
{
  const char *text;
  yyjson_val *account = yyjson_obj_get (agent, "account");

  if ((text = belay_value_member_text (agent, "mbox")) != NULL && strrchr (text, '@') != NULL)
    return normalise_mailto (text);
  if ((text = belay_value_member_text (agent, "mbox_sha1sum")) != NULL)
    {
      g_autofree char *lower = g_ascii_strdown (text, -1);
      return g_strconcat ("sha1 ", lower, NULL);
    }
  if ((text = belay_value_member_text (agent, "openid")) != NULL)
    return g_strconcat ("openid ", text, NULL);
  if (account != NULL)
    return g_strconcat ("account ", belay_value_member_text (account, "homePage"), " ",
                        belay_value_member_text (account, "name"), NULL);

  return NULL;
}

/**
 * belay_agent_identify:
 * @agent_json: JSON of an Agent, or of a Group with an identifier
 * @problem: set where it is neither
 *
 * Returns: (transfer full) (nullable): its identifier, as #BelayXapiDocumentKey has it
 */
char *
belay_agent_identify (const char *agent_json,
                      BelayXapiVersion version,
                      BelayStatementProblem *problem)
{
  yyjson_doc *document;
  char *identifier = NULL;

  g_return_val_if_fail (agent_json != NULL, NULL);
  g_return_val_if_fail (problem != NULL, NULL);

  document = belay_json_read (agent_json, strlen (agent_json), problem);
  if (document == NULL)
    return NULL;
  if (belay_rules_check (BELAY_RULES_ACTOR, yyjson_doc_get_root (document), "agent", version, problem))
    identifier = belay_agent_identify_value (yyjson_doc_get_root (document));
  yyjson_doc_free (document);

  return identifier;
}

static char *
lower_or_null (const char *text)
{
  return text != NULL ? g_ascii_strdown (text, -1) : NULL;
}

static BelayStatementObject
object_from_value (yyjson_val *object)
{
  static const struct
  {
    const char *type;
    BelayStatementObject object;
  } types[] = { { "Agent", BELAY_STATEMENT_OBJECT_AGENT },
                { "Group", BELAY_STATEMENT_OBJECT_GROUP },
                { "SubStatement", BELAY_STATEMENT_OBJECT_SUB_STATEMENT },
                { "StatementRef", BELAY_STATEMENT_OBJECT_STATEMENT_REF } };
  const char *type = belay_value_member_text (object, "objectType");

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (type, types[i].type) == 0)
      return types[i].object;

  return BELAY_STATEMENT_OBJECT_ACTIVITY;
}

static void
read_parts (BelayStatement *self)
{
  yyjson_val *object = yyjson_obj_get (self->value, "object");
  const char *timestamp = belay_value_member_text (self->value, "timestamp");

  self->id = lower_or_null (belay_value_member_text (self->value, "id"));
  self->actor = belay_agent_identify_value (yyjson_obj_get (self->value, "actor"));
  self->registration =
    lower_or_null (belay_value_member_text (yyjson_obj_get (self->value, "context"), "registration"));
  self->object = object_from_value (object);
  if (self->object == BELAY_STATEMENT_OBJECT_STATEMENT_REF)
    self->target = lower_or_null (belay_value_member_text (object, "id"));
  self->timestamp_us = G_MININT64;
  if (timestamp != NULL)
    belay_value_is_time (timestamp, self->version, &self->timestamp_us);
}

/**
 * belay_statement_new_from_value:
 * @value: part of a document that was read with numbers as raw text and lives longer than the statement
 * @where: the path that problems begin with, such as `[3]`; may be empty
 * @problem: set where @value breaks a rule
 *
 * Judges one statement of a batch. Look for members that are there twice beforehand, in the whole document.
 *
 * Returns: (transfer full) (nullable): the statement
 */
BelayStatement *
belay_statement_new_from_value (yyjson_val *value,
                                const char *where,
                                BelayXapiVersion version,
                                BelayStatementProblem *problem)
{
  BelayStatement *self;

  g_return_val_if_fail (where != NULL, NULL);
  g_return_val_if_fail (problem != NULL, NULL);

  if (!belay_rules_check (BELAY_RULES_STATEMENT, value, where, version, problem))
    return NULL;

  self = g_new0 (BelayStatement, 1);
  self->value = value;
  self->version = version;
  read_parts (self);

  return self;
}

/**
 * belay_statement_parse:
 * @json: UTF-8
 * @length: its bytes, or -1 where it ends with a NUL
 * @problem: set where @json is not a statement that keeps the rules of @version
 *
 * Returns: (transfer full) (nullable): the statement
 */
BelayStatement *
belay_statement_parse (const char *json,
                       gssize length,
                       BelayXapiVersion version,
                       BelayStatementProblem *problem)
{
  yyjson_doc *document;
  BelayStatement *self;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problem != NULL, NULL);

  document = belay_json_read (json, length < 0 ? strlen (json) : (gsize) length, problem);
  if (document == NULL)
    return NULL;

  self = belay_statement_new_from_value (yyjson_doc_get_root (document), "", version, problem);
  if (self == NULL)
    yyjson_doc_free (document);
  else
    self->document = document;

  return self;
}

void
belay_statement_free (BelayStatement *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->document, yyjson_doc_free);
  g_free (self->id);
  g_free (self->actor);
  g_free (self->target);
  g_free (self->registration);
  g_free (self);
}

/**
 * belay_statement_get_value:
 *
 * Returns: (transfer none): the JSON as received; numbers are raw
 */
yyjson_val *
belay_statement_get_value (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->value;
}

/**
 * belay_statement_get_id:
 *
 * Returns: (nullable): the id in lower case, or %NULL where the one who stores it is to make one
 */
const char *
belay_statement_get_id (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * belay_statement_get_actor:
 *
 * Returns: (nullable): who did it, as belay_agent_identify() writes it; %NULL for a group without identifier
 */
const char *
belay_statement_get_actor (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->actor;
}

static yyjson_val *
get_account (const BelayStatement *self)
{
  return yyjson_obj_get (yyjson_obj_get (self->value, "actor"), "account");
}

/**
 * belay_statement_get_account_name:
 *
 * Returns: (nullable): the name of the actor's account, which for Belay's own people is their id
 */
const char *
belay_statement_get_account_name (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return belay_value_member_text (get_account (self), "name");
}

/**
 * belay_statement_get_account_home_page:
 *
 * Returns: (nullable): the home page of the actor's account, which for Belay's own people is
 *   `urn:uuid:` and their organisation's id
 */
const char *
belay_statement_get_account_home_page (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return belay_value_member_text (get_account (self), "homePage");
}

/**
 * belay_statement_get_verb:
 *
 * Returns: (transfer none): the verb's IRI
 */
const char *
belay_statement_get_verb (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return belay_value_member_text (yyjson_obj_get (self->value, "verb"), "id");
}

BelayStatementObject
belay_statement_get_object (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, BELAY_STATEMENT_OBJECT_ACTIVITY);

  return self->object;
}

/**
 * belay_statement_get_activity:
 *
 * Returns: (nullable): the IRI of the object, where that is an activity
 */
const char *
belay_statement_get_activity (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->object != BELAY_STATEMENT_OBJECT_ACTIVITY)
    return NULL;

  return belay_value_member_text (yyjson_obj_get (self->value, "object"), "id");
}

/**
 * belay_statement_get_target:
 *
 * Returns: (nullable): the id in lower case of the statement that is the object, where the object is a
 *   StatementRef
 */
const char *
belay_statement_get_target (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->target;
}

/**
 * belay_statement_get_registration:
 *
 * Returns: (nullable): `context.registration` in lower case
 */
const char *
belay_statement_get_registration (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->registration;
}

/**
 * belay_statement_get_timestamp:
 *
 * Returns: when it happened in microseconds since 1970 UTC, or %G_MININT64 where it does not say
 */
gint64
belay_statement_get_timestamp (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, G_MININT64);

  return self->timestamp_us;
}

/**
 * belay_statement_is_voiding:
 *
 * Returns: whether it takes another one back (§2.3.2)
 */
gboolean
belay_statement_is_voiding (const BelayStatement *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_strcmp0 (belay_statement_get_verb (self), VOIDED) == 0;
}

BelayXapiVersion
belay_statement_get_version (const BelayStatement *self)
{
  return self->version;
}

/**
 * belay_statement_to_text:
 *
 * Returns: (transfer full): its JSON as received, without white space
 */
char *
belay_statement_to_text (const BelayStatement *self)
{
  g_autofree char *written = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  written = yyjson_val_write (self->value, YYJSON_WRITE_NOFLAG, NULL);
  return g_strdup (written);
}
