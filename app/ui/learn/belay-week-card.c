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

/* What the card is made of; it lives as long as the card. */
typedef struct
{
  BelayWeekItem *week;
  char *start;
  GtkLabel *heading;
  GtkLabel *standing;
  GtkListBox *rows;
} Parts;

static void
parts_free (gpointer data)
{
  Parts *parts = data;

  g_object_unref (parts->week);
  g_free (parts->start);
  g_free (parts);
}

static Parts *
parts_of (GtkWidget *card)
{
  return g_object_get_data (G_OBJECT (card), "parts");
}

static void
update_heading (GtkWidget *card)
{
  Parts *parts = parts_of (card);
  g_autofree char *heading = heading_of (parts->week);
  g_autofree char *standing = standing_of (parts->week, parts->start);
  gboolean is_current = belay_week_item_is_current (parts->week);

  gtk_label_set_label (parts->heading, heading);
  gtk_label_set_label (parts->standing, standing != NULL ? standing : "");
  gtk_widget_remove_css_class (GTK_WIDGET (parts->standing), is_current ? "dimmed" : "accent");
  gtk_widget_add_css_class (GTK_WIDGET (parts->standing), is_current ? "accent" : "dimmed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
}

static void
week_changed_cb (BelayWeekItem *week,
                 GParamSpec *pspec,
                 GtkWidget *card)
{
  update_heading (card);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  return belay_module_row_new (item);
}

static GtkLabel *
add_label (GtkWidget *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static void
add_header (GtkWidget *card,
            Parts *parts)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *story = belay_words_plain (belay_week_item_get_story (parts->week));
  GtkLabel *told;

  gtk_box_append (GTK_BOX (card), header);
  parts->heading = add_label (header, "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (parts->heading), TRUE);
  parts->standing = add_label (header, "caption");
  gtk_label_set_xalign (parts->standing, 1);
  gtk_label_set_justify (parts->standing, GTK_JUSTIFY_RIGHT);
  gtk_widget_set_valign (GTK_WIDGET (parts->standing), GTK_ALIGN_BASELINE_FILL);
  gtk_widget_set_valign (GTK_WIDGET (parts->heading), GTK_ALIGN_BASELINE_FILL);

  if (*story == '\0')
    return;
  told = add_label (card, "dimmed");
  gtk_label_set_label (told, story);
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
  Parts *parts;

  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (week), NULL);

  card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  parts = g_new0 (Parts, 1);
  parts->week = g_object_ref (week);
  parts->start = g_strdup (start);
  g_object_set_data_full (G_OBJECT (card), "parts", parts, parts_free);

  add_header (card, parts);
  parts->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (parts->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (parts->rows), "boxed-list");
  gtk_widget_set_margin_top (GTK_WIDGET (parts->rows), 6);
  gtk_list_box_bind_model (parts->rows, belay_week_item_get_modules (week), make_row, NULL, NULL);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (parts->rows));

  g_signal_connect_object (week, "notify", G_CALLBACK (week_changed_cb), card, G_CONNECT_DEFAULT);
  update_heading (card);

  return card;
}
