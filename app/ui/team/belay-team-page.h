/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account.h"

G_BEGIN_DECLS

#define BELAY_TYPE_TEAM_PAGE (belay_team_page_get_type ())

/* BelayTeamPage: a manager's people, most urgent first. */
G_DECLARE_FINAL_TYPE (BelayTeamPage, belay_team_page, BELAY, TEAM_PAGE, AdwBin)

void belay_team_page_set_account (BelayTeamPage *self,
                                  BelayAccount *account);

G_END_DECLS
