/* belay-work-session.c: from a token to a person
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-session.h"

#include <string.h>

#include "belay-db-people.h"
#include "belay-time.h"
#include "belay-token.h"
#include "belay-work-error.h"

#define TOKEN_US ((gint64) BELAY_TOKEN_DAYS * BELAY_DAY_SECONDS * BELAY_SECOND_US)
/* A token's life is made longer at most once a day: else each request would write */
#define EXTEND_AFTER_US ((gint64) BELAY_DAY_SECONDS * BELAY_SECOND_US)

BelayWorkSession *
belay_work_session_copy (const BelayWorkSession *self)
{
  BelayWorkSession *copy = g_new0 (BelayWorkSession, 1);

  copy->person = g_strdup (self->person);
  copy->device = g_strdup (self->device);

  return copy;
}

void
belay_work_session_free (BelayWorkSession *self)
{
  g_free (self->person);
  g_free (self->device);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (BelayWorkSession, belay_work_session, belay_work_session_copy, belay_work_session_free)

typedef struct
{
  BelayServerContext *context;
  char *hash;
  char *device; /* (nullable): whose token's life is to be made longer */
  BelayWorkSession *session;
} Search;

static void
search_free (Search *self)
{
  g_free (self->hash);
  g_free (self->device);
  g_clear_pointer (&self->session, belay_work_session_free);
  g_free (self);
}

static DexFuture *
look_up (BelayDbTransaction *tx,
         gpointer user_data)
{
  Search *self = user_data;
  g_autoptr (BelayDbDevice) device = NULL;
  GError *error = NULL;

  if (!belay_db_device_get_by_token (tx, self->hash, &device, &error))
    return dex_future_new_for_error (error);
  if (device == NULL || device->expires <= belay_db_now (tx))
    return dex_future_new_for_error (belay_work_error_new (BELAY_WORK_ERROR_UNAUTHENTICATED, NULL, NULL));

  self->session = g_new0 (BelayWorkSession, 1);
  self->session->person = g_strdup (device->person);
  self->session->device = g_strdup (device->id);
  if (device->expires < belay_db_now (tx) + TOKEN_US - EXTEND_AFTER_US)
    self->device = g_strdup (device->id);

  return dex_future_new_true ();
}

static DexFuture *
extend (BelayDbTransaction *tx,
        gpointer user_data)
{
  Search *self = user_data;
  GError *error = NULL;

  if (!belay_db_device_extend (tx, self->device, belay_db_now (tx) + TOKEN_US, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static DexFuture *
find_fiber (gpointer user_data)
{
  Search *self = user_data;
  GError *error = NULL;

  if (!dex_await (belay_db_read (self->context->db, look_up, self, NULL), &error))
    return dex_future_new_for_error (error);
  if (self->device != NULL && !dex_await (belay_db_write (self->context->db, extend, self, NULL), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (BELAY_TYPE_WORK_SESSION, g_steal_pointer (&self->session));
}

/**
 * belay_work_session_find:
 * @authorization: (nullable): the header
 *
 * Returns: (transfer full): resolves to a %BELAY_TYPE_WORK_SESSION; rejected as unauthenticated where the
 *   token is missing, unknown or expired
 */
DexFuture *
belay_work_session_find (BelayServerContext *context,
                         const char *authorization)
{
  Search *self;

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", strlen ("Bearer ")) != 0)
    return dex_future_new_for_error (belay_work_error_new (BELAY_WORK_ERROR_UNAUTHENTICATED, NULL, NULL));

  self = g_new0 (Search, 1);
  self->context = context;
  self->hash = belay_token_hash (authorization + strlen ("Bearer "));

  return dex_scheduler_spawn (NULL, 0, find_fiber, self, (GDestroyNotify) search_free);
}
