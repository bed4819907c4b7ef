/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_TYPE_COMPANION_ITEM (belay_companion_item_get_type ())

/* BelayCompanionItem: someone in the same cohort.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: the person's id
 * `name`: as they write it
 * `initials`: one or two letters
 * `week`: the week they are in, from 1
 */
G_DECLARE_FINAL_TYPE (BelayCompanionItem, belay_companion_item, BELAY, COMPANION_ITEM, GObject)

BelayCompanionItem *belay_companion_item_new (const char *id);
const char *belay_companion_item_get_id (BelayCompanionItem *self);
const char *belay_companion_item_get_name (BelayCompanionItem *self);
const char *belay_companion_item_get_initials (BelayCompanionItem *self);
guint belay_companion_item_get_week (BelayCompanionItem *self);

void belay_companion_item_set_name (BelayCompanionItem *self,
                                    const char *name);
void belay_companion_item_set_initials (BelayCompanionItem *self,
                                        const char *initials);
void belay_companion_item_set_week (BelayCompanionItem *self,
                                    guint week);

G_END_DECLS
