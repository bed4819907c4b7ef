/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-launch.h"
#include "belay-study.h"

G_BEGIN_DECLS

BelayStudy *belay_study_new (BelayLaunch *launch,
                             const char *activity_id,
                             const char *module_id,
                             const char *registration);
BelayLaunch *belay_study_get_launch (BelayStudy *self);

G_END_DECLS
