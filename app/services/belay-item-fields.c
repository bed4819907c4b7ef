/* belay-item-fields.c: set a field of an object and tell of it, but only where it changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-item-fields.h"

void
belay_item_set_string (gpointer object,
                       char **field,
                       const char *value,
                       GParamSpec *property)
{
  if (g_set_str (field, value))
    g_object_notify_by_pspec (object, property);
}

void
belay_item_set_int64 (gpointer object,
                      gint64 *field,
                      gint64 value,
                      GParamSpec *property)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (object, property);
}

void
belay_item_set_uint (gpointer object,
                     guint *field,
                     guint value,
                     GParamSpec *property)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (object, property);
}

void
belay_item_set_boolean (gpointer object,
                        gboolean *field,
                        gboolean value,
                        GParamSpec *property)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (object, property);
}

void
belay_item_set_double (gpointer object,
                       double *field,
                       double value,
                       GParamSpec *property)
{
  if (G_APPROX_VALUE (*field, value, G_MINDOUBLE))
    return;

  *field = value;
  g_object_notify_by_pspec (object, property);
}
