/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "belay-journey-server.h"

G_BEGIN_DECLS

/* What the server's own record store tells to who has a key to it. */
typedef struct _BelaySyncRecord BelaySyncRecord;

BelaySyncRecord *belay_sync_record_new (BelayJourneyServer *server);
void belay_sync_record_free (BelaySyncRecord *self);
GHashTable *belay_sync_record_read (BelaySyncRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncRecord, belay_sync_record_free)

G_END_DECLS
