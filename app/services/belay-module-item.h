/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "belay-service-types.h"

G_BEGIN_DECLS

#define BELAY_TYPE_MODULE_ITEM (belay_module_item_get_type ())

/* BelayModuleItem: one module of a week, with how far the person is and how much of it is on the laptop.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: permanent id
 * `programme-id`: the programme it belongs to
 * `title`: in the person's language
 * `summary`: in the person's language
 * `seconds`: how long it takes
 * `required`: whether the programme asks for it
 * `due`: when it is due, microseconds UTC, 0 for never
 * `completion`: basis points
 * `completed`: whether completion is whole
 * `last-studied`: when its last fact happened, microseconds UTC, 0 for never
 * `estimated`: whether completion counts facts that the server has not confirmed
 * `receipt`: where its newest facts are
 * `state`: whether it can be studied offline
 * `fraction`: how much of it is here, 0 to 1
 * `bytes`: its whole size
 * `bytes-left`: what is still to be fetched
 * `failure`: a code where state is failed: `disk-full`, `quota`, `damaged`, `untrusted`, `gone`, `network`; else %NULL
 * `activities`: (element-type BelayActivityItem): in order
 */
G_DECLARE_FINAL_TYPE (BelayModuleItem, belay_module_item, BELAY, MODULE_ITEM, GObject)

BelayModuleItem *belay_module_item_new (const char *id);
const char *belay_module_item_get_id (BelayModuleItem *self);
const char *belay_module_item_get_programme_id (BelayModuleItem *self);
const char *belay_module_item_get_title (BelayModuleItem *self);
const char *belay_module_item_get_summary (BelayModuleItem *self);
gint64 belay_module_item_get_seconds (BelayModuleItem *self);
gboolean belay_module_item_get_required (BelayModuleItem *self);
gint64 belay_module_item_get_due (BelayModuleItem *self);
gint64 belay_module_item_get_completion (BelayModuleItem *self);
gboolean belay_module_item_get_completed (BelayModuleItem *self);
gint64 belay_module_item_get_last_studied (BelayModuleItem *self);
gboolean belay_module_item_get_estimated (BelayModuleItem *self);
BelayReceipt belay_module_item_get_receipt (BelayModuleItem *self);
BelayDownloadState belay_module_item_get_state (BelayModuleItem *self);
double belay_module_item_get_fraction (BelayModuleItem *self);
gint64 belay_module_item_get_bytes (BelayModuleItem *self);
gint64 belay_module_item_get_bytes_left (BelayModuleItem *self);
const char *belay_module_item_get_failure (BelayModuleItem *self);
GListModel *belay_module_item_get_activities (BelayModuleItem *self);

void belay_module_item_set_programme_id (BelayModuleItem *self,
                                         const char *programme_id);
void belay_module_item_set_title (BelayModuleItem *self,
                                  const char *title);
void belay_module_item_set_summary (BelayModuleItem *self,
                                    const char *summary);
void belay_module_item_set_seconds (BelayModuleItem *self,
                                    gint64 seconds);
void belay_module_item_set_required (BelayModuleItem *self,
                                     gboolean required);
void belay_module_item_set_due (BelayModuleItem *self,
                                gint64 due);
void belay_module_item_set_completion (BelayModuleItem *self,
                                       gint64 completion);
void belay_module_item_set_completed (BelayModuleItem *self,
                                      gboolean completed);
void belay_module_item_set_last_studied (BelayModuleItem *self,
                                         gint64 last_studied);
void belay_module_item_set_estimated (BelayModuleItem *self,
                                      gboolean estimated);
void belay_module_item_set_receipt (BelayModuleItem *self,
                                    BelayReceipt receipt);
void belay_module_item_set_state (BelayModuleItem *self,
                                  BelayDownloadState state);
void belay_module_item_set_fraction (BelayModuleItem *self,
                                     double fraction);
void belay_module_item_set_bytes (BelayModuleItem *self,
                                  gint64 bytes);
void belay_module_item_set_bytes_left (BelayModuleItem *self,
                                       gint64 bytes_left);
void belay_module_item_set_failure (BelayModuleItem *self,
                                    const char *failure);

G_END_DECLS
