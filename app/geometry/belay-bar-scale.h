/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} BelayBar;

BelayBar belay_bar_scale_place (guint bar,
                                guint bars,
                                gint64 value,
                                gint64 most,
                                double width,
                                double height,
                                gboolean mirrored);

G_END_DECLS
