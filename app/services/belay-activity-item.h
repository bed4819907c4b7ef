/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_TYPE_ACTIVITY_ITEM (belay_activity_item_get_type ())

/* BelayActivityItem: one page, quiz, video or unit of a module.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: permanent id; the IRI of its statements is `urn:uuid:` and this
 * `key`: its key in the module
 * `title`: in the person's language
 * `kind`: a #BelayActivityKind of the model
 * `seconds`: how long it takes
 * `satisfied`: whether it counts as done by its move-on rule
 * `completed`: whether a statement said completed
 * `score`: basis points by the programme's scoring rule, -1 without one
 * `attempts`: how often it was begun
 */
G_DECLARE_FINAL_TYPE (BelayActivityItem, belay_activity_item, BELAY, ACTIVITY_ITEM, GObject)

BelayActivityItem *belay_activity_item_new (const char *id);
const char *belay_activity_item_get_id (BelayActivityItem *self);
const char *belay_activity_item_get_key (BelayActivityItem *self);
const char *belay_activity_item_get_title (BelayActivityItem *self);
guint belay_activity_item_get_kind (BelayActivityItem *self);
gint64 belay_activity_item_get_seconds (BelayActivityItem *self);
gboolean belay_activity_item_get_satisfied (BelayActivityItem *self);
gboolean belay_activity_item_get_completed (BelayActivityItem *self);
gint64 belay_activity_item_get_score (BelayActivityItem *self);
guint belay_activity_item_get_attempts (BelayActivityItem *self);

void belay_activity_item_set_key (BelayActivityItem *self,
                                  const char *key);
void belay_activity_item_set_title (BelayActivityItem *self,
                                    const char *title);
void belay_activity_item_set_kind (BelayActivityItem *self,
                                   guint kind);
void belay_activity_item_set_seconds (BelayActivityItem *self,
                                      gint64 seconds);
void belay_activity_item_set_satisfied (BelayActivityItem *self,
                                        gboolean satisfied);
void belay_activity_item_set_completed (BelayActivityItem *self,
                                        gboolean completed);
void belay_activity_item_set_score (BelayActivityItem *self,
                                    gint64 score);
void belay_activity_item_set_attempts (BelayActivityItem *self,
                                       guint attempts);

G_END_DECLS
