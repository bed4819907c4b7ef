/* belay-sync-schedule.c: when the server is asked
 *
 * At regular times, oftener while someone looks; soon after something was done here; and after a
 * failure later and later. One round runs at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-schedule.h"

#include "belay-service-error-private.h"
#include "belay-sync-backoff.h"
#include "belay-sync-report.h"

/* Statements come in bursts: one step takes them all */
#define SOON_MS 500

struct _BelaySyncSchedule
{
  gatomicrefcount references;
  BelaySyncEngine *engine;
  BelaySyncStatus *status;
  BelaySyncedFunc func; /* (nullable): none once it was stopped */
  gpointer user_data;
  GCancellable *cancellable;
  DexFuture *running; /* (nullable) */
  gboolean in_use;
  gboolean is_wanted; /* something came that the round that runs may not take */
  guint failures;     /* rounds that failed one after the other */
  guint timer;
  gint64 due_us; /* when @timer rings, monotonic */
};

/**
 * belay_sync_schedule_new:
 * @status: told how each round ended
 * @func: called after each round, until belay_sync_schedule_stop()
 *
 * Returns: (transfer full): the schedule, which asks nothing before it is told to
 */
BelaySyncSchedule *
belay_sync_schedule_new (BelaySyncEngine *engine,
                         BelaySyncStatus *status,
                         BelaySyncedFunc func,
                         gpointer user_data)
{
  BelaySyncSchedule *self;

  g_return_val_if_fail (engine != NULL, NULL);
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (status), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (BelaySyncSchedule, 1);
  g_atomic_ref_count_init (&self->references);
  self->engine = belay_sync_engine_ref (engine);
  self->status = g_object_ref (status);
  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();

  return self;
}

BelaySyncSchedule *
belay_sync_schedule_ref (BelaySyncSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_sync_schedule_unref (BelaySyncSchedule *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_assert (self->timer == 0);
  dex_clear (&self->running);
  g_object_unref (self->cancellable);
  g_object_unref (self->status);
  belay_sync_engine_unref (self->engine);
  g_free (self);
}

/**
 * belay_sync_schedule_is_backing_off:
 *
 * Returns: whether the last round failed, so that the next one has its time already
 */
gboolean
belay_sync_schedule_is_backing_off (const BelaySyncSchedule *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->failures > 0;
}

static double
draw (gpointer user_data)
{
  return g_random_double ();
}

static void run (BelaySyncSchedule *self);

static gboolean
timer_rang (gpointer user_data)
{
  BelaySyncSchedule *self = user_data;

  self->timer = 0;
  run (self);

  return G_SOURCE_REMOVE;
}

static void
run_in (BelaySyncSchedule *self,
        gint64 milliseconds)
{
  gint64 wait = CLAMP (milliseconds, 0, G_GINT64_CONSTANT (1000) * BELAY_SYNC_BACKOFF_MOST * 2);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->func == NULL)
    return;
  self->timer = g_timeout_add ((guint) wait, timer_rang, self);
  self->due_us = g_get_monotonic_time () + wait * 1000;
}

static BelaySyncState
state_of_result (BelaySyncResult result)
{
  switch (result)
    {
    case BELAY_SYNC_OFFLINE:
      return BELAY_SYNC_STATE_OFFLINE;
    case BELAY_SYNC_PORTAL:
      return BELAY_SYNC_STATE_PORTAL;
    case BELAY_SYNC_UNAUTHENTICATED:
      return BELAY_SYNC_STATE_SIGN_IN_NEEDED;
    case BELAY_SYNC_TROUBLE:
    case BELAY_SYNC_WAIT:
      return BELAY_SYNC_STATE_SERVER_TROUBLE;
    case BELAY_SYNC_UPDATE:
      return BELAY_SYNC_STATE_UPDATE_NEEDED;
    case BELAY_SYNC_DISK_FULL:
      return BELAY_SYNC_STATE_DISK_FULL;
    case BELAY_SYNC_DONE:
    case BELAY_SYNC_CANCELLED:
    default:
      return BELAY_SYNC_STATE_OK;
    }
}

static void
plan_next (BelaySyncSchedule *self,
           const BelaySyncOutcome *outcome)
{
  if (outcome->result == BELAY_SYNC_DONE)
    {
      gint64 seconds = self->in_use ? BELAY_SYNC_IN_USE_SECONDS : BELAY_SYNC_IDLE_SECONDS;

      self->failures = 0;
      run_in (self, self->is_wanted ? SOON_MS : belay_sync_jitter_ms (seconds, draw, NULL));
      return;
    }
  self->failures++;
  run_in (self, belay_sync_backoff_ms (self->failures, outcome->wait_seconds, draw, NULL));
}

static DexFuture *
run_fiber (gpointer data)
{
  BelaySyncSchedule *self = data;
  g_autoptr (BelaySyncOutcome) outcome = NULL;
  BelaySyncReport report = { 0 };

  belay_sync_status_set_working (self->status, TRUE);
  outcome = dex_await_boxed (belay_sync_engine_run (self->engine, self->cancellable), NULL);
  belay_sync_status_set_working (self->status, FALSE);

  if (outcome->result != BELAY_SYNC_CANCELLED)
    belay_sync_status_set_state (self->status, state_of_result (outcome->result));
  if (outcome->message != NULL)
    g_debug ("Sync: %s", outcome->message);
  plan_next (self, outcome);
  if (self->func != NULL)
    dex_await (self->func (outcome, self->user_data), NULL);

  report.sent = outcome->sent;
  report.received = outcome->received;
  report.refused = outcome->refused;
  report.state = state_of_result (outcome->result);

  return dex_future_new_take_boxed (BELAY_TYPE_SYNC_REPORT, belay_sync_report_copy (&report));
}

static gboolean
is_running (const BelaySyncSchedule *self)
{
  return self->running != NULL && dex_future_is_pending (self->running);
}

static void
run (BelaySyncSchedule *self)
{
  if (self->func == NULL || is_running (self))
    return;

  self->is_wanted = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->running);
  self->running = dex_scheduler_spawn (NULL, 0, run_fiber, belay_sync_schedule_ref (self),
                                       (GDestroyNotify) belay_sync_schedule_unref);
}

/**
 * belay_sync_schedule_now:
 *
 * Asks the server now; where a round runs already, that one it is.
 *
 * Returns: (transfer full): resolves to a #BelaySyncReport
 */
DexFuture *
belay_sync_schedule_now (BelaySyncSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  run (self);

  return belay_sync_schedule_settle (self);
}

/**
 * belay_sync_schedule_soon:
 *
 * Something is to be sent: the server is asked shortly, with whatever else comes until then.
 */
void
belay_sync_schedule_soon (BelaySyncSchedule *self)
{
  g_return_if_fail (self != NULL);

  if (is_running (self))
    self->is_wanted = TRUE;
  else if (self->timer == 0 || self->due_us > g_get_monotonic_time () + SOON_MS * 1000)
    run_in (self, SOON_MS);
}

/**
 * belay_sync_schedule_set_in_use:
 * @in_use: whether someone looks at the app: then the server is asked oftener
 */
void
belay_sync_schedule_set_in_use (BelaySyncSchedule *self,
                                gboolean in_use)
{
  g_return_if_fail (self != NULL);

  if (self->in_use == in_use)
    return;
  self->in_use = in_use;
  if (in_use && self->failures == 0)
    run (self);
}

/**
 * belay_sync_schedule_settle:
 *
 * Returns: (transfer full): resolves to the last round's #BelaySyncReport once it is at its end;
 *   rejects with %BELAY_SERVICE_ERROR_CANCELLED where there was none
 */
DexFuture *
belay_sync_schedule_settle (BelaySyncSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->running == NULL)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_CANCELLED, 0, "The server was not asked"));

  return dex_ref (self->running);
}

/**
 * belay_sync_schedule_stop:
 *
 * From now on the server is not asked any more; a round that runs ends early.
 */
void
belay_sync_schedule_stop (BelaySyncSchedule *self)
{
  g_return_if_fail (self != NULL);

  self->func = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}
