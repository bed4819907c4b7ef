/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* What only this laptop may know. */
typedef enum
{
  BELAY_KEPT_TOKEN,      /* what it says to the server with each request */
  BELAY_KEPT_DEVICE_KEY, /* the private half of its key, in PEM */
} BelayKept;

DexFuture *belay_secret_keep (const char *directory, const char *device_id, BelayKept what, const char *secret)
  G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_secret_find (const char *directory,
                              const char *device_id,
                              BelayKept what) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_secret_forget (const char *directory,
                                const char *device_id) G_GNUC_WARN_UNUSED_RESULT;
gboolean belay_secret_is_in_file (const char *directory);

G_END_DECLS
