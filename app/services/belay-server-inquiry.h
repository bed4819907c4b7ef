/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *belay_server_inquiry (const char *address,
                                 const char *code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
