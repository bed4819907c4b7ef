/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_TYPE_REFUSAL_ITEM (belay_refusal_item_get_type ())

/* BelayRefusalItem: something that the server refused, kept here until the person decides.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: of the statement, command or state
 * `kind`: `statement`, `command` or `state`
 * `what`: what it was about: an activity's title where it is known, else the kind of thing
 * `code`: the verdict's code, see protocol.md
 * `parameters`: the verdict's parameters as a JSON object
 * `when`: when it was made, microseconds UTC
 */
G_DECLARE_FINAL_TYPE (BelayRefusalItem, belay_refusal_item, BELAY, REFUSAL_ITEM, GObject)

BelayRefusalItem *belay_refusal_item_new (const char *id);
const char *belay_refusal_item_get_id (BelayRefusalItem *self);
const char *belay_refusal_item_get_kind (BelayRefusalItem *self);
const char *belay_refusal_item_get_what (BelayRefusalItem *self);
const char *belay_refusal_item_get_code (BelayRefusalItem *self);
const char *belay_refusal_item_get_parameters (BelayRefusalItem *self);
gint64 belay_refusal_item_get_when (BelayRefusalItem *self);

void belay_refusal_item_set_kind (BelayRefusalItem *self,
                                  const char *kind);
void belay_refusal_item_set_what (BelayRefusalItem *self,
                                  const char *what);
void belay_refusal_item_set_code (BelayRefusalItem *self,
                                  const char *code);
void belay_refusal_item_set_parameters (BelayRefusalItem *self,
                                        const char *parameters);
void belay_refusal_item_set_when (BelayRefusalItem *self,
                                  gint64 when);

G_END_DECLS
