/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-application.h"
#include "belay-present.h"
#include "belay-service-error.h"
#include "belay-stand-in.h"
#include "belay-window.h"

#include <libdex.h>

static GtkApplication *application;

static void
settle (void)
{
  for (int i = 0; i < 50; i++)
    while (g_main_context_iteration (NULL, FALSE))
      continue;
}

static BelayWindow *
open_window (BelayAccountManager *manager)
{
  BelayWindow *window = BELAY_WINDOW (belay_window_new (application, manager));

  gtk_window_present (GTK_WINDOW (window));
  belay_window_show_start (window);
  settle ();

  return window;
}

/* What GTK gives a control without a label of its own: its text, its tooltip, or what we told it. */
static gboolean
has_name (GtkWidget *widget)
{
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    return TRUE;
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return TRUE;

  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
assert_named (GtkWidget *widget)
{
  gboolean is_ours = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
                     && gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL
                     && gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) == NULL;

  if (is_ours && !has_name (widget))
    g_error ("A %s inside %s has no name", G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  if (GTK_IS_MENU_BUTTON (widget))
    g_assert_nonnull (gtk_widget_get_tooltip_text (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
show_all_places (BelayStandIn kind,
                 guint team)
{
  static const char *const places[] = { "today", "learn", "team" };
  g_autoptr (BelayAccount) account = belay_stand_in_account_new (kind);
  g_autoptr (BelayAccountManager) manager = belay_stand_in_manager_new (account);
  BelayWindow *window;

  belay_stand_in_account_set_team_size (account, team);
  window = open_window (manager);
  g_assert_true (belay_window_get_account (window) == account);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      belay_window_show_place (window, places[i]);
      settle ();
      assert_named (GTK_WIDGET (window));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
test_every_place_can_be_empty (void)
{
  show_all_places (BELAY_STAND_IN_EMPTY, 0);
}

static void
test_every_place_can_be_filled_and_names_its_controls (void)
{
  show_all_places (BELAY_STAND_IN_FILLED, 9);
}

static void
test_every_place_can_be_in_trouble (void)
{
  show_all_places (BELAY_STAND_IN_TROUBLE, 9);
}

static void
test_ten_thousand_people_can_be_shown (void)
{
  show_all_places (BELAY_STAND_IN_FILLED, 10000);
}

static void
test_a_failed_download_is_tried_again_in_one_press (void)
{
  g_autoptr (BelayAccount) account = belay_stand_in_account_new (BELAY_STAND_IN_TROUBLE);
  g_autoptr (BelayAccountManager) manager = belay_stand_in_manager_new (account);
  BelayWindow *window = open_window (manager);
  BelayModuleItem *module = belay_account_get_next_module (account);

  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (window), "win.download", "s", belay_module_item_get_id (module)));
  g_assert_cmpstr (belay_stand_in_account_get_last_act (account), ==, "download");
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
test_signing_out_shows_first_start (void)
{
  g_autoptr (BelayAccount) account = belay_stand_in_account_new (BELAY_STAND_IN_FILLED);
  g_autoptr (BelayAccountManager) manager = belay_stand_in_manager_new (account);
  BelayWindow *window = open_window (manager);

  dex_future_disown (belay_account_manager_sign_out (manager));
  settle ();
  g_assert_null (belay_window_get_account (window));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
test_an_account_that_cannot_be_opened_says_why (void)
{
  g_autoptr (BelayAccountManager) manager = belay_stand_in_manager_new (NULL);
  BelayWindow *window;

  belay_stand_in_manager_fail_next (manager, BELAY_SERVICE_ERROR_DATABASE_NEWER);
  window = open_window (manager);
  g_assert_null (belay_window_get_account (window));
  assert_named (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (BelayClock) clock = belay_clock_new_fixed (BELAY_STAND_IN_NOW_US);

  g_test_init (&argc, &argv, NULL);
  belay_application_init_resources ();
  adw_init ();
  dex_init ();
  belay_present_set_clock (clock);
  application = GTK_APPLICATION (adw_application_new ("org.belay.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, NULL);

  g_test_add_func ("/ui/every-place-can-be-empty", test_every_place_can_be_empty);
  g_test_add_func ("/ui/every-place-can-be-filled-and-names-its-controls",
                   test_every_place_can_be_filled_and_names_its_controls);
  g_test_add_func ("/ui/every-place-can-be-in-trouble", test_every_place_can_be_in_trouble);
  g_test_add_func ("/ui/ten-thousand-people-can-be-shown", test_ten_thousand_people_can_be_shown);
  g_test_add_func ("/ui/a-failed-download-is-tried-again-in-one-press",
                   test_a_failed_download_is_tried_again_in_one_press);
  g_test_add_func ("/ui/signing-out-shows-first-start", test_signing_out_shows_first_start);
  g_test_add_func ("/ui/an-account-that-cannot-be-opened-says-why", test_an_account_that_cannot_be_opened_says_why);

  return g_test_run ();
}
