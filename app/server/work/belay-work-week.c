/* belay-work-week.c: which week a moment is in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-week.h"

#define WEEK_DAYS 7
/* 1970-01-01 was a Thursday */
#define FIRST_MONDAY (-3)

/**
 * belay_work_monday_of:
 * @time_us: not before 1970
 *
 * Returns: days since 1970 of the Monday, in UTC, on which that week began
 */
gint64
belay_work_monday_of (gint64 time_us)
{
  gint64 day = time_us / ((gint64) BELAY_DAY_SECONDS * BELAY_SECOND_US);

  return day - (day - FIRST_MONDAY) % WEEK_DAYS;
}
