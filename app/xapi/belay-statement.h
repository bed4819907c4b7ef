/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <yyjson.h>

G_BEGIN_DECLS

/* The version of the standard by whose rules a statement is judged. */
typedef enum
{
  BELAY_XAPI_VERSION_1_0_3,
  BELAY_XAPI_VERSION_2_0,
} BelayXapiVersion;

/* What is wrong with what a peer sent, in its terms. */
typedef struct
{
  char *where;         /* path of the property at fault, such as `context.contextActivities.parent[0].id` */
  char *rule;          /* what it must be: the rest of a sentence that begins with the path */
  const char *section; /* where the standard says so */
} BelayStatementProblem;

/* One statement that keeps the rules of the standard, and what it was parsed from. */
typedef struct _BelayStatement BelayStatement;

typedef enum
{
  BELAY_STATEMENT_OBJECT_ACTIVITY,
  BELAY_STATEMENT_OBJECT_AGENT,
  BELAY_STATEMENT_OBJECT_GROUP,
  BELAY_STATEMENT_OBJECT_SUB_STATEMENT,
  BELAY_STATEMENT_OBJECT_STATEMENT_REF,
} BelayStatementObject;

BelayStatement *belay_statement_parse (const char *json,
                                       gssize length,
                                       BelayXapiVersion version,
                                       BelayStatementProblem *problem);
BelayStatement *belay_statement_new_from_value (yyjson_val *value,
                                                const char *where,
                                                BelayXapiVersion version,
                                                BelayStatementProblem *problem);
void belay_statement_free (BelayStatement *self);

yyjson_val *belay_statement_get_value (const BelayStatement *self);
const char *belay_statement_get_id (const BelayStatement *self);
const char *belay_statement_get_actor (const BelayStatement *self);
const char *belay_statement_get_account_name (const BelayStatement *self);
const char *belay_statement_get_account_home_page (const BelayStatement *self);
const char *belay_statement_get_verb (const BelayStatement *self);
BelayStatementObject belay_statement_get_object (const BelayStatement *self);
const char *belay_statement_get_activity (const BelayStatement *self);
const char *belay_statement_get_target (const BelayStatement *self);
const char *belay_statement_get_registration (const BelayStatement *self);
gint64 belay_statement_get_timestamp (const BelayStatement *self);
gboolean belay_statement_is_voiding (const BelayStatement *self);
char *belay_statement_to_text (const BelayStatement *self);
gboolean belay_statement_matches (const BelayStatement *self,
                                  const BelayStatement *other);

char *belay_agent_identify (const char *agent_json,
                            BelayXapiVersion version,
                            BelayStatementProblem *problem);

void belay_statement_problem_clear (BelayStatementProblem *problem);
char *belay_statement_problem_to_sentence (const BelayStatementProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStatement, belay_statement_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BelayStatementProblem, belay_statement_problem_clear)

G_END_DECLS
