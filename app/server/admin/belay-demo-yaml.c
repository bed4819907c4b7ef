/* belay-demo-yaml.c: reading the demo's own small YAML files
 *
 * They are ours and not an organiser's, so a mistake in them is told plainly, without line and column.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-demo-yaml.h"

#include <gio/gio.h>
#include <stdio.h>

#include "belay-language-text.h"
#include "belay-work-title.h"

/**
 * belay_demo_yaml_load:
 * @document: to be deleted by yaml_document_delete() where it returns %TRUE
 */
gboolean
belay_demo_yaml_load (const char *path,
                      yaml_document_t *document,
                      GError **error)
{
  g_autofree char *text = NULL;
  yaml_parser_t parser;
  gsize length;
  gboolean is_loaded;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;

  yaml_parser_initialize (&parser);
  yaml_parser_set_input_string (&parser, (const unsigned char *) text, length);
  is_loaded = yaml_parser_load (&parser, document) == 1;
  if (!is_loaded)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%zu: %s.", path, parser.problem_mark.line + 1,
                 parser.problem);
  yaml_parser_delete (&parser);

  return is_loaded;
}

/* Returns: (nullable): the member; %NULL where @map has none, or is no map */
yaml_node_t *
belay_demo_yaml_get (yaml_document_t *document,
                     yaml_node_t *map,
                     const char *key)
{
  if (map == NULL || map->type != YAML_MAPPING_NODE)
    return NULL;

  for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++)
    {
      yaml_node_t *name = yaml_document_get_node (document, pair->key);

      if (name->type == YAML_SCALAR_NODE && g_str_equal (name->data.scalar.value, key))
        return yaml_document_get_node (document, pair->value);
    }

  return NULL;
}

const char *
belay_demo_yaml_get_text (yaml_document_t *document,
                          yaml_node_t *map,
                          const char *key)
{
  yaml_node_t *node = belay_demo_yaml_get (document, map, key);

  return node != NULL && node->type == YAML_SCALAR_NODE ? (const char *) node->data.scalar.value : NULL;
}

gint64
belay_demo_yaml_get_int (yaml_document_t *document,
                         yaml_node_t *map,
                         const char *key,
                         gint64 otherwise)
{
  const char *text = belay_demo_yaml_get_text (document, map, key);
  gint64 number;

  if (text != NULL && g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL))
    return number;

  return otherwise;
}

guint
belay_demo_yaml_count (yaml_node_t *list)
{
  if (list == NULL || list->type != YAML_SEQUENCE_NODE)
    return 0;

  return (guint) (list->data.sequence.items.top - list->data.sequence.items.start);
}

yaml_node_t *
belay_demo_yaml_nth (yaml_document_t *document,
                     yaml_node_t *list,
                     guint index)
{
  return yaml_document_get_node (document, list->data.sequence.items.start[index]);
}

/* Returns: (transfer full): a language map as JSON; a plain text counts as English */
char *
belay_demo_yaml_get_title (yaml_document_t *document,
                           yaml_node_t *map,
                           const char *key)
{
  g_autoptr (BelayLanguageText) title = belay_language_text_new ();
  yaml_node_t *node = belay_demo_yaml_get (document, map, key);

  if (node != NULL && node->type == YAML_SCALAR_NODE)
    belay_language_text_set (title, "en", (const char *) node->data.scalar.value);
  if (node != NULL && node->type == YAML_MAPPING_NODE)
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
      belay_language_text_set (title, (const char *) yaml_document_get_node (document, pair->key)->data.scalar.value,
                               (const char *) yaml_document_get_node (document, pair->value)->data.scalar.value);

  return belay_work_title_to_json (title);
}
