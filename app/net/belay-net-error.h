/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BELAY_NET_ERROR (belay_net_error_quark ())

/* Why there was no answer from the server. */
typedef enum
{
  BELAY_NET_ERROR_FAILED,
  BELAY_NET_ERROR_INSECURE,     /* plain HTTP to another machine is never spoken */
  BELAY_NET_ERROR_OFFLINE,      /* no network, or nobody answers there */
  BELAY_NET_ERROR_UNKNOWN_HOST, /* there is no such address */
  BELAY_NET_ERROR_CERTIFICATE,  /* whoever answered could not prove to be the server */
  BELAY_NET_ERROR_TIMED_OUT,
  BELAY_NET_ERROR_PORTAL,    /* something between here and the server answered in its place */
  BELAY_NET_ERROR_GATEWAY,   /* what stands before the server does not reach it */
  BELAY_NET_ERROR_NOT_BELAY, /* whoever has that address proved it, and is no Belay server */
  BELAY_NET_ERROR_TOO_LARGE, /* the answer is larger than one may be */
  BELAY_NET_ERROR_TRUNCATED, /* the connection ended in the middle of the answer */
  BELAY_NET_ERROR_CANCELLED,
} BelayNetError;

GQuark belay_net_error_quark (void);
GError *belay_net_error_from (const GError *cause);

G_END_DECLS
