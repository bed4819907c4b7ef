/* belay-window-actions.c: what can be done in the window
 *
 * Pages name these actions and know nothing of each other: `win.expect-study` where somebody is about to study,
 * `win.study` with a module's id, `win.study-activity` with
 * a module's and an activity's, `win.download`, `win.pause-download`, `win.cancel-download`,
 * `win.remove-download`, `win.place`, `win.sync-now`, `win.sync-page`, `win.sign-out`,
 * `win.preferences`, `win.shortcuts`, `win.try-again`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-window-actions.h"

#include "belay-player-loader.h"
#include "belay-preferences-dialog.h"
#include "belay-sentences.h"
#include "belay-shortcuts-dialog.h"
#include "belay-sync-page.h"
#include "belay-window-study.h"

#include <glib/gi18n.h>

static BelayModuleItem *
find_module (GtkWidget *widget,
             const char *module_id)
{
  BelayAccount *account = belay_window_get_account (BELAY_WINDOW (widget));

  return account != NULL ? belay_account_find_module (account, module_id) : NULL;
}

/* Where it was left: the first activity that is not done; a module that is done opens at its first. */
static BelayActivityItem *
activity_to_study (BelayModuleItem *module)
{
  GListModel *activities = belay_module_item_get_activities (module);

  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (BelayActivityItem) activity = g_list_model_get_item (activities, i);

      if (!belay_activity_item_get_satisfied (activity))
        return g_steal_pointer (&activity);
    }

  return g_list_model_get_item (activities, 0);
}

static void
study_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  BelayModuleItem *module = find_module (widget, g_variant_get_string (parameter, NULL));
  g_autoptr (BelayActivityItem) activity = module != NULL ? activity_to_study (module) : NULL;

  if (activity != NULL)
    belay_window_study (BELAY_WINDOW (widget), module, activity);
}

/* WebKit takes a while to load: begin when a hand reaches for the button, not when it has pressed it. */
static void
expect_study_action (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  belay_player_loader_warm_up_when_idle ();
}

static void
study_activity_action (GtkWidget *widget,
                       const char *name,
                       GVariant *parameter)
{
  const char *module_id;
  const char *activity_id;
  BelayModuleItem *module;
  GListModel *activities;

  g_variant_get (parameter, "(&s&s)", &module_id, &activity_id);
  module = find_module (widget, module_id);
  if (module == NULL)
    return;

  activities = belay_module_item_get_activities (module);
  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (BelayActivityItem) activity = g_list_model_get_item (activities, i);

      if (g_strcmp0 (belay_activity_item_get_id (activity), activity_id) == 0)
        belay_window_study (BELAY_WINDOW (widget), module, activity);
    }
}

static void
download_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  static const struct
  {
    const char *name;
    void (*act) (BelayAccount *account, BelayModuleItem *module);
  } acts[] = {
    { "win.download", belay_account_download },
    { "win.pause-download", belay_account_pause_download },
    { "win.cancel-download", belay_account_cancel_download },
    { "win.remove-download", belay_account_remove_download },
  };
  BelayModuleItem *module = find_module (widget, g_variant_get_string (parameter, NULL));

  if (module == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (belay_window_get_account (BELAY_WINDOW (widget)), module);
}

static void
place_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  if (belay_window_get_account (BELAY_WINDOW (widget)) != NULL)
    belay_window_show_place (BELAY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static DexFuture *
sync_fiber (gpointer data)
{
  BelayWindow *self = BELAY_WINDOW (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelaySyncReport) report =
    dex_await_boxed (belay_account_sync_now (belay_window_get_account (self)), &error);
  g_autofree char *sentence = report != NULL ? belay_sentence_sync_report (report) : NULL;

  if (sentence != NULL)
    belay_window_say (self, sentence);
  else
    belay_window_say_error (self, error);

  return NULL;
}

static void
sync_now_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  if (belay_window_get_account (BELAY_WINDOW (widget)) != NULL)
    dex_future_disown (dex_scheduler_spawn (NULL, 0, sync_fiber, g_object_ref (widget), g_object_unref));
}

static void
sync_page_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  BelayAccount *account = belay_window_get_account (BELAY_WINDOW (widget));

  if (account != NULL)
    adw_dialog_present (belay_sync_page_new (account), widget);
}

static void
preferences_action (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  BelayAccount *account = belay_window_get_account (BELAY_WINDOW (widget));

  if (account != NULL)
    adw_dialog_present (belay_preferences_dialog_new (account), widget);
}

static void
shortcuts_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  adw_dialog_present (belay_shortcuts_dialog_new (), widget);
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  BelayWindow *self = BELAY_WINDOW (data);
  g_autoptr (GError) error = NULL;

  if (!dex_await (belay_account_manager_sign_out (belay_window_get_manager (self)), &error))
    belay_window_say_error (self, error);

  return NULL;
}

static void
sign_out_answer_cb (AdwAlertDialog *dialog,
                    const char *response,
                    BelayWindow *self)
{
  if (g_str_equal (response, "sign-out"))
    dex_future_disown (dex_scheduler_spawn (NULL, 0, sign_out_fiber, g_object_ref (self), g_object_unref));
  else if (g_str_equal (response, "sync"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sync-now", NULL);
}

static char *
sign_out_words (guint unsent)
{
  if (unsent == 0)
    return g_strdup (
      _ ("The server has all you did. Your downloads are removed from this laptop; sign in again whenever you like."));

  return g_strdup_printf (
    ngettext ("%u thing you did is only on this laptop and would be lost. Sync first, so that the server has it.",
              "%u things you did are only on this laptop and would be lost. Sync first, so that the server has them.",
              unsent),
    unsent);
}

static void
sign_out_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  BelayAccount *account = belay_window_get_account (BELAY_WINDOW (widget));
  guint unsent = account != NULL ? belay_account_count_unsent (account) : 0;
  g_autofree char *body = sign_out_words (unsent);
  AdwAlertDialog *dialog;

  if (account == NULL)
    return;

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Sign Out?"), body));
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  if (unsent > 0)
    {
      adw_alert_dialog_add_response (dialog, "sync", _ ("Sync _Now"));
      adw_alert_dialog_set_response_appearance (dialog, "sync", ADW_RESPONSE_SUGGESTED);
    }
  adw_alert_dialog_add_response (dialog, "sign-out", unsent > 0 ? _ ("_Lose Them and Sign Out") : _ ("_Sign Out"));
  adw_alert_dialog_set_response_appearance (dialog, "sign-out",
                                            unsent > 0 ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_DEFAULT);
  g_signal_connect_object (dialog, "response", G_CALLBACK (sign_out_answer_cb), widget, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
try_again_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  belay_window_show_start (BELAY_WINDOW (widget));
}

/**
 * belay_window_actions_install:
 * @widget_class: the window's
 */
void
belay_window_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.expect-study", NULL, expect_study_action);
  gtk_widget_class_install_action (widget_class, "win.study", "s", study_action);
  gtk_widget_class_install_action (widget_class, "win.study-activity", "(ss)", study_activity_action);
  gtk_widget_class_install_action (widget_class, "win.download", "s", download_action);
  gtk_widget_class_install_action (widget_class, "win.pause-download", "s", download_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-download", "s", download_action);
  gtk_widget_class_install_action (widget_class, "win.remove-download", "s", download_action);
  gtk_widget_class_install_action (widget_class, "win.place", "s", place_action);
  gtk_widget_class_install_action (widget_class, "win.sync-now", NULL, sync_now_action);
  gtk_widget_class_install_action (widget_class, "win.sync-page", NULL, sync_page_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.try-again", NULL, try_again_action);
}
