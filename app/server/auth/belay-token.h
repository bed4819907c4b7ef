/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a device's token lasts after its last use. */
#define BELAY_TOKEN_DAYS 180

char *belay_token_new (void);
char *belay_token_hash (const char *token);
char *belay_join_code_new (void);

G_END_DECLS
