/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"

G_BEGIN_DECLS

typedef struct _BelayJsonWriter BelayJsonWriter;

BelayJsonWriter *belay_json_writer_new (void);
void belay_json_writer_free (BelayJsonWriter *self);
char *belay_json_writer_finish (BelayJsonWriter *self);
GBytes *belay_json_writer_finish_bytes (BelayJsonWriter *self);

void belay_json_writer_begin_object (BelayJsonWriter *self,
                                     const char *member);
void belay_json_writer_begin_array (BelayJsonWriter *self,
                                    const char *member);
void belay_json_writer_end (BelayJsonWriter *self);
void belay_json_writer_add_text (BelayJsonWriter *self,
                                 const char *member,
                                 const char *text);
void belay_json_writer_add_text_or_null (BelayJsonWriter *self,
                                         const char *member,
                                         const char *text);
void belay_json_writer_add_number (BelayJsonWriter *self,
                                   const char *member,
                                   gint64 number);
void belay_json_writer_add_number_or_null (BelayJsonWriter *self,
                                           const char *member,
                                           gint64 number);
void belay_json_writer_add_boolean (BelayJsonWriter *self,
                                    const char *member,
                                    gboolean value);
void belay_json_writer_add_time (BelayJsonWriter *self,
                                 const char *member,
                                 gint64 time_us);
void belay_json_writer_add_time_or_null (BelayJsonWriter *self,
                                         const char *member,
                                         gint64 time_us);
void belay_json_writer_add_language_text (BelayJsonWriter *self,
                                          const char *member,
                                          const BelayLanguageText *text);
void belay_json_writer_add_texts (BelayJsonWriter *self,
                                  const char *member,
                                  const char *const *texts);
void belay_json_writer_add_base64 (BelayJsonWriter *self,
                                   const char *member,
                                   GBytes *bytes);
gboolean belay_json_writer_add_json (BelayJsonWriter *self,
                                     const char *member,
                                     const char *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayJsonWriter, belay_json_writer_free)

G_END_DECLS
