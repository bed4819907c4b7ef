/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"
#include "belay-db.h"
#include "belay-server-keys.h"

G_BEGIN_DECLS

/* What a running server stands on. Borrowed by all that works for it. */
typedef struct
{
  BelayDb *db;
  BelayServerKeys *keys;
  BelayBlobStore *blobs;
  char *manifests; /* the folder of signed manifests */
  BelayClock *clock;
  const char *origins; /* (nullable): whose pages may use /xapi/, with spaces between */
  gboolean logs_requests;
} BelayServerContext;

G_END_DECLS
