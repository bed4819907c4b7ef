/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-manifest.h"
#include "belay-package-files.h"

G_BEGIN_DECLS

#define BELAY_MODULE_FILE "module.yaml"

gboolean belay_module_import (BelayPackageFiles *files,
                              BelayManifest *manifest,
                              GHashTable **paths,
                              GError **error);

G_END_DECLS
