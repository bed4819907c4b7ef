/* belay-time.c: points in time and durations as text
 *
 * Inside, a point in time is microseconds since 1970 UTC. Outside it is RFC 3339, and a duration
 * is ISO 8601 as xAPI uses it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-time.h"

#include <string.h>

/**
 * belay_time_format:
 * @time_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): RFC 3339 in UTC with milliseconds, such as `2026-03-09T08:15:00.000Z`
 */
char *
belay_time_format (gint64 time_us)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 whole = time_us / BELAY_SECOND_US;
  gint64 rest = time_us % BELAY_SECOND_US;

  if (rest < 0)
    {
      whole--;
      rest += BELAY_SECOND_US;
    }
  time = g_date_time_new_from_unix_utc (whole);
  g_return_val_if_fail (time != NULL, NULL);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", g_date_time_get_year (time),
                          g_date_time_get_month (time), g_date_time_get_day_of_month (time),
                          g_date_time_get_hour (time), g_date_time_get_minute (time), g_date_time_get_second (time),
                          (int) (rest / 1000));
}

/**
 * belay_time_parse:
 * @text: RFC 3339, or ISO 8601 as GLib reads it
 * @time_us: (out): microseconds since 1970 UTC; a time without a zone is taken as UTC
 *
 * Returns: whether @text was a time
 */
gboolean
belay_time_parse (const char *text,
                  gint64 *time_us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (time_us != NULL, FALSE);

  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    return FALSE;

  *time_us = g_date_time_to_unix (time) * BELAY_SECOND_US + g_date_time_get_microsecond (time);
  return TRUE;
}

/**
 * belay_time_format_duration:
 * @seconds: not negative
 *
 * Returns: (transfer full): an ISO 8601 duration in seconds, such as `PT95S`
 */
char *
belay_time_format_duration (gint64 seconds)
{
  g_return_val_if_fail (seconds >= 0, NULL);

  return g_strdup_printf ("PT%" G_GINT64_FORMAT "S", seconds);
}

/* One `12.5H` of a duration; @text moves behind it. Only the last part may have a fraction. */
static gboolean
take_part (const char **text,
           const char *units,
           const gint64 *unit_centiseconds,
           gint64 *sum)
{
  const char *start = *text;
  const char *unit;
  char *end;
  double amount;
  gsize number = strspn (start, "0123456789.,");
  g_autofree char *digits = g_strndup (start, number);

  if (number == 0 || number > 15)
    return FALSE;
  g_strdelimit (digits, ",", '.');
  amount = g_ascii_strtod (digits, &end);
  unit = start[number] != '\0' ? strchr (units, start[number]) : NULL;
  if (*end != '\0' || unit == NULL || !g_ascii_isdigit (digits[0]) || g_str_has_suffix (digits, "."))
    return FALSE;

  *text = start + number + 1;
  if (strchr (digits, '.') != NULL && **text != '\0')
    return FALSE;
  if (amount * (double) unit_centiseconds[unit - units] > 1e16 - (double) *sum)
    return FALSE;
  *sum += (gint64) (amount * (double) unit_centiseconds[unit - units]);
  return TRUE;
}

static gboolean
take_parts (const char **text,
            const char *units,
            const gint64 *unit_centiseconds,
            gint64 *sum)
{
  const char *left = units;
  gboolean any = FALSE;

  while (**text != '\0' && **text != 'T')
    {
      const char *at = *text + strspn (*text, "0123456789.,");
      const char *unit = *at != '\0' ? strchr (left, *at) : NULL;

      if (unit == NULL || !take_part (text, units, unit_centiseconds, sum))
        return FALSE;
      left = unit + 1;
      any = TRUE;
    }

  return any;
}

/**
 * belay_time_parse_duration:
 * @text: an ISO 8601 duration (§5.5.2.1, and weeks), such as `PT1H30M` or `P2W`
 * @centiseconds: (out): its length in hundredths of a second, the precision at which xAPI compares;
 *   a year counts as 365 days and a month as 30
 *
 * Returns: whether @text was a duration
 */
gboolean
belay_time_parse_duration (const char *text,
                           gint64 *centiseconds)
{
  static const gint64 days[] = { 3153600000, 259200000, 60480000, 8640000 };
  static const gint64 clock[] = { 360000, 6000, 100 };
  gint64 sum = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (centiseconds != NULL, FALSE);

  if (*text++ != 'P' || *text == '\0')
    return FALSE;
  if (*text != 'T' && !take_parts (&text, "YMWD", days, &sum))
    return FALSE;
  if (*text == 'T')
    {
      text++;
      if (!take_parts (&text, "HMS", clock, &sum))
        return FALSE;
    }
  if (*text != '\0')
    return FALSE;

  *centiseconds = sum;
  return TRUE;
}
