/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
} BelayPathPoint;

/* A stretch between two stops: a cubic Bézier curve. */
typedef struct
{
  BelayPathPoint from;
  BelayPathPoint from_control;
  BelayPathPoint to_control;
  BelayPathPoint to;
} BelayPathStretch;

typedef struct _BelayPathLayout BelayPathLayout;

BelayPathLayout *belay_path_layout_new (guint stops,
                                        double width,
                                        double height,
                                        double margin,
                                        gboolean mirrored);
void belay_path_layout_free (BelayPathLayout *self);
guint belay_path_layout_get_size (const BelayPathLayout *self);
BelayPathPoint belay_path_layout_get_stop (const BelayPathLayout *self,
                                           guint stop);
BelayPathStretch belay_path_layout_get_stretch (const BelayPathLayout *self,
                                                guint stop);
double belay_path_layout_get_room (const BelayPathLayout *self);
double belay_path_layout_get_name_top (const BelayPathLayout *self,
                                       guint stop,
                                       double width,
                                       double gap);
BelayPathPoint belay_path_layout_get_companion (const BelayPathLayout *self,
                                                guint stop,
                                                guint place,
                                                guint places,
                                                double size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayPathLayout, belay_path_layout_free)

G_END_DECLS
