/* belay-account-lists.c: items, made to show what the database holds
 *
 * An item stays the same object for as long as what it shows exists, so that a list that is being
 * looked at neither jumps nor loses its focus when a sync brings something new.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "belay-account-private.h"
#include "belay-companion-item.h"
#include "belay-programme-item.h"
#include "belay-report-item.h"
#include "belay-standing.h"
#include "belay-sync-line.h"
#include "belay-week-item.h"

typedef GObject *(*MakeItem) (const char *id);

static gboolean
has_id (GObject *item,
        const char *id)
{
  g_autofree char *own = NULL;

  g_object_get (item, "id", &own, NULL);

  return g_strcmp0 (own, id) == 0;
}

/* The item of @id at @position: one that is there already is moved, else one is made */
static gpointer
item_at (GListStore *list,
         guint position,
         const char *id,
         MakeItem make)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_autoptr (GObject) made = NULL;

  for (guint i = position; i < count; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (!has_id (item, id))
        continue;
      if (i != position)
        {
          g_list_store_remove (list, i);
          g_list_store_insert (list, position, item);
        }
      return item;
    }

  made = make (id);
  g_list_store_insert (list, position, made);

  return made;
}

static void
cut (GListStore *list,
     guint size)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (count > size)
    g_list_store_splice (list, size, count - size, NULL, 0);
}

static char *
make_initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  GString *initials = g_string_new (NULL);
  guint last = g_strv_length (words);

  for (guint i = 0; i < last; i++)
    if (words[i][0] != '\0' && (initials->len == 0 || i == last - 1))
      g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[i])));

  return g_string_free_and_steal (initials);
}

static const char *
in_words (const BelayLanguageText *text,
          const BelayListSource *source)
{
  return text != NULL ? belay_language_text_get (text, source->languages) : NULL;
}

static void
show_activity (BelayActivityItem *item,
               const BelayActivity *activity,
               const BelayModuleProgress *progress,
               const BelayListSource *source)
{
  const BelayActivityProgress *own = progress != NULL ? belay_module_progress_find (progress, activity->id) : NULL;

  belay_activity_item_set_key (item, activity->key);
  belay_activity_item_set_title (item, in_words (activity->title, source));
  belay_activity_item_set_kind (item, activity->kind);
  belay_activity_item_set_seconds (item, activity->seconds);
  belay_activity_item_set_satisfied (item, own != NULL && own->satisfied);
  belay_activity_item_set_completed (item, own != NULL && own->completed);
  belay_activity_item_set_score (item, own != NULL ? own->score : -1);
  belay_activity_item_set_attempts (item, own != NULL ? own->attempt_count : 0);
}

static BelayReceipt
receipt_of (const BelayStoreModule *stored)
{
  if (stored == NULL || stored->progress == NULL || stored->progress->last_us < 0)
    return BELAY_RECEIPT_NONE;
  if (stored->waiting > 0)
    return BELAY_RECEIPT_HERE;

  return stored->on_the_way > 0 ? BELAY_RECEIPT_ON_ITS_WAY : BELAY_RECEIPT_SERVER;
}

static void
show_progress (BelayModuleItem *item,
               const BelayStoreModule *stored)
{
  const BelayModuleProgress *progress = stored != NULL ? stored->progress : NULL;

  belay_module_item_set_completion (item, progress != NULL ? progress->completion : 0);
  belay_module_item_set_completed (item, progress != NULL && belay_module_progress_is_complete (progress));
  belay_module_item_set_last_studied (item, progress != NULL ? MAX (progress->last_us, 0) : 0);
  belay_module_item_set_estimated (item, progress != NULL && progress->estimated);
  belay_module_item_set_receipt (item, receipt_of (stored));
}

static gint64
completion_of (const char *module_id,
               gpointer user_data)
{
  const BelayListSource *source = user_data;
  const BelayStoreModule *stored = g_hash_table_lookup (source->view->modules, module_id);

  return stored != NULL && stored->progress != NULL ? stored->progress->completion : 0;
}

static void
show_module (BelayModuleItem *item,
             const BelayModule *module,
             const BelayProgramme *programme,
             const BelayListSource *source)
{
  const BelayStoreModule *stored = g_hash_table_lookup (source->view->modules, module->id);
  GListStore *activities = G_LIST_STORE (belay_module_item_get_activities (item));

  belay_module_item_set_programme_id (item, programme->id);
  belay_module_item_set_title (item, in_words (module->title, source));
  belay_module_item_set_summary (item, in_words (module->summary, source));
  belay_module_item_set_seconds (item, module->seconds);
  belay_module_item_set_required (item, module->required);
  belay_module_item_set_bytes (item, (gint64) module->bytes);
  show_progress (item, stored);

  for (guint i = 0; i < module->activities->len; i++)
    {
      const BelayActivity *activity = g_ptr_array_index (module->activities, i);

      show_activity (item_at (activities, i, activity->id, (MakeItem) belay_activity_item_new), activity,
                     stored != NULL ? stored->progress : NULL, source);
    }
  cut (activities, module->activities->len);
}

static gint64
week_completion (const BelayWeek *week,
                 const BelayListSource *source)
{
  gint64 seconds = 0;
  gint64 done = 0;

  for (guint i = 0; i < week->modules->len; i++)
    {
      const BelayModule *module = g_ptr_array_index (week->modules, i);

      if (!module->required)
        continue;
      seconds += MAX (module->seconds, 1);
      done += MAX (module->seconds, 1) * completion_of (module->id, (gpointer) source) / 100;
    }

  return seconds > 0 ? done * 100 / seconds : 0;
}

/* Where today is in a programme. */
typedef struct
{
  guint current; /* the number of today's week; 0 before the start */
  guint reached; /* the number of the first week that is not done */
} Today;

static void
show_week (BelayWeekItem *item,
           const BelayWeek *week,
           const BelayTerm *term,
           const BelayProgramme *programme,
           const Today *today,
           const BelayListSource *source)
{
  GListStore *modules = G_LIST_STORE (belay_week_item_get_modules (item));

  belay_week_item_set_number (item, week->number);
  belay_week_item_set_title (item, in_words (week->title, source));
  belay_week_item_set_story (item, in_words (week->story, source));
  belay_week_item_set_term_id (item, term->id);
  belay_week_item_set_term_title (item, in_words (term->title, source));
  belay_week_item_set_open (item, week->number <= MAX (today->current, today->reached));
  belay_week_item_set_current (item, week->number == today->current);
  belay_week_item_set_completion (item, week_completion (week, source));

  for (guint i = 0; i < week->modules->len; i++)
    {
      const BelayModule *module = g_ptr_array_index (week->modules, i);

      show_module (item_at (modules, i, module->id, (MakeItem) belay_module_item_new), module, programme, source);
    }
  cut (modules, week->modules->len);
}

static Today
find_today (const BelayStoreEnrolment *enrolment,
            const BelayListSource *source)
{
  Today today = { 0 };
  gint64 day = 0;

  if (belay_day_number (enrolment->cohort->starts, enrolment->cohort->time_zone, source->now_us, &day) && day >= 0)
    today.current = belay_programme_week_on_day (enrolment->programme, day);
  today.reached = belay_programme_week_reached (enrolment->programme, completion_of, (gpointer) source);

  return today;
}

static void
show_programme (BelayProgrammeItem *item,
                const BelayStoreEnrolment *enrolment,
                const BelayListSource *source)
{
  const BelayProgramme *programme = enrolment->programme;
  GListStore *weeks = G_LIST_STORE (belay_programme_item_get_weeks (item));
  Today today = find_today (enrolment, source);
  guint position = 0;

  belay_programme_item_set_cohort_id (item, enrolment->cohort->id);
  belay_programme_item_set_cohort_title (item, in_words (enrolment->cohort->title, source));
  belay_programme_item_set_title (item, in_words (programme->title, source));
  belay_programme_item_set_summary (item, in_words (programme->summary, source));
  belay_programme_item_set_start (item, enrolment->cohort->starts);
  belay_programme_item_set_current_week (item, today.current);
  belay_programme_item_set_completion (item,
                                       belay_programme_total (programme, completion_of, (gpointer) source).completion);

  for (guint i = 0; i < programme->terms->len; i++)
    {
      const BelayTerm *term = g_ptr_array_index (programme->terms, i);

      for (guint j = 0; j < term->weeks->len; j++, position++)
        {
          const BelayWeek *week = g_ptr_array_index (term->weeks, j);

          show_week (item_at (weeks, position, week->id, (MakeItem) belay_week_item_new), week, term, programme, &today,
                     source);
        }
    }
  cut (weeks, position);
}

/**
 * belay_account_show_programmes:
 * @programmes: (element-type BelayProgrammeItem): made to show what @source has
 */
void
belay_account_show_programmes (GListStore *programmes,
                               const BelayListSource *source)
{
  GPtrArray *enrolments = source->view->enrolments;

  for (guint i = 0; i < enrolments->len; i++)
    {
      const BelayStoreEnrolment *enrolment = g_ptr_array_index (enrolments, i);

      show_programme (item_at (programmes, i, enrolment->programme->id, (MakeItem) belay_programme_item_new), enrolment,
                      source);
    }
  cut (programmes, enrolments->len);
}

static void
show_report (BelayReportItem *item,
             const BelayReport *report,
             const BelayListSource *source)
{
  g_autofree char *initials = make_initials (report->name);

  belay_report_item_set_name (item, report->name);
  belay_report_item_set_initials (item, initials);
  belay_report_item_set_cohort_id (item, report->cohort_id);
  belay_report_item_set_programme_title (item, in_words (report->programme_title, source));
  belay_report_item_set_buddy (item, report->buddy);
  belay_report_item_set_term (item, report->term);
  belay_report_item_set_completion (item, report->completion);
  belay_report_item_set_expected (item, report->expected);
  belay_report_item_set_modules_done (item, report->modules_done);
  belay_report_item_set_modules (item, report->modules);
  belay_report_item_set_last_heard (item, MAX (report->last_heard_us, 0));
  belay_report_item_set_last_studied (item, MAX (report->last_studied_us, 0));
  belay_report_item_set_seconds_by_week (item, report->seconds_by_week);
  belay_report_item_set_standing (item, belay_standing_of (report->completion, report->expected, report->last_heard_us,
                                                           source->now_us));
}

static int
urgency_of (const BelayReport *report,
            gint64 now_us)
{
  switch (belay_standing_of (report->completion, report->expected, report->last_heard_us, now_us))
    {
    case BELAY_STANDING_BEHIND:
      return 0;
    case BELAY_STANDING_NOT_HEARD_FROM:
      return 1;
    case BELAY_STANDING_ON_TRACK:
      return 2;
    case BELAY_STANDING_FINISHED:
    default:
      return 3;
    }
}

static int
compare_urgency (gconstpointer a,
                 gconstpointer b,
                 gpointer user_data)
{
  const BelayReport *one = *(const BelayReport *const *) a;
  const BelayReport *other = *(const BelayReport *const *) b;
  const BelayListSource *source = user_data;
  int order = urgency_of (one, source->now_us) - urgency_of (other, source->now_us);
  gint64 lag_one = one->expected - one->completion;
  gint64 lag_other = other->expected - other->completion;

  if (order == 0)
    order = (lag_other > lag_one) - (lag_other < lag_one);

  return order != 0 ? order : g_utf8_collate (one->name, other->name);
}

/**
 * belay_account_show_team:
 * @team: (element-type BelayReportItem): made to show what @source has, most urgent first
 */
void
belay_account_show_team (GListStore *team,
                         const BelayListSource *source)
{
  GPtrArray *reports = source->view->reports;

  g_ptr_array_sort_with_data (reports, compare_urgency, (gpointer) source);
  for (guint i = 0; i < reports->len; i++)
    {
      const BelayReport *report = g_ptr_array_index (reports, i);

      show_report (item_at (team, i, report->id, (MakeItem) belay_report_item_new), report, source);
    }
  cut (team, reports->len);
}

/**
 * belay_account_show_companions:
 * @companions: (element-type BelayCompanionItem): made to show what @source has
 */
void
belay_account_show_companions (GListStore *companions,
                               const BelayListSource *source)
{
  GPtrArray *all = source->view->companions;

  for (guint i = 0; i < all->len; i++)
    {
      const BelayCompanion *companion = g_ptr_array_index (all, i);
      g_autofree char *initials = make_initials (companion->name);
      BelayCompanionItem *item = item_at (companions, i, companion->id, (MakeItem) belay_companion_item_new);

      belay_companion_item_set_name (item, companion->name);
      belay_companion_item_set_initials (item, initials);
      belay_companion_item_set_week (item, companion->week);
    }
  cut (companions, all->len);
}

static const char *const kinds[] = { "statement", "command", "state" };

/* The title of the activity it is about; else the kind of thing */
static const char *
what_of (const BelayStoreLine *line,
         const BelayListSource *source)
{
  GPtrArray *enrolments = source->view->enrolments;

  for (guint i = 0; line->activity_id != NULL && i < enrolments->len; i++)
    {
      const BelayStoreEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      BelayModule *module = NULL;
      const BelayActivity *activity = belay_programme_find_activity (enrolment->programme, line->activity_id, &module);

      if (activity != NULL)
        return in_words (activity->title, source);
    }

  return kinds[CLAMP (line->kind, 0, 2)];
}

static BelayReceipt
receipt_of_line (const BelayStoreLine *line)
{
  switch (line->receipt)
    {
    case 1:
      return BELAY_RECEIPT_ON_ITS_WAY;
    case 3:
      return BELAY_RECEIPT_SERVER;
    default:
      return BELAY_RECEIPT_HERE;
    }
}

/**
 * belay_account_show_recent:
 * @recent: (element-type BelaySyncLine): made to show what @source has
 */
void
belay_account_show_recent (GListStore *recent,
                           const BelayListSource *source)
{
  GPtrArray *lines = source->view->recent;

  for (guint i = 0; i < lines->len; i++)
    {
      const BelayStoreLine *line = g_ptr_array_index (lines, i);
      BelaySyncLine *item = item_at (recent, i, line->id, (MakeItem) belay_sync_line_new);

      belay_sync_line_set_kind (item, kinds[CLAMP (line->kind, 0, 2)]);
      belay_sync_line_set_what (item, what_of (line, source));
      belay_sync_line_set_verb (item, line->verb);
      belay_sync_line_set_when (item, line->made_us);
      belay_sync_line_set_receipt (item, receipt_of_line (line));
    }
  cut (recent, lines->len);
}

/**
 * belay_account_show_refusals:
 * @refusals: (element-type BelayRefusalItem): made to show what @source has
 */
void
belay_account_show_refusals (GListStore *refusals,
                             const BelayListSource *source)
{
  GPtrArray *lines = source->view->refused;

  for (guint i = 0; i < lines->len; i++)
    {
      const BelayStoreLine *line = g_ptr_array_index (lines, i);
      BelayRefusalItem *item = item_at (refusals, i, line->id, (MakeItem) belay_refusal_item_new);

      belay_refusal_item_set_kind (item, kinds[CLAMP (line->kind, 0, 2)]);
      belay_refusal_item_set_what (item, what_of (line, source));
      belay_refusal_item_set_code (item, line->code);
      belay_refusal_item_set_parameters (item, line->parameters);
      belay_refusal_item_set_when (item, line->made_us);
    }
  cut (refusals, lines->len);
}

static BelayModuleItem *
first_open (BelayWeekItem *week)
{
  GListModel *modules = belay_week_item_get_modules (week);

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (BelayModuleItem) module = g_list_model_get_item (modules, i);

      if (belay_module_item_get_required (module) && !belay_module_item_get_completed (module))
        return module;
    }

  return NULL;
}

/**
 * belay_account_choose_next:
 * @programmes: (element-type BelayProgrammeItem)
 *
 * Returns: (transfer none) (nullable): the first required module that is not completed
 */
BelayModuleItem *
belay_account_choose_next (GListModel *programmes)
{
  for (guint i = 0; i < g_list_model_get_n_items (programmes); i++)
    {
      g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (programmes, i);
      GListModel *weeks = belay_programme_item_get_weeks (programme);

      for (guint j = 0; j < g_list_model_get_n_items (weeks); j++)
        {
          g_autoptr (BelayWeekItem) week = g_list_model_get_item (weeks, j);
          BelayModuleItem *module = first_open (week);

          if (module != NULL)
            return module;
        }
    }

  return NULL;
}
