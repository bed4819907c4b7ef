/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a server is and, perhaps, the code to join it: what a person types, or a `belay://` link. */
typedef struct
{
  char *address; /* `https://host[:port]`, or `http://` for a loopback host; %NULL where only a code was given */
  char *code;    /* (nullable): 8 characters of Crockford's base 32, as the server compares it */
} BelayAddress;

BelayAddress *belay_address_parse (const char *text,
                                   const char *preset_address);
void belay_address_free (BelayAddress *self);
char *belay_address_normalise_code (const char *text);
char *belay_address_display_code (const char *code,
                                  const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayAddress, belay_address_free)

G_END_DECLS
