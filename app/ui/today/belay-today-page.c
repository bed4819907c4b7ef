/* belay-today-page.c: what to study now, and who is on the path
 *
 * One card, one primary button; everything on the page comes from the account and follows it.
 *
 * CSS nodes: those of its template. Role: none of its own. All of it mirrors with the direction
 * of reading, the path too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-today-page.h"

#include "belay-companion-item.h"
#include "belay-module-button.h"
#include "belay-path-view.h"
#include "belay-present.h"
#include "belay-programme-item.h"
#include "belay-sentences.h"
#include "belay-week-item.h"
#include "belay-words.h"

#include <glib/gi18n.h>

struct _BelayTodayPage
{
  AdwBin parent_instance;

  GtkLabel *greeting;
  GtkLabel *dateline;
  GtkWidget *card;
  GtkLabel *kicker;
  GtkLabel *title;
  GtkLabel *contents;
  GtkProgressBar *download;
  GtkWidget *state_row;
  GtkImage *state_icon;
  GtkLabel *state;
  BelayModuleButton *button;
  GtkWidget *path_heading;
  GtkLabel *path_summary;
  BelayPathView *path;
  GtkLabel *story;

  BelayAccount *account;
  BelayModuleItem *module;
};

G_DEFINE_FINAL_TYPE (BelayTodayPage, belay_today_page, ADW_TYPE_BIN)

static BelayProgrammeItem *
current_programme (BelayTodayPage *self)
{
  GListModel *programmes = belay_account_get_programmes (self->account);
  g_autoptr (BelayProgrammeItem) first = g_list_model_get_item (programmes, 0);
  const char *wanted = self->module != NULL ? belay_module_item_get_programme_id (self->module) : NULL;

  for (guint i = 0; wanted != NULL && i < g_list_model_get_n_items (programmes); i++)
    {
      g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (programmes, i);

      if (g_strcmp0 (belay_programme_item_get_id (programme), wanted) == 0)
        return g_steal_pointer (&programme);
    }

  return g_steal_pointer (&first);
}

static BelayWeekItem *
current_week (BelayProgrammeItem *programme)
{
  guint number = belay_programme_item_get_current_week (programme);
  GListModel *weeks = belay_programme_item_get_weeks (programme);
  guint count = g_list_model_get_n_items (weeks);

  return count > 0 ? g_list_model_get_item (weeks, CLAMP (number, 1, count) - 1) : NULL;
}

static char *
week_words (BelayProgrammeItem *programme,
            BelayWeekItem *week)
{
  guint count = g_list_model_get_n_items (belay_programme_item_get_weeks (programme));

  if (belay_programme_item_get_current_week (programme) == 0)
    /* Translators: %s is the title of the first week */
    return g_strdup_printf (_ ("before the first week, %s"), belay_week_item_get_title (week));

  /* Translators: a week's number, how many weeks there are, the week's title */
  return g_strdup_printf (_ ("week %u of %u, %s"), belay_week_item_get_number (week), count,
                          belay_week_item_get_title (week));
}

static void
show_date (BelayTodayPage *self,
           BelayProgrammeItem *programme)
{
  gint64 now = belay_present_now_us ();
  g_autofree char *greeting = belay_words_greeting (belay_account_get_name (self->account), now);
  g_autofree char *day = belay_words_day (now);
  g_autoptr (BelayWeekItem) week = programme != NULL ? current_week (programme) : NULL;
  g_autofree char *where = week != NULL ? week_words (programme, week) : NULL;
  g_autofree char *line = belay_words_join (day, where);
  g_autofree char *story = week != NULL ? belay_words_plain (belay_week_item_get_story (week)) : NULL;

  gtk_label_set_label (self->greeting, greeting);
  gtk_label_set_label (self->dateline, line);
  gtk_label_set_label (self->story, story != NULL ? story : "");
  gtk_widget_set_visible (GTK_WIDGET (self->story), story != NULL && *story != '\0');
}

static char *
list_activities (BelayModuleItem *module)
{
  GListModel *activities = belay_module_item_get_activities (module);
  g_autofree char *duration = belay_words_duration (belay_module_item_get_seconds (module));
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (g_list_model_get_n_items (activities), 3); i++)
    {
      g_autoptr (BelayActivityItem) activity = g_list_model_get_item (activities, i);

      g_string_append_printf (list, "%s%s", i > 0 ? " · " : "", belay_activity_item_get_title (activity));
    }
  if (g_list_model_get_n_items (activities) > 3)
    g_string_append (list, " …");

  return belay_words_join (list->str, duration);
}

static const char *
icon_of (BelayModuleItem *module)
{
  switch (belay_module_item_get_state (module))
    {
    case BELAY_DOWNLOAD_STATE_READY:
      return "object-select-symbolic";
    case BELAY_DOWNLOAD_STATE_FAILED:
    case BELAY_DOWNLOAD_STATE_UNAVAILABLE:
      return "dialog-warning-symbolic";
    case BELAY_DOWNLOAD_STATE_REMOTE:
    case BELAY_DOWNLOAD_STATE_QUEUED:
    case BELAY_DOWNLOAD_STATE_DOWNLOADING:
    case BELAY_DOWNLOAD_STATE_PAUSED:
    case BELAY_DOWNLOAD_STATE_VERIFYING:
    default:
      return "folder-download-symbolic";
    }
}

static char *
state_words (BelayModuleItem *module)
{
  g_autofree char *state = belay_sentence_module (module);
  g_autofree char *share = NULL;
  g_autofree char *done = NULL;

  if (belay_module_item_get_state (module) == BELAY_DOWNLOAD_STATE_FAILED)
    return g_strdup (belay_sentence_download_failure (belay_module_item_get_failure (module)));
  if (belay_module_item_get_completion (module) <= 0)
    return g_steal_pointer (&state);

  share = belay_words_share (belay_module_item_get_completion (module));
  /* Translators: %s is a share such as "43 %" */
  done = g_strdup_printf (_ ("%s done"), share);
  return belay_words_join (state, done);
}

static void
show_module (BelayTodayPage *self,
             BelayModuleItem *module)
{
  BelayDownloadState state = belay_module_item_get_state (module);
  gboolean is_ready = state == BELAY_DOWNLOAD_STATE_READY;
  gboolean is_moving = state == BELAY_DOWNLOAD_STATE_DOWNLOADING || state == BELAY_DOWNLOAD_STATE_PAUSED
                       || state == BELAY_DOWNLOAD_STATE_VERIFYING;
  g_autofree char *contents = list_activities (module);
  g_autofree char *words = state_words (module);

  gtk_label_set_label (self->kicker, belay_module_item_get_receipt (module) == BELAY_RECEIPT_NONE
                                       ? _ ("Next on your path")
                                       : _ ("Where you left off"));
  gtk_label_set_label (self->title, belay_module_item_get_title (module));
  gtk_label_set_label (self->contents, contents);
  gtk_label_set_label (self->state, words);
  gtk_image_set_from_icon_name (self->state_icon, icon_of (module));
  gtk_widget_set_visible (GTK_WIDGET (self->download), is_moving);
  gtk_progress_bar_set_fraction (self->download, CLAMP (belay_module_item_get_fraction (module), 0, 1));
  if (is_ready)
    gtk_widget_add_css_class (self->state_row, "accent");
  else
    gtk_widget_remove_css_class (self->state_row, "accent");
}

static void
show_nothing (BelayTodayPage *self,
              BelayProgrammeItem *programme)
{
  gboolean is_done = programme != NULL && belay_programme_item_get_completion (programme) >= 10000;

  gtk_widget_set_visible (GTK_WIDGET (self->download), FALSE);
  if (programme == NULL)
    {
      gtk_label_set_label (self->title, _ ("Your path begins soon"));
      gtk_label_set_label (self->contents, _ ("As soon as your organiser has you in a programme, its first module "
                                              "waits for you here. Nothing else is needed from you."));
      return;
    }

  gtk_label_set_label (self->title, is_done ? _ ("You have reached the top") : _ ("Nothing waits for you now"));
  gtk_label_set_label (self->contents,
                       is_done
                         ? _ ("Every module of the programme is done. All of it stays under Learn, to read again.")
                         : _ ("What is open is done. The next week opens by itself; everything else is under Learn."));
}

static void
show_card (BelayTodayPage *self,
           BelayProgrammeItem *programme)
{
  gboolean has_module = self->module != NULL;

  belay_module_button_set_module (self->button, self->module);
  gtk_widget_set_visible (GTK_WIDGET (self->button), has_module);
  gtk_widget_set_visible (GTK_WIDGET (self->kicker), has_module);
  gtk_widget_set_visible (self->state_row, has_module);
  if (has_module)
    show_module (self, self->module);
  else
    show_nothing (self, programme);
}

static char *
companions_words (BelayTodayPage *self,
                  BelayProgrammeItem *programme)
{
  GListModel *companions = belay_account_get_companions (self->account);
  guint week = MAX (belay_programme_item_get_current_week (programme), 1);
  guint all = 0;
  guint here = 0;

  for (guint i = 0; i < g_list_model_get_n_items (companions); i++)
    {
      g_autoptr (BelayCompanionItem) companion = g_list_model_get_item (companions, i);

      if (g_strcmp0 (belay_companion_item_get_id (companion), belay_account_get_person_id (self->account)) == 0)
        continue;
      all++;
      here += belay_companion_item_get_week (companion) >= week;
    }

  if (all == 0)
    return g_strdup (_ ("You are the first one here"));

  /* Translators: how many of how many people, and a week's number */
  return g_strdup_printf (ngettext ("%u of %u is in week %u", "%u of %u are in week %u", here), here, all, week);
}

static void
show_path (BelayTodayPage *self,
           BelayProgrammeItem *programme)
{
  g_autofree char *summary = programme != NULL ? companions_words (self, programme) : NULL;

  gtk_widget_set_visible (self->path_heading, programme != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->path), programme != NULL);
  gtk_label_set_label (self->path_summary, summary != NULL ? summary : "");
  belay_path_view_set_programme (self->path, programme);
}

static void
module_changed_cb (BelayTodayPage *self)
{
  g_autoptr (BelayProgrammeItem) programme = current_programme (self);

  show_card (self, programme);
}

static void
set_module (BelayTodayPage *self,
            BelayModuleItem *module)
{
  if (self->module == module)
    return;

  if (self->module != NULL)
    g_signal_handlers_disconnect_by_func (self->module, module_changed_cb, self);
  g_set_object (&self->module, module);
  if (module != NULL)
    g_signal_connect_object (module, "notify", G_CALLBACK (module_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
belay_today_page_dispose (GObject *object)
{
  BelayTodayPage *self = BELAY_TODAY_PAGE (object);

  set_module (self, NULL);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (belay_today_page_parent_class)->dispose (object);
}

static void
belay_today_page_class_init (BelayTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = belay_today_page_dispose;

  g_type_ensure (BELAY_TYPE_MODULE_BUTTON);
  g_type_ensure (BELAY_TYPE_PATH_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/today/belay-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, greeting);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, dateline);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, card);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, kicker);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, title);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, contents);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, download);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, state);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, button);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, path_heading);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, path_summary);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, path);
  gtk_widget_class_bind_template_child (widget_class, BelayTodayPage, story);
}

static void
belay_today_page_init (BelayTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * belay_today_page_refresh:
 *
 * Shows the account as it is now; the window calls it when the day or the hour has changed.
 */
void
belay_today_page_refresh (BelayTodayPage *self)
{
  g_autoptr (BelayProgrammeItem) programme = NULL;

  g_return_if_fail (BELAY_IS_TODAY_PAGE (self));

  if (self->account == NULL)
    return;

  set_module (self, belay_account_get_next_module (self->account));
  programme = current_programme (self);
  show_date (self, programme);
  show_card (self, programme);
  show_path (self, programme);
}

/**
 * belay_today_page_set_account:
 * @account: (nullable): whose day it is
 */
void
belay_today_page_set_account (BelayTodayPage *self,
                              BelayAccount *account)
{
  g_return_if_fail (BELAY_IS_TODAY_PAGE (self));

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->account, self);
      g_signal_handlers_disconnect_by_data (belay_account_get_programmes (self->account), self);
      g_signal_handlers_disconnect_by_data (belay_account_get_companions (self->account), self);
      set_module (self, NULL);
    }
  if (!g_set_object (&self->account, account) || account == NULL)
    return;

  g_signal_connect_object (account, "notify", G_CALLBACK (belay_today_page_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (belay_account_get_programmes (account), "items-changed",
                           G_CALLBACK (belay_today_page_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (belay_account_get_companions (account), "items-changed",
                           G_CALLBACK (belay_today_page_refresh), self, G_CONNECT_SWAPPED);
  belay_path_view_set_companions (self->path, belay_account_get_companions (account),
                                  belay_account_get_person_id (account));
  belay_today_page_refresh (self);
}
