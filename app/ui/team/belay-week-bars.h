/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BELAY_TYPE_WEEK_BARS (belay_week_bars_get_type ())
#define BELAY_WEEK_BARS_COUNT 6

/* BelayWeekBars: the time studied in the last six weeks. */
G_DECLARE_FINAL_TYPE (BelayWeekBars, belay_week_bars, BELAY, WEEK_BARS, GtkWidget)

void belay_week_bars_set (BelayWeekBars *self,
                          const gint64 seconds[BELAY_WEEK_BARS_COUNT],
                          gboolean last_is_unknown);

G_END_DECLS
