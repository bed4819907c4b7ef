/* belay-account-shots.c: pictures of every place, over the account that is on this laptop
 *
 *   belay-account-shots DIRECTORY [LOOK…] DATA-FOLDER ROLE
 *
 * DATA-FOLDER is what belay-sign-in left; ROLE (learner, manager) begins the pictures' names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-shot.h"
#include "belay-window.h"

#include <libdex.h>

typedef struct
{
  const char *name;
  const char *place;
  const char *action; /* (nullable): an action of the window to run */
  gboolean is_for_managers;
  gboolean shows_sidebar;
} Screen;

static const Screen screens[] = {
  { "today", "today", NULL, FALSE, FALSE },
  { "learn", "learn", NULL, FALSE, FALSE },
  { "team", "team", NULL, TRUE, FALSE },
  { "places", "today", NULL, FALSE, TRUE },
  { "sync", "today", "win.sync-page", FALSE, FALSE },
  { "preferences", "today", "win.preferences", FALSE, FALSE },
  { "shortcuts", "today", "win.shortcuts", FALSE, FALSE },
  { "sign-out", "today", "win.sign-out", FALSE, FALSE },
  { "about", "today", "app.about", FALSE, FALSE },
};

static gboolean
too_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_CONTINUE;
}

/* Returns: whether the account was opened in time */
static gboolean
await_account (BelayWindow *window)
{
  gboolean is_too_late = FALSE;
  guint timeout = g_timeout_add_seconds (30, too_late_cb, &is_too_late);

  while (belay_window_get_account (window) == NULL && !is_too_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);

  return belay_window_get_account (window) != NULL;
}

static DexFuture *
closed_cb (DexFuture *future,
           gpointer data)
{
  *(gboolean *) data = TRUE;

  return NULL;
}

static void
close_account (BelayAccountManager *manager)
{
  gboolean is_closed = FALSE;

  dex_future_disown (dex_future_finally (belay_account_manager_close (manager), closed_cb, &is_closed, NULL));
  while (!is_closed)
    g_main_context_iteration (NULL, TRUE);
}

static int
shoot_screen (GtkApplication *application,
              const Screen *screen,
              const char *folder,
              const char *role)
{
  /* One window opens an account once */
  g_autoptr (BelayAccountManager) manager = belay_account_manager_new (folder, folder, NULL);
  GtkWidget *window = belay_shot_open (application, manager);
  g_autofree char *name = g_strdup_printf ("%s-%s", role, screen->name);

  if (!await_account (BELAY_WINDOW (window)))
    {
      g_printerr ("belay-account-shots: nobody is signed in there\n");
      gtk_window_destroy (GTK_WINDOW (window));
      close_account (manager);
      return 1;
    }

  if (!screen->is_for_managers || belay_account_is_manager (belay_window_get_account (BELAY_WINDOW (window))))
    {
      belay_window_show_place (BELAY_WINDOW (window), screen->place);
      if (screen->shows_sidebar)
        belay_shot_show_sidebar (window);
      belay_shot_settle (window);
      if (screen->action != NULL)
        gtk_widget_activate_action (window, screen->action, NULL);
      belay_shot_settle (window);
      belay_shot_settle (window);
      belay_shot_save (window, name);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  close_account (manager);

  return 0;
}

static int
shoot_all (GtkApplication *application)
{
  const char *const *arguments = belay_shot_get_arguments ();
  int status = 0;

  if (arguments[0] == NULL || arguments[1] == NULL)
    {
      g_printerr ("usage: belay-account-shots DIRECTORY [LOOK…] DATA-FOLDER ROLE\n");
      return 2;
    }

  for (gsize i = 0; status == 0 && i < G_N_ELEMENTS (screens); i++)
    status = shoot_screen (application, &screens[i], arguments[0], arguments[1]);

  return status;
}

int
main (int argc,
      char *argv[])
{
  return belay_shot_run (argc, argv, shoot_all);
}
