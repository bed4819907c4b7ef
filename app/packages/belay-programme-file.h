/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-file-problem.h"
#include "belay-programme.h"

G_BEGIN_DECLS

BelayProgramme *belay_programme_file_read (GBytes *bytes,
                                           GPtrArray *problems);

G_END_DECLS
