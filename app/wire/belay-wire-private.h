/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-wire.h"

G_BEGIN_DECLS

/* For the code of this room alone. */
GError *belay_wire_error_new (BelayWireErrorCode code,
                              const char *where,
                              gint64 most,
                              const char *rule);

G_END_DECLS
