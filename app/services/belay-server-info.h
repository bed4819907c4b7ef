/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BELAY_TYPE_SERVER_INFO (belay_server_info_get_type ())

/* A server that was found, and the join code that came with its address. */
typedef struct
{
  char *address; /* `https://learn.example.org`, without a path */
  char *organisation_id;
  char *organisation_name;
  char *code; /* (nullable): the join code, without dashes: join instead of signing in */
  gboolean takes_passwords;
} BelayServerInfo;

GType belay_server_info_get_type (void) G_GNUC_CONST;
BelayServerInfo *belay_server_info_new (void);
BelayServerInfo *belay_server_info_copy (const BelayServerInfo *self);
void belay_server_info_free (BelayServerInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayServerInfo, belay_server_info_free)

G_END_DECLS
