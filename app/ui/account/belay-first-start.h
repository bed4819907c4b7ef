/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account-manager.h"

G_BEGIN_DECLS

#define BELAY_TYPE_FIRST_START (belay_first_start_get_type ())

/* BelayFirstStart: from one field to signed in.
 *
 * Signal `done` (): the person wants to see the app; the manager has an account.
 */
G_DECLARE_FINAL_TYPE (BelayFirstStart, belay_first_start, BELAY, FIRST_START, AdwBin)

void belay_first_start_set_manager (BelayFirstStart *self,
                                    BelayAccountManager *manager);
void belay_first_start_take_text (BelayFirstStart *self,
                                  const char *text);

G_END_DECLS
