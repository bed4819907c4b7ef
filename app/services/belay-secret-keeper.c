/* belay-secret-keeper.c: where this laptop's token and key are: the secret service, else files
 *
 * Where no secret service runs, each is in a file that only this user can read, and the account says
 * so plainly. A service that does not answer within seconds counts as none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-secret-keeper.h"

#include <glib/gstdio.h>
#include <string.h>

#include "belay-secret.h"

#define SERVICE_SECONDS 3

/* The names are in the folders and secret services of who is signed in */
static const char *const files[] = {
  [BELAY_KEPT_TOKEN] = "token",
  [BELAY_KEPT_DEVICE_KEY] = "device.pem",
};
static const char *const suffixes[] = {
  [BELAY_KEPT_TOKEN] = "",
  [BELAY_KEPT_DEVICE_KEY] = "/key",
};
static const char *const labels[] = {
  [BELAY_KEPT_TOKEN] = "Belay",
  [BELAY_KEPT_DEVICE_KEY] = "Belay, this laptop's key",
};

typedef struct
{
  BelayKept what;
  char *path;
  char *name;
  char *secret; /* (nullable) */
} Keeping;

static Keeping *
keeping_new (const char *directory,
             const char *device_id,
             BelayKept what,
             const char *secret)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->what = what;
  keeping->path = g_build_filename (directory, files[what], NULL);
  keeping->name = g_strconcat (device_id, suffixes[what], NULL);
  keeping->secret = g_strdup (secret);

  return keeping;
}

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->path);
  g_free (keeping->name);
  if (keeping->secret != NULL)
    explicit_bzero (keeping->secret, strlen (keeping->secret));
  g_free (keeping->secret);
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

  if (dex_await (in_time (belay_secret_store (keeping->name, labels[keeping->what], keeping->secret)), NULL))
    {
      g_unlink (keeping->path);
      return dex_future_new_true ();
    }
  if (!g_file_set_contents_full (keeping->path, keeping->secret, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_secret_keep:
 * @directory: of the account
 * @device_id: what the secret service knows it by
 *
 * Returns: (transfer full): resolves to %TRUE once it is kept
 */
DexFuture *
belay_secret_keep (const char *directory,
                   const char *device_id,
                   BelayKept what,
                   const char *secret)
{
  g_return_val_if_fail (directory != NULL && device_id != NULL && secret != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, keep_fiber, keeping_new (directory, device_id, what, secret), keeping_free);
}

static DexFuture *
find_fiber (gpointer data)
{
  Keeping *keeping = data;
  g_autofree char *secret = NULL;

  if (!g_file_get_contents (keeping->path, &secret, NULL, NULL))
    secret = dex_await_string (in_time (belay_secret_lookup (keeping->name)), NULL);

  return dex_future_new_take_string (g_steal_pointer (&secret));
}

/**
 * belay_secret_find:
 *
 * Returns: (transfer full): resolves to the secret, or to %NULL where there is none
 */
DexFuture *
belay_secret_find (const char *directory,
                   const char *device_id,
                   BelayKept what)
{
  g_return_val_if_fail (directory != NULL && device_id != NULL, NULL);

  return dex_scheduler_spawn (NULL, 0, find_fiber, keeping_new (directory, device_id, what, NULL), keeping_free);
}

static DexFuture *
forget_fiber (gpointer data)
{
  Keeping *keeping = data;

  g_unlink (keeping->path);
  dex_await (in_time (belay_secret_clear (keeping->name)), NULL);

  return dex_future_new_true ();
}

static DexFuture *
forget (const char *directory,
        const char *device_id,
        BelayKept what)
{
  return dex_scheduler_spawn (NULL, 0, forget_fiber, keeping_new (directory, device_id, what, NULL), keeping_free);
}

/**
 * belay_secret_forget:
 *
 * Forgets all that is kept of a device.
 *
 * Returns: (transfer full): resolves to %TRUE
 */
DexFuture *
belay_secret_forget (const char *directory,
                     const char *device_id)
{
  g_return_val_if_fail (directory != NULL && device_id != NULL, NULL);

  return dex_future_all (forget (directory, device_id, BELAY_KEPT_TOKEN),
                         forget (directory, device_id, BELAY_KEPT_DEVICE_KEY), NULL);
}

/**
 * belay_secret_is_in_file:
 *
 * Returns: whether any of it is in a file rather than with a secret service
 */
gboolean
belay_secret_is_in_file (const char *directory)
{
  g_return_val_if_fail (directory != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }

  return FALSE;
}
