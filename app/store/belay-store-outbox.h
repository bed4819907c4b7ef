/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-store.h"
#include "belay-sync-message.h"

G_BEGIN_DECLS

#define BELAY_TYPE_STORE_STEP (belay_store_step_get_type ())
#define BELAY_TYPE_STORE_APPLIED (belay_store_applied_get_type ())

/* One step of sync, ready to be sent. */
typedef struct
{
  gatomicrefcount references;
  BelaySyncRequest *request;
  gboolean items_left; /* more waits than went into it */
} BelayStoreStep;

/* What a reply did here. */
typedef struct
{
  guint sent;     /* items that the server has now */
  guint received; /* documents that came */
  guint refused;
  gboolean new_epoch; /* all cursors went back to 0 */
  gboolean more;      /* the server has more */
  gint64 contact_us;  /* when this answer came */
} BelayStoreApplied;

GType belay_store_step_get_type (void) G_GNUC_CONST;
BelayStoreStep *belay_store_step_ref (BelayStoreStep *self);
void belay_store_step_unref (BelayStoreStep *self);
GType belay_store_applied_get_type (void) G_GNUC_CONST;
BelayStoreApplied *belay_store_applied_copy (const BelayStoreApplied *self);
void belay_store_applied_free (BelayStoreApplied *self);

DexFuture *belay_store_begin_step (BelayStore *self,
                                   gsize budget,
                                   guint items_most) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_end_step (BelayStore *self,
                                 BelaySyncReply *reply) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_return_sent (BelayStore *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_refuse (BelayStore *self,
                               const char *id,
                               const char *code) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_prune (BelayStore *self) G_GNUC_WARN_UNUSED_RESULT;

DexFuture *belay_store_try_again (BelayStore *self,
                                  const char *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_discard (BelayStore *self,
                                const char *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_export (BelayStore *self,
                               const char *id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStoreStep, belay_store_step_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStoreApplied, belay_store_applied_free)

G_END_DECLS
