/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *belay_csv_parse (const char *text,
                            GError **error);
const char *belay_csv_get (GPtrArray *rows,
                           guint row,
                           const char *column);

G_END_DECLS
