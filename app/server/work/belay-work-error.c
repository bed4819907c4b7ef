/* belay-work-error.c: refusals with the parameters that the wire carries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-error.h"

#include "belay-parameters.h"

typedef struct
{
  GVariant *parameters;
} BelayWorkErrorPrivate;

static void
belay_work_error_private_init (BelayWorkErrorPrivate *private)
{
  private->parameters = NULL;
}

static void
belay_work_error_private_copy (const BelayWorkErrorPrivate *from,
                               BelayWorkErrorPrivate *to)
{
  to->parameters = from->parameters != NULL ? g_variant_ref (from->parameters) : NULL;
}

static void
belay_work_error_private_clear (BelayWorkErrorPrivate *private)
{
  g_clear_pointer (&private->parameters, g_variant_unref);
}

G_DEFINE_EXTENDED_ERROR (BelayWorkError, belay_work_error)

/* @parameters: (transfer full) (nullable) */
static GError *
new_with (BelayWorkError code,
          GVariant *parameters)
{
  GError *error = g_error_new (BELAY_WORK_ERROR, (int) code, "The request was refused (%d)", (int) code);

  belay_work_error_get_private (error)->parameters = parameters != NULL ? g_variant_take_ref (parameters) : NULL;

  return error;
}

/**
 * belay_work_error_new:
 * @name: (nullable): of the parameter
 *
 * Returns: (transfer full): a refusal
 */
GError *
belay_work_error_new (BelayWorkError code,
                      const char *name,
                      const char *value)
{
  return new_with (code, name != NULL ? belay_parameters_new_text (name, value) : NULL);
}

GError *
belay_work_error_new_number (BelayWorkError code,
                             const char *name,
                             gint64 value)
{
  return new_with (code, belay_parameters_new_number (name, value));
}

GError *
belay_work_error_new_forbidden (const char *act,
                                const char *object)
{
  return new_with (BELAY_WORK_ERROR_FORBIDDEN, belay_parameters_new_two_texts ("act", act, "object", object));
}

/* Returns: (transfer none) (nullable): `a{sv}` */
GVariant *
belay_work_error_get_parameters (const GError *error)
{
  return belay_work_error_get_private (error)->parameters;
}
