/* belay-learning-fact.c: what one statement says about progress
 *
 * The statement itself, with all that it tells, stays in the Learning Record Store; this is the
 * little of it that the rules of progress ask for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-learning-fact.h"

G_DEFINE_BOXED_TYPE (BelayLearningFact, belay_learning_fact, belay_learning_fact_copy, belay_learning_fact_free)

/**
 * belay_learning_fact_init:
 * @self: (out caller-allocates): a fact, perhaps on the stack; whatever it held is forgotten
 *
 * Sets every member to "unknown".
 */
void
belay_learning_fact_init (BelayLearningFact *self)
{
  g_return_if_fail (self != NULL);

  *self = (BelayLearningFact) {
    .kind = BELAY_FACT_OTHER,
    .score = -1,
    .mastery = -1,
    .seconds = -1,
    .completion = -1,
    .success = -1,
  };
}

/**
 * belay_learning_fact_new:
 *
 * Returns: (transfer full): a fact that says nothing yet
 */
BelayLearningFact *
belay_learning_fact_new (void)
{
  BelayLearningFact *self = g_new (BelayLearningFact, 1);

  belay_learning_fact_init (self);

  return self;
}

/**
 * belay_learning_fact_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayLearningFact *
belay_learning_fact_copy (const BelayLearningFact *self)
{
  BelayLearningFact *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->activity_id = g_strdup (self->activity_id);
  copy->registration = g_strdup (self->registration);

  return copy;
}

/**
 * belay_learning_fact_clear:
 *
 * Frees what @self holds, but not @self, and says "unknown" everywhere.
 */
void
belay_learning_fact_clear (BelayLearningFact *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->activity_id);
  g_free (self->registration);
  belay_learning_fact_init (self);
}

void
belay_learning_fact_free (BelayLearningFact *self)
{
  g_return_if_fail (self != NULL);

  belay_learning_fact_clear (self);
  g_free (self);
}

/**
 * belay_fact_kind_from_verb:
 * @verb_iri: (nullable): the verb's id
 *
 * Returns: what a statement with this verb means to progress; OTHER for all that mean nothing
 */
BelayFactKind
belay_fact_kind_from_verb (const char *verb_iri)
{
  static const struct
  {
    const char *iri;
    BelayFactKind kind;
  } verbs[] = {
    { "http://adlnet.gov/expapi/verbs/launched", BELAY_FACT_LAUNCHED },
    { "http://adlnet.gov/expapi/verbs/initialized", BELAY_FACT_INITIALIZED },
    { "http://adlnet.gov/expapi/verbs/completed", BELAY_FACT_COMPLETED },
    { "http://adlnet.gov/expapi/verbs/passed", BELAY_FACT_PASSED },
    { "http://adlnet.gov/expapi/verbs/failed", BELAY_FACT_FAILED },
    { "https://w3id.org/xapi/adl/verbs/abandoned", BELAY_FACT_ABANDONED },
    { "https://w3id.org/xapi/adl/verbs/waived", BELAY_FACT_WAIVED },
    { "http://adlnet.gov/expapi/verbs/terminated", BELAY_FACT_TERMINATED },
    { "https://w3id.org/xapi/adl/verbs/satisfied", BELAY_FACT_SATISFIED },
    { "http://adlnet.gov/expapi/verbs/progressed", BELAY_FACT_PROGRESSED },
    { "http://adlnet.gov/expapi/verbs/answered", BELAY_FACT_ANSWERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_strcmp0 (verbs[i].iri, verb_iri) == 0)
        return verbs[i].kind;
    }

  return BELAY_FACT_OTHER;
}
