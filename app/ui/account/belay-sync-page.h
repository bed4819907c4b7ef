/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account.h"

G_BEGIN_DECLS

#define BELAY_TYPE_SYNC_PAGE (belay_sync_page_get_type ())

/* BelaySyncPage: what is safe here, what is on its way, what the server has, and what it refused. */
G_DECLARE_FINAL_TYPE (BelaySyncPage, belay_sync_page, BELAY, SYNC_PAGE, AdwDialog)

AdwDialog *belay_sync_page_new (BelayAccount *account);

G_END_DECLS
