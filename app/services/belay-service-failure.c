/* belay-service-failure.c: what the rooms below fail with, as what an account fails with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-account-private.h"
#include "belay-service-error-private.h"
#include "belay-wire-error.h"

static BelayServiceError
code_of_net (int code)
{
  switch (code)
    {
    case BELAY_NET_ERROR_INSECURE:
      return BELAY_SERVICE_ERROR_NOT_AN_ADDRESS;
    case BELAY_NET_ERROR_UNKNOWN_HOST:
      return BELAY_SERVICE_ERROR_UNKNOWN_HOST;
    case BELAY_NET_ERROR_CERTIFICATE:
      return BELAY_SERVICE_ERROR_CERTIFICATE;
    case BELAY_NET_ERROR_PORTAL:
      return BELAY_SERVICE_ERROR_PORTAL;
    case BELAY_NET_ERROR_CANCELLED:
      return BELAY_SERVICE_ERROR_CANCELLED;
    case BELAY_NET_ERROR_GATEWAY:
      return BELAY_SERVICE_ERROR_SERVER_TROUBLE;
    case BELAY_NET_ERROR_NOT_BELAY:
    case BELAY_NET_ERROR_TOO_LARGE:
    case BELAY_NET_ERROR_FAILED:
      return BELAY_SERVICE_ERROR_NOT_BELAY;
    default:
      return BELAY_SERVICE_ERROR_OFFLINE;
    }
}

static BelayServiceError
code_of_database (int code)
{
  switch (code)
    {
    case BELAY_DATABASE_ERROR_FULL:
      return BELAY_SERVICE_ERROR_DISK_FULL;
    case BELAY_DATABASE_ERROR_NEWER:
      return BELAY_SERVICE_ERROR_DATABASE_NEWER;
    case BELAY_DATABASE_ERROR_CORRUPT:
      return BELAY_SERVICE_ERROR_DATABASE_DAMAGED;
    case BELAY_DATABASE_ERROR_BUSY:
      return BELAY_SERVICE_ERROR_IN_USE;
    default:
      return BELAY_SERVICE_ERROR_FAILED;
    }
}

/**
 * belay_service_error_from:
 * @cause: from a room below
 *
 * Returns: (transfer full): the same as a #BelayServiceError
 */
GError *
belay_service_error_from (const GError *cause)
{
  BelayServiceError code = BELAY_SERVICE_ERROR_FAILED;

  g_return_val_if_fail (cause != NULL, NULL);

  if (cause->domain == BELAY_SERVICE_ERROR)
    return g_error_copy (cause);
  if (cause->domain == BELAY_NET_ERROR)
    code = code_of_net (cause->code);
  else if (cause->domain == BELAY_DATABASE_ERROR)
    code = code_of_database (cause->code);
  else if (cause->domain == BELAY_WIRE_ERROR)
    code = BELAY_SERVICE_ERROR_NOT_BELAY;
  else if (g_error_matches (cause, BELAY_STORE_ERROR, BELAY_STORE_ERROR_IN_USE))
    code = BELAY_SERVICE_ERROR_IN_USE;
  else if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    code = BELAY_SERVICE_ERROR_DISK_FULL;

  return belay_service_error_new (code, 0, cause->message);
}

static BelayServiceError
code_of_reply (guint status,
               const char *code)
{
  if (g_str_equal (code, BELAY_CODE_WRONG_PASSWORD))
    return BELAY_SERVICE_ERROR_WRONG_PASSWORD;
  if (g_str_equal (code, BELAY_CODE_WIRE_VERSION))
    return BELAY_SERVICE_ERROR_UPDATE_NEEDED;

  switch (status)
    {
    case 401:
      return BELAY_SERVICE_ERROR_SIGN_IN_NEEDED;
    case 403:
      return BELAY_SERVICE_ERROR_FORBIDDEN;
    case 404:
      return BELAY_SERVICE_ERROR_WRONG_CODE;
    case 409:
      return BELAY_SERVICE_ERROR_HAS_PASSWORD;
    case 429:
      return BELAY_SERVICE_ERROR_TOO_MANY;
    default:
      return status >= 500 ? BELAY_SERVICE_ERROR_SERVER_TROUBLE : BELAY_SERVICE_ERROR_FAILED;
    }
}

/**
 * belay_service_error_from_reply:
 * @reply: that was no success
 *
 * Returns: (transfer full): what the server refused, as a #BelayServiceError
 */
GError *
belay_service_error_from_reply (const BelayNetReply *reply)
{
  g_autoptr (BelayWireFailure) failure = NULL;
  const char *code;
  gint64 seconds;

  g_return_val_if_fail (reply != NULL, NULL);

  failure = belay_wire_failure_decode (reply->body, NULL);
  code = failure != NULL ? failure->code : "";
  seconds = failure != NULL ? belay_parameters_get_number (failure->parameters, "seconds", 0) : 0;

  return belay_service_error_new (code_of_reply (reply->status, code), MAX (seconds, reply->retry_after), code);
}
