/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account.h"

G_BEGIN_DECLS

AdwDialog *belay_preferences_dialog_new (BelayAccount *account);

G_END_DECLS
