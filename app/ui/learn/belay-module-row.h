/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-module-item.h"

G_BEGIN_DECLS

#define BELAY_TYPE_MODULE_ROW (belay_module_row_get_type ())

/* BelayModuleRow: a module with its length, its state and the one thing to do; opens to its activities. */
G_DECLARE_FINAL_TYPE (BelayModuleRow, belay_module_row, BELAY, MODULE_ROW, AdwExpanderRow)

GtkWidget *belay_module_row_new (BelayModuleItem *module);

G_END_DECLS
