/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-people.h"
#include "belay-progress.h"

G_BEGIN_DECLS

/* Operations on what people did, folded; on their keyed states; and on what was heard before. */

typedef struct
{
  char *module;
  gint64 completion;
  gint64 last; /* -1: never */
} BelayDbCompletion;

void belay_db_completion_free (BelayDbCompletion *self);

gboolean belay_db_progress_get (BelayDbTransaction *tx,
                                const char *person,
                                const char *module,
                                BelayModuleProgress **progress,
                                GError **error);
gboolean belay_db_progress_put (BelayDbTransaction *tx,
                                const char *person,
                                const char *programme,
                                const BelayModuleProgress *progress,
                                GError **error);
GPtrArray *belay_db_progress_list_people (BelayDbTransaction *tx,
                                          const char *programme,
                                          GError **error);
GPtrArray *belay_db_completion_list (BelayDbTransaction *tx,
                                     const char *person,
                                     const char *programme,
                                     GError **error);

gboolean belay_db_studied_add (BelayDbTransaction *tx,
                               const char *person,
                               const char *programme,
                               gint64 monday,
                               gint64 seconds,
                               GError **error);
gboolean belay_db_studied_get (BelayDbTransaction *tx,
                               const char *person,
                               const char *programme,
                               gint64 monday,
                               gint64 *seconds,
                               GError **error);

gboolean belay_db_report_due_add (BelayDbTransaction *tx,
                                  const char *person,
                                  GError **error);
gboolean belay_db_report_due_take (BelayDbTransaction *tx,
                                   const char *person,
                                   gboolean *was_due,
                                   GError **error);
GPtrArray *belay_db_report_due_list (BelayDbTransaction *tx,
                                     const char *manager,
                                     GError **error);

gboolean belay_db_state_get (BelayDbTransaction *tx,
                             const char *person,
                             const char *key,
                             BelayKeptState **state,
                             GError **error);
gboolean belay_db_state_add (BelayDbTransaction *tx,
                             const char *person,
                             const char *key,
                             const BelayStateVersion *version,
                             GError **error);
gboolean belay_db_state_remove (BelayDbTransaction *tx,
                                const char *person,
                                const char *key,
                                const char *version,
                                GError **error);

gboolean belay_db_heard_get (BelayDbTransaction *tx,
                             const char *person,
                             const char *id,
                             char **digest,
                             char **beside,
                             GError **error);
gboolean belay_db_heard_add (BelayDbTransaction *tx,
                             const char *person,
                             const char *id,
                             const char *digest,
                             const char *beside,
                             GError **error);
gboolean belay_db_refused_add (BelayDbTransaction *tx,
                               const char *person,
                               const char *id,
                               const char *code,
                               GError **error);
gboolean belay_db_refused_has (BelayDbTransaction *tx,
                               const char *person,
                               const char *id,
                               gboolean *is_refused,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbCompletion, belay_db_completion_free)

G_END_DECLS
