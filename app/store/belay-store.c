/* belay-store.c: one account's database on this laptop
 *
 * One thread writes and one reads, so that a long search never delays a commit. The file is locked
 * for one process: a second Belay with the same account is told so, and changes nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "belay-migrations.h"
#include "belay-migrations-client-resource.h"

#define MIGRATIONS "/org/belay/migrations/client"

struct _BelayStore
{
  gatomicrefcount references;
  char *directory;
  int lock;
  BelayClock *clock;
  BelayStoreWriter writing;
  BelayDatabaseThread *writer;
  BelayDatabaseThread *reader;
  BelayStoreChangedFunc changed;
  gpointer changed_data;
};

G_DEFINE_QUARK (belay - store - error - quark, belay_store_error)
G_DEFINE_BOXED_TYPE (BelayStore, belay_store, belay_store_ref, belay_store_unref)

/* The folders that this process has open. Whoever closes one and opens it again may come before the last reference
 * to it has ended, on whichever thread: then it is a matter of a moment. */
#define MOMENT_US (5 * G_USEC_PER_SEC)

static GMutex held_lock;
static GCond held_changed;
static GHashTable *held; /* (owned): a set of directories; under the lock */

static void
hold (const char *directory)
{
  g_mutex_lock (&held_lock);
  if (held == NULL)
    held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (held, g_strdup (directory));
  g_mutex_unlock (&held_lock);
}

static void
let_go (const char *directory)
{
  g_mutex_lock (&held_lock);
  g_hash_table_remove (held, directory);
  g_cond_broadcast (&held_changed);
  g_mutex_unlock (&held_lock);
}

static void
await_own_end (const char *directory)
{
  gint64 end = g_get_monotonic_time () + MOMENT_US;

  g_mutex_lock (&held_lock);
  while (held != NULL && g_hash_table_contains (held, directory) && g_cond_wait_until (&held_changed, &held_lock, end))
    continue;
  g_mutex_unlock (&held_lock);
}

static int
take_lock (const char *directory,
           GError **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  int lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock < 0)
    {
      g_set_error (error, BELAY_DATABASE_ERROR,
                   errno == ENOSPC || errno == EDQUOT ? BELAY_DATABASE_ERROR_FULL : BELAY_DATABASE_ERROR_FAILED,
                   "“%s” cannot be written to: %s", path, g_strerror (errno));
      return -1;
    }
  if (flock (lock, LOCK_EX | LOCK_NB) != 0)
    {
      g_close (lock, NULL);
      g_set_error_literal (error, BELAY_STORE_ERROR, BELAY_STORE_ERROR_IN_USE,
                           "Another Belay has this account open. Nothing was changed.");
      return -1;
    }

  return lock;
}

static BelayDatabase *
open_writing (const char *path,
              GError **error)
{
  g_autoptr (BelayDatabase) database = belay_database_open (path, error);

  if (database == NULL)
    return NULL;
  g_resources_register (belay_migrations_client_get_resource ());
  if (!belay_migrations_apply (database, MIGRATIONS, error))
    return NULL;

  return g_steal_pointer (&database);
}

static BelayStore *
store_new (const char *directory,
           BelayClock *clock,
           GError **error)
{
  g_autofree char *path = g_build_filename (directory, "belay.db", NULL);
  g_autoptr (BelayStore) self = g_new0 (BelayStore, 1);
  BelayDatabase *writing;
  BelayDatabase *reading;

  g_atomic_ref_count_init (&self->references);
  self->clock = belay_clock_ref (clock);
  self->lock = -1;
  await_own_end (directory);

  if (g_mkdir_with_parents (directory, 0700) == 0 || errno == EEXIST)
    self->lock = take_lock (directory, error);
  else
    g_set_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL, "“%s” cannot be made: %s", directory,
                 g_strerror (errno));
  if (self->lock < 0)
    return NULL;
  self->directory = g_strdup (directory);
  hold (directory);

  writing = open_writing (path, error);
  if (writing == NULL)
    return NULL;
  self->writing.database = writing;
  self->writing.clock = self->clock;
  self->writer = belay_database_thread_new (writing);

  reading = belay_database_open_read_only (path, error);
  if (reading == NULL)
    return NULL;
  self->reader = belay_database_thread_new (reading);

  return g_steal_pointer (&self);
}

typedef struct
{
  char *directory;
  BelayClock *clock;
  DexPromise *promise;
} Opening;

static gpointer
open_thread (gpointer data)
{
  Opening *opening = data;
  g_autoptr (DexPromise) promise = g_steal_pointer (&opening->promise);
  GError *error = NULL;
  BelayStore *self = store_new (opening->directory, opening->clock, &error);

  if (self != NULL)
    dex_promise_resolve_boxed (promise, BELAY_TYPE_STORE, self);
  else
    dex_promise_reject (promise, error);

  g_free (opening->directory);
  belay_clock_unref (opening->clock);
  g_free (opening);

  return NULL;
}

/**
 * belay_store_open:
 * @directory: made where it is missing, for this user alone
 *
 * Opens the database, brings it to this version's schema and locks it for this process.
 *
 * Returns: (transfer full): resolves to a #BelayStore; rejects with %BELAY_STORE_ERROR_IN_USE or a
 *   #BelayDatabaseError, and then nothing was changed
 */
DexFuture *
belay_store_open (const char *directory,
                  BelayClock *clock)
{
  Opening *opening;
  DexFuture *future;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  opening = g_new0 (Opening, 1);
  opening->directory = g_strdup (directory);
  opening->clock = belay_clock_ref (clock);
  opening->promise = dex_promise_new ();
  future = DEX_FUTURE (dex_ref (opening->promise));
  /* Migrating may take a while, and SQLite needs more stack than a fiber has */
  g_thread_unref (g_thread_new ("belay-store-open", open_thread, opening));

  return future;
}

BelayStore *
belay_store_ref (BelayStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

/* What the writer's thread keeps belongs to its connection: it goes before that closes, and there */
static DexFuture *
forget_all (BelayDatabase *database,
            gpointer user_data)
{
  belay_store_writer_forget (user_data);

  return dex_future_new_true ();
}

static gpointer
close_thread (gpointer data)
{
  BelayStore *self = data;

  g_clear_pointer (&self->reader, belay_database_thread_unref);
  if (self->writer != NULL)
    {
      dex_unref (belay_database_thread_read (self->writer, forget_all, &self->writing, NULL));
      belay_database_thread_unref (self->writer);
    }
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  if (self->directory != NULL)
    let_go (self->directory);
  g_free (self->directory);
  belay_clock_unref (self->clock);
  g_free (self);

  return NULL;
}

/* A future that tells of a change holds the store, and the thread that completes it may be the last to hold the
 * future: so the last reference can end on one of the threads that closing waits for. */
static gboolean
is_on_own_thread (BelayStore *self)
{
  return (self->writer != NULL && belay_database_thread_is_current (self->writer))
         || (self->reader != NULL && belay_database_thread_is_current (self->reader));
}

/**
 * belay_store_unref:
 *
 * The last one waits until all that was asked for is done, closes the database and unlocks it. On one of the
 * store's own threads it does not wait: another thread closes it then.
 */
void
belay_store_unref (BelayStore *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  if (is_on_own_thread (self))
    g_thread_unref (g_thread_new ("belay-store-close", close_thread, self));
  else
    close_thread (self);
}

/**
 * belay_store_set_changed_func:
 * @func: (nullable): called after each change that is on the disk; %NULL ends that
 */
void
belay_store_set_changed_func (BelayStore *self,
                              BelayStoreChangedFunc func,
                              gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->changed = func;
  self->changed_data = user_data;
}

BelayClock *
belay_store_get_clock (BelayStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->clock;
}

typedef struct
{
  BelayStore *store;
  BelayStoreChange change;
} Notice;

typedef struct
{
  BelayStore *store;
  Notice *notice; /* lives until the future is done, which is after the work */
  BelayStoreWork work;
  gpointer user_data;
  GDestroyNotify destroy;
} Write;

static DexFuture *
write_work (BelayDatabase *database,
            gpointer data)
{
  Write *write = data;
  BelayStoreWriter *writer = &write->store->writing;
  sqlite3 *handle = belay_database_get_handle (database);
  sqlite3_int64 rows_before = sqlite3_total_changes64 (handle);
  DexFuture *outcome;

  writer->changed_nothing = FALSE;
  outcome = write->work (writer, write->user_data);
  if (writer->changed_nothing || sqlite3_total_changes64 (handle) == rows_before)
    write->notice->change = 0;

  /* What was undone in the database must not live on in what was read from it */
  if (dex_future_is_rejected (outcome))
    g_clear_pointer (&write->store->writing.programmes, g_ptr_array_unref);

  return outcome;
}

static void
write_free (gpointer data)
{
  Write *write = data;

  if (write->destroy != NULL)
    write->destroy (write->user_data);
  g_free (write);
}

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  belay_store_unref (notice->store);
  g_free (notice);
}

static DexFuture *
tell (DexFuture *future,
      gpointer data)
{
  Notice *notice = data;

  if (notice->store->changed != NULL && notice->change != 0)
    notice->store->changed (notice->change, notice->store->changed_data);

  return dex_ref (future);
}

/**
 * belay_store_write:
 * @change: what to tell of once it is on the disk; 0 for nothing
 * @work: what to do, on the writer's thread and in a transaction
 *
 * Returns: (transfer full): what @work returned
 */
DexFuture *
belay_store_write (BelayStore *self,
                   BelayStoreChange change,
                   BelayStoreWork work,
                   gpointer user_data,
                   GDestroyNotify destroy)
{
  Write *write;
  Notice *notice;
  DexFuture *future;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  notice = g_new0 (Notice, 1);
  notice->store = belay_store_ref (self);
  notice->change = change;
  /* Not a reference: the last one must not be dropped on the writer's own thread. Whoever drops it
   * waits for this work first. */
  write = g_new0 (Write, 1);
  write->store = self;
  write->notice = notice;
  write->work = work;
  write->user_data = user_data;
  write->destroy = destroy;
  future = belay_database_thread_write (self->writer, write_work, write, write_free);
  future = dex_future_then (future, tell, notice, notice_free);
  /* The change is told of even where nobody waits for it any more */
  dex_future_disown (dex_ref (future));

  return future;
}

/**
 * belay_store_read:
 * @work: what to do, on the reader's thread; must not write
 *
 * Returns: (transfer full): what @work returned
 */
DexFuture *
belay_store_read (BelayStore *self,
                  BelayDatabaseWork work,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  return belay_database_thread_read (self->reader, work, user_data, destroy);
}

typedef struct
{
  BelayStoreXapiWork work;
  gpointer user_data;
  GDestroyNotify destroy;
} XapiCall;

static void
xapi_call_free (gpointer data)
{
  XapiCall *call = data;

  if (call->destroy != NULL)
    call->destroy (call->user_data);
  g_free (call);
}

static DexFuture *
xapi_work (BelayStoreWriter *writer,
           gpointer data)
{
  XapiCall *call = data;
  GError *error = NULL;

  if (!belay_store_writer_open_xapi (writer, &error))
    return dex_future_new_for_error (error);

  return call->work (writer->xapi, writer->clock, call->user_data);
}

/**
 * belay_store_with_xapi:
 * @work: what to do with this laptop's record store
 *
 * A statement that @work stores, the progress it makes and its place in the outbox are one transaction.
 *
 * Returns: (transfer full): what @work returned, once it is on the disk
 */
DexFuture *
belay_store_with_xapi (BelayStore *self,
                       BelayStoreXapiWork work,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  XapiCall *call;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (work != NULL, NULL);

  call = g_new0 (XapiCall, 1);
  call->work = work;
  call->user_data = user_data;
  call->destroy = destroy;

  return belay_store_write (self, BELAY_STORE_CHANGE_FACTS, xapi_work, call, xapi_call_free);
}
