/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "belay-service-types.h"

G_BEGIN_DECLS

#define BELAY_TYPE_SYNC_LINE (belay_sync_line_get_type ())

/* BelaySyncLine: one thing in the lists of the sync page.
 *
 * Its properties follow the account's data and notify when they change; services alone sets them.
 *
 * `id`: of the statement, command or state
 * `kind`: `statement`, `command` or `state`
 * `what`: what it was about: an activity's title where it is known
 * `verb`: what happened: `completed`, `passed`, `answered` …, the last part of the verb's IRI
 * `when`: when it happened, microseconds UTC
 * `receipt`: where it is
 */
G_DECLARE_FINAL_TYPE (BelaySyncLine, belay_sync_line, BELAY, SYNC_LINE, GObject)

BelaySyncLine *belay_sync_line_new (const char *id);
const char *belay_sync_line_get_id (BelaySyncLine *self);
const char *belay_sync_line_get_kind (BelaySyncLine *self);
const char *belay_sync_line_get_what (BelaySyncLine *self);
const char *belay_sync_line_get_verb (BelaySyncLine *self);
gint64 belay_sync_line_get_when (BelaySyncLine *self);
BelayReceipt belay_sync_line_get_receipt (BelaySyncLine *self);

void belay_sync_line_set_kind (BelaySyncLine *self,
                               const char *kind);
void belay_sync_line_set_what (BelaySyncLine *self,
                               const char *what);
void belay_sync_line_set_verb (BelaySyncLine *self,
                               const char *verb);
void belay_sync_line_set_when (BelaySyncLine *self,
                               gint64 when);
void belay_sync_line_set_receipt (BelaySyncLine *self,
                                  BelayReceipt receipt);

G_END_DECLS
