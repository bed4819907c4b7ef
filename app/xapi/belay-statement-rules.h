/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-statement.h"

G_BEGIN_DECLS

#define BELAY_STATEMENT_DEPTH_MOST 64

typedef enum
{
  BELAY_RULES_STATEMENT,
  BELAY_RULES_ACTOR, /* an Agent or a Group with an identifier */
  BELAY_RULES_AGENT,
} BelayRules;

gboolean belay_rules_check (BelayRules rules,
                            yyjson_val *value,
                            const char *where,
                            BelayXapiVersion version,
                            BelayStatementProblem *problem);
gboolean belay_rules_check_json (yyjson_val *value,
                                 const char *where,
                                 BelayStatementProblem *problem);
void belay_statement_problem_set (BelayStatementProblem *problem,
                                  const char *where,
                                  const char *rule,
                                  const char *section);

G_END_DECLS
