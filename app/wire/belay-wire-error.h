/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-parameters.h"
#include "belay-wire.h"

G_BEGIN_DECLS

/* Codes of protocol.md, "Every request and reply". */
#define BELAY_CODE_MALFORMED "malformed"
#define BELAY_CODE_WIRE_VERSION "wire-version"
#define BELAY_CODE_UNAUTHENTICATED "unauthenticated"
#define BELAY_CODE_WRONG_PASSWORD "wrong-password"
#define BELAY_CODE_FORBIDDEN "forbidden"
#define BELAY_CODE_UNKNOWN "unknown"
#define BELAY_CODE_CONFLICT "conflict"
#define BELAY_CODE_DEVICE_REVOKED "device-revoked"
#define BELAY_CODE_TOO_LARGE "too-large"
#define BELAY_CODE_TOO_MANY "too-many"
#define BELAY_CODE_INTERNAL "internal"
#define BELAY_CODE_UNAVAILABLE "unavailable"

/* Codes of a rejected item, besides MALFORMED, FORBIDDEN, CONFLICT and TOO_LARGE. */
#define BELAY_CODE_NOT_YOURS "not-yours"
#define BELAY_CODE_UNSUPPORTED "unsupported"
#define BELAY_CODE_NEEDS "needs"
#define BELAY_CODE_DIFFERENT "different"

/* An error reply: `{"error": {"code": …, "parameters": {…}}}`. */
typedef struct
{
  char *code;
  GVariant *parameters; /* (nullable) */
} BelayWireFailure;

BelayWireFailure *belay_wire_failure_new (const char *code,
                                          GVariant *parameters);
BelayWireFailure *belay_wire_failure_new_from_error (const GError *error);
void belay_wire_failure_free (BelayWireFailure *self);
GBytes *belay_wire_failure_encode (const BelayWireFailure *self);
BelayWireFailure *belay_wire_failure_decode (GBytes *bytes,
                                             GError **error);
guint belay_wire_failure_status (const BelayWireFailure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayWireFailure, belay_wire_failure_free)

G_END_DECLS
