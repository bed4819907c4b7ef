/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACCOUNT_FOOT (belay_account_foot_get_type ())

/* BelayAccountFoot: who is signed in, and the one quiet line of sync; a press opens the sync page. */
G_DECLARE_FINAL_TYPE (BelayAccountFoot, belay_account_foot, BELAY, ACCOUNT_FOOT, AdwBin)

void belay_account_foot_set_account (BelayAccountFoot *self,
                                     BelayAccount *account);
void belay_account_foot_refresh (BelayAccountFoot *self);

G_END_DECLS
