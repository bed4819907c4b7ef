/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-store-private.h"
#include "belay-sync-item.h"

G_BEGIN_DECLS

/* Where an item is; the numbers are in the database. */
typedef enum
{
  BELAY_OUTBOX_HERE = 0,
  BELAY_OUTBOX_ON_ITS_WAY = 1,
  BELAY_OUTBOX_REFUSED = 2,
  BELAY_OUTBOX_SERVER = 3,
} BelayOutboxReceipt;

/* What a new statement's place in the outbox says besides its id. */
typedef struct
{
  const char *id;
  gint64 made_us;
  const char *activity_id; /* (nullable) */
  const char *module_id;   /* (nullable) */
  const char *verb;
} BelayOutboxStatement;

gboolean belay_outbox_add_statement (BelayDatabase *database,
                                     const BelayOutboxStatement *statement,
                                     GError **error);
gboolean belay_outbox_add_state (BelayStoreWriter *writer,
                                 const char *key,
                                 const char *type,
                                 GBytes *value,
                                 GError **error);
GPtrArray *belay_outbox_collect (BelayStoreWriter *writer,
                                 gsize budget,
                                 guint items_most,
                                 gboolean *items_left,
                                 GError **error);
gboolean belay_outbox_judge (BelayStoreWriter *writer,
                             const BelayVerdict *verdict,
                             BelayOutboxReceipt *receipt,
                             GError **error);
gboolean belay_outbox_offer_again (BelayDatabase *database,
                                   GError **error);
gboolean belay_outbox_return_sent (BelayDatabase *database,
                                   GError **error);
gboolean belay_outbox_find_module (BelayDatabase *database,
                                   const char *id,
                                   char **module_id,
                                   GError **error);
gboolean belay_outbox_holds_state (BelayDatabase *database,
                                   const char *key,
                                   gboolean *holds,
                                   GError **error);

G_END_DECLS
