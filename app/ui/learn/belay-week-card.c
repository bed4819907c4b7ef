/* belay-week-card.c: one week of a programme, as a card with its modules
 *
 * Role: group, named by the week. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-week-card.h"

#include "belay-module-row.h"
#include "belay-words.h"

#include <glib/gi18n.h>

static char *
opening_day (BelayWeekItem *week,
             const char *start)
{
  int year;
  int month;
  int day;
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) opens = NULL;

  if (start == NULL || sscanf (start, "%d-%d-%d", &year, &month, &day) != 3)
    return NULL;

  first = g_date_time_new_local (year, month, day, 0, 0, 0);
  if (first == NULL)
    return NULL;

  opens = g_date_time_add_weeks (first, (int) belay_week_item_get_number (week) - 1);
  /* Translators: a day with its weekday and month; see strftime(3) */
  return g_date_time_format (opens, _ ("opens %A %-d %B"));
}

static char *
heading_of (BelayWeekItem *week)
{
  /* Translators: a week's number and its title */
  return g_strdup_printf (_ ("Week %u · %s"), belay_week_item_get_number (week), belay_week_item_get_title (week));
}

static char *
standing_of (BelayWeekItem *week,
             const char *start)
{
  g_autofree char *share = belay_words_share (belay_week_item_get_completion (week));

  if (belay_week_item_get_completion (week) >= 10000)
    return g_strdup (_ ("done"));
  if (!belay_week_item_is_open (week))
    return opening_day (week, start);
  if (belay_week_item_is_current (week))
    /* Translators: %s is a share such as "43 %" */
    return g_strdup_printf (_ ("this week, %s done"), share);

  return g_strdup_printf (_ ("%s done"), share);
}

static void
update_heading (GtkWidget *card,
                BelayWeekItem *week)
{
  GtkWidget *suffix = adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (card));
  const char *start = g_object_get_data (G_OBJECT (card), "start");
  g_autofree char *heading = heading_of (week);
  g_autofree char *escaped = g_markup_escape_text (heading, -1);
  g_autofree char *standing = standing_of (week, start);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (card), escaped);
  gtk_label_set_label (GTK_LABEL (suffix), standing != NULL ? standing : "");
  if (belay_week_item_is_current (week))
    gtk_widget_add_css_class (suffix, "accent");
  else
    gtk_widget_add_css_class (suffix, "dimmed");
}

static void
week_changed_cb (BelayWeekItem *week,
                 GParamSpec *pspec,
                 GtkWidget *card)
{
  update_heading (card, week);
}

static void
fill (GtkWidget *card,
      BelayWeekItem *week)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (card), "rows");
  GListModel *modules = belay_week_item_get_modules (week);

  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (card), g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (BelayModuleItem) module = g_list_model_get_item (modules, i);
      GtkWidget *row = belay_module_row_new (module);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (card), row);
      g_ptr_array_add (rows, row);
    }
}

static void
modules_changed_cb (GListModel *modules,
                    guint position,
                    guint removed,
                    guint added,
                    GtkWidget *card)
{
  fill (card, g_object_get_data (G_OBJECT (card), "week"));
}

/**
 * belay_week_card_new:
 * @start: (nullable): the first day of the programme, YYYY-MM-DD
 *
 * Returns: (transfer floating): a card that follows @week
 */
GtkWidget *
belay_week_card_new (BelayWeekItem *week,
                     const char *start)
{
  GtkWidget *card;
  GtkWidget *suffix;
  g_autofree char *story = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (week), NULL);

  card = adw_preferences_group_new ();
  suffix = gtk_label_new (NULL);
  story = belay_words_plain (belay_week_item_get_story (week));
  escaped = g_markup_escape_text (story, -1);

  gtk_widget_add_css_class (suffix, "caption");
  gtk_label_set_wrap (GTK_LABEL (suffix), TRUE);
  gtk_label_set_justify (GTK_LABEL (suffix), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (suffix), 1);
  gtk_label_set_width_chars (GTK_LABEL (suffix), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (suffix), 18);
  gtk_widget_set_valign (suffix, GTK_ALIGN_END);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (card), suffix);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (card), escaped);
  g_object_set_data_full (G_OBJECT (card), "rows", g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (card), "week", g_object_ref (week), g_object_unref);
  g_object_set_data_full (G_OBJECT (card), "start", g_strdup (start), g_free);
  g_signal_connect_object (week, "notify", G_CALLBACK (week_changed_cb), card, G_CONNECT_DEFAULT);
  g_signal_connect_object (belay_week_item_get_modules (week), "items-changed", G_CALLBACK (modules_changed_cb), card,
                           G_CONNECT_DEFAULT);
  update_heading (card, week);
  fill (card, week);

  return card;
}
