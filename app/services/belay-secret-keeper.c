/* belay-token-keeper.c: where this laptop's token is: the secret service, else a file
 *
 * Where no secret service runs, the token is in a file that only this user can read, and the
 * account says so plainly. A service that does not answer within seconds counts as none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-token-keeper.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "belay-secret.h"

#define SERVICE_SECONDS 3

typedef struct
{
  char *path;
  char *name;
  char *token; /* (nullable) */
} Keeping;

static Keeping *
keeping_new (const char *directory,
             const char *name,
             const char *token)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->path = g_build_filename (directory, "token", NULL);
  keeping->name = g_strdup (name);
  keeping->token = g_strdup (token);

  return keeping;
}

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->path);
  g_free (keeping->name);
  g_free (keeping->token);
  g_free (keeping);
}

static DexFuture *
in_time (DexFuture *future)
{
  return dex_future_first (future, dex_timeout_new_seconds (SERVICE_SECONDS), NULL);
}

static DexFuture *
keep_fiber (gpointer data)
{
  Keeping *keeping = data;
  GError *error = NULL;

  if (dex_await (in_time (belay_secret_store (keeping->name, "Belay", keeping->token)), NULL))
    {
      g_unlink (keeping->path);
      return dex_future_new_true ();
    }
  if (!g_file_set_contents_full (keeping->path, keeping->token, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_token_keep:
 * @directory: of the account
 * @name: what the secret service knows it by
 *
 * Returns: (transfer full): resolves to %TRUE once it is kept
 */
DexFuture *
belay_token_keep (const char *directory,
                  const char *name,
                  const char *token)
{
  g_return_val_if_fail (directory != NULL && name != NULL && token != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, keep_fiber, keeping_new (directory, name, token), keeping_free);
}

static DexFuture *
find_fiber (gpointer data)
{
  Keeping *keeping = data;
  g_autofree char *token = NULL;

  if (!g_file_get_contents (keeping->path, &token, NULL, NULL))
    token = dex_await_string (in_time (belay_secret_lookup (keeping->name)), NULL);

  return dex_future_new_take_string (g_steal_pointer (&token));
}

/**
 * belay_token_find:
 *
 * Returns: (transfer full): resolves to the token, or to %NULL where there is none
 */
DexFuture *
belay_token_find (const char *directory,
                  const char *name)
{
  g_return_val_if_fail (directory != NULL && name != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, find_fiber, keeping_new (directory, name, NULL), keeping_free);
}

static DexFuture *
forget_fiber (gpointer data)
{
  Keeping *keeping = data;

  g_unlink (keeping->path);
  dex_await (in_time (belay_secret_clear (keeping->name)), NULL);

  return dex_future_new_true ();
}

/**
 * belay_token_forget:
 *
 * Returns: (transfer full): resolves to %TRUE
 */
DexFuture *
belay_token_forget (const char *directory,
                    const char *name)
{
  g_return_val_if_fail (directory != NULL && name != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, forget_fiber, keeping_new (directory, name, NULL), keeping_free);
}

/**
 * belay_token_is_in_file:
 *
 * Returns: whether the token is in a file rather than with a secret service
 */
gboolean
belay_token_is_in_file (const char *directory)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  path = g_build_filename (directory, "token", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}
