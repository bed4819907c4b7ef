/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void belay_application_actions_add (AdwApplication *application);

G_END_DECLS
