/* belay-work-organisation.c: who this server is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-organisation.h"

#include "belay-config.h"
#include "belay-sign-in-message.h"

/**
 * belay_work_organisation:
 * @organisation: (out): never %NULL where it returns %TRUE
 */
gboolean
belay_work_organisation (BelayDbTransaction *tx,
                         BelayDbOrganisation **organisation,
                         GError **error)
{
  *organisation = NULL;
  if (belay_db_get_organisation_id (tx) != NULL && !belay_db_organisation_get (tx, organisation, error))
    return FALSE;
  if (*organisation != NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
               "This database has no organisation yet. Run: belay-server init --name \"…\"");
  return FALSE;
}

static DexFuture *
say_hello (BelayDbTransaction *tx,
           gpointer user_data)
{
  static const char *const ways[] = { "password", "join", NULL };
  g_autoptr (BelayDbOrganisation) organisation = NULL;
  g_autoptr (BelayServerHello) hello = belay_server_hello_new ();
  GError *error = NULL;

  if (!belay_work_organisation (tx, &organisation, &error))
    return dex_future_new_for_error (error);

  g_set_str (&hello->organisation_id, organisation->id);
  g_set_str (&hello->organisation_name, organisation->name);
  g_set_str (&hello->version, BELAY_VERSION);
  hello->server_time_us = belay_db_now (tx);
  hello->wire_oldest = BELAY_WIRE_OLDEST;
  hello->wire_newest = BELAY_WIRE_VERSION;
  g_strfreev (hello->sign_in);
  hello->sign_in = g_strdupv ((char **) ways);

  return dex_future_new_take_boxed (G_TYPE_BYTES, belay_server_hello_encode (hello));
}

/**
 * belay_work_hello:
 *
 * Returns: (transfer full): resolves to the body of `GET /api/v1/server`
 */
DexFuture *
belay_work_hello (BelayServerContext *context)
{
  return belay_db_read (context->db, say_hello, NULL, NULL);
}

static DexFuture *
ask_writer (BelayDbTransaction *tx,
            gpointer user_data)
{
  g_autoptr (BelayDbOrganisation) organisation = NULL;
  GError *error = NULL;

  if (!belay_work_organisation (tx, &organisation, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_work_health:
 *
 * Returns: (transfer full): resolves once the database that writes has answered
 */
DexFuture *
belay_work_health (BelayServerContext *context)
{
  return belay_db_write (context->db, ask_writer, NULL, NULL);
}
