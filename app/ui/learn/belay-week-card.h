/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-week-item.h"

G_BEGIN_DECLS

GtkWidget *belay_week_card_new (BelayWeekItem *week,
                                const char *start);

G_END_DECLS
