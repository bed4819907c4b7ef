/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *belay_token_keep (const char *directory,
                             const char *name,
                             const char *token) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_token_find (const char *directory,
                             const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_token_forget (const char *directory,
                               const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean belay_token_is_in_file (const char *directory);

G_END_DECLS
