/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-statement.h"

G_BEGIN_DECLS

/* How the words of a search begin. A statement is found by the words that it has, its own and those of
 * the statements that it targets. */
#define BELAY_TERM_ANY "*"
#define BELAY_TERM_VERB "v "
#define BELAY_TERM_ACTIVITY "o "         /* as object */
#define BELAY_TERM_RELATED_ACTIVITY "c " /* anywhere */
#define BELAY_TERM_AGENT "a "            /* as actor or object, or a member of that */
#define BELAY_TERM_RELATED_AGENT "g "    /* anywhere */
#define BELAY_TERM_REGISTRATION "r "
#define BELAY_TERM_AUTHORITY "w "

yyjson_doc *belay_json_read (const char *json,
                             gsize length,
                             BelayStatementProblem *problem);
char *belay_agent_identify_value (yyjson_val *agent);
GPtrArray *belay_statement_terms (yyjson_val *statement,
                                  gboolean is_inherited);
char *belay_statement_complete (const BelayStatement *self,
                                const char *id,
                                const char *stored,
                                const char *authority);
gboolean belay_statement_matches_payload (const BelayStatement *self,
                                          const BelayStatement *payload);
BelayXapiVersion belay_statement_get_version (const BelayStatement *self);

G_END_DECLS
