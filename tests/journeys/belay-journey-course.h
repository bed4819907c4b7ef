/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *belay_journey_course_make (const char *words,
                                 gsize film_bytes);
void belay_journey_course_rewrite (const char *folder,
                                   const char *words);
void belay_journey_course_remove (const char *folder);

G_END_DECLS
