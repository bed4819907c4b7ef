/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-launch-course.h"

G_BEGIN_DECLS

/* All that one cmi5 session is known by, and how far it is. Shared between the main context, which
 * serves, and the database thread, which judges; its state is behind a lock. */
typedef struct _BelayLaunchSession BelayLaunchSession;

BelayLaunchSession *belay_launch_session_new (const BelayLaunchRequest *request,
                                              const BelayManifestActivity *activity,
                                              const char *launch_url,
                                              const char *return_url,
                                              BelayClock *clock);
BelayLaunchSession *belay_launch_session_ref (BelayLaunchSession *self);
void belay_launch_session_unref (BelayLaunchSession *self);

void belay_launch_session_describe (BelayLaunchSession *self,
                                    BelayCmi5Launch *launch);
void belay_launch_session_fill_caller (BelayLaunchSession *self,
                                       BelayXapiCaller *caller,
                                       gboolean is_content);
const char *belay_launch_session_get_id (BelayLaunchSession *self);
const char *belay_launch_session_get_registration (BelayLaunchSession *self);
const char *belay_launch_session_get_activity (BelayLaunchSession *self);
const BelayLaunchCourse *belay_launch_session_get_course (BelayLaunchSession *self);
const char *belay_launch_session_get_actor (BelayLaunchSession *self);

BelayCmi5Session belay_launch_session_get_state (BelayLaunchSession *self);
void belay_launch_session_set_state (BelayLaunchSession *self,
                                     const BelayCmi5Session *state);
BelayLaunchOutcome belay_launch_session_get_outcome (BelayLaunchSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayLaunchSession, belay_launch_session_unref)

G_END_DECLS
