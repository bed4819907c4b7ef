/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "belay-service-types.h"

G_BEGIN_DECLS

#define BELAY_TYPE_REPORT_ITEM (belay_report_item_get_type ())

/* BelayReportItem: one person whom the signed-in person manages.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: the person's id
 * `name`: as they write it
 * `initials`: one or two letters
 * `cohort-id`: their cohort
 * `programme-title`: in the manager's language
 * `buddy`: their buddy's name, or %NULL
 * `term`: the number of the term they are in, from 1
 * `completion`: basis points
 * `expected`: basis points by today's plan
 * `modules-done`: completed modules
 * `modules`: all modules
 * `last-heard`: when the server last heard from their laptop, microseconds UTC, 0 for never
 * `last-studied`: when their last fact happened, microseconds UTC, 0 for never
 * `standing`: the one word for it
 * `seconds-by-week`: (type GVariant `ax`): time studied in the last six weeks, oldest first
 */
G_DECLARE_FINAL_TYPE (BelayReportItem, belay_report_item, BELAY, REPORT_ITEM, GObject)

BelayReportItem *belay_report_item_new (const char *id);
const char *belay_report_item_get_id (BelayReportItem *self);
const char *belay_report_item_get_name (BelayReportItem *self);
const char *belay_report_item_get_initials (BelayReportItem *self);
const char *belay_report_item_get_cohort_id (BelayReportItem *self);
const char *belay_report_item_get_programme_title (BelayReportItem *self);
const char *belay_report_item_get_buddy (BelayReportItem *self);
guint belay_report_item_get_term (BelayReportItem *self);
gint64 belay_report_item_get_completion (BelayReportItem *self);
gint64 belay_report_item_get_expected (BelayReportItem *self);
guint belay_report_item_get_modules_done (BelayReportItem *self);
guint belay_report_item_get_modules (BelayReportItem *self);
gint64 belay_report_item_get_last_heard (BelayReportItem *self);
gint64 belay_report_item_get_last_studied (BelayReportItem *self);
BelayStanding belay_report_item_get_standing (BelayReportItem *self);
gint64 belay_report_item_get_week_seconds (BelayReportItem *self,
                                           guint week);

void belay_report_item_set_name (BelayReportItem *self,
                                 const char *name);
void belay_report_item_set_initials (BelayReportItem *self,
                                     const char *initials);
void belay_report_item_set_cohort_id (BelayReportItem *self,
                                      const char *cohort_id);
void belay_report_item_set_programme_title (BelayReportItem *self,
                                            const char *programme_title);
void belay_report_item_set_buddy (BelayReportItem *self,
                                  const char *buddy);
void belay_report_item_set_term (BelayReportItem *self,
                                 guint term);
void belay_report_item_set_completion (BelayReportItem *self,
                                       gint64 completion);
void belay_report_item_set_expected (BelayReportItem *self,
                                     gint64 expected);
void belay_report_item_set_modules_done (BelayReportItem *self,
                                         guint modules_done);
void belay_report_item_set_modules (BelayReportItem *self,
                                    guint modules);
void belay_report_item_set_last_heard (BelayReportItem *self,
                                       gint64 last_heard);
void belay_report_item_set_last_studied (BelayReportItem *self,
                                         gint64 last_studied);
void belay_report_item_set_standing (BelayReportItem *self,
                                     BelayStanding standing);
void belay_report_item_set_seconds_by_week (BelayReportItem *self,
                                            const gint64 seconds[6]);

G_END_DECLS
