/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-package-files.h"

G_BEGIN_DECLS

char *belay_quiz_file_read (BelayPackageFiles *files,
                            const char *path);

G_END_DECLS
