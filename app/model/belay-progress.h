/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-activity-progress.h"
#include "belay-programme.h"

G_BEGIN_DECLS

#define BELAY_TYPE_MODULE_PROGRESS (belay_module_progress_get_type ())

/* How far one person is in one module. Read only, but for the code that decodes it. */
typedef struct
{
  char *module_id;
  gint64 version;        /* the newest of the programme by which it was judged */
  gint64 completion;     /* basis points; 10,000 only when all that counts is satisfied; never falls */
  gint64 completed_us;   /* when it first was 10,000, -1: not yet */
  gint64 seconds;        /* studied */
  gint64 last_us;        /* of the last fact, -1: none */
  gint64 score;          /* weighted mean of the scored activities in basis points, -1: none */
  gboolean estimated;    /* the laptop's own reckoning, which the server has not confirmed yet */
  GPtrArray *activities; /* (element-type BelayActivityProgress), owned; by activity id */
} BelayModuleProgress;

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
BelayActivityProgress *belay_module_progress_get_activity (BelayModuleProgress *self,
                                                           const char *activity_id);
gboolean belay_module_progress_is_complete (const BelayModuleProgress *self);
gboolean belay_module_progress_shows_same (const BelayModuleProgress *self,
                                           const BelayModuleProgress *other);
BelayModuleProgress *belay_module_progress_overlay (const BelayModuleProgress *server,
                                                    const BelayModuleProgress *own,
                                                    const BelayModule *module,
                                                    const BelayProgramme *programme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayModuleProgress, belay_module_progress_free)

G_END_DECLS
