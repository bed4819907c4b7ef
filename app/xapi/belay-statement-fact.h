/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-learning-fact.h"
#include "belay-statement.h"

G_BEGIN_DECLS

gboolean belay_statement_to_fact (const BelayStatement *self,
                                  BelayLearningFact *fact);

G_END_DECLS
