/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-store-private.h"
#include "belay-sync-message.h"

G_BEGIN_DECLS

gboolean belay_documents_list_cursors (BelayDatabase *database,
                                       BelaySyncRequest *request,
                                       GError **error);
gboolean belay_documents_apply_stream (BelayStoreWriter *writer,
                                       const BelayStreamDown *down,
                                       guint *received,
                                       GError **error);
gboolean belay_documents_purge_stream (BelayStoreWriter *writer,
                                       const char *stream,
                                       GError **error);
gboolean belay_documents_start_over (BelayStoreWriter *writer,
                                     GError **error);
gboolean belay_documents_drop_stale (BelayStoreWriter *writer,
                                     GError **error);

G_END_DECLS
