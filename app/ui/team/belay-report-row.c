/* belay-report-row.c: one person of the team
 *
 * Who they are, how far, the last six weeks and the standing in words. Never answers or notes.
 *
 * CSS nodes: those of its template; a standing that asks for attention has the class `warning`.
 * Role: the list item that holds it is named by its name and standing. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-report-row.h"

#include "belay-present.h"
#include "belay-sentences.h"
#include "belay-week-bars.h"
#include "belay-words.h"

#include <glib/gi18n.h>

#define BAR_WIDTH 110
#define COMPACT_BAR_WIDTH 64

struct _BelayReportRow
{
  AdwBin parent_instance;

  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *place;
  GtkLabel *compact_standing;
  GtkLabel *share;
  GtkProgressBar *bar;
  BelayWeekBars *weeks;
  GtkLabel *standing;
  GtkLabel *reason;

  BelayReportItem *report;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (BelayReportRow, belay_report_row, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_BAR_WIDTH,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static char *
place_of (BelayReportItem *report)
{
  const char *buddy = belay_report_item_get_buddy (report);
  /* Translators: the number of a term */
  g_autofree char *term = g_strdup_printf (_ ("Term %u"), belay_report_item_get_term (report));
  /* Translators: %s is a name */
  g_autofree char *with = buddy != NULL ? g_strdup_printf (_ ("Buddy: %s"), buddy) : NULL;

  return belay_words_join (term, with);
}

static char *
standing_of (BelayReportItem *report)
{
  BelayStanding standing = belay_report_item_get_standing (report);
  const char *word = belay_sentence_standing_word (standing);
  g_autofree char *since = NULL;

  if (standing != BELAY_STANDING_NOT_HEARD_FROM || belay_report_item_get_last_heard (report) == 0)
    return g_strdup (word);

  since = belay_words_since (belay_report_item_get_last_heard (report), belay_present_now_us ());
  return g_strconcat (word, " ", since, NULL);
}

static void
show_weeks (BelayReportRow *self)
{
  gint64 seconds[BELAY_WEEK_BARS_COUNT];

  for (guint i = 0; i < BELAY_WEEK_BARS_COUNT; i++)
    seconds[i] = belay_report_item_get_week_seconds (self->report, i);
  belay_week_bars_set (self->weeks, seconds,
                       belay_report_item_get_standing (self->report) == BELAY_STANDING_NOT_HEARD_FROM);
}

static void
mark (GtkWidget *widget,
      BelayStanding standing)
{
  static const char *const warning[] = { "heading", "warning", NULL };
  static const char *const good[] = { "heading", "accent", NULL };
  static const char *const plain[] = { "heading", NULL };

  if (standing == BELAY_STANDING_BEHIND)
    gtk_widget_set_css_classes (widget, (const char **) warning);
  else if (standing == BELAY_STANDING_NOT_HEARD_FROM)
    gtk_widget_set_css_classes (widget, (const char **) plain);
  else
    gtk_widget_set_css_classes (widget, (const char **) good);
}

static void
update (BelayReportRow *self)
{
  BelayStanding standing = belay_report_item_get_standing (self->report);
  gint64 completion = belay_report_item_get_completion (self->report);
  const char *name = belay_report_item_get_name (self->report);
  g_autofree char *place = place_of (self->report);
  g_autofree char *word = standing_of (self->report);
  g_autofree char *reason = belay_sentence_standing (self->report, belay_present_now_us ());
  g_autofree char *share = belay_words_share (completion);
  g_autofree char *both = belay_words_join (word, reason);

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->standing, word);
  gtk_label_set_label (self->reason, reason);
  gtk_label_set_label (self->compact_standing, both);
  gtk_label_set_label (self->share, share);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (completion / 10000.0, 0, 1));
  mark (GTK_WIDGET (self->standing), standing);
  if (standing == BELAY_STANDING_NOT_HEARD_FROM)
    gtk_widget_add_css_class (GTK_WIDGET (self->bar), "unknown");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->bar), "unknown");
  show_weeks (self);
}

static void
belay_report_row_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  BelayReportRow *self = BELAY_REPORT_ROW (object);

  switch (id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    case PROP_BAR_WIDTH:
      g_value_set_int (value, self->compact ? COMPACT_BAR_WIDTH : BAR_WIDTH);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_compact (BelayReportRow *self,
             gboolean compact)
{
  if (self->compact == compact)
    return;

  self->compact = compact;
  gtk_widget_set_visible (GTK_WIDGET (self->place), !compact);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BAR_WIDTH]);
}

static void
belay_report_row_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPACT:
      set_compact (BELAY_REPORT_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
belay_report_row_dispose (GObject *object)
{
  BelayReportRow *self = BELAY_REPORT_ROW (object);

  belay_report_row_set_report (self, NULL);

  G_OBJECT_CLASS (belay_report_row_parent_class)->dispose (object);
}

static void
belay_report_row_class_init (BelayReportRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = belay_report_row_dispose;
  object_class->get_property = belay_report_row_get_property;
  object_class->set_property = belay_report_row_set_property;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_BAR_WIDTH] = g_param_spec_int ("bar-width", NULL, NULL, -1, G_MAXINT, BAR_WIDTH,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (BELAY_TYPE_WEEK_BARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/team/belay-report-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, name);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, place);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, compact_standing);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, share);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, bar);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, weeks);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, standing);
  gtk_widget_class_bind_template_child (widget_class, BelayReportRow, reason);
}

static void
belay_report_row_init (BelayReportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * belay_report_row_set_report:
 * @report: (nullable): who is shown
 */
void
belay_report_row_set_report (BelayReportRow *self,
                             BelayReportItem *report)
{
  g_return_if_fail (BELAY_IS_REPORT_ROW (self));

  if (self->report == report)
    return;

  if (self->report != NULL)
    g_signal_handlers_disconnect_by_func (self->report, update, self);
  g_set_object (&self->report, report);
  if (report == NULL)
    return;

  g_signal_connect_object (report, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
