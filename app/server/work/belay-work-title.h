/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"

G_BEGIN_DECLS

BelayLanguageText *belay_work_title_from_json (const char *json);
char *belay_work_title_to_json (const BelayLanguageText *title);

G_END_DECLS
