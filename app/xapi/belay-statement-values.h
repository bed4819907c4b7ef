/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-statement.h"

G_BEGIN_DECLS

/* A kind of plain value: how it is told, and whether a value is of it. */
typedef struct
{
  const char *rule;    /* the rest of a sentence that begins with the value's path */
  const char *section; /* where the standard says so */
  gboolean (*holds) (yyjson_val *value, BelayXapiVersion version);
} BelayStatementKind;

extern const BelayStatementKind BELAY_KIND_TEXT;
extern const BelayStatementKind BELAY_KIND_NAME;
extern const BelayStatementKind BELAY_KIND_BOOLEAN;
extern const BelayStatementKind BELAY_KIND_NUMBER;
extern const BelayStatementKind BELAY_KIND_SCALED;
extern const BelayStatementKind BELAY_KIND_LENGTH;
extern const BelayStatementKind BELAY_KIND_IRI;
extern const BelayStatementKind BELAY_KIND_IRL;
extern const BelayStatementKind BELAY_KIND_MAILTO;
extern const BelayStatementKind BELAY_KIND_SHA1;
extern const BelayStatementKind BELAY_KIND_SHA2;
extern const BelayStatementKind BELAY_KIND_UUID;
extern const BelayStatementKind BELAY_KIND_TIMESTAMP;
extern const BelayStatementKind BELAY_KIND_DURATION;
extern const BelayStatementKind BELAY_KIND_LANGUAGE;
extern const BelayStatementKind BELAY_KIND_MEDIA_TYPE;
extern const BelayStatementKind BELAY_KIND_VERSION;
extern const BelayStatementKind BELAY_KIND_INTERACTION;
extern const BelayStatementKind BELAY_KIND_ANYTHING;

gboolean belay_value_is_iri (const char *text);
gboolean belay_value_is_language (const char *text);
gboolean belay_value_is_time (const char *text,
                              BelayXapiVersion version,
                              gint64 *time_us);
char *belay_value_time_to_utc (const char *text);
double belay_value_number (yyjson_val *value);
const char *belay_value_member_text (yyjson_val *object,
                                     const char *name);

G_END_DECLS
