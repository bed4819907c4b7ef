/* belay-yaml.c: reading what an author wrote, and telling where it is wrong by line and column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-yaml.h"

#include "belay-import-problem.h"

struct _BelayYaml
{
  yaml_document_t document;
  char *file;
  GPtrArray *problems;
};

static void
complain_at (BelayYaml *self,
             const yaml_mark_t *mark,
             const char *code,
             const char *message)
{
  g_autofree char *where = g_strdup_printf ("%s:%zu:%zu", self->file, mark->line + 1, mark->column + 1);

  belay_import_problems_add (self->problems, BELAY_IMPORT_PROBLEM, code, where, "%s", message);
}

/**
 * belay_yaml_complain:
 * @node: (nullable): where it is; %NULL for the file as a whole
 *
 * Adds a problem.
 */
void
belay_yaml_complain (BelayYaml *self,
                     const yaml_node_t *node,
                     const char *code,
                     const char *format,
                     ...)
{
  static const yaml_mark_t start = { 0 };
  g_autofree char *message = NULL;
  va_list arguments;

  g_return_if_fail (self != NULL);
  g_return_if_fail (code != NULL);

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain_at (self, node != NULL ? &node->start_mark : &start, code, message);
}

/**
 * belay_yaml_read:
 * @bytes: a file of one YAML document
 * @file: its name, for problems
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with a problem
 */
BelayYaml *
belay_yaml_read (GBytes *bytes,
                 const char *file,
                 GPtrArray *problems)
{
  g_autoptr (BelayYaml) self = NULL;
  yaml_parser_t parser;
  const unsigned char *text;
  gboolean is_read;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  self = g_new0 (BelayYaml, 1);
  self->file = g_strdup (file);
  self->problems = g_ptr_array_ref (problems);
  if (!yaml_parser_initialize (&parser))
    g_error ("libyaml cannot begin");
  /* an empty GBytes has no address, and libyaml wants one */
  text = g_bytes_get_data (bytes, NULL);
  if (text == NULL)
    text = (const unsigned char *) "";
  yaml_parser_set_input_string (&parser, text, g_bytes_get_size (bytes));
  is_read = yaml_parser_load (&parser, &self->document);
  if (!is_read)
    {
      g_autofree char *message =
        g_strdup_printf ("This is not YAML: %s.", parser.problem != NULL ? parser.problem : "it cannot be read");

      complain_at (self, &parser.problem_mark, "yaml-malformed", message);
    }
  yaml_parser_delete (&parser);
  if (!is_read || belay_yaml_get_root (self) == NULL)
    {
      if (is_read)
        belay_yaml_complain (self, NULL, "yaml-malformed", "The file is empty.");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
belay_yaml_free (BelayYaml *self)
{
  g_return_if_fail (self != NULL);

  yaml_document_delete (&self->document);
  g_ptr_array_unref (self->problems);
  g_free (self->file);
  g_free (self);
}

yaml_node_t *
belay_yaml_get_root (BelayYaml *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return yaml_document_get_root_node (&self->document);
}

static const char *
scalar (const yaml_node_t *node)
{
  return node != NULL && node->type == YAML_SCALAR_NODE ? (const char *) node->data.scalar.value : NULL;
}

/**
 * belay_yaml_check_members:
 * @allowed: (array zero-terminated=1): the members that @map may have
 *
 * Complains where @map is no mapping, and of each member that is not allowed or stands there twice: most often it is a
 * slip of the pen that would otherwise be passed over.
 */
void
belay_yaml_check_members (BelayYaml *self,
                          yaml_node_t *map,
                          const char *const *allowed)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (self != NULL);
  g_return_if_fail (map != NULL);

  if (map->type != YAML_MAPPING_NODE)
    {
      belay_yaml_complain (self, map, "type-wrong", "Here should be a mapping (name: value).");
      return;
    }
  for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++)
    {
      const yaml_node_t *key = yaml_document_get_node (&self->document, pair->key);
      const char *name = scalar (key);

      if (name == NULL || !g_strv_contains (allowed, name))
        belay_yaml_complain (self, key, "member-unknown", "“%s” is not known here.", name != NULL ? name : "?");
      else if (!g_hash_table_add (seen, (gpointer) name))
        belay_yaml_complain (self, key, "member-twice", "“%s” stands here twice.", name);
    }
}

/**
 * belay_yaml_find:
 *
 * Returns: (transfer none) (nullable): the value of that member
 */
yaml_node_t *
belay_yaml_find (BelayYaml *self,
                 yaml_node_t *map,
                 const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (map == NULL || map->type != YAML_MAPPING_NODE)
    return NULL;
  for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++)
    if (g_strcmp0 (scalar (yaml_document_get_node (&self->document, pair->key)), name) == 0)
      return yaml_document_get_node (&self->document, pair->value);

  return NULL;
}

/**
 * belay_yaml_need:
 *
 * Returns: (transfer none) (nullable): as belay_yaml_find(); %NULL is complained of
 */
yaml_node_t *
belay_yaml_need (BelayYaml *self,
                 yaml_node_t *map,
                 const char *name)
{
  yaml_node_t *node = belay_yaml_find (self, map, name);

  if (node == NULL)
    belay_yaml_complain (self, map, "member-missing", "“%s” is missing here.", name);

  return node;
}

/**
 * belay_yaml_list:
 *
 * Returns: (transfer full) (element-type yaml_node_t): what the list @name of @map holds; empty, with a problem, where
 * it is not a list of at least one thing
 */
GPtrArray *
belay_yaml_list (BelayYaml *self,
                 yaml_node_t *map,
                 const char *name)
{
  GPtrArray *list = g_ptr_array_new ();
  yaml_node_t *node = belay_yaml_need (self, map, name);

  if (node == NULL)
    return list;
  if (node->type != YAML_SEQUENCE_NODE || node->data.sequence.items.start == node->data.sequence.items.top)
    {
      belay_yaml_complain (self, node, "type-wrong", "“%s” should be a list with at least one thing in it.", name);
      return list;
    }
  for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
    g_ptr_array_add (list, yaml_document_get_node (&self->document, *item));

  return list;
}

/**
 * belay_yaml_text:
 * @node: (nullable): a value
 *
 * Returns: (transfer none) (nullable): its text, or %NULL, with a problem where it is something else
 */
const char *
belay_yaml_text (BelayYaml *self,
                 yaml_node_t *node)
{
  if (node != NULL && scalar (node) == NULL)
    belay_yaml_complain (self, node, "type-wrong", "Here should be text.");

  return scalar (node);
}

/**
 * belay_yaml_number:
 *
 * Returns: whether @node is a number; a problem is told where not
 */
gboolean
belay_yaml_number (BelayYaml *self,
                   yaml_node_t *node,
                   double *number)
{
  const char *text = scalar (node);
  char *end = NULL;

  if (node == NULL)
    return FALSE;

  *number = text != NULL ? g_ascii_strtod (text, &end) : 0;
  if (text != NULL && end != text && *end == '\0' && *number - *number == 0)
    return TRUE;

  belay_yaml_complain (self, node, "type-wrong", "Here should be a number.");

  return FALSE;
}

/**
 * belay_yaml_boolean:
 * @node: (nullable): a value
 *
 * Returns: whether it says true; a problem is told where it says neither that nor false
 */
gboolean
belay_yaml_boolean (BelayYaml *self,
                    yaml_node_t *node)
{
  const char *text = scalar (node);

  if (node == NULL || g_strcmp0 (text, "false") == 0)
    return FALSE;
  if (g_strcmp0 (text, "true") != 0)
    belay_yaml_complain (self, node, "type-wrong", "Here should be true or false.");

  return g_strcmp0 (text, "true") == 0;
}

/**
 * belay_yaml_language_text:
 * @node: (nullable): plain text, or a mapping from language to text
 * @language: the language that plain text is in
 *
 * Returns: (transfer full): the text; empty where there is none
 */
BelayLanguageText *
belay_yaml_language_text (BelayYaml *self,
                          yaml_node_t *node,
                          const char *language)
{
  BelayLanguageText *text = belay_language_text_new ();

  if (node == NULL)
    return text;
  if (scalar (node) != NULL)
    {
      belay_language_text_set (text, language, scalar (node));
      return text;
    }
  if (node->type != YAML_MAPPING_NODE)
    {
      belay_yaml_complain (self, node, "type-wrong", "Here should be text, or one text for each language.");
      return text;
    }
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
    {
      const char *tag = scalar (yaml_document_get_node (&self->document, pair->key));
      const char *words = belay_yaml_text (self, yaml_document_get_node (&self->document, pair->value));

      if (tag != NULL && words != NULL)
        belay_language_text_set (text, tag, words);
    }

  return text;
}
