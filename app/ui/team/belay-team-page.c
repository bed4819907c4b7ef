/* belay-team-page.c: a manager's people, most urgent first
 *
 * The list comes in its order from the account; here it is only searched. Rows are recycled, so
 * ten thousand people cost as much as those who are seen.
 *
 * CSS nodes: those of its template. Role: list. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-team-page.h"

#include "belay-report-dialog.h"
#include "belay-report-item.h"
#include "belay-report-row.h"
#include "belay-sentences.h"
#include "belay-words.h"

#include <glib/gi18n.h>

struct _BelayTeamPage
{
  AdwBin parent_instance;

  GtkSearchBar *search_bar;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkLabel *headline;
  GtkLabel *summary;
  GtkListView *list;

  BelayAccount *account;
  GtkStringFilter *filter;
  GtkFilterListModel *found;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (BelayTeamPage, belay_team_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COMPACT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  guint all;
  guint on_track; /* or finished */
  guint behind;
  guint not_heard_from;
} TeamCounts;

static TeamCounts
count_team (GListModel *team)
{
  TeamCounts counts = { .all = g_list_model_get_n_items (team) };

  for (guint i = 0; i < counts.all; i++)
    {
      g_autoptr (BelayReportItem) report = g_list_model_get_item (team, i);
      BelayStanding standing = belay_report_item_get_standing (report);

      counts.behind += standing == BELAY_STANDING_BEHIND;
      counts.not_heard_from += standing == BELAY_STANDING_NOT_HEARD_FROM;
    }
  counts.on_track = counts.all - counts.behind - counts.not_heard_from;

  return counts;
}

static void
show_counts (BelayTeamPage *self,
             const TeamCounts *counts)
{
  /* Translators: how many of how many people */
  g_autofree char *headline =
    g_strdup_printf (ngettext ("%u of %u is on track", "%u of %u are on track", counts->on_track), counts->on_track,
                     counts->all);
  g_autofree char *behind =
    counts->behind > 0
      ? g_strdup_printf (ngettext ("%u is behind the plan", "%u are behind the plan", counts->behind), counts->behind)
      : NULL;
  g_autofree char *unheard =
    counts->not_heard_from > 0
      ? g_strdup_printf (ngettext ("%u has not been heard from", "%u have not been heard from", counts->not_heard_from),
                         counts->not_heard_from)
      : NULL;
  g_autofree char *summary = belay_words_join (behind, unheard);

  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->summary, *summary != '\0' ? summary : _ ("Nobody needs anything from you just now"));
}

static void
update (BelayTeamPage *self)
{
  TeamCounts counts;

  if (self->account == NULL)
    return;

  counts = count_team (belay_account_get_team (self->account));
  show_counts (self, &counts);
  if (counts.all == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "none");
  else
    gtk_stack_set_visible_child_name (self->stack, "filled");
}

static void
search_changed_cb (BelayTeamPage *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  update (self);
}

static void
row_setup_cb (BelayTeamPage *self,
              GtkListItem *item)
{
  GtkWidget *row = g_object_new (BELAY_TYPE_REPORT_ROW, NULL);

  g_object_bind_property (self, "compact", row, "compact", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
row_bind_cb (BelayTeamPage *self,
             GtkListItem *item)
{
  BelayReportItem *report = gtk_list_item_get_item (item);
  const char *word = belay_sentence_standing_word (belay_report_item_get_standing (report));
  g_autofree char *share = belay_words_share (belay_report_item_get_completion (report));
  /* Translators: a name, a share such as "43 %", a standing such as "On track"; for who hears the interface */
  g_autofree char *label = g_strdup_printf (_ ("%s, %s, %s"), belay_report_item_get_name (report), share, word);

  belay_report_row_set_report (BELAY_REPORT_ROW (gtk_list_item_get_child (item)), report);
  gtk_list_item_set_accessible_label (item, label);
}

static void
row_unbind_cb (BelayTeamPage *self,
               GtkListItem *item)
{
  belay_report_row_set_report (BELAY_REPORT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
row_activated_cb (BelayTeamPage *self,
                  guint position)
{
  g_autoptr (BelayReportItem) report = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  adw_dialog_present (belay_report_dialog_new (report), GTK_WIDGET (self));
}

static void
belay_team_page_get_property (GObject *object,
                              guint id,
                              GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, BELAY_TEAM_PAGE (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
belay_team_page_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  BelayTeamPage *self = BELAY_TEAM_PAGE (object);

  switch (id)
    {
    case PROP_COMPACT:
      if (self->compact == g_value_get_boolean (value))
        return;
      self->compact = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, properties[PROP_COMPACT]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
belay_team_page_dispose (GObject *object)
{
  BelayTeamPage *self = BELAY_TEAM_PAGE (object);

  g_clear_object (&self->account);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (belay_team_page_parent_class)->dispose (object);
}

static void
belay_team_page_class_init (BelayTeamPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = belay_team_page_dispose;
  object_class->get_property = belay_team_page_get_property;
  object_class->set_property = belay_team_page_set_property;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/team/belay-team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayTeamPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, BelayTeamPage, search);
  gtk_widget_class_bind_template_child (widget_class, BelayTeamPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BelayTeamPage, headline);
  gtk_widget_class_bind_template_child (widget_class, BelayTeamPage, summary);
  gtk_widget_class_bind_template_child (widget_class, BelayTeamPage, list);
}

static void
belay_team_page_init (BelayTeamPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = gtk_string_filter_new (gtk_property_expression_new (BELAY_TYPE_REPORT_ITEM, NULL, "name"));
  self->found = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (row_setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (row_bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (row_unbind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list,
                           GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->found)))));
  g_object_unref (factory);

  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * belay_team_page_set_account:
 * @account: (nullable): whose team is shown
 */
void
belay_team_page_set_account (BelayTeamPage *self,
                             BelayAccount *account)
{
  g_return_if_fail (BELAY_IS_TEAM_PAGE (self));

  if (!g_set_object (&self->account, account))
    return;

  gtk_filter_list_model_set_model (self->found, account != NULL ? belay_account_get_team (account) : NULL);
  update (self);
}
