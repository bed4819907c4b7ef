/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"
#include "belay-clock.h"
#include "belay-import-limits.h"
#include "belay-import-problem.h"
#include "belay-manifest.h"

G_BEGIN_DECLS

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
