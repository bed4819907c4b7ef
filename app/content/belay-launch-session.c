/* belay-launch-session.c: what one cmi5 session is known by, and how far it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-session.h"

#include "belay-id.h"

struct _BelayLaunchSession
{
  gatomicrefcount references;

  char *id;
  char *actor;
  char *authority;
  char *person_id;
  char *activity;
  char *registration;
  char *publisher;
  char *launch_mode;
  char *launch_method;
  char *launch_parameters;
  char *launch_url;
  char *entitlement_key;
  char *return_url;
  const char *move_on;
  gint64 mastery;
  BelayLaunchCourse *course;

  GMutex lock; /* over what follows */
  BelayCmi5Session state;
};

/**
 * belay_launch_session_new:
 * @launch_url: where the unit is opened, without the parameters of this launch
 *
 * Returns: (transfer full): a session with an id of its own, of which nothing has been said yet
 */
BelayLaunchSession *
belay_launch_session_new (const BelayLaunchRequest *request,
                          const BelayManifestActivity *activity,
                          const char *launch_url,
                          const char *return_url,
                          BelayClock *clock)
{
  BelayLaunchSession *self;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (activity != NULL, NULL);

  self = g_new0 (BelayLaunchSession, 1);
  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->id = belay_id_new (clock);
  self->actor = g_strdup (request->actor);
  self->authority = g_strdup (request->authority);
  self->person_id = g_strdup (request->person_id);
  self->activity = g_strconcat ("urn:uuid:", request->activity_id, NULL);
  self->registration = g_strdup (request->registration);
  self->publisher = activity->publisher_id != NULL ? g_strdup (activity->publisher_id) : g_strdup (self->activity);
  self->launch_mode = g_strdup (request->launch_mode != NULL ? request->launch_mode : "Normal");
  self->launch_method = g_strdup (activity->launch_method != NULL ? activity->launch_method : "AnyWindow");
  self->launch_parameters = g_strdup (activity->launch_parameters);
  self->launch_url = g_strdup (launch_url);
  self->entitlement_key = g_strdup (activity->entitlement_key);
  self->return_url = g_strdup (return_url);
  self->move_on = belay_move_on_to_string (request->move_on);
  self->mastery = request->mastery;
  self->course = belay_launch_course_new (request);

  return self;
}

BelayLaunchSession *
belay_launch_session_ref (BelayLaunchSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_launch_session_unref (BelayLaunchSession *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_mutex_clear (&self->lock);
  g_free (self->id);
  g_free (self->actor);
  g_free (self->authority);
  g_free (self->person_id);
  g_free (self->activity);
  g_free (self->registration);
  g_free (self->publisher);
  g_free (self->launch_mode);
  g_free (self->launch_method);
  g_free (self->launch_parameters);
  g_free (self->launch_url);
  g_free (self->entitlement_key);
  g_free (self->return_url);
  belay_launch_course_free (self->course);
  g_free (self);
}

/**
 * belay_launch_session_describe:
 * @launch: (out caller-allocates): borrows from @self
 *
 * Says what cmi5 wants to know of the launch.
 */
void
belay_launch_session_describe (BelayLaunchSession *self,
                               BelayCmi5Launch *launch)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (launch != NULL);

  *launch = (BelayCmi5Launch) {
    .actor = self->actor,
    .activity = self->activity,
    .registration = self->registration,
    .session = self->id,
    .publisher = self->publisher,
    .launch_mode = self->launch_mode,
    .launch_method = self->launch_method,
    .launch_parameters = self->launch_parameters,
    .launch_url = self->launch_url,
    .move_on = self->move_on,
    .mastery = self->mastery,
    .entitlement_key = self->entitlement_key,
    .return_url = self->return_url,
  };
}

/**
 * belay_launch_session_fill_caller:
 * @caller: (out caller-allocates): borrows from @self
 * @is_content: whether the content speaks, and not Belay on its behalf
 *
 * Content may speak of this learner, this registration and this activity alone.
 */
void
belay_launch_session_fill_caller (BelayLaunchSession *self,
                                  BelayXapiCaller *caller,
                                  gboolean is_content)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (caller != NULL);

  *caller = (BelayXapiCaller) {
    .authority = self->authority,
    .scopes = BELAY_XAPI_SCOPE_ALL,
    .speak = BELAY_XAPI_SPEAK_BOTH,
    .person_id = self->person_id,
  };
  if (!is_content)
    return;

  caller->scopes =
    BELAY_XAPI_SCOPE_WRITE_STATEMENTS | BELAY_XAPI_SCOPE_READ_OWN | BELAY_XAPI_SCOPE_STATE | BELAY_XAPI_SCOPE_PROFILES;
  caller->limit_actor = self->actor;
  caller->limit_registration = self->registration;
  caller->limit_activity = self->activity;
}

const char *
belay_launch_session_get_id (BelayLaunchSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
belay_launch_session_get_registration (BelayLaunchSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->registration;
}

/**
 * belay_launch_session_get_activity:
 *
 * Returns: the IRI by which the activity is launched
 */
const char *
belay_launch_session_get_activity (BelayLaunchSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->activity;
}

/**
 * belay_launch_session_get_course:
 *
 * Returns: (transfer none): what the activity is a part of
 */
const BelayLaunchCourse *
belay_launch_session_get_course (BelayLaunchSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->course;
}

const char *
belay_launch_session_get_actor (BelayLaunchSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->actor;
}

BelayCmi5Session
belay_launch_session_get_state (BelayLaunchSession *self)
{
  BelayCmi5Session state;

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);

  return state;
}

void
belay_launch_session_set_state (BelayLaunchSession *self,
                                const BelayCmi5Session *state)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (state != NULL);

  g_mutex_lock (&self->lock);
  self->state = *state;
  g_mutex_unlock (&self->lock);
}

/**
 * belay_launch_session_get_outcome:
 *
 * Returns: the best that was said in this registration
 */
BelayLaunchOutcome
belay_launch_session_get_outcome (BelayLaunchSession *self)
{
  BelayCmi5Session state = belay_launch_session_get_state (self);

  if (state.has_passed)
    return BELAY_LAUNCH_OUTCOME_PASSED;
  if (state.has_failed)
    return BELAY_LAUNCH_OUTCOME_FAILED;
  if (state.has_completed)
    return BELAY_LAUNCH_OUTCOME_COMPLETED;

  return BELAY_LAUNCH_OUTCOME_NONE;
}
