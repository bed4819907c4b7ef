/* belay-sync-engine.c: one step after the other until both sides have everything
 *
 * A step is one request. The engine keeps nothing of a step that the database does not have: a
 * laptop that is killed between any two of them goes on where it was. It has no timer; services
 * decide when to run it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-engine.h"

#include "belay-store-outbox.h"
#include "belay-wire-error.h"

#define SYNC_PATH "/api/v1/sync"

/* A message of this size is about 1 MiB once it is encoded */
#define BUDGET_FULL (768 * 1024)
#define REPLY_MOST BELAY_WIRE_BODY_UNPACKED_MOST
/* A server that always has more is not believed for ever */
#define STEPS_MOST 10000

struct _BelaySyncEngine
{
  gatomicrefcount references;
  BelayStore *store;
  BelayNetSession *session;
  gsize budget;
  guint items_most;
};

BelaySyncEngine *
belay_sync_engine_new (BelayStore *store,
                       BelayNetSession *session)
{
  BelaySyncEngine *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);

  self = g_new0 (BelaySyncEngine, 1);
  g_atomic_ref_count_init (&self->references);
  self->store = belay_store_ref (store);
  self->session = belay_net_session_ref (session);
  self->budget = BUDGET_FULL;
  self->items_most = BELAY_WIRE_ITEMS_MOST;

  return self;
}

BelaySyncEngine *
belay_sync_engine_ref (BelaySyncEngine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_sync_engine_unref (BelaySyncEngine *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  belay_store_unref (self->store);
  belay_net_session_unref (self->session);
  g_free (self);
}

typedef struct
{
  BelaySyncEngine *engine;
  GCancellable *cancellable;
  BelaySyncOutcome *outcome;
  char *suspect;            /* (nullable): the id of an item that alone is not taken */
  const char *suspect_code; /* what it is then refused with */
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  belay_sync_engine_unref (round->engine);
  g_clear_object (&round->cancellable);
  g_clear_pointer (&round->outcome, belay_sync_outcome_free);
  g_free (round->suspect);
  g_free (round);
}

/* Whether the round goes on after a step. */
typedef enum
{
  STEP_AGAIN,
  STEP_END,
} StepEnd;

static StepEnd
end_with (Round *round,
          BelaySyncResult result,
          const char *message)
{
  round->outcome->result = result;
  g_set_str (&round->outcome->message, message);

  return STEP_END;
}

static StepEnd
end_with_database_error (Round *round,
                         const GError *error)
{
  gboolean is_full = g_error_matches (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL);

  return end_with (round, is_full ? BELAY_SYNC_DISK_FULL : BELAY_SYNC_TROUBLE, error->message);
}

static StepEnd
end_with_net_error (Round *round,
                    const GError *error)
{
  switch (error->code)
    {
    case BELAY_NET_ERROR_PORTAL:
      return end_with (round, BELAY_SYNC_PORTAL, error->message);
    case BELAY_NET_ERROR_CANCELLED:
      return end_with (round, BELAY_SYNC_CANCELLED, error->message);
    case BELAY_NET_ERROR_GATEWAY:
    case BELAY_NET_ERROR_NOT_BELAY:
    case BELAY_NET_ERROR_TOO_LARGE:
    case BELAY_NET_ERROR_CERTIFICATE:
    case BELAY_NET_ERROR_INSECURE:
      return end_with (round, BELAY_SYNC_TROUBLE, error->message);
    default:
      return end_with (round, BELAY_SYNC_OFFLINE, error->message);
    }
}

/* The server does not take the message, so less goes into the next one, until what is left is the item that is
 * at fault. That one alone is suspected: it is set aside only once the server has taken a message without it, so
 * that a server which takes nothing at all does not make a person's work look refused. */
static StepEnd
send_less (Round *round,
           const BelayStoreStep *step,
           const char *code)
{
  BelaySyncEngine *engine = round->engine;
  GPtrArray *items = step->request->up;

  if (items->len == 0)
    return end_with (round, BELAY_SYNC_TROUBLE, "The server takes not even an empty message");
  if (items->len == 1)
    {
      g_set_str (&round->suspect, ((const BelayUpItem *) g_ptr_array_index (items, 0))->id);
      round->suspect_code = code;
    }
  else if (g_str_equal (code, BELAY_CODE_TOO_LARGE) && engine->budget > BELAY_WIRE_BUDGET_LEAST)
    {
      engine->budget = MAX (engine->budget / 2, BELAY_WIRE_BUDGET_LEAST);
    }
  else
    {
      engine->items_most = items->len / 2;
    }

  return STEP_AGAIN;
}

/* The server took a message without the suspect: it must not block the rest any longer */
static StepEnd
set_suspect_aside (Round *round)
{
  g_autofree char *suspect = g_steal_pointer (&round->suspect);
  g_autoptr (GError) error = NULL;

  if (!dex_await (belay_store_refuse (round->engine->store, suspect, round->suspect_code), &error))
    return end_with_database_error (round, error);
  round->outcome->refused++;

  return STEP_AGAIN;
}

static StepEnd
end_with_refusal (Round *round,
                  const BelayNetReply *reply,
                  const BelayStoreStep *step)
{
  g_autoptr (BelayWireFailure) failure = belay_wire_failure_decode (reply->body, NULL);
  const char *code = failure != NULL ? failure->code : "";

  round->outcome->wait_seconds =
    MAX (reply->retry_after, failure != NULL ? belay_parameters_get_number (failure->parameters, "seconds", 0) : 0);

  if (reply->status == 401 || g_str_equal (code, BELAY_CODE_DEVICE_REVOKED))
    return end_with (round, BELAY_SYNC_UNAUTHENTICATED, code);
  if (reply->status == 413)
    return send_less (round, step, BELAY_CODE_TOO_LARGE);
  if (reply->status == 400 && g_str_equal (code, BELAY_CODE_MALFORMED))
    return send_less (round, step, BELAY_CODE_MALFORMED);
  if (reply->status == 429)
    return end_with (round, BELAY_SYNC_WAIT, code);
  if (g_str_equal (code, BELAY_CODE_WIRE_VERSION))
    return end_with (round, BELAY_SYNC_UPDATE, code);

  return end_with (round, BELAY_SYNC_TROUBLE, code);
}

/* Whether it has one verdict for each item, in their order: a reply that something kept from an earlier
 * question has not */
static gboolean
is_answer_to (const BelaySyncReply *reply,
              GPtrArray *items)
{
  if (reply->verdicts->len != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const BelayVerdict *verdict = g_ptr_array_index (reply->verdicts, i);
      const BelayUpItem *item = g_ptr_array_index (items, i);

      if (g_ascii_strcasecmp (verdict->id, item->id) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
count_step (Round *round,
            const BelayStoreApplied *applied)
{
  round->outcome->steps++;
  round->outcome->contact_us = applied->contact_us;
  round->outcome->sent += applied->sent;
  round->outcome->received += applied->received;
  round->outcome->refused += applied->refused;
}

static StepEnd
take_reply (Round *round,
            const BelayNetReply *reply,
            const BelayStoreStep *step)
{
  BelaySyncEngine *engine = round->engine;
  g_autoptr (BelayStoreApplied) applied = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BelaySyncReply) message = belay_sync_reply_decode (reply->body, &error);

  if (message == NULL)
    return end_with (round, BELAY_SYNC_TROUBLE, error->message);
  if (!is_answer_to (message, step->request->up))
    return end_with (round, BELAY_SYNC_TROUBLE, "The reply is not to what was asked");

  applied = dex_await_boxed (belay_store_end_step (engine->store, g_steal_pointer (&message)), &error);
  if (applied == NULL)
    return end_with_database_error (round, error);

  count_step (round, applied);
  if (round->suspect != NULL)
    return set_suspect_aside (round);
  /* After a search for what was at fault there is no reason to go on in small steps */
  engine->items_most = MIN (engine->items_most * 2, BELAY_WIRE_ITEMS_MOST);
  if (applied->more || step->items_left)
    return STEP_AGAIN;

  return end_with (round, BELAY_SYNC_DONE, NULL);
}

/* What cannot even be written as a message is at fault like what the server cannot read */
static StepEnd
end_with_wire_error (Round *round,
                     const BelayStoreStep *step,
                     const GError *error)
{
  if (step->request->up->len == 0 || error->domain != BELAY_WIRE_ERROR)
    return end_with (round, BELAY_SYNC_TROUBLE, error->message);

  return send_less (round, step,
                    error->code == BELAY_WIRE_ERROR_TOO_LARGE ? BELAY_CODE_TOO_LARGE : BELAY_CODE_MALFORMED);
}

static StepEnd
exchange (Round *round,
          BelayStoreStep *step)
{
  BelaySyncEngine *engine = round->engine;
  g_autoptr (BelayNetReply) reply = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;

  message = belay_sync_request_encode (step->request, &error);
  if (message == NULL)
    return end_with_wire_error (round, step, error);

  reply = dex_await_boxed (belay_net_session_post (engine->session, SYNC_PATH, message, REPLY_MOST, round->cancellable),
                           &error);
  if (reply == NULL)
    return end_with_net_error (round, error);
  if (reply->status != 200)
    return end_with_refusal (round, reply, step);

  return take_reply (round, reply, step);
}

static StepEnd
run_step (Round *round)
{
  BelaySyncEngine *engine = round->engine;
  g_autoptr (BelayStoreStep) step = NULL;
  g_autoptr (GError) error = NULL;
  guint items_most = round->suspect != NULL ? 0 : engine->items_most;
  guint steps = round->outcome->steps;
  StepEnd end;

  step = dex_await_boxed (belay_store_begin_step (engine->store, engine->budget, items_most), &error);
  if (step == NULL)
    return end_with_database_error (round, error);

  end = exchange (round, step);
  /* Without verdicts nothing is on its way any more, whatever the server did */
  if (round->outcome->steps == steps && !dex_await (belay_store_return_sent (engine->store), &error))
    return end_with_database_error (round, error);

  return end;
}

static DexFuture *
run_fiber (gpointer data)
{
  Round *round = data;
  guint tries = 0;

  while (run_step (round) == STEP_AGAIN)
    if (++tries == STEPS_MOST)
      {
        end_with (round, BELAY_SYNC_TROUBLE, "The server never comes to an end");
        break;
      }

  /* What was too large today need not be so tomorrow */
  if (round->outcome->result == BELAY_SYNC_DONE)
    {
      round->engine->budget = MIN (round->engine->budget * 2, BUDGET_FULL);
      round->engine->items_most = BELAY_WIRE_ITEMS_MOST;
    }

  return dex_future_new_take_boxed (BELAY_TYPE_SYNC_OUTCOME, g_steal_pointer (&round->outcome));
}

/**
 * belay_sync_engine_run:
 * @cancellable: (nullable): ends it after what it is doing; nothing is lost by it
 *
 * Makes steps until both sides have all, or something is in the way. Not to be run twice at a time.
 *
 * Returns: (transfer full): resolves to a #BelaySyncOutcome; never rejects
 */
DexFuture *
belay_sync_engine_run (BelaySyncEngine *self,
                       GCancellable *cancellable)
{
  Round *round;

  g_return_val_if_fail (self != NULL, NULL);

  round = g_new0 (Round, 1);
  round->engine = belay_sync_engine_ref (self);
  g_set_object (&round->cancellable, cancellable);
  round->outcome = g_new0 (BelaySyncOutcome, 1);

  return dex_scheduler_spawn (NULL, 0, run_fiber, round, round_free);
}
