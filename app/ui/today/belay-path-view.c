/* belay-path-view.c: the programme as a path, with the companions on it
 *
 * Each week is a stop; what lies behind the current week is drawn strong, what is ahead pale.
 * Companions stand over the stop of their week: up to three as avatars, more as a number.
 *
 * CSS nodes: pathview > label.stop (and .current, .ahead), avatar. Its `color` is the walked path's.
 * Role: img, whose label tells the whole of it. In right-to-left the path runs from the right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-path-view.h"

#include "belay-companion-item.h"
#include "belay-path-layout.h"
#include "belay-week-item.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define AVATAR_SIZE 24
#define AVATARS_PER_STOP 3
#define PATH_HEIGHT 78
#define TOP_ROOM 46 /* for companions over the highest stop */
#define LABEL_GAP 12
#define LABEL_ROOM 26
#define SIDE_MARGIN 42
#define LINE_WIDTH 5
#define NARROWEST_LABEL 76 /* below this only the current week keeps its name */

struct _BelayPathView
{
  GtkWidget parent_instance;

  BelayProgrammeItem *programme;
  GListModel *companions;
  char *own_id;

  GPtrArray *labels;  /* one a week */
  GPtrArray *avatars; /* (element-type Standing) */
  BelayPathLayout *layout;
  guint current; /* the stop of today, from 0 */
};

/* A companion, or how many more, over a stop. */
typedef struct
{
  GtkWidget *widget;
  guint stop;
  guint place;
  guint places;
} Standing;

G_DEFINE_FINAL_TYPE (BelayPathView, belay_path_view, GTK_TYPE_WIDGET)

static void
standing_free (Standing *standing)
{
  gtk_widget_unparent (standing->widget);
  g_free (standing);
}

static guint
count_stops (BelayPathView *self)
{
  return self->programme != NULL ? g_list_model_get_n_items (belay_programme_item_get_weeks (self->programme)) : 0;
}

/* Those who are before the first week stand at its start, those beyond the last at its end. */
static guint
stop_of (BelayPathView *self,
         BelayCompanionItem *companion)
{
  guint week = belay_companion_item_get_week (companion);

  return CLAMP (week, 1, count_stops (self)) - 1;
}

static gboolean
is_self (BelayPathView *self,
         BelayCompanionItem *companion)
{
  return g_strcmp0 (belay_companion_item_get_id (companion), self->own_id) == 0;
}

static GPtrArray *
companions_at (BelayPathView *self,
               guint stop)
{
  GPtrArray *there = g_ptr_array_new_with_free_func (g_object_unref);
  guint count = self->companions != NULL ? g_list_model_get_n_items (self->companions) : 0;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (BelayCompanionItem) companion = g_list_model_get_item (self->companions, i);

      if (!is_self (self, companion) && stop_of (self, companion) == stop)
        g_ptr_array_add (there, g_steal_pointer (&companion));
    }

  return there;
}

static void
add_standing (BelayPathView *self,
              GtkWidget *widget,
              guint stop,
              guint place,
              guint places)
{
  Standing *standing = g_new0 (Standing, 1);

  standing->widget = widget;
  standing->stop = stop;
  standing->place = place;
  standing->places = places;
  gtk_widget_set_can_target (widget, TRUE);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  g_ptr_array_add (self->avatars, standing);
}

static GtkWidget *
avatar_for (BelayCompanionItem *companion)
{
  const char *name = belay_companion_item_get_name (companion);
  GtkWidget *avatar = adw_avatar_new (AVATAR_SIZE, name, TRUE);

  gtk_widget_set_tooltip_text (avatar, name);
  return avatar;
}

static GtkWidget *
number_for (guint more)
{
  /* Translators: how many more people stand here */
  g_autofree char *text = g_strdup_printf (_ ("+%u"), more);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "more");
  return label;
}

static void
fill_stop (BelayPathView *self,
           guint stop)
{
  g_autoptr (GPtrArray) there = companions_at (self, stop);
  guint shown = there->len > AVATARS_PER_STOP ? AVATARS_PER_STOP - 1 : there->len;
  guint places = shown + (there->len > shown);

  for (guint i = 0; i < shown; i++)
    add_standing (self, avatar_for (g_ptr_array_index (there, i)), stop, i, places);
  if (there->len > shown)
    add_standing (self, number_for (there->len - shown), stop, shown, places);
}

static GtkWidget *
label_for (BelayPathView *self,
           guint stop)
{
  g_autoptr (BelayWeekItem) week = g_list_model_get_item (belay_programme_item_get_weeks (self->programme), stop);
  GtkWidget *label = gtk_label_new (belay_week_item_get_title (week));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_widget_add_css_class (label, "stop");
  if (stop == self->current)
    gtk_widget_add_css_class (label, "current");
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
update (BelayPathView *self)
{
  guint week = self->programme != NULL ? belay_programme_item_get_current_week (self->programme) : 0;
  guint stops = count_stops (self);
  g_autofree char *description = NULL;

  g_ptr_array_set_size (self->labels, 0);
  g_ptr_array_set_size (self->avatars, 0);
  self->current = stops > 0 ? CLAMP (week, 1, stops) - 1 : 0;
  for (guint i = 0; i < stops; i++)
    {
      g_ptr_array_add (self->labels, label_for (self, i));
      fill_stop (self, i);
    }

  description = belay_path_view_describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
belay_path_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = TOP_ROOM + PATH_HEIGHT + LABEL_ROOM + LABEL_GAP;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 640;
    }
}

static void
place_at (GtkWidget *child,
          double middle_x,
          double top,
          double room,
          int whole)
{
  GtkRequisition natural;
  GtkAllocation allocation;

  gtk_widget_get_preferred_size (child, NULL, &natural);
  allocation.width = (int) MIN (natural.width, room);
  allocation.height = natural.height;
  allocation.x = (int) CLAMP (middle_x - allocation.width / 2.0, 0, MAX (whole - allocation.width, 0));
  allocation.y = (int) top;
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
place_labels (BelayPathView *self,
              int width)
{
  double room = belay_path_layout_get_room (self->layout) - 6;

  for (guint i = 0; i < self->labels->len; i++)
    {
      BelayPathPoint stop = belay_path_layout_get_stop (self->layout, i);
      GtkWidget *label = g_ptr_array_index (self->labels, i);
      gboolean is_current = i == self->current;

      double most = is_current ? 160 : room;
      GtkRequisition natural;
      double top;

      gtk_widget_get_preferred_size (label, NULL, &natural);
      top = belay_path_layout_get_name_top (self->layout, i, MIN (natural.width, most), LABEL_GAP);
      gtk_widget_set_child_visible (label, is_current || room >= NARROWEST_LABEL);
      place_at (label, stop.x, TOP_ROOM + top, most, width);
    }
}

static void
place_companions (BelayPathView *self,
                  int width)
{
  for (guint i = 0; i < self->avatars->len; i++)
    {
      Standing *standing = g_ptr_array_index (self->avatars, i);
      BelayPathPoint middle =
        belay_path_layout_get_companion (self->layout, standing->stop, standing->place, standing->places, AVATAR_SIZE);

      place_at (standing->widget, middle.x, TOP_ROOM + middle.y - AVATAR_SIZE / 2.0, width, width);
    }
}

static void
belay_path_view_size_allocate (GtkWidget *widget,
                               int width,
                               int height,
                               int baseline)
{
  BelayPathView *self = BELAY_PATH_VIEW (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint stops = count_stops (self);

  g_clear_pointer (&self->layout, belay_path_layout_free);
  if (stops == 0)
    return;

  self->layout = belay_path_layout_new (stops, width, PATH_HEIGHT, MIN (SIDE_MARGIN, width / 10.0), mirrored);
  place_labels (self, width);
  place_companions (self, width);
}

static void
draw_line (BelayPathView *self,
           GtkSnapshot *snapshot,
           guint from,
           guint to,
           const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  BelayPathPoint start = belay_path_layout_get_stop (self->layout, from);

  if (from >= to)
    return;

  gsk_path_builder_move_to (builder, (float) start.x, (float) start.y);
  for (guint i = from; i < to; i++)
    {
      BelayPathStretch stretch = belay_path_layout_get_stretch (self->layout, i);

      gsk_path_builder_cubic_to (builder, (float) stretch.from_control.x, (float) stretch.from_control.y,
                                 (float) stretch.to_control.x, (float) stretch.to_control.y, (float) stretch.to.x,
                                 (float) stretch.to.y);
    }

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
draw_disc (GtkSnapshot *snapshot,
           BelayPathPoint middle,
           float radius,
           const GdkRGBA *color)
{
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (
    &disc, &GRAPHENE_RECT_INIT ((float) middle.x - radius, (float) middle.y - radius, 2 * radius, 2 * radius), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, color, &disc.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_stop (BelayPathView *self,
           GtkSnapshot *snapshot,
           guint stop,
           const GdkRGBA *strong,
           const GdkRGBA *pale,
           const GdkRGBA *ground)
{
  BelayPathPoint middle = belay_path_layout_get_stop (self->layout, stop);

  if (stop == self->current)
    {
      draw_disc (snapshot, middle, 14, strong);
      draw_disc (snapshot, middle, 8, ground);
    }
  else if (stop < self->current)
    draw_disc (snapshot, middle, 8, strong);
  else
    {
      draw_disc (snapshot, middle, 9, ground);
      draw_disc (snapshot, middle, 8.5f, pale);
      draw_disc (snapshot, middle, 5, ground);
    }
}

/* Pale enough to recede, mixed over the ground so that lines that meet do not add up. */
static GdkRGBA
mix (const GdkRGBA *over,
     const GdkRGBA *ground,
     float share)
{
  return (GdkRGBA) { ground->red + (over->red - ground->red) * share,
                     ground->green + (over->green - ground->green) * share,
                     ground->blue + (over->blue - ground->blue) * share, 1 };
}

static void
belay_path_view_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  BelayPathView *self = BELAY_PATH_VIEW (widget);
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  gboolean is_dark = adw_style_manager_get_dark (style);
  GdkRGBA ground = is_dark ? (GdkRGBA) { 0.133f, 0.133f, 0.149f, 1 } : (GdkRGBA) { 0.98f, 0.98f, 0.984f, 1 };
  GdkRGBA text = is_dark ? (GdkRGBA) { 1, 1, 1, 1 } : (GdkRGBA) { 0, 0, 0.02f, 1 };
  GdkRGBA pale = mix (&text, &ground, adw_style_manager_get_high_contrast (style) ? 0.55f : 0.2f);
  GdkRGBA strong;

  if (self->layout == NULL)
    return;

  gtk_widget_get_color (widget, &strong);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, TOP_ROOM));
  draw_line (self, snapshot, self->current, count_stops (self) - 1, &pale);
  draw_line (self, snapshot, 0, self->current, &strong);
  for (guint i = 0; i < count_stops (self); i++)
    draw_stop (self, snapshot, i, &strong, &pale, &ground);
  gtk_snapshot_restore (snapshot);

  GTK_WIDGET_CLASS (belay_path_view_parent_class)->snapshot (widget, snapshot);
}

static void
belay_path_view_dispose (GObject *object)
{
  BelayPathView *self = BELAY_PATH_VIEW (object);

  g_ptr_array_set_size (self->labels, 0);
  g_ptr_array_set_size (self->avatars, 0);
  g_clear_object (&self->programme);
  g_clear_object (&self->companions);

  G_OBJECT_CLASS (belay_path_view_parent_class)->dispose (object);
}

static void
belay_path_view_finalize (GObject *object)
{
  BelayPathView *self = BELAY_PATH_VIEW (object);

  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->avatars, g_ptr_array_unref);
  g_clear_pointer (&self->layout, belay_path_layout_free);
  g_clear_pointer (&self->own_id, g_free);

  G_OBJECT_CLASS (belay_path_view_parent_class)->finalize (object);
}

static void
belay_path_view_class_init (BelayPathViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = belay_path_view_dispose;
  object_class->finalize = belay_path_view_finalize;
  widget_class->measure = belay_path_view_measure;
  widget_class->size_allocate = belay_path_view_size_allocate;
  widget_class->snapshot = belay_path_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pathview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
belay_path_view_init (BelayPathView *self)
{
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->avatars = g_ptr_array_new_with_free_func ((GDestroyNotify) standing_free);
}

/**
 * belay_path_view_set_programme:
 * @programme: (nullable): whose weeks are the stops
 */
void
belay_path_view_set_programme (BelayPathView *self,
                               BelayProgrammeItem *programme)
{
  g_return_if_fail (BELAY_IS_PATH_VIEW (self));

  g_set_object (&self->programme, programme);
  update (self);
}

/**
 * belay_path_view_set_companions:
 * @companions: (nullable) (element-type BelayCompanionItem): who stands on the path
 * @own_id: (nullable): the person whose path it is, who is not drawn twice
 */
void
belay_path_view_set_companions (BelayPathView *self,
                                GListModel *companions,
                                const char *own_id)
{
  g_return_if_fail (BELAY_IS_PATH_VIEW (self));

  if (self->companions != NULL)
    g_signal_handlers_disconnect_by_func (self->companions, update, self);
  g_set_object (&self->companions, companions);
  g_set_str (&self->own_id, own_id);
  if (companions != NULL)
    g_signal_connect_object (companions, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * belay_path_view_describe:
 *
 * Returns: (transfer full): what the picture shows, in a sentence
 */
char *
belay_path_view_describe (BelayPathView *self)
{
  g_autoptr (BelayWeekItem) week = NULL;
  g_autoptr (GPtrArray) here = NULL;

  g_return_val_if_fail (BELAY_IS_PATH_VIEW (self), NULL);

  if (count_stops (self) == 0)
    return g_strdup (_ ("The path is not known yet"));

  week = g_list_model_get_item (belay_programme_item_get_weeks (self->programme), self->current);
  here = companions_at (self, self->current);

  /* Translators: first the week's number, then how many weeks, then its title, then how many people */
  return g_strdup_printf (ngettext ("The path: week %u of %u, %s. %u companion is here.",
                                    "The path: week %u of %u, %s. %u companions are here.", here->len),
                          self->current + 1, count_stops (self), belay_week_item_get_title (week), here->len);
}
