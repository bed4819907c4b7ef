/* belay-shortcuts-dialog.c: what the keyboard can do
 *
 * GTK's own window of shortcuts is deprecated and libadwaita's is younger than what we build on.
 *
 * Role: dialog. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-shortcuts-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *accelerator;
  const char *title;
} Shortcut;

static const Shortcut places[] = {
  { "<Control>1", N_ ("Today") },
  { "<Control>2", N_ ("Learn") },
  { "<Control>3", N_ ("Team, where you have one") },
};

static const Shortcut general[] = {
  { "F5", N_ ("Sync Now") },
  { "<Control>comma", N_ ("Preferences") },
  { "<Control>question", N_ ("Keyboard Shortcuts") },
  { "F10", N_ ("Main Menu") },
  { "<Control>w", N_ ("Close Window") },
  { "<Control>q", N_ ("Quit") },
};

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  guint key = 0;
  GdkModifierType modifiers = 0;
  g_autofree char *text = NULL;
  GtkWidget *label;

  gtk_accelerator_parse (shortcut->accelerator, &key, &modifiers);
  text = gtk_accelerator_get_label (key, modifiers);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "keys");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

static AdwPreferencesGroup *
make_group (const char *title,
            const Shortcut *shortcuts,
            gsize length)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  for (gsize i = 0; i < length; i++)
    adw_preferences_group_add (group, make_row (&shortcuts[i]));

  return group;
}

/**
 * belay_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): the list of shortcuts
 */
AdwDialog *
belay_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), make_group (_ ("Places"), places, G_N_ELEMENTS (places)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), make_group (_ ("General"), general, G_N_ELEMENTS (general)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_content_height (dialog, 560);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
