/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account.h"

G_BEGIN_DECLS

#define BELAY_TYPE_TODAY_PAGE (belay_today_page_get_type ())

/* BelayTodayPage: what to study now, and who is on the path. */
G_DECLARE_FINAL_TYPE (BelayTodayPage, belay_today_page, BELAY, TODAY_PAGE, AdwBin)

void belay_today_page_set_account (BelayTodayPage *self,
                                   BelayAccount *account);
void belay_today_page_refresh (BelayTodayPage *self);

G_END_DECLS
