/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-sync-message.h"

G_BEGIN_DECLS

/* Operations on the streams of documents. */

/* What one reply may still hold. A document larger than all of it goes alone. */
typedef struct
{
  gsize bytes_left;
  gboolean is_used;
  gboolean is_over; /* something waits that did not fit */
} BelayDbBudget;

gboolean belay_db_stream_put (BelayDbTransaction *tx,
                              const char *stream,
                              const char *kind,
                              const char *id,
                              const char *body,
                              GError **error);
gboolean belay_db_stream_remove (BelayDbTransaction *tx,
                                 const char *stream,
                                 const char *kind,
                                 const char *id,
                                 GError **error);
gboolean belay_db_stream_last (BelayDbTransaction *tx,
                               const char *stream,
                               gint64 *last,
                               GError **error);
BelayStreamDown *belay_db_stream_since (BelayDbTransaction *tx,
                                        const char *stream,
                                        gint64 cursor,
                                        BelayDbBudget *budget,
                                        GError **error);

G_END_DECLS
