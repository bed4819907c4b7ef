/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "belay-programme-item.h"

G_BEGIN_DECLS

#define BELAY_TYPE_PATH_VIEW (belay_path_view_get_type ())

/* BelayPathView: the programme as a path, with the companions on it. */
G_DECLARE_FINAL_TYPE (BelayPathView, belay_path_view, BELAY, PATH_VIEW, GtkWidget)

void belay_path_view_set_programme (BelayPathView *self,
                                    BelayProgrammeItem *programme);
void belay_path_view_set_companions (BelayPathView *self,
                                     GListModel *companions,
                                     const char *own_id);
char *belay_path_view_describe (BelayPathView *self);

G_END_DECLS
