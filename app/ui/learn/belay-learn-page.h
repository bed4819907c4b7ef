/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account.h"

G_BEGIN_DECLS

#define BELAY_TYPE_LEARN_PAGE (belay_learn_page_get_type ())

/* BelayLearnPage: the programmes with their terms, weeks and modules, and what they take up. */
G_DECLARE_FINAL_TYPE (BelayLearnPage, belay_learn_page, BELAY, LEARN_PAGE, AdwBin)

void belay_learn_page_set_account (BelayLearnPage *self,
                                   BelayAccount *account);

G_END_DECLS
