/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-clock.h"
#include "belay-cmi5.h"
#include "belay-manifest.h"
#include "belay-xapi-handler.h"

G_BEGIN_DECLS

/* A request of the content, or of the launch itself, on its way to the laptop's record store. It owns
 * all that it needs, so that it can wait for a database thread and run there. */
typedef struct _BelayLaunchCall BelayLaunchCall;

DexFuture *belay_launch_call_run (BelayLaunchCall *self,
                                  BelayXapiStorage *storage,
                                  BelayClock *clock) G_GNUC_WARN_UNUSED_RESULT;
gboolean belay_launch_call_writes (BelayLaunchCall *self);
void belay_launch_call_free (BelayLaunchCall *self);

/**
 * BelayLaunchAccess:
 * @call: (transfer full): what is asked of the record store
 *
 * Runs belay_launch_call_run() on a database thread, inside one transaction of that thread, and
 * frees @call there or afterwards. Called on the main context.
 *
 * Returns: (transfer full): the future that belay_launch_call_run() returned, once its transaction is
 *   committed; rejected where it was undone
 */
typedef DexFuture *(*BelayLaunchAccess) (BelayLaunchCall *call,
                                         gpointer user_data);

/* One activity of the course that the launched one belongs to. */
typedef struct
{
  const char *activity_key; /* in the manifest */
  const char *activity_id;  /* UUID of the programme's activity */
  BelayMoveOn move_on;      /* the programme's word */
} BelayLaunchUnit;

/* What is to be launched, for whom, and where it is recorded. Borrowed for the time of the call. */
typedef struct
{
  const BelayManifest *manifest;
  const char *activity_key;     /* in the manifest */
  const char *activity_id;      /* UUID of the programme's activity: its IRI is `urn:uuid:` and this */
  const char *registration;     /* UUID of the attempt at the course */
  const char *course_id;        /* (nullable): UUID of the programme's module, which is cmi5's course */
  const BelayLaunchUnit *units; /* all of the course, this one too; none where @course_id is %NULL */
  gsize unit_count;
  const char *actor;       /* JSON of the Agent, with an account */
  const char *authority;   /* JSON of the Agent under whose authority statements are stored */
  const char *person_id;   /* handed to the store's hooks */
  const char *launch_mode; /* (nullable): Normal where %NULL; else Browse or Review */
  BelayMoveOn move_on;     /* the programme's word, which may differ from the manifest's */
  gint64 mastery;          /* the programme's word: basis points, or -1 */

  BelayLaunchAccess access;
  gpointer user_data; /* must live until the launch has ended */
} BelayLaunchRequest;

/* What the content has said of the learner's result, as far as it is committed. */
typedef enum
{
  BELAY_LAUNCH_OUTCOME_NONE,
  BELAY_LAUNCH_OUTCOME_COMPLETED,
  BELAY_LAUNCH_OUTCOME_PASSED,
  BELAY_LAUNCH_OUTCOME_FAILED,
} BelayLaunchOutcome;

#define BELAY_TYPE_LAUNCH (belay_launch_get_type ())

/* BelayLaunch: one activity that is being served, from launch to end.
 *
 * `outcome`: a #BelayLaunchOutcome: what the content has said so far; notifies
 * `terminated`: whether the content has said that it is done; notifies
 * `ended`: whether it is served no more; notifies
 *
 * Signal `lost` (GError): something that the content said could not be kept, as when the disk is full;
 * the content was told so too.
 */
G_DECLARE_FINAL_TYPE (BelayLaunch, belay_launch, BELAY, LAUNCH, GObject)

const char *belay_launch_get_url (BelayLaunch *self);
const char *belay_launch_get_prefix (BelayLaunch *self);
const char *belay_launch_get_return_url (BelayLaunch *self);
const char *belay_launch_get_session (BelayLaunch *self);
guint16 belay_launch_get_port (BelayLaunch *self);
BelayLaunchOutcome belay_launch_get_outcome (BelayLaunch *self);
gboolean belay_launch_get_terminated (BelayLaunch *self);
gboolean belay_launch_get_ended (BelayLaunch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayLaunchCall, belay_launch_call_free)

G_END_DECLS
