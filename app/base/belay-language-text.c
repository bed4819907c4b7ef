/* belay-language-text.c: authored text in one or more languages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-language-text.h"

#include <string.h>

typedef struct
{
  char *language; /* RFC 5646 */
  char *text;
} Entry;

struct _BelayLanguageText
{
  GArray *entries; /* of Entry, in the order they were added */
};

G_DEFINE_BOXED_TYPE (BelayLanguageText, belay_language_text, belay_language_text_copy, belay_language_text_free)

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->language);
  g_free (entry->text);
}

BelayLanguageText *
belay_language_text_new (void)
{
  BelayLanguageText *self = g_new0 (BelayLanguageText, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);

  return self;
}

BelayLanguageText *
belay_language_text_copy (const BelayLanguageText *self)
{
  BelayLanguageText *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = belay_language_text_new ();
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      belay_language_text_set (copy, entry->language, entry->text);
    }

  return copy;
}

void
belay_language_text_free (BelayLanguageText *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->entries);
  g_free (self);
}

static Entry *
find (const BelayLanguageText *self,
      const char *language,
      gsize length)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      if (strlen (entry->language) == length && g_ascii_strncasecmp (entry->language, language, length) == 0)
        return entry;
    }

  return NULL;
}

/**
 * belay_language_text_set:
 * @language: a language tag (RFC 5646)
 * @text: what to say in it; replaces what was there
 */
void
belay_language_text_set (BelayLanguageText *self,
                         const char *language,
                         const char *text)
{
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (language != NULL);
  g_return_if_fail (text != NULL);

  entry = find (self, language, strlen (language));
  if (entry != NULL)
    {
      g_set_str (&entry->text, text);
    }
  else
    {
      Entry added = { g_strdup (language), g_strdup (text) };

      g_array_append_val (self->entries, added);
    }
}

guint
belay_language_text_get_size (const BelayLanguageText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

/**
 * belay_language_text_get_nth:
 * @language: (out) (optional) (transfer none): its language tag
 *
 * Returns: (transfer none): the text at @index, in the order they were set
 */
const char *
belay_language_text_get_nth (const BelayLanguageText *self,
                             guint index,
                             const char **language)
{
  const Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  entry = &g_array_index (self->entries, Entry, index);
  if (language != NULL)
    *language = entry->language;

  return entry->text;
}

/**
 * belay_language_text_get:
 * @languages: (array zero-terminated=1): what the reader understands, best first, such as
 *   g_get_language_names() gives
 *
 * Looks up each in turn, shortening it as RFC 4647 §3.4 does (`de-AT`, then `de`), and takes the
 * first text where none fits.
 *
 * Returns: (transfer none): the text; empty where there is none at all
 */
const char *
belay_language_text_get (const BelayLanguageText *self,
                         const char *const *languages)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (languages != NULL, "");

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *range = g_strdup (languages[i]);
      char *cut;

      range[strcspn (range, ".@")] = '\0';
      g_strdelimit (range, "_", '-');
      do
        {
          const Entry *entry = find (self, range, strlen (range));

          if (entry != NULL)
            return entry->text;
          cut = strrchr (range, '-');
          if (cut != NULL)
            *cut = '\0';
        }
      while (cut != NULL);
    }

  return self->entries->len > 0 ? g_array_index (self->entries, Entry, 0).text : "";
}
