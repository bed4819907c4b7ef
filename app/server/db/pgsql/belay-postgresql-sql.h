/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *belay_postgresql_translate (const char *sql,
                                  guint *n_parameters);

G_END_DECLS
