/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-admin.h"

G_BEGIN_DECLS

gboolean belay_demo_load_sessions (BelayAdmin *self,
                                   const char *path,
                                   GError **error);

G_END_DECLS
