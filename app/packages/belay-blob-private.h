/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"

G_BEGIN_DECLS

/* For the two files of the blob store alone. */
#define BELAY_BLOB_INCOMING "incoming"
#define BELAY_BLOB_FRESH_PREFIX "new-"

struct _BelayBlobStore
{
  gatomicrefcount references;
  char *path;
};

gboolean belay_blob_fail (GError **error,
                          int reason,
                          const char *what,
                          const char *path);
char *belay_blob_folder_for (BelayBlobStore *self,
                             const char *hash);

G_END_DECLS
