/* belay-state-shots.c: pictures of states that the demo's people are not in
 *
 *   belay-state-shots DIRECTORY [LOOK…] [SCREEN…]
 *
 * Nobody signed in, nothing there yet, and trouble; over an account without a laptop beneath it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-present.h"
#include "belay-service-error.h"
#include "belay-shot.h"
#include "belay-stand-in.h"
#include "belay-window.h"

typedef struct
{
  const char *name;
  BelayStandIn kind;
  gboolean is_manager;
  const char *place;  /* (nullable): a place to show */
  const char *action; /* (nullable): an action of the window to run */
  int failure;        /* of the load; -1 for none */
  gboolean is_new;    /* nobody is signed in */
  gboolean shows_sidebar;
} Screen;

static const Screen screens[] = {
  { "today", BELAY_STAND_IN_FILLED, FALSE, "today", NULL, -1, FALSE, FALSE },
  { "today-empty", BELAY_STAND_IN_EMPTY, FALSE, "today", NULL, -1, FALSE, FALSE },
  { "today-trouble", BELAY_STAND_IN_TROUBLE, FALSE, "today", NULL, -1, FALSE, FALSE },
  { "learn", BELAY_STAND_IN_FILLED, FALSE, "learn", NULL, -1, FALSE, FALSE },
  { "learn-empty", BELAY_STAND_IN_EMPTY, FALSE, "learn", NULL, -1, FALSE, FALSE },
  { "team", BELAY_STAND_IN_FILLED, TRUE, "team", NULL, -1, FALSE, FALSE },
  { "team-empty", BELAY_STAND_IN_EMPTY, TRUE, "team", NULL, -1, FALSE, FALSE },
  { "places", BELAY_STAND_IN_TROUBLE, TRUE, "today", NULL, -1, FALSE, TRUE },
  { "sync", BELAY_STAND_IN_FILLED, FALSE, "today", "win.sync-page", -1, FALSE, FALSE },
  { "sync-trouble", BELAY_STAND_IN_TROUBLE, FALSE, "today", "win.sync-page", -1, FALSE, FALSE },
  { "preferences", BELAY_STAND_IN_FILLED, FALSE, "today", "win.preferences", -1, FALSE, FALSE },
  { "shortcuts", BELAY_STAND_IN_FILLED, FALSE, "today", "win.shortcuts", -1, FALSE, FALSE },
  { "sign-out", BELAY_STAND_IN_TROUBLE, FALSE, "today", "win.sign-out", -1, FALSE, FALSE },
  { "first-start", BELAY_STAND_IN_EMPTY, FALSE, NULL, NULL, -1, TRUE, FALSE },
  { "sign-in", BELAY_STAND_IN_EMPTY, FALSE, NULL, "find", -1, TRUE, FALSE },
  { "join", BELAY_STAND_IN_EMPTY, FALSE, NULL, "join", -1, TRUE, FALSE },
  { "first-start-error", BELAY_STAND_IN_EMPTY, FALSE, NULL, "fail", -1, TRUE, FALSE },
  { "trouble", BELAY_STAND_IN_EMPTY, FALSE, NULL, NULL, BELAY_SERVICE_ERROR_DATABASE_NEWER, TRUE, FALSE },
};

static void
run_action (BelayWindow *window,
            BelayAccountManager *manager,
            const char *action)
{
  if (g_str_equal (action, "find"))
    belay_window_take_link (window, "learn.example.org");
  else if (g_str_equal (action, "join"))
    belay_window_take_link (window, "ABCD-EFGH@learn.example.org");
  else if (g_str_equal (action, "fail"))
    {
      belay_stand_in_manager_fail_next (manager, BELAY_SERVICE_ERROR_PORTAL);
      belay_window_take_link (window, "learn.example.org");
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static void
shoot (GtkApplication *application,
       const Screen *screen)
{
  g_autoptr (BelayAccount) account = screen->is_new ? NULL : belay_stand_in_account_new (screen->kind);
  g_autoptr (BelayAccountManager) manager = belay_stand_in_manager_new (account);
  GtkWidget *window;

  if (screen->is_manager)
    belay_stand_in_account_set_team_size (account, screen->kind == BELAY_STAND_IN_EMPTY ? 0 : 9);
  if (screen->failure >= 0)
    belay_stand_in_manager_fail_next (manager, screen->failure);

  window = belay_shot_open (application, manager);
  if (screen->place != NULL)
    belay_window_show_place (BELAY_WINDOW (window), screen->place);
  if (screen->shows_sidebar)
    belay_shot_show_sidebar (window);
  if (screen->action != NULL)
    run_action (BELAY_WINDOW (window), manager, screen->action);
  belay_shot_settle (window);
  belay_shot_settle (window);
  belay_shot_save (window, screen->name);
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
shoot_all (GtkApplication *application)
{
  const char *const *wanted = belay_shot_get_arguments ();

  for (gsize i = 0; i < G_N_ELEMENTS (screens); i++)
    if (wanted[0] == NULL || g_strv_contains (wanted, screens[i].name))
      shoot (application, &screens[i]);

  return 0;
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (BelayClock) clock = belay_clock_new_fixed (BELAY_STAND_IN_NOW_US);

  belay_present_set_clock (clock);

  return belay_shot_run (argc, argv, shoot_all);
}
