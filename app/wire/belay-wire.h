/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The version of the wire this code speaks, and the oldest that it understands. */
#define BELAY_WIRE_VERSION 1
#define BELAY_WIRE_OLDEST 1
#define BELAY_WIRE_HEADER "Belay-Wire"

/* Limits of protocol.md. Sizes are bytes. */
#define BELAY_WIRE_BODY_MOST (1024 * 1024)
#define BELAY_WIRE_BODY_UNPACKED_MOST (8 * 1024 * 1024)
#define BELAY_WIRE_ITEMS_MOST 500
#define BELAY_WIRE_NESTING_MOST 32
#define BELAY_WIRE_STRING_MOST (256 * 1024)
#define BELAY_WIRE_STATEMENT_MOST (256 * 1024)
#define BELAY_WIRE_STATE_MOST (1024 * 1024)
#define BELAY_WIRE_STREAMS_MOST 64
#define BELAY_WIRE_BUDGET_MOST (1024 * 1024)
#define BELAY_WIRE_BUDGET_LEAST (64 * 1024)
#define BELAY_WIRE_GZIP_LEAST 1024

/* What can be wrong with a message of the other side. */
#define BELAY_WIRE_ERROR (belay_wire_error_quark ())

typedef enum
{
  BELAY_WIRE_ERROR_MALFORMED, /* not JSON, or not the message that was expected; see `where` */
  BELAY_WIRE_ERROR_TOO_LARGE, /* over one of the limits above; see `where` and `most` */
} BelayWireErrorCode;

GQuark belay_wire_error_quark (void);
const char *belay_wire_error_get_where (const GError *error);
gint64 belay_wire_error_get_most (const GError *error);

G_END_DECLS
