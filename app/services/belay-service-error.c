/* belay-service-error.c: what an account can fail with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-service-error-private.h"

typedef struct
{
  gint64 seconds;
} BelayServiceErrorPrivate;

static void
belay_service_error_private_init (BelayServiceErrorPrivate *private)
{
  private->seconds = 0;
}

static void
belay_service_error_private_copy (const BelayServiceErrorPrivate *source,
                                  BelayServiceErrorPrivate *target)
{
  target->seconds = source->seconds;
}

static void
belay_service_error_private_clear (BelayServiceErrorPrivate *private)
{
}

G_DEFINE_EXTENDED_ERROR (BelayServiceError, belay_service_error)

/**
 * belay_service_error_new:
 * @seconds: how long to wait before trying again; 0 where that is not known
 *
 * Returns: (transfer full): an error of this domain
 */
GError *
belay_service_error_new (BelayServiceError code,
                         gint64 seconds,
                         const char *message)
{
  GError *error = g_error_new_literal (BELAY_SERVICE_ERROR, (int) code, message);

  belay_service_error_get_private (error)->seconds = seconds;

  return error;
}

/**
 * belay_service_error_get_seconds:
 *
 * Returns: how long to wait before trying again; 0 where that is not known
 */
gint64
belay_service_error_get_seconds (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == BELAY_SERVICE_ERROR ? belay_service_error_get_private (error)->seconds : 0;
}
