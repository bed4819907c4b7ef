/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"
#include "belay-wire.h"

G_BEGIN_DECLS

/* What a text must be, besides a text. */
typedef enum
{
  BELAY_TEXT_ANY = 0,
  BELAY_TEXT_OPTIONAL = 1 << 0, /* may be missing or null: then it is %NULL */
  BELAY_TEXT_UUID = 1 << 1,     /* comes out in lower case */
  BELAY_TEXT_KEY = 1 << 2,
  BELAY_TEXT_SHA256 = 1 << 3,
  BELAY_TEXT_DATE = 1 << 4, /* YYYY-MM-DD */
  BELAY_TEXT_NOT_EMPTY = 1 << 5,
  BELAY_TEXT_PUBLIC_KEY = 1 << 6, /* base64url of 32 bytes */
  BELAY_TEXT_LONG = 1 << 7,       /* as long as a state's value may be */
} BelayTextRule;

typedef struct _BelayJsonReader BelayJsonReader;

BelayJsonReader *belay_json_reader_new (const char *text,
                                        gsize length);
BelayJsonReader *belay_json_reader_new_bytes (GBytes *bytes);
void belay_json_reader_free (BelayJsonReader *self);
gboolean belay_json_reader_finish (BelayJsonReader *self,
                                   GError **error);
gboolean belay_json_reader_has_failed (const BelayJsonReader *self);
void belay_json_reader_fail (BelayJsonReader *self,
                             const char *member,
                             const char *rule);

gboolean belay_json_reader_enter (BelayJsonReader *self,
                                  const char *member);
gboolean belay_json_reader_enter_optional (BelayJsonReader *self,
                                           const char *member);
void belay_json_reader_leave (BelayJsonReader *self);
void belay_json_reader_begin (BelayJsonReader *self,
                              const char *member,
                              gsize most);
gboolean belay_json_reader_next (BelayJsonReader *self);
void belay_json_reader_begin_members (BelayJsonReader *self,
                                      const char *member,
                                      gsize most);
const char *belay_json_reader_next_member (BelayJsonReader *self);

gboolean belay_json_reader_has (BelayJsonReader *self,
                                const char *member);
gboolean belay_json_reader_is_number (BelayJsonReader *self,
                                      const char *member);
char *belay_json_reader_dup_text (BelayJsonReader *self,
                                  const char *member,
                                  BelayTextRule rule);
gint64 belay_json_reader_get_number (BelayJsonReader *self,
                                     const char *member,
                                     gint64 least,
                                     gint64 most);
gint64 belay_json_reader_get_number_or (BelayJsonReader *self,
                                        const char *member,
                                        gint64 least,
                                        gint64 most,
                                        gint64 otherwise);
gboolean belay_json_reader_get_boolean (BelayJsonReader *self,
                                        const char *member,
                                        gboolean otherwise);
gint64 belay_json_reader_get_time (BelayJsonReader *self,
                                   const char *member);
gint64 belay_json_reader_get_time_or_never (BelayJsonReader *self,
                                            const char *member);
BelayLanguageText *belay_json_reader_dup_language_text (BelayJsonReader *self,
                                                        const char *member);
GStrv belay_json_reader_dup_texts (BelayJsonReader *self,
                                   const char *member,
                                   gsize most);
char *belay_json_reader_dup_object (BelayJsonReader *self,
                                    const char *member,
                                    gsize most);
GBytes *belay_json_reader_dup_base64 (BelayJsonReader *self,
                                      const char *member,
                                      gsize most);

guint belay_json_reader_get_depth (const BelayJsonReader *self);
GError *belay_json_reader_recover (BelayJsonReader *self,
                                   guint depth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayJsonReader, belay_json_reader_free)

G_END_DECLS
