/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The organisation's own keys, in a folder outside the database. */
typedef struct _BelayServerKeys BelayServerKeys;

gboolean belay_server_keys_generate (const char *folder,
                                     GError **error);
BelayServerKeys *belay_server_keys_load (const char *folder,
                                         GError **error);
void belay_server_keys_free (BelayServerKeys *self);
const char *belay_server_keys_get_id (BelayServerKeys *self);
const char *belay_server_keys_get_public (BelayServerKeys *self);
char *belay_server_keys_sign (BelayServerKeys *self,
                              GBytes *payload);
gboolean belay_server_keys_has_signed (BelayServerKeys *self,
                                       const char *jws,
                                       GBytes **payload);
gboolean belay_server_keys_check (const char *folder,
                                  GPtrArray *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayServerKeys, belay_server_keys_free)

G_END_DECLS
