/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-module-item.h"
#include "belay-refusal-item.h"
#include "belay-report-item.h"
#include "belay-sync-line.h"
#include "belay-sync-report.h"
#include "belay-sync-status.h"

G_BEGIN_DECLS

const char *belay_sentence_error_title (const GError *error);
char *belay_sentence_error_body (const GError *error);
char *belay_sentence_sync_line (BelaySyncStatus *status,
                                gint64 now_us);
const char *belay_sentence_sync_state (BelaySyncState state);
char *belay_sentence_sync_report (const BelaySyncReport *report);
const char *belay_sentence_refusal (const char *code);
char *belay_sentence_done (BelaySyncLine *line);
char *belay_sentence_module (BelayModuleItem *module);
const char *belay_sentence_download_failure (const char *code);
const char *belay_sentence_receipt (BelayReceipt receipt);
char *belay_sentence_standing (BelayReportItem *report,
                               gint64 now_us);
const char *belay_sentence_standing_word (BelayStanding standing);

G_END_DECLS
