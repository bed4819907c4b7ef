/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-service-error.h"

G_BEGIN_DECLS

GError *belay_service_error_new (BelayServiceError code,
                                 gint64 seconds,
                                 const char *message);

GError *belay_service_error_from (const GError *cause);

G_END_DECLS
