/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-admin.h"

G_BEGIN_DECLS

gboolean belay_admin_demo_load (BelayAdmin *self,
                                const char *folder,
                                GError **error);
char *belay_admin_demo_describe (BelayAdmin *self,
                                 const char *folder,
                                 const char *url,
                                 GError **error);

G_END_DECLS
