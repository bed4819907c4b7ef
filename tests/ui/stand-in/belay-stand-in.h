/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-account-manager.h"

G_BEGIN_DECLS

/* What a stand-in account holds. */
typedef enum
{
  BELAY_STAND_IN_EMPTY,   /* signed in, and nothing came yet */
  BELAY_STAND_IN_FILLED,  /* in the middle of the third of six weeks */
  BELAY_STAND_IN_TROUBLE, /* the server refused two things, a download stopped, no network */
} BelayStandIn;

/* Monday 23 November 2026, 09:48 UTC */
#define BELAY_STAND_IN_NOW_US G_GINT64_CONSTANT (1795427280000000)

BelayAccount *belay_stand_in_account_new (BelayStandIn kind);
BelayAccountManager *belay_stand_in_manager_new (BelayAccount *account);
void belay_stand_in_manager_fail_next (BelayAccountManager *manager,
                                       int code);
void belay_stand_in_account_set_team_size (BelayAccount *account,
                                           guint size);
const char *belay_stand_in_account_get_last_act (BelayAccount *account);
void belay_stand_in_account_set_unsent (BelayAccount *account,
                                        guint unsent);

G_END_DECLS
