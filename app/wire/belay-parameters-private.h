/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-json-reader.h"
#include "belay-json-writer.h"
#include "belay-parameters.h"

G_BEGIN_DECLS

/* For the code of this room alone. */
void belay_parameters_write (GVariant *parameters,
                             BelayJsonWriter *writer);
GVariant *belay_parameters_read (BelayJsonReader *reader,
                                 const char *member);

G_END_DECLS
