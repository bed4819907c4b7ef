/* belay-route-reply.c: the usual few shapes of answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-database.h"
#include "belay-route-handlers.h"
#include "belay-text.h"
#include "belay-wire-error.h"
#include "belay-work-error.h"

#define RETRY_SECONDS 30

/**
 * belay_route_reply_json:
 * @body: (transfer full)
 */
BelayHttpReply *
belay_route_reply_json (GBytes *body)
{
  return belay_http_reply_new (SOUP_STATUS_OK, "application/json", body);
}

static const char *
code_of_work_error (const GError *error)
{
  static const char *const codes[] = {
    [BELAY_WORK_ERROR_UNAUTHENTICATED] = BELAY_CODE_UNAUTHENTICATED,
    [BELAY_WORK_ERROR_WRONG_PASSWORD] = BELAY_CODE_WRONG_PASSWORD,
    [BELAY_WORK_ERROR_FORBIDDEN] = BELAY_CODE_FORBIDDEN,
    [BELAY_WORK_ERROR_UNKNOWN] = BELAY_CODE_UNKNOWN,
    [BELAY_WORK_ERROR_CONFLICT] = BELAY_CODE_CONFLICT,
    [BELAY_WORK_ERROR_TOO_MANY] = BELAY_CODE_TOO_MANY,
    [BELAY_WORK_ERROR_MALFORMED] = BELAY_CODE_MALFORMED,
    [BELAY_WORK_ERROR_DEVICE_REVOKED] = BELAY_CODE_DEVICE_REVOKED,
    [BELAY_WORK_ERROR_TOO_LARGE] = BELAY_CODE_TOO_LARGE,
  };

  return codes[error->code];
}

/* A fault of ours: the log says what, the reply only where in the log to look */
static BelayWireFailure *
describe_fault (const GError *error)
{
  g_autofree char *reference = belay_text_random_token (6);

  g_warning ("reference=%s %s", reference, error->message);

  return belay_wire_failure_new (BELAY_CODE_INTERNAL, belay_parameters_new_text ("reference", reference));
}

static BelayWireFailure *
describe (const GError *error)
{
  if (error->domain == BELAY_WORK_ERROR)
    return belay_wire_failure_new (code_of_work_error (error), belay_work_error_get_parameters (error));
  if (error->domain == BELAY_WIRE_ERROR)
    return belay_wire_failure_new_from_error (error);
  if (g_error_matches (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL)
      || g_error_matches (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_BUSY)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED))
    {
      g_warning ("%s", error->message);
      return belay_wire_failure_new (BELAY_CODE_UNAVAILABLE, belay_parameters_new_number ("seconds", RETRY_SECONDS));
    }

  return describe_fault (error);
}

/**
 * belay_route_reply_error:
 *
 * Returns: (transfer full): what protocol.md answers to @error
 */
BelayHttpReply *
belay_route_reply_error (const GError *error)
{
  g_autoptr (BelayWireFailure) failure = describe (error);
  BelayHttpReply *reply =
    belay_http_reply_new (belay_wire_failure_status (failure), "application/json", belay_wire_failure_encode (failure));
  gint64 seconds = failure->parameters != NULL ? belay_parameters_get_number (failure->parameters, "seconds", 0) : 0;

  if (seconds > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

      soup_message_headers_replace (reply->headers, "Retry-After", text);
    }

  return reply;
}

/**
 * belay_route_find_session:
 *
 * Returns: (transfer full) (nullable): who asks
 */
BelayWorkSession *
belay_route_find_session (BelayServerContext *context,
                          const BelayHttpRequest *request,
                          GError **error)
{
  return dex_await_boxed (belay_work_session_find (context, belay_http_request_get_header (request, "authorization")),
                          error);
}
