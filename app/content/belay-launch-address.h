/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "belay-manifest.h"

G_BEGIN_DECLS

/* What is handed to the content in its address (cmi5 8.1). */
typedef struct
{
  const char *endpoint;
  const char *fetch;
  const char *actor;
  const char *registration;
  const char *activity;
} BelayLaunchParameters;

char *belay_launch_address_entry (const BelayManifest *manifest,
                                  const char *entry);
char *belay_launch_address_add (const char *address,
                                const BelayLaunchParameters *parameters);
char *belay_launch_address_normalise (const char *path);

G_END_DECLS
