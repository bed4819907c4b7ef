/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-content-host.h"
#include "belay-launch.h"
#include "belay-store-account.h"
#include "belay-store-view.h"
#include "belay-study.h"

G_BEGIN_DECLS

BelayStudy *belay_study_new (BelayLaunch *launch,
                             const char *activity_id,
                             const char *module_id,
                             const char *registration);
BelayLaunch *belay_study_get_launch (BelayStudy *self);

/* What an activity is studied with, none of it owned. */
typedef struct
{
  BelayStore *store;
  BelayContentHost *host;
  const BelayAccountRecord *record;
  BelayStoreView *view;
} BelayStudyPlace;

DexFuture *belay_study_launch (const BelayStudyPlace *place,
                               const char *module_id,
                               const char *activity_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
