/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-launch-session.h"

G_BEGIN_DECLS

/* What the record store tells of a registration when it is launched again. */
typedef struct
{
  gboolean has_completed;
  gboolean has_passed;
  char *open_session;   /* (nullable): launched last and neither terminated nor abandoned */
  char *open_activity;  /* that session's activity */
  char *open_publisher; /* (nullable): that activity's publisher id */
  gint64 open_seconds;  /* from its "launched" to its last statement */
} BelayLaunchHistory;

BelayLaunchHistory *belay_launch_history_read (BelayLaunchSession *session,
                                               BelayXapiStorage *storage,
                                               BelayClock *clock,
                                               GError **error);
gboolean belay_launch_history_was_said (BelayLaunchSession *session,
                                        BelayXapiStorage *storage,
                                        BelayClock *clock,
                                        BelayCmi5Verb verb,
                                        const char *object,
                                        gboolean *said,
                                        GError **error);
void belay_launch_history_free (BelayLaunchHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayLaunchHistory, belay_launch_history_free)

G_END_DECLS
