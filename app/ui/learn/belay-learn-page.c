/* belay-learn-page.c: the programmes with their terms, weeks and modules
 *
 * One scrolling page of cards. It is filled when it is first seen, so that a start does not wait
 * for it.
 *
 * CSS nodes: those of its template. Role: none of its own. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-learn-page.h"

#include "belay-programme-item.h"
#include "belay-week-card.h"
#include "belay-words.h"

#include <glib/gi18n.h>

struct _BelayLearnPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkBox *programmes;
  GtkProgressBar *storage;
  GtkLabel *storage_words;

  BelayAccount *account;
  gboolean is_filled;
};

G_DEFINE_FINAL_TYPE (BelayLearnPage, belay_learn_page, ADW_TYPE_BIN)

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
add_label (GtkBox *box,
           const char *text,
           const char *css_class,
           gboolean is_heading)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text != NULL ? text : "", "visible",
                                   text != NULL && *text != '\0', "xalign", 0.0, "wrap", TRUE, "accessible-role",
                                   is_heading ? GTK_ACCESSIBLE_ROLE_HEADING : GTK_ACCESSIBLE_ROLE_LABEL, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return label;
}

static void
show_completion (BelayProgrammeItem *programme,
                 GParamSpec *pspec,
                 GtkProgressBar *bar)
{
  GtkLabel *words = g_object_get_data (G_OBJECT (bar), "words");
  g_autofree char *share = belay_words_share (belay_programme_item_get_completion (programme));
  /* Translators: %s is a share such as "43 %" */
  g_autofree char *text = g_strdup_printf (_ ("%s of the programme done"), share);

  gtk_progress_bar_set_fraction (bar, CLAMP (belay_programme_item_get_completion (programme) / 10000.0, 0, 1));
  gtk_label_set_label (words, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
add_header (GtkBox *box,
            BelayProgrammeItem *programme)
{
  g_autofree char *summary = belay_words_plain (belay_programme_item_get_summary (programme));
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *words;

  add_label (GTK_BOX (header), belay_programme_item_get_title (programme), "title-1", TRUE);
  add_label (GTK_BOX (header), belay_programme_item_get_cohort_title (programme), "dimmed", FALSE);
  add_label (GTK_BOX (header), summary, "dimmed", FALSE);
  gtk_widget_set_margin_top (bar, 6);
  gtk_box_append (GTK_BOX (header), bar);
  words = add_label (GTK_BOX (header), " ", "caption", FALSE);
  gtk_widget_add_css_class (words, "dimmed");
  g_object_set_data (G_OBJECT (bar), "words", words);
  g_signal_connect_object (programme, "notify::completion", G_CALLBACK (show_completion), bar, G_CONNECT_DEFAULT);
  show_completion (programme, NULL, GTK_PROGRESS_BAR (bar));
  gtk_box_append (box, header);
}

static void
add_weeks (GtkBox *box,
           BelayProgrammeItem *programme)
{
  GListModel *weeks = belay_programme_item_get_weeks (programme);
  g_autofree char *term = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (weeks); i++)
    {
      g_autoptr (BelayWeekItem) week = g_list_model_get_item (weeks, i);

      if (g_set_str (&term, belay_week_item_get_term_title (week)))
        add_label (box, term, "title-3", TRUE);
      gtk_box_append (box, belay_week_card_new (week, belay_programme_item_get_start (programme)));
    }
}

static void
weeks_changed_cb (GtkBox *box,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *weeks)
{
  BelayProgrammeItem *programme = g_object_get_data (G_OBJECT (box), "programme");

  clear_box (box);
  add_header (box, programme);
  add_weeks (box, programme);
}

static GtkWidget *
make_programme (BelayProgrammeItem *programme)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  g_object_set_data_full (G_OBJECT (box), "programme", g_object_ref (programme), g_object_unref);
  g_signal_connect_object (belay_programme_item_get_weeks (programme), "items-changed", G_CALLBACK (weeks_changed_cb),
                           box, G_CONNECT_SWAPPED);
  add_header (GTK_BOX (box), programme);
  add_weeks (GTK_BOX (box), programme);

  return box;
}

static void
fill (BelayLearnPage *self)
{
  GListModel *programmes = self->account != NULL ? belay_account_get_programmes (self->account) : NULL;
  guint count = programmes != NULL ? g_list_model_get_n_items (programmes) : 0;

  clear_box (self->programmes);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (programmes, i);

      gtk_box_append (self->programmes, make_programme (programme));
    }
  gtk_stack_set_visible_child_name (self->stack, count > 0 ? "filled" : "empty");
  self->is_filled = TRUE;
}

static void
show_storage (BelayLearnPage *self)
{
  gint64 used = belay_account_get_storage_used (self->account);
  gint64 quota = belay_account_get_storage_quota (self->account);
  g_autofree char *used_words = g_format_size ((guint64) MAX (used, 0));
  g_autofree char *quota_words = g_format_size ((guint64) MAX (quota, 0));
  /* Translators: two sizes such as "120 MB" and "2 GB" */
  g_autofree char *words =
    g_strdup_printf (_ ("%s of %s used. Removing a module frees its space at once; what you learnt stays."), used_words,
                     quota_words);

  gtk_progress_bar_set_fraction (self->storage, quota > 0 ? CLAMP ((double) used / quota, 0, 1) : 0);
  gtk_label_set_label (self->storage_words, words);
}

static void
programmes_changed_cb (BelayLearnPage *self)
{
  self->is_filled = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
belay_learn_page_map (GtkWidget *widget)
{
  BelayLearnPage *self = BELAY_LEARN_PAGE (widget);

  if (!self->is_filled)
    fill (self);

  GTK_WIDGET_CLASS (belay_learn_page_parent_class)->map (widget);
}

static void
belay_learn_page_dispose (GObject *object)
{
  BelayLearnPage *self = BELAY_LEARN_PAGE (object);

  g_clear_object (&self->account);

  G_OBJECT_CLASS (belay_learn_page_parent_class)->dispose (object);
}

static void
belay_learn_page_class_init (BelayLearnPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = belay_learn_page_dispose;
  widget_class->map = belay_learn_page_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/learn/belay-learn-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayLearnPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BelayLearnPage, programmes);
  gtk_widget_class_bind_template_child (widget_class, BelayLearnPage, storage);
  gtk_widget_class_bind_template_child (widget_class, BelayLearnPage, storage_words);
}

static void
belay_learn_page_init (BelayLearnPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * belay_learn_page_set_account:
 * @account: (nullable): whose programmes are shown
 */
void
belay_learn_page_set_account (BelayLearnPage *self,
                              BelayAccount *account)
{
  g_return_if_fail (BELAY_IS_LEARN_PAGE (self));

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->account, self);
      g_signal_handlers_disconnect_by_data (belay_account_get_programmes (self->account), self);
    }
  if (!g_set_object (&self->account, account))
    return;

  if (account != NULL)
    {
      g_signal_connect_object (account, "notify::storage-used", G_CALLBACK (show_storage), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (account, "notify::storage-quota", G_CALLBACK (show_storage), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (belay_account_get_programmes (account), "items-changed",
                               G_CALLBACK (programmes_changed_cb), self, G_CONNECT_SWAPPED);
      show_storage (self);
    }
  programmes_changed_cb (self);
}
