/* belay-content-host.c: launches activities, one at a time
 *
 * The room's door for whoever lets a person study: it records the launch, serves the package while it
 * runs, and records how it ended. It has no GTK in it and never reaches out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-content-host.h"

#include "belay-launch-call.h"
#include "belay-launch-server.h"

struct _BelayContentHost
{
  GObject parent_instance;

  BelayBlobStore *blobs;
  BelayClock *clock;
  BelayLaunch *current; /* (nullable) */
};

G_DEFINE_QUARK (belay-content-host-error, belay_content_host_error)
G_DEFINE_FINAL_TYPE (BelayContentHost, belay_content_host, G_TYPE_OBJECT)

typedef struct
{
  BelayContentHost *host;
  BelayLaunch *launch;
  BelayLaunch *before; /* (nullable): the one that this ends */
} Work;

static void
work_free (Work *self)
{
  g_clear_object (&self->host);
  g_clear_object (&self->launch);
  g_clear_object (&self->before);
  g_free (self);
}

static void
belay_content_host_dispose (GObject *object)
{
  BelayContentHost *self = BELAY_CONTENT_HOST (object);

  if (self->current != NULL)
    belay_launch_server_stop (self->current);
  g_clear_object (&self->current);
  g_clear_pointer (&self->blobs, belay_blob_store_unref);
  g_clear_pointer (&self->clock, belay_clock_unref);

  G_OBJECT_CLASS (belay_content_host_parent_class)->dispose (object);
}

static void
belay_content_host_class_init (BelayContentHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = belay_content_host_dispose;
}

static void
belay_content_host_init (BelayContentHost *self)
{
}

static DexFuture *
launch_fiber (gpointer user_data)
{
  Work *work = user_data;
  BelayLaunch *launch = work->launch;
  g_autoptr (GError) error = NULL;

  if (work->before != NULL && !dex_await (belay_content_host_end_launch (work->host, work->before), &error))
    {
      /* The new launch abandons it: its history says that it is open */
      g_message ("The launch before could not be closed: %s", error->message);
      g_clear_error (&error);
    }

  if (!dex_await (launch->access (belay_launch_call_new_begin (launch->session), launch->access_data), &error))
    {
      launch->is_ending = TRUE;
      belay_launch_server_stop (launch);
      belay_launch_set_ended (launch);
      if (work->host->current == launch)
        g_clear_object (&work->host->current);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  belay_launch_update (launch);

  return dex_future_new_take_object (g_object_ref (launch));
}

static DexFuture *
end_fiber (gpointer user_data)
{
  Work *work = user_data;
  BelayLaunch *launch = work->launch;
  g_autoptr (GError) error = NULL;
  gboolean is_recorded;

  is_recorded = dex_await (launch->access (belay_launch_call_new_end (launch->session), launch->access_data), &error);
  belay_launch_update (launch);
  belay_launch_server_stop (launch);
  belay_launch_set_ended (launch);
  if (!is_recorded)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

/**
 * belay_content_host_new:
 * @blobs: where the files of packages are
 *
 * Returns: (transfer full): a host that serves nothing yet
 */
BelayContentHost *
belay_content_host_new (BelayBlobStore *blobs,
                        BelayClock *clock)
{
  BelayContentHost *self;

  g_return_val_if_fail (blobs != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  self = g_object_new (BELAY_TYPE_CONTENT_HOST, NULL);
  self->blobs = belay_blob_store_ref (blobs);
  self->clock = belay_clock_ref (clock);

  return self;
}

/**
 * belay_content_host_launch:
 *
 * Launches an activity: ends the launch before it, abandons a session that a crash left open, writes
 * cmi5's LMS.LaunchData, records "launched" and serves the package on a port of its own.
 *
 * Returns: (transfer full): resolves to a #BelayLaunch once all that is committed; rejected with a
 *   %BELAY_CONTENT_HOST_ERROR or with the record store's error
 */
DexFuture *
belay_content_host_launch (BelayContentHost *self,
                           const BelayLaunchRequest *request)
{
  const BelayManifestActivity *activity;
  g_autoptr (BelayLaunch) launch = NULL;
  g_autoptr (GError) error = NULL;
  Work *work;

  g_return_val_if_fail (BELAY_IS_CONTENT_HOST (self), NULL);
  g_return_val_if_fail (request != NULL && request->manifest != NULL && request->access != NULL, NULL);
  g_return_val_if_fail (request->activity_id != NULL && request->registration != NULL, NULL);
  g_return_val_if_fail (request->actor != NULL && request->authority != NULL, NULL);

  activity = belay_manifest_find_activity (request->manifest, request->activity_key);
  if (activity == NULL)
    return dex_future_new_reject (BELAY_CONTENT_HOST_ERROR, BELAY_CONTENT_HOST_ERROR_UNKNOWN,
                                  "The package has no activity “%s”.", request->activity_key);

  launch = belay_launch_new (request, self->blobs);
  if (!belay_launch_server_start (launch, request, activity, self->clock, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  work = g_new0 (Work, 1);
  work->host = g_object_ref (self);
  work->before = g_steal_pointer (&self->current);
  self->current = g_object_ref (launch);
  work->launch = g_steal_pointer (&launch);

  return dex_scheduler_spawn (NULL, 0, launch_fiber, work, (GDestroyNotify) work_free);
}

/**
 * belay_content_host_end_launch:
 *
 * Ends a launch: records "abandoned" where its content did not say "terminated", and serves it no
 * more. Ending it again does nothing.
 *
 * Returns: (transfer full): resolves to %TRUE when it is recorded. Rejected, the launch is served no
 *   more all the same, and the next launch of the same attempt records what is missing.
 */
DexFuture *
belay_content_host_end_launch (BelayContentHost *self,
                               BelayLaunch *launch)
{
  Work *work;

  g_return_val_if_fail (BELAY_IS_CONTENT_HOST (self), NULL);
  g_return_val_if_fail (BELAY_IS_LAUNCH (launch), NULL);

  if (launch->is_ending)
    return dex_future_new_true ();

  launch->is_ending = TRUE;
  work = g_new0 (Work, 1);
  work->host = g_object_ref (self);
  work->launch = g_object_ref (launch);
  if (self->current == launch)
    g_clear_object (&self->current);

  return dex_scheduler_spawn (NULL, 0, end_fiber, work, (GDestroyNotify) work_free);
}
