/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "belay-service-types.h"

G_BEGIN_DECLS

#define BELAY_TYPE_SYNC_REPORT (belay_sync_report_get_type ())

/* What "Sync now" did. */
typedef struct
{
  guint sent;     /* things that the server has now and had not before */
  guint received; /* documents that came */
  guint refused;  /* things that the server refused */
  BelaySyncState state;
} BelaySyncReport;

GType belay_sync_report_get_type (void) G_GNUC_CONST;
BelaySyncReport *belay_sync_report_copy (const BelaySyncReport *self);
void belay_sync_report_free (BelaySyncReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncReport, belay_sync_report_free)

G_END_DECLS
