/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *belay_secret_store (const char *name,
                               const char *label,
                               const char *secret) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_secret_lookup (const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_secret_clear (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
