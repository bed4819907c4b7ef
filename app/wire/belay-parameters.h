/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The parameters of a code are a GVariant of type `a{sv}` whose values are `s` or `x`. NULL is none. */
GVariant *belay_parameters_new_text (const char *name,
                                     const char *text);
GVariant *belay_parameters_new_number (const char *name,
                                       gint64 number);
GVariant *belay_parameters_new_two_texts (const char *first_name,
                                          const char *first_text,
                                          const char *second_name,
                                          const char *second_text);
const char *belay_parameters_get_text (GVariant *parameters,
                                       const char *name);
gint64 belay_parameters_get_number (GVariant *parameters,
                                    const char *name,
                                    gint64 otherwise);
char *belay_parameters_to_json (GVariant *parameters);
GVariant *belay_parameters_from_json (const char *json,
                                      GError **error);

G_END_DECLS
