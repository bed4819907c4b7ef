/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long until the next step. Seconds. */
#define BELAY_SYNC_IN_USE_SECONDS 45
#define BELAY_SYNC_IDLE_SECONDS 300
#define BELAY_SYNC_BACKOFF_LEAST 5
#define BELAY_SYNC_BACKOFF_MOST 1800

/* A number from 0 up to but not 1. */
typedef double (*BelayRandom) (gpointer user_data);

gint64 belay_sync_jitter_ms (gint64 seconds,
                             BelayRandom random,
                             gpointer user_data);
gint64 belay_sync_backoff_ms (guint failures,
                              gint64 least_seconds,
                              BelayRandom random,
                              gpointer user_data);

G_END_DECLS
