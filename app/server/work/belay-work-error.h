/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A request that cannot be done, as protocol.md answers it. */
#define BELAY_WORK_ERROR (belay_work_error_quark ())

typedef enum
{
  BELAY_WORK_ERROR_UNAUTHENTICATED,
  BELAY_WORK_ERROR_WRONG_PASSWORD,
  BELAY_WORK_ERROR_FORBIDDEN,
  BELAY_WORK_ERROR_UNKNOWN,
  BELAY_WORK_ERROR_CONFLICT,
  BELAY_WORK_ERROR_TOO_MANY,
  BELAY_WORK_ERROR_MALFORMED,
  BELAY_WORK_ERROR_DEVICE_REVOKED,
  BELAY_WORK_ERROR_TOO_LARGE,
} BelayWorkError;

GQuark belay_work_error_quark (void);
GError *belay_work_error_new (BelayWorkError code,
                              const char *name,
                              const char *value);
GError *belay_work_error_new_number (BelayWorkError code,
                                     const char *name,
                                     gint64 value);
GError *belay_work_error_new_forbidden (const char *act,
                                        const char *object);
GVariant *belay_work_error_get_parameters (const GError *error);

G_END_DECLS
