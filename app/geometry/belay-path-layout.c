/* belay-path-layout.c: where the stops of the journey lie
 *
 * The path climbs from the lower edge to the upper one in waves: each week is a stop, and the
 * stretch between two stops leaves and arrives level, so that the line is smooth at every stop.
 * Pure arithmetic; whoever draws brings the size and the direction of reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-path-layout.h"

/* Of the height: how far a stop may lie from the straight climb. */
#define WAVE_SHARE 0.26

struct _BelayPathLayout
{
  guint stops;
  double width;
  double margin;
  BelayPathPoint points[];
};

static double
wave (guint stop)
{
  static const double heights[] = { 0.45, -0.85, 1.05, 0.1, -0.6, -0.2 };

  return heights[stop % G_N_ELEMENTS (heights)];
}

static BelayPathPoint
place_stop (guint stop,
            guint stops,
            double width,
            double height,
            double margin,
            gboolean mirrored)
{
  double share = stops > 1 ? (double) stop / (stops - 1) : 0.5;
  double climb = height * (0.78 - 0.62 * share);
  BelayPathPoint point = {
    .x = margin + share * MAX (width - 2 * margin, 0),
    .y = CLAMP (climb + wave (stop) * WAVE_SHARE * height, 0, height),
  };

  if (mirrored)
    point.x = width - point.x;

  return point;
}

/**
 * belay_path_layout_new:
 * @stops: how many stops, at least one
 * @width: of the whole drawing
 * @height: between the lowest and the highest place a stop may have
 * @margin: kept free at the left and the right
 * @mirrored: whether the path runs from right to left
 *
 * Returns: (transfer full): the path
 */
BelayPathLayout *
belay_path_layout_new (guint stops,
                       double width,
                       double height,
                       double margin,
                       gboolean mirrored)
{
  BelayPathLayout *self;

  g_return_val_if_fail (stops > 0, NULL);

  self = g_malloc0 (sizeof *self + stops * sizeof (BelayPathPoint));
  self->stops = stops;
  self->width = width;
  self->margin = margin;
  for (guint i = 0; i < stops; i++)
    self->points[i] = place_stop (i, stops, width, height, margin, mirrored);

  return self;
}

/**
 * belay_path_layout_free:
 */
void
belay_path_layout_free (BelayPathLayout *self)
{
  g_free (self);
}

/**
 * belay_path_layout_get_size:
 *
 * Returns: how many stops the path has
 */
guint
belay_path_layout_get_size (const BelayPathLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stops;
}

/**
 * belay_path_layout_get_stop:
 * @stop: from 0
 *
 * Returns: its middle
 */
BelayPathPoint
belay_path_layout_get_stop (const BelayPathLayout *self,
                            guint stop)
{
  static const BelayPathPoint nowhere;

  g_return_val_if_fail (self != NULL, nowhere);
  g_return_val_if_fail (stop < self->stops, nowhere);

  return self->points[stop];
}

/**
 * belay_path_layout_get_stretch:
 * @stop: from 0 to the last but one
 *
 * Returns: the curve from @stop to the next
 */
BelayPathStretch
belay_path_layout_get_stretch (const BelayPathLayout *self,
                               guint stop)
{
  static const BelayPathStretch nothing;
  BelayPathStretch stretch;
  double middle;

  g_return_val_if_fail (self != NULL, nothing);
  g_return_val_if_fail (stop + 1 < self->stops, nothing);

  stretch.from = self->points[stop];
  stretch.to = self->points[stop + 1];
  middle = (stretch.from.x + stretch.to.x) / 2;
  stretch.from_control = (BelayPathPoint) { middle, stretch.from.y };
  stretch.to_control = (BelayPathPoint) { middle, stretch.to.y };

  return stretch;
}

/**
 * belay_path_layout_get_room:
 *
 * Returns: how wide a stop's name may be without touching its neighbours'
 */
double
belay_path_layout_get_room (const BelayPathLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->stops < 2)
    return self->width;

  return MAX (self->width - 2 * self->margin, 0) / (self->stops - 1);
}

#define STEPS_PER_STRETCH 16

/* How far up and down a part of the line goes. */
typedef struct
{
  double top;
  double bottom;
} Span;

/* Makes @span hold the stretch's line between two places of the drawing */
static void
span_stretch (const BelayPathStretch *stretch,
              double left,
              double right,
              Span *span)
{
  for (guint i = 0; i <= STEPS_PER_STRETCH; i++)
    {
      double t = (double) i / STEPS_PER_STRETCH;
      double u = 1 - t;
      double x = u * u * u * stretch->from.x + 3 * u * u * t * stretch->from_control.x
                 + 3 * u * t * t * stretch->to_control.x + t * t * t * stretch->to.x;
      double y = u * u * u * stretch->from.y + 3 * u * u * t * stretch->from_control.y
                 + 3 * u * t * t * stretch->to_control.y + t * t * t * stretch->to.y;

      if (x < left || x > right)
        continue;
      span->top = MIN (span->top, y);
      span->bottom = MAX (span->bottom, y);
    }
}

/* The line on both sides of a stop, as far as @half */
static Span
span_line (const BelayPathLayout *self,
           guint stop,
           double half)
{
  BelayPathPoint middle = self->points[stop];
  Span span = { middle.y, middle.y };

  for (guint i = stop > 0 ? stop - 1 : 0; i < stop + 1 && i + 1 < self->stops; i++)
    {
      BelayPathStretch stretch = belay_path_layout_get_stretch (self, i);

      span_stretch (&stretch, middle.x - half, middle.x + half, &span);
    }

  return span;
}

/**
 * belay_path_layout_get_name_top:
 * @stop: whose name it is
 * @width: of the name, whose middle is under the stop
 * @gap: how far it keeps from the stop's middle, and from the line beside it
 *
 * Returns: where the name begins
 */
double
belay_path_layout_get_name_top (const BelayPathLayout *self,
                                guint stop,
                                double width,
                                double gap)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (stop < self->stops, 0);

  return span_line (self, stop, width / 2).bottom + gap;
}

/* Side by side where there is room, else each over a part of the one before */
static double
companion_pitch (const BelayPathLayout *self,
                 guint places,
                 double size)
{
  double room = belay_path_layout_get_room (self) - size - 4;

  if (places < 2)
    return 0;

  return CLAMP (room / (places - 1), size * 0.35, size * 1.12);
}

/**
 * belay_path_layout_get_companion:
 * @stop: where the companion is
 * @place: from 0, the one that is nearest to the start
 * @places: how many stand there
 * @size: of each
 *
 * Companions stand in a row over their stop, clear of the line that climbs beside it.
 *
 * Returns: the middle of the companion's circle
 */
BelayPathPoint
belay_path_layout_get_companion (const BelayPathLayout *self,
                                 guint stop,
                                 guint place,
                                 guint places,
                                 double size)
{
  BelayPathPoint middle = belay_path_layout_get_stop (self, stop);
  double pitch;
  double half;

  g_return_val_if_fail (self != NULL, middle);
  g_return_val_if_fail (stop < self->stops, middle);
  g_return_val_if_fail (place < places, middle);

  pitch = companion_pitch (self, places, size);
  half = (pitch * (places - 1) + size) / 2;
  middle.x += (place - (places - 1) / 2.0) * pitch;
  middle.y = MIN (middle.y - size * 1.15, span_line (self, stop, half).top - size * 0.7);

  return middle;
}
