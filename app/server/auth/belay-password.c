/* belay-password.c: passwords as yescrypt hashes (crypt(5))
 *
 * Hashing is slow on purpose, so it happens on two threads of its own: more would let a storm of
 * sign-ins take all of the machine's cores and memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-password.h"

#include <crypt.h>
#include <gio/gio.h>
#include <string.h>

#define HASHING_THREADS 2

typedef struct
{
  gboolean is_check; /* else the password is to be hashed */
  char *hash;        /* (nullable): to check against */
  char *password;
  DexPromise *promise;
} Job;

static void
job_free (Job *job)
{
  explicit_bzero (job->password, strlen (job->password));
  g_free (job->password);
  g_free (job->hash);
  dex_unref (job->promise);
  g_free (job);
}

/* Returns: (transfer full) (nullable): the hash of @password by the method and salt of @setting */
static char *
run_crypt (const char *password,
           const char *setting)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_r (password, setting, data);
  char *copy = hash != NULL && hash[0] != '*' ? g_strdup (hash) : NULL;

  explicit_bzero (data, sizeof *data);
  g_free (data);

  return copy;
}

/**
 * belay_password_hash_now:
 *
 * Takes some tens of milliseconds; for the command line.
 *
 * Returns: (transfer full): what may be kept
 */
char *
belay_password_hash_now (const char *password)
{
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  char *hash;

  g_return_val_if_fail (password != NULL, NULL);

  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof setting) == NULL)
    g_error ("The system's crypt library knows no yescrypt");
  hash = run_crypt (password, setting);
  if (hash == NULL)
    g_error ("The system's crypt library could not hash");

  return hash;
}

static gboolean
is_equal (const char *a,
          const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);

  return difference == 0;
}

/* What is compared where nobody has that address: nothing is ever signed in by it, and it costs the same. */
static const char *
get_nobodys_hash (void)
{
  static char *hash;

  if (g_once_init_enter_pointer (&hash))
    g_once_init_leave_pointer (&hash, belay_password_hash_now ("nobody"));

  return hash;
}

static void
run_job (gpointer data,
         gpointer user_data)
{
  Job *job = data;

  if (!job->is_check)
    {
      dex_promise_resolve_string (job->promise, belay_password_hash_now (job->password));
    }
  else
    {
      const char *kept = job->hash != NULL ? job->hash : get_nobodys_hash ();
      g_autofree char *hash = run_crypt (job->password, kept);

      dex_promise_resolve_boolean (job->promise, job->hash != NULL && hash != NULL && is_equal (hash, kept));
    }
  job_free (job);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (run_job, NULL, HASHING_THREADS, FALSE, NULL));

  return pool;
}

static DexFuture *
push (gboolean is_check,
      const char *hash,
      const char *password)
{
  Job *job = g_new0 (Job, 1);
  DexFuture *future;

  job->is_check = is_check;
  job->hash = g_strdup (hash);
  job->password = g_strdup (password);
  job->promise = dex_promise_new ();
  future = DEX_FUTURE (dex_ref (job->promise));
  g_thread_pool_push (get_pool (), job, NULL);

  return future;
}

/**
 * belay_password_hash:
 *
 * Returns: (transfer full): resolves to a string that may be kept
 */
DexFuture *
belay_password_hash (const char *password)
{
  g_return_val_if_fail (password != NULL, NULL);

  return push (FALSE, NULL, password);
}

/**
 * belay_password_check:
 * @hash: (nullable): what was kept; %NULL where there is none, which takes as long
 *
 * Returns: (transfer full): resolves to whether @password is the one
 */
DexFuture *
belay_password_check (const char *hash,
                      const char *password)
{
  g_return_val_if_fail (password != NULL, NULL);

  return push (TRUE, hash, password);
}
