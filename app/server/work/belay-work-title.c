/* belay-work-title.c: authored titles as they are kept in a column: a language map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-title.h"

#include <string.h>
#include <yyjson.h>

/**
 * belay_work_title_from_json:
 *
 * Returns: (transfer full): the text; empty where @json is not a language map
 */
BelayLanguageText *
belay_work_title_from_json (const char *json)
{
  yyjson_doc *document = yyjson_read (json, strlen (json), 0);
  BelayLanguageText *title = belay_language_text_new ();
  yyjson_obj_iter iterator;
  yyjson_val *key;

  if (yyjson_obj_iter_init (yyjson_doc_get_root (document), &iterator))
    while ((key = yyjson_obj_iter_next (&iterator)) != NULL)
      {
        const char *text = yyjson_get_str (yyjson_obj_iter_get_val (key));

        if (text != NULL)
          belay_language_text_set (title, yyjson_get_str (key), text);
      }
  yyjson_doc_free (document);

  return title;
}

char *
belay_work_title_to_json (const BelayLanguageText *title)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *map = yyjson_mut_obj (document);
  g_autofree char *json = NULL;
  char *copy;

  yyjson_mut_doc_set_root (document, map);
  for (guint i = 0; i < belay_language_text_get_size (title); i++)
    {
      const char *language = NULL;
      const char *text = belay_language_text_get_nth (title, i, &language);

      yyjson_mut_obj_add_strcpy (document, map, language, text);
    }
  json = yyjson_mut_write (document, 0, NULL);
  copy = g_strdup (json);
  yyjson_mut_doc_free (document);

  return copy;
}
