/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-db-programmes.h"
#include "belay-progress.h"
#include "belay-server-keys.h"

G_BEGIN_DECLS

char *belay_work_stream_name (const char *kind,
                              const char *id);
gboolean belay_work_publish_organisation (BelayDbTransaction *tx,
                                          BelayServerKeys *keys,
                                          GError **error);
gboolean belay_work_publish_person (BelayDbTransaction *tx,
                                    const char *person,
                                    GError **error);
gboolean belay_work_publish_cohort (BelayDbTransaction *tx,
                                    const char *cohort,
                                    GError **error);
gboolean belay_work_publish_programme (BelayDbTransaction *tx,
                                       const char *programme,
                                       GError **error);
gboolean belay_work_publish_pod (BelayDbTransaction *tx,
                                 const char *pod,
                                 GError **error);
gboolean belay_work_publish_companion (BelayDbTransaction *tx,
                                       const BelayDbMembership *membership,
                                       GError **error);
gboolean belay_work_publish_progress (BelayDbTransaction *tx,
                                      const char *person,
                                      const BelayModuleProgress *progress,
                                      GError **error);

G_END_DECLS
