/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BELAY_TYPE_LANGUAGE_TEXT (belay_language_text_get_type ())

/* Authored text in one or more languages. The first one added is the fallback. */
typedef struct _BelayLanguageText BelayLanguageText;

GType belay_language_text_get_type (void) G_GNUC_CONST;
BelayLanguageText *belay_language_text_new (void);
BelayLanguageText *belay_language_text_copy (const BelayLanguageText *self);
void belay_language_text_free (BelayLanguageText *self);
void belay_language_text_set (BelayLanguageText *self,
                              const char *language,
                              const char *text);
guint belay_language_text_get_size (const BelayLanguageText *self);
const char *belay_language_text_get_nth (const BelayLanguageText *self,
                                         guint index,
                                         const char **language);
const char *belay_language_text_get (const BelayLanguageText *self,
                                     const char *const *languages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayLanguageText, belay_language_text_free)

G_END_DECLS
