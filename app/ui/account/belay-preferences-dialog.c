/* belay-preferences-dialog.c: how much space downloads may take, and who is signed in
 *
 * Role: dialog. All of it mirrors. Not an AdwPreferencesDialog, which asks for more width than a narrow window has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-preferences-dialog.h"

#include <glib/gi18n.h>

#define GIGABYTE 1e9
#define MOST_GIGABYTES 500

static void
quota_changed_cb (AdwSpinRow *row,
                  GParamSpec *pspec,
                  BelayAccount *account)
{
  belay_account_set_storage_quota (account, (gint64) (adw_spin_row_get_value (row) * GIGABYTE));
}

static GtkWidget *
storage_group (BelayAccount *account)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_spin_row_new_with_range (0.5, MOST_GIGABYTES, 0.5);
  g_autofree char *used = g_format_size ((guint64) MAX (belay_account_get_storage_used (account), 0));
  /* Translators: %s is a size such as "120 MB" */
  g_autofree char *subtitle = g_strdup_printf (_ ("In gigabytes; %s are used now"), used);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Downloads"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Space for Downloads"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_spin_row_set_digits (ADW_SPIN_ROW (row), 1);
  adw_spin_row_set_value (ADW_SPIN_ROW (row), belay_account_get_storage_quota (account) / GIGABYTE);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (quota_changed_cb), account, G_CONNECT_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return group;
}

static void
add_fact (GtkWidget *group,
          const char *title,
          const char *value)
{
  GtkWidget *row;

  if (value == NULL)
    return;

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
account_group (BelayAccount *account)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Account"));
  add_fact (group, _ ("Name"), belay_account_get_name (account));
  add_fact (group, _ ("Email"), belay_account_get_email (account));
  add_fact (group, _ ("Organisation"), belay_account_get_organisation_name (account));
  add_fact (group, _ ("Server"), belay_account_get_address (account));
  if (belay_account_get_keeps_token_in_file (account))
    add_fact (group, _ ("Sign-In"),
              _ ("No secret service runs on this laptop, so your sign-in is kept in a file that only you can read."));

  return group;
}

/**
 * belay_preferences_dialog_new:
 *
 * Returns: (transfer floating): what can be chosen for @account
 */
AdwDialog *
belay_preferences_dialog_new (BelayAccount *account)
{
  AdwDialog *dialog;
  GtkWidget *view;
  GtkWidget *page;

  g_return_val_if_fail (BELAY_IS_ACCOUNT (account), NULL);

  dialog = adw_dialog_new ();
  view = adw_toolbar_view_new ();
  page = adw_preferences_page_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (storage_group (account)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (account_group (account)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_title (dialog, _ ("Preferences"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 560);

  return dialog;
}
