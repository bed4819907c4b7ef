/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *belay_text_hex (const guint8 *bytes,
                      gsize length);
gboolean belay_text_is_sha256 (const char *text);
char *belay_text_base64url (const guint8 *bytes,
                            gsize length);
GBytes *belay_text_unbase64url (const char *text);
char *belay_text_random_token (gsize bytes);
gboolean belay_text_is_key (const char *text);

G_END_DECLS
