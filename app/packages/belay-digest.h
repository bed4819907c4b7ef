/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A SHA-256 that is still being fed. */
typedef struct _BelayDigest BelayDigest;

BelayDigest *belay_digest_new (void);
void belay_digest_free (BelayDigest *self);
void belay_digest_update (BelayDigest *self,
                          gconstpointer data,
                          gsize length);
char *belay_digest_finish (BelayDigest *self);
char *belay_digest_of_data (gconstpointer data,
                            gsize length);
char *belay_digest_of_bytes (GBytes *bytes);
char *belay_digest_of_file (const char *path,
                            GCancellable *cancellable,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDigest, belay_digest_free)

G_END_DECLS
