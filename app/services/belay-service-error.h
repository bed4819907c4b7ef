/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BELAY_SERVICE_ERROR (belay_service_error_quark ())

/**
 * BelayServiceError:
 *
 * All that an account can fail with. The interface makes its sentence from the code; the message
 * is for a log.
 */
typedef enum
{
  BELAY_SERVICE_ERROR_FAILED,          /* a fault of Belay's own */
  BELAY_SERVICE_ERROR_NOT_AN_ADDRESS,  /* neither address, code nor link */
  BELAY_SERVICE_ERROR_ADDRESS_MISSING, /* a code without an address, and none is preset */
  BELAY_SERVICE_ERROR_OFFLINE,         /* no network, or nobody answers at that address */
  BELAY_SERVICE_ERROR_UNKNOWN_HOST,    /* there is no such address */
  BELAY_SERVICE_ERROR_CERTIFICATE,     /* the server's certificate is not to be trusted */
  BELAY_SERVICE_ERROR_NOT_BELAY,       /* something answered, but no Belay server */
  BELAY_SERVICE_ERROR_PORTAL,          /* the network wants the person to sign in to it first */
  BELAY_SERVICE_ERROR_WRONG_PASSWORD,  /* wrong address of mail or wrong password */
  BELAY_SERVICE_ERROR_WRONG_CODE,      /* the join code is wrong, used up or expired */
  BELAY_SERVICE_ERROR_HAS_PASSWORD,    /* that person has joined before: sign in instead */
  BELAY_SERVICE_ERROR_TOO_MANY,        /* too many tries: wait, see belay_service_error_get_seconds() */
  BELAY_SERVICE_ERROR_SIGN_IN_NEEDED,  /* the server no longer knows this laptop */
  BELAY_SERVICE_ERROR_FORBIDDEN,       /* the person may not */
  BELAY_SERVICE_ERROR_SERVER_TROUBLE,  /* the server answers, but cannot work now */
  BELAY_SERVICE_ERROR_UPDATE_NEEDED,   /* this app is too old for the server */
  BELAY_SERVICE_ERROR_DISK_FULL,       /* no room on this laptop */
  BELAY_SERVICE_ERROR_DATABASE_NEWER,  /* a newer Belay wrote what is here; nothing was changed */
  BELAY_SERVICE_ERROR_DATABASE_DAMAGED,
  BELAY_SERVICE_ERROR_IN_USE,         /* another Belay has this account open */
  BELAY_SERVICE_ERROR_NOT_DOWNLOADED, /* the module is not on this laptop yet */
  BELAY_SERVICE_ERROR_CANCELLED,
} BelayServiceError;

GQuark belay_service_error_quark (void);
gint64 belay_service_error_get_seconds (const GError *error);

G_END_DECLS
