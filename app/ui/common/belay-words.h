/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *belay_words_share (gint64 basis_points);
char *belay_words_duration (gint64 seconds);
char *belay_words_day (gint64 time_us);
char *belay_words_ago (gint64 time_us,
                       gint64 now_us);
char *belay_words_since (gint64 time_us,
                         gint64 now_us);
char *belay_words_clock_time (gint64 time_us,
                              gint64 now_us);
char *belay_words_greeting (const char *name,
                            gint64 now_us);
char *belay_words_join (const char *first,
                        const char *second);
char *belay_words_plain (const char *markdown);
gboolean belay_words_is_same_day (gint64 time_us,
                                  gint64 now_us);

G_END_DECLS
