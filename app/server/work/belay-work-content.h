/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-server-context.h"

G_BEGIN_DECLS

/* A file that someone may have. */
typedef struct
{
  char *path;
  char *type;
} BelayWorkFile;

#define BELAY_TYPE_WORK_FILE (belay_work_file_get_type ())

GType belay_work_file_get_type (void) G_GNUC_CONST;
BelayWorkFile *belay_work_file_copy (const BelayWorkFile *self);
void belay_work_file_free (BelayWorkFile *self);
DexFuture *belay_work_content_find (BelayServerContext *context,
                                    const char *person,
                                    const char *hash,
                                    gboolean is_manifest) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayWorkFile, belay_work_file_free)

G_END_DECLS
