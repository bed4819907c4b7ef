/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *source;
  gboolean has_description; /* what a screen reader says of it */
} BelayMarkdownImage;

char *belay_markdown_to_html (const char *markdown,
                              gsize length);
GPtrArray *belay_markdown_list_images (const char *markdown,
                                       gsize length);

G_END_DECLS
