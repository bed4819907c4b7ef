/* belay-report-dialog.c: what a manager sees of one person, with its reasons
 *
 * Completion, plan, time and when they were last heard from. Never answers or notes.
 *
 * Role: dialog, named by the person. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-report-dialog.h"

#include "belay-present.h"
#include "belay-sentences.h"
#include "belay-week-bars.h"
#include "belay-words.h"

#include <glib/gi18n.h>

static GtkWidget *
add_fact (GtkWidget *group,
          const char *title,
          const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static char *
moment (gint64 time_us)
{
  return time_us == 0 ? g_strdup (_ ("never yet")) : belay_words_ago (time_us, belay_present_now_us ());
}

static GtkWidget *
standing_group (BelayReportItem *report)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *completion = belay_words_share (belay_report_item_get_completion (report));
  g_autofree char *expected = belay_words_share (belay_report_item_get_expected (report));
  g_autofree char *reason = belay_sentence_standing (report, belay_present_now_us ());
  g_autofree char *standing =
    belay_words_join (belay_sentence_standing_word (belay_report_item_get_standing (report)), reason);
  /* Translators: two shares such as "43 %": what is done, and what the plan has for today */
  g_autofree char *done = g_strdup_printf (_ ("%s, where the plan has %s today"), completion, expected);
  /* Translators: how many of how many modules */
  g_autofree char *modules = g_strdup_printf (_ ("%u of %u"), belay_report_item_get_modules_done (report),
                                              belay_report_item_get_modules (report));

  add_fact (group, _ ("Standing"), standing);
  add_fact (group, _ ("Completion"), done);
  add_fact (group, _ ("Modules Done"), modules);

  return group;
}

static GtkWidget *
time_group (BelayReportItem *report)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *bars = g_object_new (BELAY_TYPE_WEEK_BARS, "valign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *studied = moment (belay_report_item_get_last_studied (report));
  g_autofree char *heard = moment (belay_report_item_get_last_heard (report));
  g_autofree char *sum = NULL;
  gint64 seconds[BELAY_WEEK_BARS_COUNT];
  gint64 all = 0;

  for (guint i = 0; i < BELAY_WEEK_BARS_COUNT; i++)
    all += seconds[i] = belay_report_item_get_week_seconds (report, i);
  sum = belay_words_duration (all);
  belay_week_bars_set (BELAY_WEEK_BARS (bars), seconds,
                       belay_report_item_get_standing (report) == BELAY_STANDING_NOT_HEARD_FROM);
  adw_action_row_add_suffix (ADW_ACTION_ROW (add_fact (group, _ ("Time Studied, Six Weeks"), sum)), bars);
  add_fact (group, _ ("Last Studied"), studied);
  add_fact (group, _ ("Last Heard From"), heard);
  if (belay_report_item_get_buddy (report) != NULL)
    add_fact (group, _ ("Buddy"), belay_report_item_get_buddy (report));

  return group;
}

/**
 * belay_report_dialog_new:
 *
 * Returns: (transfer floating): what @report says, as it is now
 */
AdwDialog *
belay_report_dialog_new (BelayReportItem *report)
{
  AdwDialog *dialog;
  GtkWidget *page;
  GtkWidget *view;

  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (report), NULL);

  dialog = adw_dialog_new ();
  page = adw_preferences_page_new ();
  view = adw_toolbar_view_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (standing_group (report)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (time_group (report)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, belay_report_item_get_name (report));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_content_height (dialog, 580);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
