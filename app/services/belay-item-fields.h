/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

void belay_item_set_string (gpointer object,
                            char **field,
                            const char *value,
                            GParamSpec *property);
void belay_item_set_int64 (gpointer object,
                           gint64 *field,
                           gint64 value,
                           GParamSpec *property);
void belay_item_set_uint (gpointer object,
                          guint *field,
                          guint value,
                          GParamSpec *property);
void belay_item_set_boolean (gpointer object,
                             gboolean *field,
                             gboolean value,
                             GParamSpec *property);
void belay_item_set_double (gpointer object,
                            double *field,
                            double value,
                            GParamSpec *property);

G_END_DECLS
