/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-database.h"

G_BEGIN_DECLS

gboolean belay_database_is_postgresql (const char *uri);
BelayDatabase *belay_database_open_postgresql (const char *uri,
                                               GError **error);

G_END_DECLS
