/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"
#include "belay-clock.h"
#include "belay-manifest.h"

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
  {                                                                                                                    \
    .total_bytes = 4 * G_GUINT64_CONSTANT (1024) * 1024 * 1024, .text_bytes = 4 * 1024 * 1024, .entries = 20000,       \
    .ratio = 200, .depth = 24                                                                                          \
  }

typedef enum
{
  BELAY_IMPORT_WARNING, /* it was imported; this is worth knowing */
  BELAY_IMPORT_PROBLEM, /* nothing was imported */
} BelayImportSeverity;

typedef struct
{
  BelayImportSeverity severity;
  char *code;    /* stable, such as `au-remote` */
  char *where;   /* a file and what in it, such as `cmi5.xml:31 au[2]/url`; empty for the whole package */
  char *message; /* a plain sentence in English for the administrator's terminal */
} BelayImportProblem;

typedef struct
{
  BelayManifest *manifest; /* (nullable): %NULL where anything was a problem */
  GPtrArray *problems;     /* (element-type BelayImportProblem) */
} BelayImport;

BelayImport *belay_package_import (const char *path,
                                   const char *key,
                                   BelayBlobStore *store,
                                   BelayClock *clock,
                                   const BelayImportLimits *limits,
                                   GError **error);
void belay_import_free (BelayImport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayImport, belay_import_free)

G_END_DECLS
