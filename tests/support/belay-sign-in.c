/* belay-sign-in.c: signs in without a window, for who runs the demo
 *
 *   belay-sign-in DATA-FOLDER ADDRESS EMAIL < PASSWORD
 *
 * It goes the way that the application goes, with a password that it is given: there is no other.
 * The application then finds its person signed in. It is built for tests and never installed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-manager.h"
#include "belay-test-support.h"

#include <gio/gio.h>
#include <stdio.h>

static char *
read_password (void)
{
  char line[1024];

  if (fgets (line, sizeof line, stdin) == NULL)
    return g_strdup ("");

  return g_strdup (g_strchomp (line));
}

/* @future: (transfer full). Returns: whether it resolved; @value is what to */
static gboolean
settle (DexFuture *future,
        GValue *value,
        GError **error)
{
  const GValue *result;

  belay_test_settle (future);
  result = dex_future_get_value (future, error);
  if (result != NULL && value != NULL)
    {
      g_value_init (value, G_VALUE_TYPE (result));
      g_value_copy (result, value);
    }
  dex_unref (future);

  return result != NULL;
}

static gboolean
sign_in (BelayAccountManager *manager,
         const char *address,
         const char *email,
         GError **error)
{
  g_auto (GValue) found = G_VALUE_INIT;
  g_auto (GValue) opened = G_VALUE_INIT;
  g_autofree char *password = read_password ();

  if (!settle (belay_account_manager_find_server (manager, address), &found, error)
      || !settle (belay_account_manager_sign_in (manager, g_value_get_boxed (&found), email, password), &opened, error))
    return FALSE;

  return settle (belay_account_sync_now (g_value_get_object (&opened)), NULL, error);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (BelayAccountManager) manager = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  if (argc != 4)
    {
      g_printerr ("usage: belay-sign-in DATA-FOLDER ADDRESS EMAIL < PASSWORD\n");
      return 2;
    }

  dex_init ();
  manager = belay_account_manager_new (argv[1], argv[1], NULL);
  is_done = sign_in (manager, argv[2], argv[3], &error);
  if (!is_done)
    g_printerr ("belay-sign-in: %s\n", error->message);
  settle (belay_account_manager_close (manager), NULL, NULL);

  return is_done ? 0 : 1;
}
