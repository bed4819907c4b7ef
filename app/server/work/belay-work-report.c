/* belay-work-report.c: what a manager sees of each who reports to them
 *
 * A fact only marks its person's report as due. The report is made when the manager's laptop asks, or by
 * the next round of the job: so a busy morning writes each report once, not once for each statement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-report.h"

#include "belay-db-learning.h"
#include "belay-db-people.h"
#include "belay-db-programmes.h"
#include "belay-db-streams.h"
#include "belay-documents.h"
#include "belay-standing.h"
#include "belay-time.h"
#include "belay-work-publish.h"
#include "belay-work-week.h"

static gint64
completion_of (const char *module_id,
               gpointer user_data)
{
  GHashTable *completions = user_data;
  const gint64 *completion = g_hash_table_lookup (completions, module_id);

  return completion != NULL ? *completion : 0;
}

static GHashTable *
index_completions (GPtrArray *list,
                   gint64 *last)
{
  GHashTable *completions = g_hash_table_new (g_str_hash, g_str_equal);

  *last = -1;
  for (guint i = 0; i < list->len; i++)
    {
      BelayDbCompletion *completion = g_ptr_array_index (list, i);

      *last = MAX (*last, completion->last);
      g_hash_table_insert (completions, completion->module, &completion->completion);
    }

  return completions;
}

static gboolean
fill_weeks (BelayDbTransaction *tx,
            BelayReport *report,
            GError **error)
{
  gint64 monday = belay_work_monday_of (belay_db_now (tx));

  for (int i = 0; i < BELAY_REPORT_WEEKS; i++)
    {
      gint64 week = monday - 7 * (BELAY_REPORT_WEEKS - 1 - i);

      if (!belay_db_studied_get (tx, report->id, report->programme_id, week, &report->seconds_by_week[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fill_programme (BelayDbTransaction *tx,
                BelayReport *report,
                const BelayDbCohort *cohort,
                GError **error)
{
  g_autoptr (GPtrArray) list = belay_db_completion_list (tx, report->id, cohort->programme, error);
  const BelayProgramme *programme = list != NULL ? belay_db_programme_get (tx, cohort->programme, error) : NULL;
  g_autoptr (GHashTable) completions = NULL;
  BelayProgrammeTotals totals;
  gint64 day = 0;

  if (programme == NULL)
    return FALSE;

  completions = index_completions (list, &report->last_studied_us);
  totals = belay_programme_total (programme, completion_of, completions);
  belay_day_number (cohort->starts, cohort->time_zone, belay_db_now (tx), &day);
  g_clear_pointer (&report->programme_title, belay_language_text_free);
  report->programme_title = belay_language_text_copy (programme->title);
  report->completion = totals.completion;
  report->modules = totals.modules;
  report->modules_done = totals.modules_done;
  report->expected = belay_programme_expected_on_day (programme, day);
  report->term = belay_programme_term_on_day (programme, day);

  return TRUE;
}

static gboolean
fill_buddy (BelayDbTransaction *tx,
            BelayReport *report,
            const char *buddy,
            GError **error)
{
  g_autoptr (BelayDbPerson) person = NULL;

  if (buddy == NULL)
    return TRUE;
  if (!belay_db_person_get (tx, buddy, &person, error))
    return FALSE;
  if (person != NULL)
    g_set_str (&report->buddy, person->name);

  return TRUE;
}

/* The cohort that began last is the one that is reported on */
static gboolean
choose_cohort (BelayDbTransaction *tx,
               GPtrArray *memberships,
               BelayDbCohort **chosen,
               char **buddy,
               GError **error)
{
  *chosen = NULL;
  for (guint i = 0; i < memberships->len; i++)
    {
      const BelayDbMembership *membership = g_ptr_array_index (memberships, i);
      g_autoptr (BelayDbCohort) cohort = NULL;

      if (!belay_db_cohort_get (tx, membership->cohort, &cohort, error))
        return FALSE;
      if (*chosen != NULL && g_strcmp0 (cohort->starts, (*chosen)->starts) <= 0)
        continue;
      g_clear_pointer (chosen, belay_db_cohort_free);
      *chosen = g_steal_pointer (&cohort);
      g_set_str (buddy, membership->buddy);
    }

  return TRUE;
}

static BelayReport *
make_report (BelayDbTransaction *tx,
             const BelayDbPerson *person,
             const BelayDbCohort *cohort,
             const char *buddy,
             GError **error)
{
  g_autoptr (BelayReport) report = belay_report_new ();

  g_set_str (&report->id, person->id);
  g_set_str (&report->name, person->name);
  g_set_str (&report->cohort_id, cohort->id);
  g_set_str (&report->programme_id, cohort->programme);
  report->last_heard_us = person->heard;
  if (!fill_programme (tx, report, cohort, error) || !fill_weeks (tx, report, error)
      || !fill_buddy (tx, report, buddy, error))
    return NULL;

  return g_steal_pointer (&report);
}

/**
 * belay_work_report_publish:
 *
 * Makes the report of @person for their manager, or removes it where they learn in no cohort.
 */
gboolean
belay_work_report_publish (BelayDbTransaction *tx,
                           const char *person,
                           GError **error)
{
  g_autoptr (BelayDbPerson) row = NULL;
  g_autoptr (BelayDbCohort) cohort = NULL;
  g_autoptr (GPtrArray) memberships = NULL;
  g_autoptr (BelayReport) report = NULL;
  g_autofree char *manager = NULL;
  g_autofree char *buddy = NULL;
  g_autofree char *stream = NULL;
  g_autofree char *body = NULL;

  if (!belay_db_manager_get (tx, person, &manager, error) || !belay_db_person_get (tx, person, &row, error))
    return FALSE;
  if (manager == NULL || row == NULL)
    return TRUE;
  stream = belay_work_stream_name ("team", manager);
  memberships = belay_db_membership_list_of_person (tx, person, error);
  if (memberships == NULL || !choose_cohort (tx, memberships, &cohort, &buddy, error))
    return FALSE;
  if (cohort == NULL)
    return belay_db_stream_remove (tx, stream, BELAY_KIND_REPORT, person, error);

  report = make_report (tx, row, cohort, buddy, error);
  if (report == NULL)
    return FALSE;
  body = belay_report_to_json (report);

  return belay_db_stream_put (tx, stream, BELAY_KIND_REPORT, person, body, error);
}

/**
 * belay_work_report_refresh:
 * @manager: (nullable): whose reports; %NULL for everyone's
 * @all: also those of which nothing was heard, because the day has changed
 */
gboolean
belay_work_report_refresh (BelayDbTransaction *tx,
                           const char *manager,
                           gboolean all,
                           GError **error)
{
  g_autoptr (GPtrArray) people =
    all && manager != NULL ? belay_db_report_list (tx, manager, error) : belay_db_report_due_list (tx, manager, error);
  gboolean was_due;

  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    if (!belay_db_report_due_take (tx, g_ptr_array_index (people, i), &was_due, error)
        || !belay_work_report_publish (tx, g_ptr_array_index (people, i), error))
      return FALSE;

  return TRUE;
}
