/* belay-words.c: numbers and moments as people say them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-words.h"

#include "belay-present.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE_SECONDS 60
#define HOUR_SECONDS 3600
#define DAY_SECONDS 86400
#define FINE_MINUTES 10 /* estimates below this are not rounded to five */

/**
 * belay_words_share:
 * @basis_points: 10,000 is all
 *
 * Rounds down: only what is whole says 100 %.
 *
 * Returns: (transfer full): `58 %`
 */
char *
belay_words_share (gint64 basis_points)
{
  /* Translators: a share in per cent. The space is a narrow one that does not break. */
  return g_strdup_printf (_ ("%d %%"), (int) (CLAMP (basis_points, 0, 10000) / 100));
}

/**
 * belay_words_duration:
 *
 * Returns: (transfer full): `70 min`, `2 h`, `2 h 30 min`
 */
char *
belay_words_duration (gint64 seconds)
{
  int minutes = (int) ((seconds + MINUTE_SECONDS / 2) / MINUTE_SECONDS);

  if (minutes < 1 && seconds > 0)
    minutes = 1;
  if (minutes > 2 * FINE_MINUTES)
    minutes = (minutes + 2) / 5 * 5;
  if (minutes < 100)
    /* Translators: minutes, abbreviated */
    return g_strdup_printf (_ ("%d min"), minutes);
  if (minutes % 60 == 0)
    /* Translators: hours, abbreviated */
    return g_strdup_printf (_ ("%d h"), minutes / 60);

  /* Translators: hours and minutes, abbreviated */
  return g_strdup_printf (_ ("%d h %d min"), minutes / 60, minutes % 60);
}

/**
 * belay_words_day:
 *
 * Returns: (transfer full): `Monday 23 November`
 */
char *
belay_words_day (gint64 time_us)
{
  g_autoptr (GDateTime) local = belay_present_local (time_us);

  /* Translators: a day with its weekday and month, as in "Monday 23 November"; see strftime(3) */
  return g_date_time_format (local, _ ("%A %-d %B"));
}

/**
 * belay_words_is_same_day:
 *
 * Returns: whether both are on one day of this laptop's zone
 */
gboolean
belay_words_is_same_day (gint64 time_us,
                         gint64 now_us)
{
  g_autoptr (GDateTime) one = belay_present_local (time_us);
  g_autoptr (GDateTime) other = belay_present_local (now_us);

  return g_date_time_get_year (one) == g_date_time_get_year (other)
         && g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

/**
 * belay_words_ago:
 *
 * Returns: (transfer full): `just now`, `2 min ago`, `3 h ago`, `5 days ago`
 */
char *
belay_words_ago (gint64 time_us,
                 gint64 now_us)
{
  gint64 seconds = MAX (now_us - time_us, 0) / G_USEC_PER_SEC;

  if (seconds < MINUTE_SECONDS)
    return g_strdup (_ ("just now"));
  if (seconds < HOUR_SECONDS)
    return g_strdup_printf (_ ("%d min ago"), (int) (seconds / MINUTE_SECONDS));
  if (seconds < DAY_SECONDS)
    return g_strdup_printf (_ ("%d h ago"), (int) (seconds / HOUR_SECONDS));

  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) (seconds / DAY_SECONDS)),
                          (int) (seconds / DAY_SECONDS));
}

/**
 * belay_words_since:
 *
 * Returns: (transfer full): `since Tuesday`, or `since 3 November` where that is more than six days away
 */
char *
belay_words_since (gint64 time_us,
                   gint64 now_us)
{
  g_autoptr (GDateTime) local = belay_present_local (time_us);

  if (belay_words_is_same_day (time_us, now_us))
    return g_strdup (_ ("since today"));
  if (now_us - time_us < 6 * (gint64) DAY_SECONDS * G_USEC_PER_SEC)
    /* Translators: a weekday; see strftime(3) */
    return g_date_time_format (local, _ ("since %A"));

  /* Translators: a day and its month; see strftime(3) */
  return g_date_time_format (local, _ ("since %-d %B"));
}

/**
 * belay_words_clock_time:
 *
 * Returns: (transfer full): `10:42` for today, else `Mon 10:42`, else `3 Nov`
 */
char *
belay_words_clock_time (gint64 time_us,
                        gint64 now_us)
{
  g_autoptr (GDateTime) local = belay_present_local (time_us);

  if (belay_words_is_same_day (time_us, now_us))
    /* Translators: a time of today; see strftime(3) */
    return g_date_time_format (local, _ ("%H:%M"));
  if (now_us - time_us < 6 * (gint64) DAY_SECONDS * G_USEC_PER_SEC)
    /* Translators: a time of this week; see strftime(3) */
    return g_date_time_format (local, _ ("%a %H:%M"));

  /* Translators: a day with its month, short; see strftime(3) */
  return g_date_time_format (local, _ ("%-d %b"));
}

static char *
first_name (const char *name)
{
  const char *space = strchr (name, ' ');

  return space == NULL ? g_strdup (name) : g_strndup (name, (gsize) (space - name));
}

/**
 * belay_words_greeting:
 * @name: the person's whole name
 *
 * Returns: (transfer full): a greeting for the hour, by first name
 */
char *
belay_words_greeting (const char *name,
                      gint64 now_us)
{
  g_autoptr (GDateTime) local = belay_present_local (now_us);
  g_autofree char *first = NULL;
  int hour = g_date_time_get_hour (local);

  g_return_val_if_fail (name != NULL, NULL);

  first = first_name (name);
  if (hour >= 4 && hour < 12)
    return g_strdup_printf (_ ("Good morning, %s"), first);
  if (hour >= 12 && hour < 18)
    return g_strdup_printf (_ ("Good afternoon, %s"), first);

  return g_strdup_printf (_ ("Good evening, %s"), first);
}

/**
 * belay_words_join:
 * @first: (nullable):
 * @second: (nullable):
 *
 * Returns: (transfer full): both with a middle dot between, or the one that is there
 */
char *
belay_words_join (const char *first,
                  const char *second)
{
  if (first == NULL || *first == '\0')
    return g_strdup (second != NULL ? second : "");
  if (second == NULL || *second == '\0')
    return g_strdup (first);

  return g_strconcat (first, " · ", second, NULL);
}

/**
 * belay_words_plain:
 * @markdown: (nullable): authored text
 *
 * Returns: (transfer full): its first paragraph on one line, without the marks of emphasis
 */
char *
belay_words_plain (const char *markdown)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = markdown != NULL ? markdown : ""; *at != '\0'; at++)
    {
      if (at[0] == '\n' && at[1] == '\n' && plain->len > 0)
        break;
      if (*at == '\n' && plain->len > 0)
        g_string_append_c (plain, ' ');
      else if (strchr ("*_`#\n", *at) == NULL)
        g_string_append_c (plain, *at);
    }

  return g_strstrip (g_string_free_and_steal (plain));
}
