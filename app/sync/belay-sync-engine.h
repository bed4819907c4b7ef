/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-net-session.h"
#include "belay-store.h"

G_BEGIN_DECLS

/* How a round of steps ended. */
typedef enum
{
  BELAY_SYNC_DONE, /* both sides have all that the other wants to give */
  BELAY_SYNC_OFFLINE,
  BELAY_SYNC_PORTAL,
  BELAY_SYNC_UNAUTHENTICATED, /* the server does not know this laptop any more */
  BELAY_SYNC_TROUBLE,         /* the server answers, but cannot work; or one side has a fault */
  BELAY_SYNC_WAIT,            /* the server asks to come later */
  BELAY_SYNC_UPDATE,          /* the server no longer speaks this version */
  BELAY_SYNC_DISK_FULL,
  BELAY_SYNC_CANCELLED,
} BelaySyncResult;

#define BELAY_TYPE_SYNC_OUTCOME (belay_sync_outcome_get_type ())

typedef struct
{
  BelaySyncResult result;
  guint steps;    /* requests that were answered */
  guint sent;     /* items that the server has now */
  guint received; /* documents that came */
  guint refused;
  gint64 wait_seconds; /* how long the server asked to wait; 0 where it did not say */
  gint64 contact_us;   /* when the server last answered, 0 where it did not */
  char *message;       /* (nullable): for a log */
} BelaySyncOutcome;

GType belay_sync_outcome_get_type (void) G_GNUC_CONST;
BelaySyncOutcome *belay_sync_outcome_copy (const BelaySyncOutcome *self);
void belay_sync_outcome_free (BelaySyncOutcome *self);

/* Brings a laptop and its server to the same state, step by step. */
typedef struct _BelaySyncEngine BelaySyncEngine;

BelaySyncEngine *belay_sync_engine_new (BelayStore *store,
                                        BelayNetSession *session);
BelaySyncEngine *belay_sync_engine_ref (BelaySyncEngine *self);
void belay_sync_engine_unref (BelaySyncEngine *self);
DexFuture *belay_sync_engine_run (BelaySyncEngine *self,
                                  GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncOutcome, belay_sync_outcome_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncEngine, belay_sync_engine_unref)

G_END_DECLS
