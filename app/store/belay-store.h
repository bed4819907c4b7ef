/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-clock.h"
#include "belay-database.h"
#include "belay-xapi-storage.h"

G_BEGIN_DECLS

#define BELAY_STORE_ERROR (belay_store_error_quark ())

typedef enum
{
  BELAY_STORE_ERROR_FAILED,
  BELAY_STORE_ERROR_IN_USE, /* another process has this account open */
} BelayStoreError;

GQuark belay_store_error_quark (void);

/* How long receipted facts stay here, so that a server restored from a backup can be given them again. */
#define BELAY_STORE_KEEP_DAYS 35

/* What a change was about. */
typedef enum
{
  BELAY_STORE_CHANGE_ACCOUNT = 1 << 0,
  BELAY_STORE_CHANGE_DOCUMENTS = 1 << 1,
  BELAY_STORE_CHANGE_FACTS = 1 << 2,  /* something new was done here */
  BELAY_STORE_CHANGE_OUTBOX = 1 << 3, /* what was done is now elsewhere */
  BELAY_STORE_CHANGE_DOWNLOADS = 1 << 4,
} BelayStoreChange;

/* Called on the main context after the change is on the disk. */
typedef void (*BelayStoreChangedFunc) (BelayStoreChange change,
                                       gpointer user_data);

/* One account's database on this laptop, with its two threads. */
typedef struct _BelayStore BelayStore;

#define BELAY_TYPE_STORE (belay_store_get_type ())

GType belay_store_get_type (void) G_GNUC_CONST;
DexFuture *belay_store_open (const char *directory,
                             BelayClock *clock) G_GNUC_WARN_UNUSED_RESULT;
BelayStore *belay_store_ref (BelayStore *self);
void belay_store_unref (BelayStore *self);
void belay_store_set_changed_func (BelayStore *self,
                                   BelayStoreChangedFunc func,
                                   gpointer user_data);
BelayClock *belay_store_get_clock (BelayStore *self);

/**
 * BelayStoreXapiWork:
 *
 * Runs on the writer's thread inside a transaction.
 *
 * Returns: (transfer full): a future that is not pending; rejected, all that it wrote is undone
 */
typedef DexFuture *(*BelayStoreXapiWork) (BelayXapiStorage *storage,
                                          BelayClock *clock,
                                          gpointer user_data);

DexFuture *belay_store_with_xapi (BelayStore *self, BelayStoreXapiWork work, gpointer user_data, GDestroyNotify destroy)
  G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStore, belay_store_unref)

G_END_DECLS
