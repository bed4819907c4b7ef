/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-database.h"

G_BEGIN_DECLS

gboolean belay_migrations_apply (BelayDatabase *database,
                                 const char *resource_path,
                                 GError **error);

G_END_DECLS
