/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BELAY_SECOND_US G_USEC_PER_SEC
#define BELAY_DAY_SECONDS 86400

char *belay_time_format (gint64 time_us);
gboolean belay_time_parse (const char *text,
                           gint64 *time_us);
char *belay_time_format_duration (gint64 seconds);
gboolean belay_time_parse_duration (const char *text,
                                    gint64 *centiseconds);

G_END_DECLS
