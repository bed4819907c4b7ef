/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-report-item.h"

G_BEGIN_DECLS

#define BELAY_TYPE_REPORT_ROW (belay_report_row_get_type ())

/* BelayReportRow: one person of the team.
 *
 * `compact`: whether it stands in a narrow window
 */
G_DECLARE_FINAL_TYPE (BelayReportRow, belay_report_row, BELAY, REPORT_ROW, AdwBin)

void belay_report_row_set_report (BelayReportRow *self,
                                  BelayReportItem *report);

G_END_DECLS
