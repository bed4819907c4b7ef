/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-study.h"

G_BEGIN_DECLS

BelayStudy *belay_study_new (const char *url,
                             const char *return_url,
                             guint16 port,
                             const char *activity_id,
                             const char *module_id,
                             const char *registration);

G_END_DECLS
