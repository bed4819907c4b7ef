/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-json-reader.h"
#include "belay-json-writer.h"
#include "belay-people.h"

G_BEGIN_DECLS

/* For the code of this room alone. */
void belay_organisation_keys_write (GPtrArray *keys,
                                    BelayJsonWriter *writer);
void belay_organisation_keys_read (GPtrArray *keys,
                                   BelayJsonReader *reader);

G_END_DECLS
