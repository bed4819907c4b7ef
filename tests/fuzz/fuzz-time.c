/* fuzz-time.c: times and durations from anywhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-time.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gint64 value = 0;

  if (belay_time_parse_duration (text, &value))
    g_assert_cmpint (value, >=, 0);

  if (belay_time_parse (text, &value))
    {
      g_autofree char *again = belay_time_format (value);
      gint64 back = 0;

      g_assert_true (belay_time_parse (again, &back));
      g_assert_cmpint (back / 1000, <=, value / 1000);
    }

  return 0;
}
