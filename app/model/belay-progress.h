/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-learning-fact.h"
#include "belay-programme.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACTIVITY_PROGRESS (belay_activity_progress_get_type ())
#define BELAY_TYPE_MODULE_PROGRESS (belay_module_progress_get_type ())

/* What one sitting lasted: kept one by one, so that hearing of it twice does not count twice. */
typedef struct
{
  char *id; /* of the statement that said so */
  gint64 seconds;
} BelaySitting;

/* What is kept of one attempt (registration). Every member only grows, or is the earliest or the
 * latest of what was heard: so the order of hearing cannot matter. Times are -1 where never. */
typedef struct
{
  char *registration;
  gint64 first_us;
  gint64 completed_us; /* earliest */
  gint64 passed_us;    /* earliest */
  gint64 waived_us;    /* earliest */
  gint64 scored_us;    /* latest scored statement */
  char *scored_id;     /* its id: decides between two of the same time */
  gint64 score;        /* its score in basis points, -1: none */
  GPtrArray *sittings; /* (element-type BelaySitting), owned */
} BelayAttempt;

typedef struct
{
  char *activity_id;
  /* What is shown, and sent. Read only. */
  gboolean satisfied;
  gboolean completed;
  gboolean passed;
  gint64 score;        /* basis points by the programme's scoring, -1: none */
  guint attempt_count;
  gint64 seconds;
  /* What it is made from. Empty where it came from a document. */
  gint64 satisfied_us; /* when the rule was first met, -1: never */
  GPtrArray *attempts; /* (element-type BelayAttempt), owned */
} BelayActivityProgress;

/* How far one person is in one module. */
typedef struct
{
  char *module_id;
  gint64 version;      /* of the programme by which it was judged last */
  gint64 completion;   /* basis points; 10,000 only when all that counts is satisfied; never falls */
  gint64 completed_us; /* when it first was 10,000, -1: not yet */
  gint64 seconds;      /* studied */
  gint64 last_us;      /* of the last fact, -1: none */
  gint64 score;        /* weighted mean of the scored activities in basis points, -1: none */
  gboolean estimated;  /* the laptop's own reckoning, which the server has not confirmed yet */
  GPtrArray *activities; /* (element-type BelayActivityProgress), owned; in the module's order where known */
} BelayModuleProgress;

BelayAttempt *belay_attempt_new (const char *registration);
BelayAttempt *belay_attempt_copy (const BelayAttempt *self);
void belay_attempt_free (BelayAttempt *self);
void belay_attempt_add_sitting (BelayAttempt *self,
                                const char *id,
                                gint64 seconds);

GType belay_activity_progress_get_type (void) G_GNUC_CONST;
BelayActivityProgress *belay_activity_progress_new (const char *activity_id);
BelayActivityProgress *belay_activity_progress_copy (const BelayActivityProgress *self);
void belay_activity_progress_free (BelayActivityProgress *self);

GType belay_module_progress_get_type (void) G_GNUC_CONST;
BelayModuleProgress *belay_module_progress_new (const char *module_id);
BelayModuleProgress *belay_module_progress_copy (const BelayModuleProgress *self);
void belay_module_progress_free (BelayModuleProgress *self);

gboolean belay_module_progress_fold (BelayModuleProgress *self,
                                     const BelayModule *module,
                                     const BelayProgramme *programme,
                                     const BelayLearningFact *fact);
gboolean belay_module_progress_judge (BelayModuleProgress *self,
                                      const BelayModule *module,
                                      const BelayProgramme *programme);
BelayActivityProgress *belay_module_progress_find (const BelayModuleProgress *self,
                                                   const char *activity_id);
gboolean belay_module_progress_is_complete (const BelayModuleProgress *self);
gboolean belay_module_progress_shows_same (const BelayModuleProgress *self,
                                           const BelayModuleProgress *other);
BelayModuleProgress *belay_module_progress_overlay (const BelayModuleProgress *server,
                                                    const BelayModuleProgress *own,
                                                    const BelayModule *module,
                                                    const BelayProgramme *programme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayAttempt, belay_attempt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayActivityProgress, belay_activity_progress_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayModuleProgress, belay_module_progress_free)

G_END_DECLS
