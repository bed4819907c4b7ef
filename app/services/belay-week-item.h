/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_TYPE_WEEK_ITEM (belay_week_item_get_type ())

/* BelayWeekItem: one week of a programme.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: permanent id
 * `number`: from 1, through all terms
 * `title`: in the person's language
 * `story`: in the person's language, Markdown
 * `term-id`: the term it is in
 * `term-title`: in the person's language
 * `is-open`: whether it has begun or its modules are done before it
 * `is-current`: whether this is the week of today
 * `completion`: basis points over its required modules, by time
 * `modules`: (element-type BelayModuleItem): in order
 */
G_DECLARE_FINAL_TYPE (BelayWeekItem, belay_week_item, BELAY, WEEK_ITEM, GObject)

BelayWeekItem *belay_week_item_new (const char *id);
const char *belay_week_item_get_id (BelayWeekItem *self);
guint belay_week_item_get_number (BelayWeekItem *self);
const char *belay_week_item_get_title (BelayWeekItem *self);
const char *belay_week_item_get_story (BelayWeekItem *self);
const char *belay_week_item_get_term_id (BelayWeekItem *self);
const char *belay_week_item_get_term_title (BelayWeekItem *self);
gboolean belay_week_item_is_open (BelayWeekItem *self);
gboolean belay_week_item_is_current (BelayWeekItem *self);
gint64 belay_week_item_get_completion (BelayWeekItem *self);
GListModel *belay_week_item_get_modules (BelayWeekItem *self);

void belay_week_item_set_number (BelayWeekItem *self,
                                 guint number);
void belay_week_item_set_title (BelayWeekItem *self,
                                const char *title);
void belay_week_item_set_story (BelayWeekItem *self,
                                const char *story);
void belay_week_item_set_term_id (BelayWeekItem *self,
                                  const char *term_id);
void belay_week_item_set_term_title (BelayWeekItem *self,
                                     const char *term_title);
void belay_week_item_set_open (BelayWeekItem *self,
                               gboolean is_open);
void belay_week_item_set_current (BelayWeekItem *self,
                                  gboolean is_current);
void belay_week_item_set_completion (BelayWeekItem *self,
                                     gint64 completion);

G_END_DECLS
