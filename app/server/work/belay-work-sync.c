/* belay-work-sync.c: one step of sync, as protocol.md tells it
 *
 * A step in which nothing has to be written only reads, on a thread of its own: that is what most are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-sync.h"

#include "belay-db-learning.h"
#include "belay-db-people.h"
#include "belay-db-streams.h"
#include "belay-scoring.h"
#include "belay-time.h"
#include "belay-work-fold.h"
#include "belay-work-follow.h"
#include "belay-work-grants.h"
#include "belay-work-organisation.h"
#include "belay-work-report.h"
#include "belay-work-up.h"

/* That someone was heard from is told to managers no finer than this */
#define HEARD_GRAIN_US (5 * 60 * BELAY_SECOND_US)

typedef struct
{
  BelayDb *db;
  char *person;
  char *device;
  BelaySyncRequest *request;
  GBytes *reply;
} Step;

static void
step_free (Step *self)
{
  g_free (self->person);
  g_free (self->device);
  belay_sync_request_free (self->request);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_free (self);
}

/* ---- up ---- */

static gboolean
note_heard (BelayDbTransaction *tx,
            Step *step,
            GError **error)
{
  g_autoptr (BelayDbPerson) person = NULL;

  if (!belay_db_person_get (tx, step->person, &person, error) || person == NULL)
    return person != NULL;
  if (belay_db_now (tx) - person->heard < HEARD_GRAIN_US)
    return TRUE;

  return belay_db_person_set_heard (tx, step->person, belay_db_now (tx), error)
         && belay_db_report_due_add (tx, step->person, error);
}

static gboolean
take_up (BelayDbTransaction *tx,
         Step *step,
         const BelayGrants *grants,
         BelaySyncReply *reply,
         GError **error)
{
  BelayWorkSender sender = { .tx = tx, .grants = grants, .person = step->person, .device = step->device };

  belay_work_fold_listen (tx);
  for (guint i = 0; i < step->request->up->len; i++)
    {
      BelayVerdict *verdict = belay_work_up_judge (&sender, g_ptr_array_index (step->request->up, i), error);

      if (verdict == NULL)
        return FALSE;
      g_ptr_array_add (reply->verdicts, verdict);
    }

  return TRUE;
}

/* ---- down ---- */

/* Cursors of another epoch mean nothing here: all is sent from the beginning */
static gint64
find_cursor (Step *step,
             const char *epoch,
             const char *stream)
{
  if (step->request->epoch != NULL && !g_str_equal (step->request->epoch, epoch))
    return 0;

  return MAX (belay_sync_request_get_cursor (step->request, stream), 0);
}

static void
list_left (Step *step,
           GPtrArray *followed,
           BelaySyncReply *reply)
{
  for (guint i = 0; i < step->request->cursors->len; i++)
    {
      const BelayStreamCursor *cursor = g_ptr_array_index (step->request->cursors, i);

      if (!g_ptr_array_find_with_equal_func (followed, cursor->stream, g_str_equal, NULL))
        g_ptr_array_add (reply->left, g_strdup (cursor->stream));
    }
}

static gboolean
send_down (BelayDbTransaction *tx,
           Step *step,
           GPtrArray *followed,
           BelaySyncReply *reply,
           GError **error)
{
  BelayDbBudget budget = { .bytes_left = (gsize) step->request->budget };

  for (guint i = 0; i < followed->len; i++)
    {
      const char *stream = g_ptr_array_index (followed, i);
      gint64 cursor = find_cursor (step, reply->epoch, stream);
      BelayStreamDown *down = belay_db_stream_since (tx, stream, cursor, &budget, error);

      if (down == NULL)
        return FALSE;
      g_ptr_array_add (reply->streams, down);
    }
  reply->more = budget.is_over;
  list_left (step, followed, reply);

  return TRUE;
}

/* ---- the step ---- */

static gboolean
begin_reply (BelayDbTransaction *tx,
             BelaySyncReply *reply,
             GError **error)
{
  g_autoptr (BelayDbOrganisation) organisation = NULL;

  if (!belay_work_organisation (tx, &organisation, error))
    return FALSE;

  reply->epoch = g_steal_pointer (&organisation->epoch);
  reply->time_us = belay_db_now (tx);
  reply->rules = BELAY_RULES_VERSION;

  return TRUE;
}

static DexFuture *
finish (Step *step,
        BelaySyncReply *reply)
{
  GError *error = NULL;

  step->reply = belay_sync_reply_encode (reply, &error);
  if (step->reply == NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (step->reply));
}

static DexFuture *
run_writing (BelayDbTransaction *tx,
             gpointer user_data)
{
  Step *step = user_data;
  g_autoptr (BelaySyncReply) reply = belay_sync_reply_new ();
  g_autoptr (BelayGrants) grants = NULL;
  g_autoptr (GPtrArray) followed = NULL;
  GError *error = NULL;

  grants = begin_reply (tx, reply, &error) ? belay_work_grants_load (tx, step->person, &error) : NULL;
  if (grants == NULL || !note_heard (tx, step, &error) || !take_up (tx, step, grants, reply, &error))
    return dex_future_new_for_error (error);

  followed = belay_work_follow_list (tx, grants, &error);
  if (followed == NULL
      || (belay_grants_has_role (grants, BELAY_ROLE_MANAGER)
          && !belay_work_report_refresh (tx, step->person, FALSE, &error))
      || !send_down (tx, step, followed, reply, &error))
    return dex_future_new_for_error (error);

  return finish (step, reply);
}

/* Resolves to FALSE where something has to be written first */
static gboolean
must_write (BelayDbTransaction *tx,
            Step *step,
            gboolean *must,
            GError **error)
{
  g_autoptr (BelayDbPerson) person = NULL;
  g_autoptr (GPtrArray) due = NULL;

  *must = step->request->up->len > 0;
  if (*must)
    return TRUE;
  if (!belay_db_person_get (tx, step->person, &person, error))
    return FALSE;
  due = belay_db_report_due_list (tx, step->person, error);
  if (due == NULL)
    return FALSE;

  *must = due->len > 0 || person == NULL || belay_db_now (tx) - person->heard >= HEARD_GRAIN_US;
  return TRUE;
}

static DexFuture *
run_reading (BelayDbTransaction *tx,
             gpointer user_data)
{
  Step *step = user_data;
  g_autoptr (BelaySyncReply) reply = belay_sync_reply_new ();
  g_autoptr (BelayGrants) grants = NULL;
  g_autoptr (GPtrArray) followed = NULL;
  GError *error = NULL;
  gboolean must;

  if (!must_write (tx, step, &must, &error))
    return dex_future_new_for_error (error);
  if (must)
    return dex_future_new_false ();

  grants = begin_reply (tx, reply, &error) ? belay_work_grants_load (tx, step->person, &error) : NULL;
  followed = grants != NULL ? belay_work_follow_list (tx, grants, &error) : NULL;
  if (followed == NULL || !send_down (tx, step, followed, reply, &error))
    return dex_future_new_for_error (error);

  return finish (step, reply);
}

/* Waits here until it is settled: what it works on is the fiber's own */
static DexFuture *
settled (DexFuture *future)
{
  dex_await (dex_ref (future), NULL);

  return future;
}

static DexFuture *
sync_fiber (gpointer user_data)
{
  Step *step = user_data;

  if (step->request->up->len == 0)
    {
      g_autoptr (DexFuture) reading = settled (belay_db_read (step->db, run_reading, step, NULL));

      if (step->reply != NULL || dex_future_is_rejected (reading))
        return g_steal_pointer (&reading);
    }

  return settled (belay_db_write (step->db, run_writing, step, NULL));
}

/**
 * belay_work_sync:
 * @request: (transfer full)
 *
 * Does one step for @person: takes what is sent up, and answers what is new for them.
 *
 * Returns: (transfer full): resolves, after the commit, to the reply as #GBytes
 */
DexFuture *
belay_work_sync (BelayDb *db,
                 const char *person,
                 const char *device,
                 BelaySyncRequest *request)
{
  Step *step;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (person != NULL && device != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  step = g_new0 (Step, 1);
  step->db = db;
  step->person = g_strdup (person);
  step->device = g_strdup (device);
  step->request = request;

  return dex_scheduler_spawn (NULL, 0, sync_fiber, step, (GDestroyNotify) step_free);
}
