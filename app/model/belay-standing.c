/* belay-standing.c: where someone is in a programme, and where the plan would have them
 *
 * Works with days after the cohort's start, and is told what day it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-standing.h"

#include "belay-time.h"

#include <stdio.h>

/* Less than a working day's study behind is nothing to speak of. */
#define BEHIND_TOLERANCE 500 /* basis points */

/* A laptop that is in use asks every five minutes; one that was on no network for a working week is
 * unknown rather than late. */
#define NOT_HEARD_US (G_GINT64_CONSTANT (5) * BELAY_DAY_SECONDS * BELAY_SECOND_US)

static void
add_modules (const BelayTerm *term,
             GPtrArray *modules)
{
  for (guint w = 0; w < term->weeks->len; w++)
    {
      const BelayWeek *week = g_ptr_array_index (term->weeks, w);

      for (guint m = 0; m < week->modules->len; m++)
        g_ptr_array_add (modules, g_ptr_array_index (week->modules, m));
    }
}

/* A module of no stated length still is a module. */
static gint64
weigh (const BelayModule *module)
{
  return MAX (module->seconds, 1);
}

static BelayProgrammeTotals
total (const GPtrArray *modules,
       BelayCompletionLookup lookup,
       gpointer user_data)
{
  BelayProgrammeTotals totals = { 0 };
  gint64 weight = 0;
  gint64 done = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      const BelayModule *module = g_ptr_array_index (modules, i);
      gint64 completion;

      if (!module->required)
        continue;
      completion = CLAMP (lookup (module->id, user_data), 0, BELAY_ALL);
      totals.modules++;
      totals.modules_done += completion == BELAY_ALL ? 1 : 0;
      weight += weigh (module);
      done += weigh (module) * completion;
    }

  totals.completion = weight > 0 ? done / weight : 0;
  return totals;
}

/**
 * belay_programme_total:
 * @lookup: (scope call): says how far each module is; its id must be set
 *
 * Sums up the required modules of the whole programme, each by its length.
 *
 * Returns: the sum; completion is rounded down, and so 10,000 only when every module is
 */
BelayProgrammeTotals
belay_programme_total (const BelayProgramme *self,
                       BelayCompletionLookup lookup,
                       gpointer user_data)
{
  g_autoptr (GPtrArray) modules = NULL;

  g_return_val_if_fail (self != NULL, (BelayProgrammeTotals) { 0 });
  g_return_val_if_fail (lookup != NULL, (BelayProgrammeTotals) { 0 });

  modules = belay_programme_list_modules (self);

  return total (modules, lookup, user_data);
}

/**
 * belay_term_total:
 * @lookup: (scope call): says how far each module is; its id must be set
 *
 * Sums up the required modules of one term, each by its length.
 *
 * Returns: the sum
 */
BelayProgrammeTotals
belay_term_total (const BelayTerm *self,
                  BelayCompletionLookup lookup,
                  gpointer user_data)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, (BelayProgrammeTotals) { 0 });
  g_return_val_if_fail (lookup != NULL, (BelayProgrammeTotals) { 0 });

  add_modules (self, modules);

  return total (modules, lookup, user_data);
}

/* A module without a deadline of its own is due with its week, seven days a week from day 0, or
 * with its term where that ends earlier. */
static gint64
due_day (const BelayModule *module,
         const BelayWeek *week,
         const BelayTerm *term)
{
  gint64 day = (gint64) week->number * 7 - 1;

  if (module->due_day >= 0)
    return module->due_day;

  return term->due_day >= 0 ? MIN (day, term->due_day) : day;
}

/**
 * belay_programme_expected_on_day:
 * @day: days after the cohort's start
 *
 * Returns: the share, in basis points, of the required modules that are due before the end of @day
 */
gint64
belay_programme_expected_on_day (const BelayProgramme *self,
                                 gint64 day)
{
  gint64 weight = 0;
  gint64 due = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint t = 0; t < self->terms->len; t++)
    {
      const BelayTerm *term = g_ptr_array_index (self->terms, t);

      for (guint w = 0; w < term->weeks->len; w++)
        {
          const BelayWeek *week = g_ptr_array_index (term->weeks, w);

          for (guint m = 0; m < week->modules->len; m++)
            {
              const BelayModule *module = g_ptr_array_index (week->modules, m);

              if (!module->required)
                continue;
              weight += weigh (module);
              if (due_day (module, week, term) <= day)
                due += weigh (module);
            }
        }
    }

  return weight > 0 ? due * BELAY_ALL / weight : 0;
}

static guint
count_weeks (const BelayProgramme *self)
{
  guint weeks = 0;

  for (guint t = 0; t < self->terms->len; t++)
    weeks += ((const BelayTerm *) g_ptr_array_index (self->terms, t))->weeks->len;

  return weeks;
}

/**
 * belay_programme_week_on_day:
 * @day: days after the cohort's start
 *
 * Returns: the number of the week that @day lies in, from 1; the first before the start, the last
 *   after the end, 0 where the programme has no weeks
 */
guint
belay_programme_week_on_day (const BelayProgramme *self,
                             gint64 day)
{
  guint weeks;

  g_return_val_if_fail (self != NULL, 0);

  weeks = count_weeks (self);
  if (weeks == 0)
    return 0;

  return (guint) CLAMP (day < 0 ? 1 : day / 7 + 1, 1, (gint64) weeks);
}

static guint
term_of_week (const BelayProgramme *self,
              guint number)
{
  guint last = 0;

  for (guint t = 0; t < self->terms->len; t++)
    {
      last += ((const BelayTerm *) g_ptr_array_index (self->terms, t))->weeks->len;
      if (number <= last)
        return t + 1;
    }

  return self->terms->len;
}

/**
 * belay_programme_term_on_day:
 * @day: days after the cohort's start
 *
 * Returns: the number of the term that the week of @day is in, from 1; 0 where there is none
 */
guint
belay_programme_term_on_day (const BelayProgramme *self,
                             gint64 day)
{
  g_return_val_if_fail (self != NULL, 0);

  return term_of_week (self, belay_programme_week_on_day (self, day));
}

/**
 * belay_programme_week_reached:
 * @lookup: (scope call): says how far each module is
 *
 * Where someone stands on the path: the first week in which a required module is left to do.
 *
 * Returns: the number of the week, from 1; the last where all is done; 0 where there are no weeks
 */
guint
belay_programme_week_reached (const BelayProgramme *self,
                              BelayCompletionLookup lookup,
                              gpointer user_data)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (lookup != NULL, 0);

  for (guint t = 0; t < self->terms->len; t++)
    {
      const BelayTerm *term = g_ptr_array_index (self->terms, t);

      for (guint w = 0; w < term->weeks->len; w++)
        {
          const BelayWeek *week = g_ptr_array_index (term->weeks, w);

          for (guint m = 0; m < week->modules->len; m++)
            {
              const BelayModule *module = g_ptr_array_index (week->modules, m);

              if (module->required && lookup (module->id, user_data) < BELAY_ALL)
                return week->number;
            }
        }
    }

  return count_weeks (self);
}

/* GLib reads a zone's file again unless somebody holds the zone, and these few are asked for again and again.
 * Returns: (transfer full): UTC where the name is unknown or %NULL */
static GTimeZone *
find_zone (const char *name)
{
  static GMutex lock;
  static GHashTable *zones;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GTimeZone *zone = NULL;

  if (zones == NULL)
    zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_time_zone_unref);
  if (name != NULL)
    zone = g_hash_table_lookup (zones, name);
  if (zone != NULL)
    return g_time_zone_ref (zone);

  zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (zone == NULL)
    return g_time_zone_new_utc ();
  g_hash_table_insert (zones, g_strdup (name), g_time_zone_ref (zone));

  return zone;
}

/**
 * belay_day_number:
 * @starts: the first day, `YYYY-MM-DD`
 * @time_zone: IANA name; UTC is taken where it is unknown
 * @now_us: microseconds since 1970 UTC
 * @day: (out): days from @starts to today by that zone's calendar; negative before the start
 *
 * Counts days of the calendar, so a night in which clocks change is one night.
 *
 * Returns: whether @starts was a date
 */
gboolean
belay_day_number (const char *starts,
                  const char *time_zone,
                  gint64 now_us,
                  gint64 *day)
{
  g_autoptr (GTimeZone) zone = find_zone (time_zone);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) now = NULL;
  GDate first;
  GDate today;
  int year, month, day_of_month;

  g_return_val_if_fail (starts != NULL, FALSE);
  g_return_val_if_fail (day != NULL, FALSE);

  if (sscanf (starts, "%4d-%2d-%2d", &year, &month, &day_of_month) != 3 || year < 1 || month < 1 || day_of_month < 1
      || !g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  utc = g_date_time_new_from_unix_utc (now_us / BELAY_SECOND_US);
  g_return_val_if_fail (utc != NULL, FALSE);
  now = g_date_time_to_timezone (utc, zone);

  g_date_set_dmy (&first, (GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  *day = g_date_days_between (&first, &today);
  return TRUE;
}

/**
 * belay_standing_of:
 * @completion: of the programme, in basis points
 * @expected: by today's plan, in basis points
 * @last_heard_us: when their laptop was last in touch, -1: never
 * @now_us: microseconds since 1970 UTC
 *
 * Someone who was not heard from is never called behind: what they did is not known here yet.
 *
 * Returns: how they stand
 */
BelayStanding
belay_standing_of (gint64 completion,
                   gint64 expected,
                   gint64 last_heard_us,
                   gint64 now_us)
{
  if (completion >= BELAY_ALL)
    return BELAY_STANDING_FINISHED;
  if (completion + BEHIND_TOLERANCE >= expected)
    return BELAY_STANDING_ON_TRACK;
  if (last_heard_us < 0 || now_us - last_heard_us > NOT_HEARD_US)
    return BELAY_STANDING_NOT_HEARD_FROM;

  return BELAY_STANDING_BEHIND;
}
