/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "belay-account-manager.h"

G_BEGIN_DECLS

#define BELAY_TYPE_WINDOW (belay_window_get_type ())

/* BelayWindow: the one window: first start, then the places. */
G_DECLARE_FINAL_TYPE (BelayWindow, belay_window, BELAY, WINDOW, AdwApplicationWindow)

GtkWidget *belay_window_new (GtkApplication *application,
                             BelayAccountManager *manager);
BelayAccountManager *belay_window_get_manager (BelayWindow *self);
BelayAccount *belay_window_get_account (BelayWindow *self);
AdwNavigationView *belay_window_get_navigation (BelayWindow *self);
void belay_window_show_start (BelayWindow *self);
void belay_window_show_trouble (BelayWindow *self,
                                const GError *error);
void belay_window_follow_account (BelayWindow *self);
void belay_window_show_place (BelayWindow *self,
                              const char *place);
void belay_window_take_link (BelayWindow *self,
                             const char *link);
void belay_window_say (BelayWindow *self,
                       const char *text);
void belay_window_say_error (BelayWindow *self,
                             const GError *error);

G_END_DECLS
