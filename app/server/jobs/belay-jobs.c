/* belay-jobs.c: reports that are due, and those of a new day
 *
 * A manager's own request already brings their reports up to date; this does it for the others in batches,
 * and once an hour for everyone, since what is expected by today's plan changes without any fact.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-jobs.h"

#include "belay-db-learning.h"
#include "belay-db-people.h"
#include "belay-time.h"
#include "belay-work-report.h"

#define ROUND_SECONDS 5
#define HOUR_US ((gint64) 3600 * BELAY_SECOND_US)

struct _BelayJobs
{
  BelayServerContext *context;
  DexFuture *round; /* (nullable): that still runs */
  guint timer;
  gint64 hour;
};

static DexFuture *
mark_everyone (BelayDbTransaction *tx,
               gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) people = belay_db_person_list (tx, &error);

  if (people == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < people->len; i++)
    if (!belay_db_report_due_add (tx, ((BelayDbPerson *) people->pdata[i])->id, &error))
      return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static DexFuture *
refresh (BelayDbTransaction *tx,
         gpointer user_data)
{
  GError *error = NULL;

  if (!belay_work_report_refresh (tx, NULL, FALSE, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static DexFuture *
count_due (BelayDbTransaction *tx,
           gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) due = belay_db_report_due_list (tx, NULL, &error);

  if (due == NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_for_boolean (due->len > 0);
}

static DexFuture *
round_fiber (gpointer user_data)
{
  BelayJobs *self = user_data;
  BelayDb *db = self->context->db;
  gint64 hour = belay_clock_now_us (self->context->clock) / HOUR_US;
  GError *error = NULL;

  if (hour != self->hour && !dex_await (belay_db_write (db, mark_everyone, NULL, NULL), &error))
    return dex_future_new_for_error (error);
  self->hour = hour;
  if (dex_await_boolean (belay_db_read (db, count_due, NULL, NULL), &error)
      && !dex_await (belay_db_write (db, refresh, NULL, NULL), &error))
    return dex_future_new_for_error (error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static gboolean
on_timer (gpointer user_data)
{
  BelayJobs *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->round != NULL && dex_future_is_pending (self->round))
    return G_SOURCE_CONTINUE;
  if (self->round != NULL && dex_future_get_value (self->round, &error) == NULL)
    g_warning ("Reports could not be brought up to date: %s", error->message);

  g_clear_pointer (&self->round, dex_unref);
  self->round = dex_scheduler_spawn (NULL, 0, round_fiber, self, NULL);

  return G_SOURCE_CONTINUE;
}

/**
 * belay_jobs_start:
 * @context: must live until belay_jobs_stop()
 */
BelayJobs *
belay_jobs_start (BelayServerContext *context)
{
  BelayJobs *self = g_new0 (BelayJobs, 1);

  self->context = context;
  self->timer = g_timeout_add_seconds (ROUND_SECONDS, on_timer, self);

  return self;
}

/**
 * belay_jobs_stop:
 *
 * Waits for a round that has begun.
 */
void
belay_jobs_stop (BelayJobs *self)
{
  g_return_if_fail (self != NULL);

  g_source_remove (self->timer);
  while (self->round != NULL && dex_future_is_pending (self->round))
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&self->round, dex_unref);
  g_free (self);
}
