/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean belay_package_path_is_safe (const char *path);
char *belay_package_path_fold (const char *path);
guint belay_package_path_get_depth (const char *path);
const char *belay_package_path_get_type (const char *path);
char *belay_package_path_from_entry (const char *entry);

G_END_DECLS
