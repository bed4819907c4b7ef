/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "belay-module-item.h"

G_BEGIN_DECLS

#define BELAY_TYPE_MODULE_BUTTON (belay_module_button_get_type ())

/* BelayModuleButton: the one thing to do with a module now.
 *
 * `module`: (nullable): a #BelayModuleItem; without one the button is not seen
 */
G_DECLARE_FINAL_TYPE (BelayModuleButton, belay_module_button, BELAY, MODULE_BUTTON, GtkWidget)

void belay_module_button_set_module (BelayModuleButton *self,
                                     BelayModuleItem *module);

G_END_DECLS
