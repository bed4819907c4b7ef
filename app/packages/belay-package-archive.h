/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-package-files.h"

G_BEGIN_DECLS

gboolean belay_package_archive_unpack (const char *path,
                                       BelayPackageFiles *files,
                                       GError **error);
gboolean belay_package_folder_read (const char *path,
                                    BelayPackageFiles *files,
                                    GError **error);

G_END_DECLS
