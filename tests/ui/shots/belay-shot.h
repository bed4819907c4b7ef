/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-account-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef int (*BelayShotFunc) (GtkApplication *application);

int belay_shot_run (int argc,
                    char *argv[],
                    BelayShotFunc shoot);
const char *const *belay_shot_get_arguments (void);
GtkWidget *belay_shot_open (GtkApplication *application,
                            BelayAccountManager *manager);
void belay_shot_settle (GtkWidget *window);
void belay_shot_show_sidebar (GtkWidget *window);
void belay_shot_save (GtkWidget *window,
                      const char *name);

G_END_DECLS
