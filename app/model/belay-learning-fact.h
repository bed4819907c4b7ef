/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BELAY_TYPE_LEARNING_FACT (belay_learning_fact_get_type ())

/* What a statement says about progress. All but OTHER are verbs of cmi5 §9.3 or of xAPI's own
 * vocabulary; a statement with any other verb is still a fact: someone was there. */
typedef enum
{
  BELAY_FACT_OTHER,
  BELAY_FACT_LAUNCHED,
  BELAY_FACT_INITIALIZED,
  BELAY_FACT_COMPLETED,
  BELAY_FACT_PASSED,
  BELAY_FACT_FAILED,
  BELAY_FACT_ABANDONED,
  BELAY_FACT_WAIVED,
  BELAY_FACT_TERMINATED,
  BELAY_FACT_SATISFIED,
  BELAY_FACT_PROGRESSED,
  BELAY_FACT_ANSWERED,
} BelayFactKind;

/* One statement, as far as progress is concerned. belay_learning_fact_new() says "unknown" everywhere. */
typedef struct
{
  char *id;           /* the statement's UUID: by it a fact that is heard twice counts once */
  char *activity_id;  /* UUID of the BelayActivity */
  char *registration; /* UUID of the attempt */
  BelayFactKind kind;
  gint64 time_us; /* when it happened (timestamp), microseconds since 1970 UTC */
  gint64 score;   /* score.scaled in basis points, below 0 taken as 0; -1: none */
  gint64 mastery; /* the masteryScore it was judged by (cmi5 §9.6.3.2) in basis points; -1: not said */
  gint64 seconds; /* result.duration; -1: none */
  int completion; /* result.completion: 0, 1; -1: not said */
  int success;    /* result.success: 0, 1; -1: not said */
} BelayLearningFact;

GType belay_learning_fact_get_type (void) G_GNUC_CONST;
BelayLearningFact *belay_learning_fact_new (void);
BelayLearningFact *belay_learning_fact_copy (const BelayLearningFact *self);
void belay_learning_fact_clear (BelayLearningFact *self);
void belay_learning_fact_free (BelayLearningFact *self);
void belay_learning_fact_init (BelayLearningFact *self);
BelayFactKind belay_fact_kind_from_verb (const char *verb_iri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayLearningFact, belay_learning_fact_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BelayLearningFact, belay_learning_fact_clear)

G_END_DECLS
