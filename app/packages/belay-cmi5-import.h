/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-manifest.h"
#include "belay-package-files.h"

G_BEGIN_DECLS

#define BELAY_CMI5_FILE "cmi5.xml"

void belay_cmi5_import (BelayPackageFiles *files,
                        BelayManifest *manifest);

G_END_DECLS
