/* belay-bar-scale.c: bars of a small chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-bar-scale.h"

/* Of the width that a bar and its gap share. */
#define BAR_SHARE 0.68

/* Nothing studied is still a week: it shows as a line, and a little studied as a little more. */
#define NOTHING_HEIGHT 2.0
#define LEAST_HEIGHT 5.0

static double
bar_height (gint64 value,
            gint64 most,
            double height)
{
  if (value <= 0 || most <= 0)
    return MIN (NOTHING_HEIGHT, height);

  return CLAMP (height * MIN (value, most) / most, MIN (LEAST_HEIGHT, height), height);
}

/**
 * belay_bar_scale_place:
 * @bar: from 0, the oldest
 * @bars: how many there are
 * @value: of this bar
 * @most: the value that takes all of the height
 * @mirrored: whether the oldest is at the right
 *
 * Returns: the rectangle of the bar, standing on the lower edge
 */
BelayBar
belay_bar_scale_place (guint bar,
                       guint bars,
                       gint64 value,
                       gint64 most,
                       double width,
                       double height,
                       gboolean mirrored)
{
  static const BelayBar nothing;
  double step;
  BelayBar placed;

  g_return_val_if_fail (bar < bars, nothing);

  step = width / (bars - 1 + BAR_SHARE);
  placed.width = step * BAR_SHARE;
  placed.x = step * (mirrored ? bars - 1 - bar : bar);
  placed.height = bar_height (value, most, height);
  placed.y = height - placed.height;

  return placed;
}
