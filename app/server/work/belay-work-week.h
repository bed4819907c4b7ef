/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-time.h"

G_BEGIN_DECLS

gint64 belay_work_monday_of (gint64 time_us);

G_END_DECLS
