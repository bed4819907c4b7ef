/* belay-application-actions.c: what can be done without looking at a window, and the keys for all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-application-actions.h"

#include <glib/gi18n.h>

static void
about_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer data)
{
  AdwDialog *dialog = adw_about_dialog_new ();
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (dialog);

  adw_about_dialog_set_application_name (about, "Belay");
  adw_about_dialog_set_application_icon (about, BELAY_APPLICATION_ID);
  adw_about_dialog_set_version (about, BELAY_VERSION);
  adw_about_dialog_set_developer_name (about, _ ("The Belay authors"));
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (
    about, _ ("On a climb, the belayer holds your rope: nobody summits alone, and nobody falls far."));
  /* Translators: your names, one a line */
  adw_about_dialog_set_translator_credits (about, _ ("translator-credits"));
  adw_dialog_present (dialog, GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (data))));
}

static void
quit_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (window != NULL)
    gtk_window_close (window);
}

static const GActionEntry entries[] = {
  { .name = "about", .activate = about_action },
  { .name = "quit", .activate = quit_action },
};

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.place('today')", { "<Control>1" } },
  { "win.place('learn')", { "<Control>2" } },
  { "win.place('team')", { "<Control>3" } },
  { "win.sync-now", { "F5" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question" } },
};

/**
 * belay_application_actions_add:
 *
 * Adds the application's actions, and the keys of these and of the window's.
 */
void
belay_application_actions_add (AdwApplication *application)
{
  g_return_if_fail (ADW_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].keys);
}
