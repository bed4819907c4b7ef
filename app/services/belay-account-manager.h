/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-account.h"
#include "belay-server-info.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACCOUNT_MANAGER (belay_account_manager_get_type ())

/* BelayAccountManager: who is signed in on this laptop.
 *
 * `account`: (nullable): the #BelayAccount that is open
 * `preset-address`: (nullable): the server that an administrator has set
 */
G_DECLARE_FINAL_TYPE (BelayAccountManager, belay_account_manager, BELAY, ACCOUNT_MANAGER, GObject)

BelayAccountManager *belay_account_manager_new (const char *data_directory,
                                                const char *cache_directory,
                                                const char *preset_address);
BelayAccount *belay_account_manager_get_account (BelayAccountManager *self);
const char *belay_account_manager_get_preset_address (BelayAccountManager *self);
DexFuture *belay_account_manager_load (BelayAccountManager *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_manager_find_server (BelayAccountManager *self,
                                              const char *text) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_manager_sign_in (BelayAccountManager *self,
                                          const BelayServerInfo *server,
                                          const char *email,
                                          const char *password) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_manager_join (BelayAccountManager *self,
                                       const BelayServerInfo *server,
                                       const char *name,
                                       const char *email,
                                       const char *password) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_manager_close (BelayAccountManager *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_manager_sign_out (BelayAccountManager *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
