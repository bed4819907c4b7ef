/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-package-files.h"

G_BEGIN_DECLS

/* What an author's text begins with, in a page: a heading of its own may follow */
#define BELAY_LEARNING_PAGE_ARTICLE "<article>\n"

gboolean belay_learning_page_add_runtime (BelayPackageFiles *files,
                                          GError **error);
GBytes *belay_learning_page_make (const char *language,
                                  const char *title,
                                  const char *script,
                                  const char *body);
char *belay_learning_page_markdown (BelayPackageFiles *files,
                                    const char *where,
                                    const char *markdown,
                                    gsize length);

G_END_DECLS
