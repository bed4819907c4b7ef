/* belay-server-inquiry.c: who answers at an address?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-server-inquiry.h"

#include "belay-account-private.h"
#include "belay-net-session.h"
#include "belay-server-info.h"
#include "belay-account-private.h"
#include "belay-service-error-private.h"
#include "belay-sign-in-message.h"
#include "belay-wire-error.h"

typedef struct
{
  char *address;
  char *code; /* (nullable) */
} Inquiry;

static void
inquiry_free (gpointer data)
{
  Inquiry *inquiry = data;

  g_free (inquiry->address);
  g_free (inquiry->code);
  g_free (inquiry);
}

static BelayServerInfo *
describe (const Inquiry *inquiry,
          const BelayServerHello *hello)
{
  BelayServerInfo *info = belay_server_info_new ();

  info->address = g_strdup (inquiry->address);
  info->code = g_strdup (inquiry->code);
  info->organisation_id = g_strdup (hello->organisation_id);
  info->organisation_name = g_strdup (hello->organisation_name);
  info->takes_passwords = g_strv_contains ((const char *const *) hello->sign_in, "password");

  return info;
}

static DexFuture *
inquiry_fiber (gpointer data)
{
  Inquiry *inquiry = data;
  g_autoptr (BelayNetSession) session = NULL;
  g_autoptr (BelayNetReply) reply = NULL;
  g_autoptr (BelayServerHello) hello = NULL;
  g_autoptr (GError) error = NULL;

  session = belay_net_session_new (inquiry->address, BELAY_WIRE_VERSION, &error);
  if (session == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));
  reply = dex_await_boxed (belay_net_session_get (session, "/api/v1/server", BELAY_WIRE_BODY_MOST, NULL), &error);
  if (reply == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));
  if (reply->status != 200)
    return dex_future_new_for_error (belay_service_error_from_reply (reply));
  hello = belay_server_hello_decode (reply->body, &error);
  if (hello == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));
  if (hello->wire_oldest > BELAY_WIRE_VERSION)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_UPDATE_NEEDED, 0, "The server is newer than this app"));

  return dex_future_new_take_boxed (BELAY_TYPE_SERVER_INFO, describe (inquiry, hello));
}

/**
 * belay_server_inquiry:
 * @address: of a server, as belay_address_parse() gives it
 * @code: (nullable): a join code, handed on
 *
 * Asks the server who it is (protocol.md, "Who the server is").
 *
 * Returns: (transfer full): resolves to a #BelayServerInfo; rejects with a #BelayServiceError
 */
DexFuture *
belay_server_inquiry (const char *address,
                      const char *code)
{
  Inquiry *inquiry;

  g_return_val_if_fail (address != NULL, NULL);

  inquiry = g_new0 (Inquiry, 1);
  inquiry->address = g_strdup (address);
  inquiry->code = g_strdup (code);

  return dex_scheduler_spawn (NULL, 0, inquiry_fiber, inquiry, inquiry_free);
}
