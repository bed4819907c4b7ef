/* belay-work-fold.c: each new statement becomes progress, in the transaction that stores it
 *
 * So whoever asks never waits for a job, and nothing ever reads the log of statements to make a report.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-fold.h"

#include "belay-db-learning.h"
#include "belay-db-people.h"
#include "belay-db-programmes.h"
#include "belay-standing.h"
#include "belay-statement-fact.h"
#include "belay-work-publish.h"
#include "belay-work-week.h"

typedef struct
{
  BelayDbTransaction *tx;
  const char *person;
  const char *programme_id;
  const char *module_id;
  const BelayProgramme *programme; /* the newest version */
} Place;

/* Whose statement it is, where that is one of our people */
static gboolean
find_person (BelayDbTransaction *tx,
             const BelayStatement *statement,
             BelayDbPerson **person,
             GError **error)
{
  g_autofree char *home = g_strconcat ("urn:uuid:", belay_db_get_organisation_id (tx), NULL);

  *person = NULL;
  if (g_strcmp0 (belay_statement_get_account_home_page (statement), home) != 0)
    return TRUE;

  return belay_db_person_get (tx, belay_statement_get_account_name (statement), person, error);
}

static gint64
completion_of (const char *module_id,
               gpointer user_data)
{
  GPtrArray *completions = user_data;

  for (guint i = 0; i < completions->len; i++)
    {
      const BelayDbCompletion *completion = g_ptr_array_index (completions, i);

      if (g_str_equal (completion->module, module_id))
        return completion->completion;
    }

  return 0;
}

static gboolean
update_companion (Place *place,
                  BelayDbMembership *membership,
                  gint64 week,
                  GError **error)
{
  if (!g_str_equal (membership->programme, place->programme_id) || week < 1 || membership->week == week)
    return TRUE;

  membership->week = week;
  return belay_db_membership_set_week (place->tx, membership->cohort, place->person, week, error)
         && belay_work_publish_companion (place->tx, membership, error);
}

/* Companions are told when someone comes into another week, and only then */
static gboolean
update_companions (Place *place,
                   GError **error)
{
  g_autoptr (GPtrArray) completions = belay_db_completion_list (place->tx, place->person, place->programme_id, error);
  g_autoptr (GPtrArray) memberships = NULL;
  gint64 week;

  if (completions == NULL)
    return FALSE;
  week = belay_programme_week_reached (place->programme, completion_of, completions);
  memberships = belay_db_membership_list_of_person (place->tx, place->person, error);
  if (memberships == NULL)
    return FALSE;
  for (guint i = 0; i < memberships->len; i++)
    if (!update_companion (place, g_ptr_array_index (memberships, i), week, error))
      return FALSE;

  return TRUE;
}

static gboolean
store_progress (Place *place,
                const BelayModuleProgress *progress,
                GError **error)
{
  return belay_db_progress_put (place->tx, place->person, place->programme_id, progress, error)
         && belay_work_publish_progress (place->tx, place->person, progress, error) && update_companions (place, error)
         && belay_db_report_due_add (place->tx, place->person, error);
}

/* When a cohort's first day begins; -1 where it is still to come: they may have studied before it by any version */
static gint64
find_first_day (BelayDbTransaction *tx,
                const BelayDbCohort *cohort)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cohort->time_zone);
  g_autofree char *text = g_strconcat (cohort->starts, "T00:00:00", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) first = g_date_time_new_from_iso8601 (text, zone != NULL ? zone : utc);
  gint64 first_us = first != NULL ? g_date_time_to_unix (first) * G_USEC_PER_SEC : -1;

  return first_us <= belay_db_now (tx) ? first_us : -1;
}

/* @since: (out): when the first of their cohorts began this programme; now where they are in none */
static gboolean
find_beginning (Place *place,
                gint64 *since,
                GError **error)
{
  g_autoptr (GPtrArray) memberships = belay_db_membership_list_of_person (place->tx, place->person, error);

  *since = belay_db_now (place->tx);
  if (memberships == NULL)
    return FALSE;
  for (guint i = 0; i < memberships->len; i++)
    {
      const BelayDbMembership *membership = g_ptr_array_index (memberships, i);
      g_autoptr (BelayDbCohort) cohort = NULL;

      if (!g_str_equal (membership->programme, place->programme_id))
        continue;
      if (!belay_db_cohort_get (place->tx, membership->cohort, &cohort, error))
        return FALSE;
      if (cohort != NULL)
        *since = MIN (*since, find_first_day (place->tx, cohort));
    }

  return TRUE;
}

/* Somebody who finished offline, while a stricter version was applied here, finished by the version they had: so each
 * version that their cohort had judges the fact, oldest first, and a judgement only ever adds.
 * Returns: whether any of them knows the module */
static gboolean
fold_by_each (BelayModuleProgress *progress,
              GPtrArray *versions,
              const BelayLearningFact *fact)
{
  gboolean is_known = FALSE;

  for (guint i = 0; i < versions->len; i++)
    {
      const BelayProgramme *programme = g_ptr_array_index (versions, i);
      const BelayModule *module = belay_programme_find_module (programme, progress->module_id);

      if (module == NULL)
        continue;
      belay_module_progress_fold (progress, module, programme, fact);
      is_known = TRUE;
    }

  return is_known;
}

static gboolean
fold_into (Place *place,
           GPtrArray *versions,
           const BelayLearningFact *fact,
           GError **error)
{
  g_autoptr (BelayModuleProgress) progress = NULL;
  gint64 seconds_before;

  if (!belay_db_progress_get (place->tx, place->person, place->module_id, &progress, error))
    return FALSE;
  if (progress == NULL)
    progress = belay_module_progress_new (place->module_id);

  seconds_before = progress->seconds;
  if (!fold_by_each (progress, versions, fact))
    return TRUE;
  if (progress->seconds > seconds_before
      && !belay_db_studied_add (place->tx, place->person, place->programme_id, belay_work_monday_of (fact->time_us),
                                progress->seconds - seconds_before, error))
    return FALSE;

  return store_progress (place, progress, error);
}

static gboolean
fold_fact (BelayDbTransaction *tx,
           const char *person,
           const BelayLearningFact *fact,
           GError **error)
{
  g_autofree char *module_id = NULL;
  g_autofree char *programme_id = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  Place place = { .tx = tx, .person = person };
  gint64 since;

  if (!belay_db_activity_get (tx, fact->activity_id, &module_id, &programme_id, error))
    return FALSE;
  if (module_id == NULL)
    return TRUE;

  place.programme_id = programme_id;
  place.module_id = module_id;
  if (!find_beginning (&place, &since, error))
    return FALSE;
  versions = belay_db_programme_list_since (tx, programme_id, since, error);
  if (versions == NULL || versions->len == 0)
    return versions != NULL;
  place.programme = g_ptr_array_index (versions, versions->len - 1);

  return fold_into (&place, versions, fact, error);
}

static gboolean
on_stored (const BelayStoredStatement *stored,
           gpointer user_data,
           GError **error)
{
  BelayDbTransaction *tx = user_data;
  g_auto (BelayLearningFact) fact = { 0 };
  g_autoptr (BelayDbPerson) person = NULL;

  belay_learning_fact_init (&fact);
  if (!belay_statement_to_fact (stored->statement, &fact))
    return TRUE;
  if (!find_person (tx, stored->statement, &person, error))
    return FALSE;

  return person == NULL || fold_fact (tx, person->id, &fact, error);
}

/**
 * belay_work_fold_listen:
 *
 * From now on, what is stored through the LRS of this transaction's connection becomes progress.
 */
void
belay_work_fold_listen (BelayDbTransaction *tx)
{
  belay_xapi_storage_set_stored_hook (belay_db_get_statements (tx), on_stored, tx);
}

static gboolean
judge_again (Place *place,
             const char *module_id,
             GError **error)
{
  g_autoptr (BelayModuleProgress) progress = NULL;
  const BelayModule *module;

  place->programme = belay_db_programme_get (place->tx, place->programme_id, error);
  module = place->programme != NULL ? belay_programme_find_module (place->programme, module_id) : NULL;
  if (module == NULL)
    return place->programme != NULL;
  if (!belay_db_progress_get (place->tx, place->person, module_id, &progress, error) || progress == NULL)
    return FALSE;

  belay_module_progress_judge (progress, module, place->programme);
  return store_progress (place, progress, error);
}

/**
 * belay_work_fold_again:
 *
 * Judges all progress in a programme by its newest version.
 */
gboolean
belay_work_fold_again (BelayDbTransaction *tx,
                       const char *programme,
                       GError **error)
{
  g_autoptr (GPtrArray) pairs = belay_db_progress_list_people (tx, programme, error);

  if (pairs == NULL)
    return FALSE;
  for (guint i = 0; i < pairs->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (pairs, i), " ", 2);
      Place place = { .tx = tx, .person = pair[0], .programme_id = programme };

      if (!judge_again (&place, pair[1], error))
        return FALSE;
    }

  return TRUE;
}
