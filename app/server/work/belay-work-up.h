/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-rights.h"
#include "belay-sync-message.h"

G_BEGIN_DECLS

/* Who sends. Borrowed. */
typedef struct
{
  BelayDbTransaction *tx;
  const BelayGrants *grants;
  const char *person;
  const char *device;
} BelayWorkSender;

BelayVerdict *belay_work_up_judge (const BelayWorkSender *sender,
                                   const BelayUpItem *item,
                                   GError **error);
BelayVerdict *belay_work_up_judge_statement (const BelayWorkSender *sender,
                                             const BelayUpItem *item,
                                             GError **error);
BelayVerdict *belay_work_up_judge_state (const BelayWorkSender *sender,
                                         const BelayUpItem *item,
                                         GError **error);
char *belay_work_agent_json (BelayDbTransaction *tx,
                             const char *person);

G_END_DECLS
