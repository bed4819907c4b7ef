/* belay-week-bars.c: the time studied in the last six weeks
 *
 * The newest week is drawn strong. Where nothing was heard, the last week is an empty outline:
 * unknown is not nothing.
 *
 * CSS nodes: weekbars; its `color` is the bars'. Role: img, whose label tells the numbers.
 * In right-to-left the oldest week is at the right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-week-bars.h"

#include "belay-bar-scale.h"
#include "belay-words.h"

#include <glib/gi18n.h>

#define WIDTH 104
#define HEIGHT 28
#define FULL_SECONDS (4 * 3600) /* a week that takes all of the height, unless one had more */
#define PAST_ALPHA 0.45f

struct _BelayWeekBars
{
  GtkWidget parent_instance;

  gint64 seconds[BELAY_WEEK_BARS_COUNT];
  gint64 most;
  gboolean last_is_unknown;
};

G_DEFINE_FINAL_TYPE (BelayWeekBars, belay_week_bars, GTK_TYPE_WIDGET)

static void
draw_bar (GtkSnapshot *snapshot,
          const BelayBar *bar,
          const GdkRGBA *color)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape,
                                   &GRAPHENE_RECT_INIT ((float) bar->x, (float) bar->y, (float) bar->width,
                                                        (float) bar->height),
                                   MIN (2, (float) bar->height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_unknown (GtkSnapshot *snapshot,
              const BelayBar *bar,
              double height,
              const GdkRGBA *color)
{
  static const float dashes[] = { 3, 2 };
  float top = (float) height * 0.4f;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (
    &shape, &GRAPHENE_RECT_INIT ((float) bar->x + 0.5f, top, (float) bar->width - 1, (float) height - top - 0.5f), 2);
  gsk_path_builder_add_rounded_rect (builder, &shape);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_dash (stroke, dashes, G_N_ELEMENTS (dashes));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

/* The weeks at the end about which nothing came: always the last, and those before it without any time. */
static guint
first_unknown (BelayWeekBars *self)
{
  guint first = BELAY_WEEK_BARS_COUNT - 1;

  while (first > 0 && self->seconds[first] == 0 && self->seconds[first - 1] == 0)
    first--;
  if (first > 0 && first < BELAY_WEEK_BARS_COUNT - 1)
    return first;

  return BELAY_WEEK_BARS_COUNT - 1;
}

static void
belay_week_bars_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  BelayWeekBars *self = BELAY_WEEK_BARS (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA strong;
  GdkRGBA past;

  gtk_widget_get_color (widget, &strong);
  past = strong;
  past.alpha *= PAST_ALPHA;
  for (guint i = 0; i < BELAY_WEEK_BARS_COUNT; i++)
    {
      gboolean is_last = i + 1 == BELAY_WEEK_BARS_COUNT;
      BelayBar bar =
        belay_bar_scale_place (i, BELAY_WEEK_BARS_COUNT, self->seconds[i], self->most, width, height, mirrored);

      if (self->last_is_unknown && i >= first_unknown (self))
        draw_unknown (snapshot, &bar, height, &past);
      else
        draw_bar (snapshot, &bar, is_last ? &strong : &past);
    }
}

static void
belay_week_bars_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
belay_week_bars_class_init (BelayWeekBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = belay_week_bars_snapshot;
  widget_class->measure = belay_week_bars_measure;
  gtk_widget_class_set_css_name (widget_class, "weekbars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
belay_week_bars_init (BelayWeekBars *self)
{
  self->most = FULL_SECONDS;
}

static char *
describe (BelayWeekBars *self)
{
  g_autofree char *last = belay_words_duration (self->seconds[BELAY_WEEK_BARS_COUNT - 1]);
  gint64 sum = 0;
  g_autofree char *mean = NULL;

  for (guint i = 0; i < BELAY_WEEK_BARS_COUNT; i++)
    sum += self->seconds[i];
  mean = belay_words_duration (sum / BELAY_WEEK_BARS_COUNT);

  if (self->last_is_unknown)
    /* Translators: %s is a duration */
    return g_strdup_printf (_ ("Time studied: this week not known yet, %s a week on average"), mean);

  /* Translators: both are durations */
  return g_strdup_printf (_ ("Time studied: %s this week, %s a week on average"), last, mean);
}

/**
 * belay_week_bars_set:
 * @seconds: studied in each week, oldest first
 * @last_is_unknown: whether nothing was heard about the newest week
 */
void
belay_week_bars_set (BelayWeekBars *self,
                     const gint64 seconds[BELAY_WEEK_BARS_COUNT],
                     gboolean last_is_unknown)
{
  g_autofree char *description = NULL;

  g_return_if_fail (BELAY_IS_WEEK_BARS (self));

  self->most = FULL_SECONDS;
  for (guint i = 0; i < BELAY_WEEK_BARS_COUNT; i++)
    {
      self->seconds[i] = seconds[i];
      self->most = MAX (self->most, seconds[i]);
    }
  self->last_is_unknown = last_is_unknown;
  description = describe (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
