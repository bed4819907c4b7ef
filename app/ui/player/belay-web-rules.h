/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the content of one launch may go. */
typedef struct
{
  char *prefix; /* http://127.0.0.1:PORT/TOKEN/ */
  char *host;   /* 127.0.0.1:PORT */
  char *return_url;
} BelayWebRules;

typedef enum
{
  BELAY_WEB_RULE_ALLOW,
  BELAY_WEB_RULE_RETURN,
  BELAY_WEB_RULE_REFUSE,
} BelayWebRule;

BelayWebRules *belay_web_rules_new (const char *url,
                                    const char *return_url);
void belay_web_rules_free (BelayWebRules *self);
BelayWebRule belay_web_rules_judge (const BelayWebRules *self,
                                    const char *uri);
char *belay_web_rules_to_filter (const BelayWebRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayWebRules, belay_web_rules_free)

G_END_DECLS
