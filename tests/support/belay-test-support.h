/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

void belay_test_settle (DexFuture *future);

G_END_DECLS
