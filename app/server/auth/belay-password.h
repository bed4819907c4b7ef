/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

#define BELAY_PASSWORD_LEAST 8
#define BELAY_PASSWORD_MOST 512

char *belay_password_hash_now (const char *password);
DexFuture *belay_password_hash (const char *password) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_password_check (const char *hash,
                                 const char *password) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
