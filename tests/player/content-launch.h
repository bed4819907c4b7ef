/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-content-host.h"

G_BEGIN_DECLS

/* A package of a few texts, in a blob store of its own, and what launches it. */
typedef struct
{
  char *folder;
  BelayClock *clock;
  BelayBlobStore *blobs;
  BelayManifest *manifest;
  BelayContentHost *host;
  BelayLaunch *launch;

  GPtrArray *calls; /* (element-type utf8): what was asked of the record store */
  gboolean refuses; /* whether the record store fails from now on */
} ContentLaunch;

ContentLaunch *content_launch_new (void);
void content_launch_add_file (ContentLaunch *self,
                              const char *path,
                              const char *type,
                              const char *text);
void content_launch_start (ContentLaunch *self);
void content_launch_end (ContentLaunch *self);
void content_launch_free (ContentLaunch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ContentLaunch, content_launch_free)

G_END_DECLS
