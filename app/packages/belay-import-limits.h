/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a package may ask of the machine that unpacks it. */
typedef struct
{
  guint64 total_bytes; /* of all files together, unpacked */
  guint64 text_bytes;  /* of one file that Belay itself reads: XML, YAML, Markdown */
  guint entries;       /* files and folders */
  guint ratio;         /* unpacked bytes for one packed byte, over the whole archive */
  guint depth;         /* folders in folders */
} BelayImportLimits;

#define BELAY_IMPORT_LIMITS_DEFAULT                                                                                    \
  { .total_bytes = 4 * G_GUINT64_CONSTANT (1024) * 1024 * 1024,                                                        \
    .text_bytes = 4 * 1024 * 1024,                                                                                     \
    .entries = 20000,                                                                                                  \
    .ratio = 200,                                                                                                      \
    .depth = 24 }

G_END_DECLS
