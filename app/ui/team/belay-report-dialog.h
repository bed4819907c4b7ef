/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-report-item.h"

G_BEGIN_DECLS

AdwDialog *belay_report_dialog_new (BelayReportItem *report);

G_END_DECLS
