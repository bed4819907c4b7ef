/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"
#include "belay-import-limits.h"
#include "belay-import-problem.h"
#include "belay-manifest.h"

G_BEGIN_DECLS

/* The files of a package while it is judged: on the disk, but not yet in the store. */
typedef struct _BelayPackageFiles BelayPackageFiles;

BelayPackageFiles *belay_package_files_new (BelayBlobStore *store,
                                            const BelayImportLimits *limits,
                                            GPtrArray *problems);
void belay_package_files_free (BelayPackageFiles *self);
GPtrArray *belay_package_files_get_problems (BelayPackageFiles *self);
void belay_package_files_set_packed_bytes (BelayPackageFiles *self,
                                           guint64 bytes);

gboolean belay_package_files_count_entry (BelayPackageFiles *self);
gboolean belay_package_files_begin (BelayPackageFiles *self,
                                    const char *raw_path,
                                    GError **error);
gboolean belay_package_files_append (BelayPackageFiles *self,
                                     gconstpointer data,
                                     gsize length,
                                     GError **error);
gboolean belay_package_files_end (BelayPackageFiles *self,
                                  GError **error);
gboolean belay_package_files_add_bytes (BelayPackageFiles *self,
                                        const char *path,
                                        GBytes *bytes,
                                        GError **error);
gboolean belay_package_files_check_folders (BelayPackageFiles *self);

guint belay_package_files_get_size (BelayPackageFiles *self);
const char *belay_package_files_get_nth (BelayPackageFiles *self,
                                         guint index);
gboolean belay_package_files_has (BelayPackageFiles *self,
                                  const char *path);
GBytes *belay_package_files_read (BelayPackageFiles *self,
                                  const char *path);
gboolean belay_package_files_keep (BelayPackageFiles *self,
                                   GHashTable *paths,
                                   BelayManifest *manifest,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayPackageFiles, belay_package_files_free)

G_END_DECLS
