/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "belay-activity-item.h"
#include "belay-module-item.h"
#include "belay-refusal-item.h"
#include "belay-study.h"
#include "belay-sync-status.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACCOUNT (belay_account_get_type ())

/* BelayAccount: a person who is signed in on this laptop, and all that is theirs here.
 *
 * It lives from sign-in (or the start of the app) to sign-out. Everything it shows comes from the
 * laptop's own database: nothing waits for the network. All properties notify; all lists stay the
 * same object for the account's whole life.
 *
 * `person-id`, `name`, `email`: who
 * `organisation-name`, `address`: where
 * `sync`: a #BelaySyncStatus
 * `programmes`: (element-type BelayProgrammeItem)
 * `team`: (element-type BelayReportItem): most urgent first; empty for who manages nobody
 * `is-manager`: whether Team is shown
 * `companions`: (element-type BelayCompanionItem): of the current cohort
 * `refusals`: (element-type BelayRefusalItem): newest first
 * `next-module`: (nullable): what to study now
 * `manager-name`, `buddy-name`: (nullable)
 * `storage-used`, `storage-quota`: bytes on this laptop, and how many downloads may take
 * `keeps-token-in-file`: whether no secret service runs here, so that the token is in a file that
 *   only this user can read
 */
G_DECLARE_FINAL_TYPE (BelayAccount, belay_account, BELAY, ACCOUNT, GObject)

const char *belay_account_get_person_id (BelayAccount *self);
const char *belay_account_get_name (BelayAccount *self);
const char *belay_account_get_email (BelayAccount *self);
const char *belay_account_get_address (BelayAccount *self);
const char *belay_account_get_organisation_name (BelayAccount *self);
BelaySyncStatus *belay_account_get_sync (BelayAccount *self);
GListModel *belay_account_get_programmes (BelayAccount *self);
GListModel *belay_account_get_team (BelayAccount *self);
gboolean belay_account_is_manager (BelayAccount *self);
GListModel *belay_account_get_companions (BelayAccount *self);
GListModel *belay_account_get_refusals (BelayAccount *self);
BelayModuleItem *belay_account_get_next_module (BelayAccount *self);
const char *belay_account_get_manager_name (BelayAccount *self);
const char *belay_account_get_buddy_name (BelayAccount *self);
gint64 belay_account_get_storage_used (BelayAccount *self);
gint64 belay_account_get_storage_quota (BelayAccount *self);
void belay_account_set_storage_quota (BelayAccount *self,
                                      gint64 bytes);
gboolean belay_account_get_keeps_token_in_file (BelayAccount *self);
void belay_account_set_in_use (BelayAccount *self,
                               gboolean in_use);

BelayModuleItem *belay_account_find_module (BelayAccount *self,
                                            const char *module_id);

void belay_account_download (BelayAccount *self,
                             BelayModuleItem *module);
void belay_account_pause_download (BelayAccount *self,
                                   BelayModuleItem *module);
void belay_account_cancel_download (BelayAccount *self,
                                    BelayModuleItem *module);
void belay_account_remove_download (BelayAccount *self,
                                    BelayModuleItem *module);

DexFuture *belay_account_launch (BelayAccount *self,
                                 BelayModuleItem *module,
                                 BelayActivityItem *activity) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_end_launch (BelayAccount *self,
                                     BelayStudy *study) G_GNUC_WARN_UNUSED_RESULT;

DexFuture *belay_account_sync_now (BelayAccount *self) G_GNUC_WARN_UNUSED_RESULT;
guint belay_account_count_unsent (BelayAccount *self);
DexFuture *belay_account_try_again (BelayAccount *self,
                                    BelayRefusalItem *refusal) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_discard (BelayAccount *self,
                                  BelayRefusalItem *refusal) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_export (BelayAccount *self,
                                 BelayRefusalItem *refusal,
                                 GFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
