/* belay-stand-in-fill.c: what the stand-in account holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-stand-in-fill.h"

#include "belay-activity-item.h"
#include "belay-companion-item.h"
#include "belay-module-item.h"
#include "belay-programme-item.h"
#include "belay-refusal-item.h"
#include "belay-report-item.h"
#include "belay-stand-in.h"
#include "belay-sync-line.h"
#include "belay-week-item.h"

#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

typedef struct
{
  const char *id;
  const char *title;
  const char *activities[3];
  gint64 seconds;
  gint64 completion;
  BelayDownloadState state;
  double fraction;
  gint64 bytes;
} ModuleSpec;

typedef struct
{
  const char *title;
  const char *story;
  const char *term;
  ModuleSpec modules[2];
} WeekSpec;

static const WeekSpec weeks[] = {
  { "The call",
    "Somebody has to keep this running in ten years. It may as well be you.",
    "Foundations",
    { { "what-lasts",
        "What lasts",
        { "Ten years on", "Cost of change", "Check yourself" },
        3600,
        10000,
        BELAY_DOWNLOAD_STATE_READY,
        1,
        18000000 },
      { "names",
        "Names that survive you",
        { "Naming", "A renaming kata" },
        2400,
        10000,
        BELAY_DOWNLOAD_STATE_READY,
        1,
        9000000 } } },
  { "The tools",
    "You pack for the climb: what you leave at home matters as much.",
    "Foundations",
    { { "tests-that-fail",
        "Tests that can fail",
        { "Why tests lie", "Mutation by hand", "Check yourself" },
        4200,
        10000,
        BELAY_DOWNLOAD_STATE_READY,
        1,
        24000000 },
      { "small-steps",
        "Small steps",
        { "Slicing", "Landing" },
        3000,
        6600,
        BELAY_DOWNLOAD_STATE_READY,
        1,
        12000000 } } },
  { "The storm",
    "The first gust takes the network. What stands was built for it.",
    "Foundations",
    { { "designing-for-failure",
        "Designing for failure",
        { "Timeouts and retries", "The bulkhead", "A short quiz" },
        4200,
        3300,
        BELAY_DOWNLOAD_STATE_READY,
        1,
        31000000 },
      { "backups",
        "Backups that restore",
        { "Three copies", "The restore drill" },
        3600,
        0,
        BELAY_DOWNLOAD_STATE_DOWNLOADING,
        0.43,
        120000000 } } },
  { "The cave",
    "It is dark inside legacy code. Bring a lamp and a rope.",
    "Holding on",
    { { "reading-code",
        "Reading code you did not write",
        { "Maps", "Seams" },
        4800,
        0,
        BELAY_DOWNLOAD_STATE_PAUSED,
        0.2,
        44000000 },
      { "strangling",
        "Replacing without stopping",
        { "The fig tree", "Check yourself" },
        3600,
        0,
        BELAY_DOWNLOAD_STATE_REMOTE,
        0,
        52000000 } } },
  { "The bridge",
    "Others will cross what you build. Rails are not decoration.",
    "Holding on",
    { { "interfaces",
        "Interfaces that hold",
        { "Promises", "Versions" },
        4200,
        0,
        BELAY_DOWNLOAD_STATE_REMOTE,
        0,
        38000000 },
      { "operations",
        "Running it at night",
        { "Alarms", "Runbooks" },
        3600,
        0,
        BELAY_DOWNLOAD_STATE_QUEUED,
        0,
        27000000 } } },
  { "The summit",
    "Look back: the path you came is the one you leave for others.",
    "Holding on",
    { { "handing-over",
        "Handing over",
        { "Documents people read", "The last review" },
        3000,
        0,
        BELAY_DOWNLOAD_STATE_UNAVAILABLE,
        0,
        0 },
      { "looking-back", "Looking back", { "A retrospective" }, 1800, 0, BELAY_DOWNLOAD_STATE_REMOTE, 0, 3000000 } } },
};

static void
fill_activities (BelayModuleItem *module,
                 const ModuleSpec *spec)
{
  GListStore *activities = G_LIST_STORE (belay_module_item_get_activities (module));

  for (gsize i = 0; i < G_N_ELEMENTS (spec->activities) && spec->activities[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%zu", spec->id, i);
      g_autoptr (BelayActivityItem) activity = belay_activity_item_new (id);
      gboolean is_done = spec->completion >= (gint64) (i + 1) * 3300;

      belay_activity_item_set_title (activity, spec->activities[i]);
      belay_activity_item_set_seconds (activity, spec->seconds / 3);
      belay_activity_item_set_satisfied (activity, is_done);
      belay_activity_item_set_completed (activity, is_done);
      belay_activity_item_set_score (activity, is_done && i == 2 ? 8500 : -1);
      g_list_store_append (activities, activity);
    }
}

static void
add_module (BelayWeekItem *week,
            const ModuleSpec *spec)
{
  g_autoptr (BelayModuleItem) module = belay_module_item_new (spec->id);

  belay_module_item_set_programme_id (module, "software-that-lasts");
  belay_module_item_set_title (module, spec->title);
  belay_module_item_set_seconds (module, spec->seconds);
  belay_module_item_set_required (module, !g_str_equal (spec->id, "looking-back"));
  belay_module_item_set_completion (module, spec->completion);
  belay_module_item_set_completed (module, spec->completion == 10000);
  belay_module_item_set_receipt (module, spec->completion == 0     ? BELAY_RECEIPT_NONE
                                         : spec->completion < 5000 ? BELAY_RECEIPT_HERE
                                                                   : BELAY_RECEIPT_SERVER);
  belay_module_item_set_state (module, spec->state);
  belay_module_item_set_fraction (module, spec->fraction);
  belay_module_item_set_bytes (module, spec->bytes);
  belay_module_item_set_bytes_left (module, (gint64) (spec->bytes * (1 - spec->fraction)));
  fill_activities (module, spec);
  g_list_store_append (G_LIST_STORE (belay_week_item_get_modules (week)), module);
}

static void
add_week (BelayProgrammeItem *programme,
          guint number)
{
  const WeekSpec *spec = &weeks[number - 1];
  g_autofree char *id = g_strdup_printf ("week-%u", number);
  g_autoptr (BelayWeekItem) week = belay_week_item_new (id);

  belay_week_item_set_number (week, number);
  belay_week_item_set_title (week, spec->title);
  belay_week_item_set_story (week, spec->story);
  belay_week_item_set_term_id (week, spec->term);
  belay_week_item_set_term_title (week, spec->term);
  belay_week_item_set_open (week, number <= 3);
  belay_week_item_set_current (week, number == 3);
  belay_week_item_set_completion (week, (spec->modules[0].completion + spec->modules[1].completion) / 2);
  for (gsize i = 0; i < G_N_ELEMENTS (spec->modules); i++)
    add_module (week, &spec->modules[i]);
  g_list_store_append (G_LIST_STORE (belay_programme_item_get_weeks (programme)), week);
}

void
belay_stand_in_fill_programme (GListStore *programmes)
{
  g_autoptr (BelayProgrammeItem) programme = belay_programme_item_new ("software-that-lasts");

  belay_programme_item_set_title (programme, "Software That Lasts");
  belay_programme_item_set_summary (programme, "Six weeks on building what still stands when you have gone.");
  belay_programme_item_set_cohort_title (programme, "Autumn climb");
  belay_programme_item_set_start (programme, "2026-11-09");
  belay_programme_item_set_current_week (programme, 3);
  belay_programme_item_set_completion (programme, 3900);
  for (guint i = 1; i <= G_N_ELEMENTS (weeks); i++)
    add_week (programme, i);
  g_list_store_append (programmes, programme);
}

void
belay_stand_in_fill_companions (GListStore *companions)
{
  static const struct
  {
    const char *name;
    guint week;
  } people[] = {
    { "Ana Costa", 3 }, { "Mei Tan", 3 },    { "Lea Klein", 3 },   { "Paul Diaz", 3 },  { "Jonas Weber", 2 },
    { "Sam Okoro", 2 }, { "Ines Bauer", 2 }, { "Tomas Novak", 2 }, { "Aisha Khan", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *id = g_strdup_printf ("person-%zu", i);
      g_autoptr (BelayCompanionItem) companion = belay_companion_item_new (id);

      belay_companion_item_set_name (companion, people[i].name);
      belay_companion_item_set_week (companion, people[i].week);
      g_list_store_append (companions, companion);
    }
}

void
belay_stand_in_fill_team (GListStore *team,
                          guint size)
{
  static const struct
  {
    const char *name;
    const char *buddy;
    gint64 completion;
    gint64 expected;
    BelayStanding standing;
    gint64 heard_ago;
    gint64 minutes[6];
  } people[] = {
    { "Jonas Weber", "Ana Costa", 3100, 4500, BELAY_STANDING_BEHIND, 20 * MINUTE_US, { 150, 90, 210, 90, 30, 25 } },
    { "Lea Klein", "Paul Diaz", 3900, 4500, BELAY_STANDING_BEHIND, 2 * HOUR_US, { 120, 120, 180, 120, 120, 80 } },
    { "Sam Okoro",
      "Mei Tan",
      2400,
      4500,
      BELAY_STANDING_NOT_HEARD_FROM,
      6 * DAY_US - HOUR_US,
      { 200, 190, 150, 200, 0, 0 } },
    { "Tomas Novak", "Aisha Khan", 0, 4500, BELAY_STANDING_NOT_HEARD_FROM, 0, { 0, 0, 0, 0, 0, 0 } },
    { "Mei Tan", "Sam Okoro", 4700, 4500, BELAY_STANDING_ON_TRACK, 3 * MINUTE_US, { 140, 180, 180, 180, 220, 240 } },
    { "Paul Diaz", "Lea Klein", 5100, 4500, BELAY_STANDING_ON_TRACK, HOUR_US, { 180, 180, 210, 180, 180, 220 } },
    { "Ana Costa", "Jonas Weber", 4600, 4500, BELAY_STANDING_ON_TRACK, MINUTE_US, { 170, 140, 180, 180, 180, 200 } },
    { "Ines Bauer", NULL, 6200, 4500, BELAY_STANDING_ON_TRACK, DAY_US, { 230, 230, 170, 240, 230, 190 } },
    { "Aisha Khan", "Tomas Novak", 10000, 4500, BELAY_STANDING_FINISHED, 4 * HOUR_US, { 240, 240, 260, 250, 200, 60 } },
  };
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < size; i++)
    {
      guint who = i % G_N_ELEMENTS (people);
      g_autofree char *id = g_strdup_printf ("report-%u", i);
      g_autofree char *name =
        i < G_N_ELEMENTS (people) ? g_strdup (people[who].name) : g_strdup_printf ("%s %u", people[who].name, i);
      BelayReportItem *report = belay_report_item_new (id);
      gint64 seconds[6];

      for (guint w = 0; w < 6; w++)
        seconds[w] = people[who].minutes[w] * 60;
      belay_report_item_set_name (report, name);
      belay_report_item_set_buddy (report, people[who].buddy);
      belay_report_item_set_term (report, 1);
      belay_report_item_set_completion (report, people[who].completion);
      belay_report_item_set_expected (report, people[who].expected);
      belay_report_item_set_modules_done (report, (guint) (people[who].completion / 1000));
      belay_report_item_set_modules (report, 12);
      belay_report_item_set_standing (report, people[who].standing);
      belay_report_item_set_last_heard (report,
                                        people[who].heard_ago == 0 ? 0 : BELAY_STAND_IN_NOW_US - people[who].heard_ago);
      belay_report_item_set_last_studied (report, people[who].heard_ago == 0
                                                    ? 0
                                                    : BELAY_STAND_IN_NOW_US - people[who].heard_ago - HOUR_US);
      belay_report_item_set_seconds_by_week (report, seconds);
      g_ptr_array_add (reports, report);
    }
  g_list_store_splice (team, 0, 0, reports->pdata, reports->len);
}

void
belay_stand_in_fill_refusals (GListStore *refusals)
{
  static const char *const refused[][2] = { { "The restore drill", "not-yours" },
                                            { "Notes on Small steps", "conflict" } };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (BelayRefusalItem) refusal = belay_refusal_item_new (refused[i][0]);

      belay_refusal_item_set_kind (refusal, "statement");
      belay_refusal_item_set_what (refusal, refused[i][0]);
      belay_refusal_item_set_code (refusal, refused[i][1]);
      belay_refusal_item_set_when (refusal, BELAY_STAND_IN_NOW_US - HOUR_US);
      g_list_store_append (refusals, refusal);
    }
}

static void
add_line (BelaySyncStatus *sync,
          const char *what,
          const char *verb,
          gint64 ago,
          BelayReceipt receipt)
{
  g_autoptr (BelaySyncLine) line = belay_sync_line_new (what);

  belay_sync_line_set_kind (line, "statement");
  belay_sync_line_set_what (line, what);
  belay_sync_line_set_verb (line, verb);
  belay_sync_line_set_when (line, BELAY_STAND_IN_NOW_US - ago);
  belay_sync_line_set_receipt (line, receipt);
  g_list_store_append (G_LIST_STORE (belay_sync_status_get_recent (sync)), line);
}

void
belay_stand_in_fill_sync (BelaySyncStatus *sync,
                          gboolean in_trouble)
{
  belay_sync_status_set_last_contact (sync, BELAY_STAND_IN_NOW_US - (in_trouble ? 3 * HOUR_US : 2 * MINUTE_US));
  belay_sync_status_set_counts (sync, in_trouble ? 14 : 0, 0, in_trouble ? 2 : 0);
  belay_sync_status_set_state (sync, in_trouble ? BELAY_SYNC_STATE_OFFLINE : BELAY_SYNC_STATE_OK);
  add_line (sync, "The bulkhead", "initialized", 4 * MINUTE_US,
            in_trouble ? BELAY_RECEIPT_HERE : BELAY_RECEIPT_ON_ITS_WAY);
  add_line (sync, "Timeouts and retries", "completed", 12 * MINUTE_US,
            in_trouble ? BELAY_RECEIPT_HERE : BELAY_RECEIPT_SERVER);
  add_line (sync, "Mutation by hand", "passed", 55 * MINUTE_US, BELAY_RECEIPT_SERVER);
  add_line (sync, "Why tests lie", "completed", 80 * MINUTE_US, BELAY_RECEIPT_SERVER);
}
