/* belay-database-thread.c: a connection and the one thread that uses it
 *
 * Fibers have small stacks and must not block, so SQLite stays here: each piece of work is a
 * synchronous function, and its caller awaits a future. Writes that wait together share one
 * commit, each behind its own savepoint, and nobody hears of success before that commit is on the
 * disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-database-thread.h"

#define WRITES_IN_A_COMMIT_MOST 256

typedef enum
{
  JOB_READ,
  JOB_WRITE,
  JOB_STOP,
} JobKind;

typedef struct
{
  JobKind kind;
  BelayDatabaseWork work;
  gpointer user_data;
  GDestroyNotify destroy;
  DexPromise *promise;
  DexFuture *outcome; /* what the work returned, until its commit */
} Job;

struct _BelayDatabaseThread
{
  gatomicrefcount references;
  BelayDatabase *database;
  GAsyncQueue *jobs;
  GThread *thread;
};

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->user_data);
  g_clear_pointer (&job->promise, dex_unref);
  g_clear_pointer (&job->outcome, dex_unref);
  g_free (job);
}

static Job *
job_new (JobKind kind,
         BelayDatabaseWork work,
         gpointer user_data,
         GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->work = work;
  job->user_data = user_data;
  job->destroy = destroy;
  job->promise = dex_promise_new ();

  return job;
}

/* Tells the one who waits, and frees @job first: what it held is gone when the waiter goes on. */
static void
answer (Job *job,
        const GError *failure)
{
  g_autoptr (DexPromise) promise = g_steal_pointer (&job->promise);
  g_autoptr (DexFuture) outcome = g_steal_pointer (&job->outcome);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  job_free (job);

  if (failure != NULL)
    {
      dex_promise_reject (promise, g_error_copy (failure));
      return;
    }

  value = dex_future_get_value (outcome, &error);
  if (value != NULL)
    dex_promise_resolve (promise, value);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static void
run_read (BelayDatabaseThread *self,
          Job *job)
{
  job->outcome = job->work (self->database, job->user_data);
  answer (job, NULL);
}

static void
run_in_savepoint (BelayDatabaseThread *self,
                  Job *job)
{
  GError *error = NULL;

  if (!belay_database_savepoint (self->database, &error))
    {
      job->outcome = dex_future_new_for_error (error);
      return;
    }

  job->outcome = job->work (self->database, job->user_data);
  if (dex_future_is_rejected (job->outcome))
    {
      belay_database_rollback_to_savepoint (self->database);
    }
  else if (!belay_database_release (self->database, &error))
    {
      dex_unref (job->outcome);
      job->outcome = dex_future_new_for_error (error);
    }
}

static void
answer_all (GPtrArray *jobs,
            const GError *failure)
{
  for (guint i = 0; i < jobs->len; i++)
    answer (g_ptr_array_index (jobs, i), failure);
}

/* Why the database undid everything by itself: what the job failed with that was its last */
static GError *
take_reason (GPtrArray *jobs)
{
  for (guint i = jobs->len; i > 0; i--)
    {
      const Job *job = g_ptr_array_index (jobs, i - 1);
      GError *error = NULL;

      if (job->outcome != NULL && dex_future_get_value (job->outcome, &error) == NULL)
        return error;
    }

  return g_error_new_literal (BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FAILED,
                              "The database has undone what was to be written");
}

/* Runs @first and the writes that already wait behind it; gives back the job that ended the row. */
static Job *
run_writes (BelayDatabaseThread *self,
            Job *first)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Job *next = NULL;

  g_ptr_array_add (jobs, first);
  while (jobs->len < WRITES_IN_A_COMMIT_MOST && (next = g_async_queue_try_pop (self->jobs)) != NULL)
    {
      if (next->kind != JOB_WRITE)
        break;
      g_ptr_array_add (jobs, next);
      next = NULL;
    }

  if (belay_database_begin (self->database, &error))
    {
      /* A full disk or a lost connection undoes the whole transaction: then nobody's part stands */
      for (guint i = 0; i < jobs->len && belay_database_is_in_transaction (self->database); i++)
        run_in_savepoint (self, g_ptr_array_index (jobs, i));
      if (belay_database_is_in_transaction (self->database))
        belay_database_commit (self->database, &error);
      else
        error = take_reason (jobs);
    }
  answer_all (jobs, error);

  return next;
}

static gpointer
thread_main (gpointer data)
{
  BelayDatabaseThread *self = data;
  Job *job = NULL;

  for (;;)
    {
      Job *next = NULL;

      if (job == NULL)
        job = g_async_queue_pop (self->jobs);
      if (job->kind == JOB_STOP)
        break;
      if (job->kind == JOB_WRITE)
        next = run_writes (self, job);
      else
        run_read (self, job);
      job = next;
    }
  job_free (job);

  return NULL;
}

/**
 * belay_database_thread_new:
 * @database: (transfer full): nobody else may use it from now on
 *
 * Returns: (transfer full): the thread, waiting for work
 */
BelayDatabaseThread *
belay_database_thread_new (BelayDatabase *database)
{
  BelayDatabaseThread *self;

  g_return_val_if_fail (database != NULL, NULL);

  self = g_new0 (BelayDatabaseThread, 1);
  g_atomic_ref_count_init (&self->references);
  self->database = database;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("belay-database", thread_main, self);

  return self;
}

BelayDatabaseThread *
belay_database_thread_ref (BelayDatabaseThread *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

/**
 * belay_database_thread_unref:
 *
 * The last one waits until all work that was asked for is done, then closes the database. Not to
 * be called from the database's own thread.
 */
void
belay_database_thread_unref (BelayDatabaseThread *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_async_queue_push (self->jobs, job_new (JOB_STOP, NULL, NULL, NULL));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  belay_database_close (self->database);
  g_free (self);
}

/**
 * belay_database_thread_is_current:
 *
 * Returns: whether the caller runs on this very thread, which must not drop its last reference
 */
gboolean
belay_database_thread_is_current (BelayDatabaseThread *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_thread_self () == self->thread;
}

static DexFuture *
push (BelayDatabaseThread *self,
      Job *job)
{
  DexFuture *future = DEX_FUTURE (dex_ref (job->promise));

  g_async_queue_push (self->jobs, job);

  return future;
}

/**
 * belay_database_thread_write:
 * @work: what to do, inside a transaction
 * @user_data: (transfer full): for @work
 *
 * Returns: (transfer full): what @work returned, once its transaction is on the disk; rejected, and
 *   nothing written, where @work or the commit failed
 */
DexFuture *
belay_database_thread_write (BelayDatabaseThread *self,
                             BelayDatabaseWork work,
                             gpointer user_data,
                             GDestroyNotify destroy)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  return push (self, job_new (JOB_WRITE, work, user_data, destroy));
}

/**
 * belay_database_thread_read:
 * @work: what to do, outside a transaction; must not write
 * @user_data: (transfer full): for @work
 *
 * Returns: (transfer full): what @work returned
 */
DexFuture *
belay_database_thread_read (BelayDatabaseThread *self,
                            BelayDatabaseWork work,
                            gpointer user_data,
                            GDestroyNotify destroy)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  return push (self, job_new (JOB_READ, work, user_data, destroy));
}
