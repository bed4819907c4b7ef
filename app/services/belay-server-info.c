/* belay-server-info.c: a server that was found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-server-info.h"

G_DEFINE_BOXED_TYPE (BelayServerInfo, belay_server_info, belay_server_info_copy, belay_server_info_free)

BelayServerInfo *
belay_server_info_new (void)
{
  return g_new0 (BelayServerInfo, 1);
}

BelayServerInfo *
belay_server_info_copy (const BelayServerInfo *self)
{
  BelayServerInfo *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = belay_server_info_new ();
  copy->address = g_strdup (self->address);
  copy->organisation_id = g_strdup (self->organisation_id);
  copy->organisation_name = g_strdup (self->organisation_name);
  copy->code = g_strdup (self->code);
  copy->takes_passwords = self->takes_passwords;

  return copy;
}

void
belay_server_info_free (BelayServerInfo *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self->organisation_id);
  g_free (self->organisation_name);
  g_free (self->code);
  g_free (self);
}
