/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_TYPE_PROGRAMME_ITEM (belay_programme_item_get_type ())

/* BelayProgrammeItem: a programme as one cohort runs it.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: permanent id
 * `cohort-id`: the cohort the person is in
 * `cohort-title`: in the person's language
 * `title`: in the person's language
 * `summary`: in the person's language
 * `start`: the first day, YYYY-MM-DD
 * `current-week`: the number of today's week; 0 before the start
 * `completion`: basis points over the required modules, by time
 * `weeks`: (element-type BelayWeekItem): in order, through all terms
 */
G_DECLARE_FINAL_TYPE (BelayProgrammeItem, belay_programme_item, BELAY, PROGRAMME_ITEM, GObject)

BelayProgrammeItem *belay_programme_item_new (const char *id);
const char *belay_programme_item_get_id (BelayProgrammeItem *self);
const char *belay_programme_item_get_cohort_id (BelayProgrammeItem *self);
const char *belay_programme_item_get_cohort_title (BelayProgrammeItem *self);
const char *belay_programme_item_get_title (BelayProgrammeItem *self);
const char *belay_programme_item_get_summary (BelayProgrammeItem *self);
const char *belay_programme_item_get_start (BelayProgrammeItem *self);
guint belay_programme_item_get_current_week (BelayProgrammeItem *self);
gint64 belay_programme_item_get_completion (BelayProgrammeItem *self);
GListModel *belay_programme_item_get_weeks (BelayProgrammeItem *self);

void belay_programme_item_set_cohort_id (BelayProgrammeItem *self,
                                         const char *cohort_id);
void belay_programme_item_set_cohort_title (BelayProgrammeItem *self,
                                            const char *cohort_title);
void belay_programme_item_set_title (BelayProgrammeItem *self,
                                     const char *title);
void belay_programme_item_set_summary (BelayProgrammeItem *self,
                                       const char *summary);
void belay_programme_item_set_start (BelayProgrammeItem *self,
                                     const char *start);
void belay_programme_item_set_current_week (BelayProgrammeItem *self,
                                            guint current_week);
void belay_programme_item_set_completion (BelayProgrammeItem *self,
                                          gint64 completion);

G_END_DECLS
