/* belay-yaml.c: an authored file of a package, whose faults are told as those of its import
 *
 * The reading itself is belay-authored-file.c's, which programme files are read by too. Here is what a package adds:
 * its problems name the file, and everything may be asked of what is not there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-yaml.h"

#include "belay-authored-file.h"
#include "belay-import-problem.h"

struct _BelayYaml
{
  BelayAuthoredFile *authored;
  GPtrArray *faults; /* (element-type BelayFileProblem): told as problems of the import in the end */
  char *file;
  GPtrArray *problems;
};

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
  g_autofree char *message = NULL;
  va_list arguments;

  g_return_if_fail (self != NULL);
  g_return_if_fail (code != NULL);

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  belay_authored_file_complain (self->authored, node, FALSE, code, "%s", message);
}

/**
 * belay_yaml_read:
 * @bytes: a file of one YAML document
 * @file: its name, for problems
 * @problems: (element-type BelayImportProblem): receives what is wrong, at the latest when this is freed
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with a problem
 */
BelayYaml *
belay_yaml_read (GBytes *bytes,
                 const char *file,
                 GPtrArray *problems)
{
  g_autoptr (BelayYaml) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  self = g_new0 (BelayYaml, 1);
  self->file = g_strdup (file);
  self->problems = g_ptr_array_ref (problems);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_file_problem_free);
  self->authored = belay_authored_file_new (bytes, self->faults);
  if (belay_authored_file_get_root (self->authored) != NULL)
    return g_steal_pointer (&self);

  if (self->faults->len == 0)
    belay_yaml_complain (self, NULL, "not-yaml", "The file is empty.");

  return NULL;
}

static void
tell (BelayYaml *self,
      const BelayFileProblem *fault)
{
  g_autofree char *where =
    fault->line > 0 ? g_strdup_printf ("%s:%u:%u", self->file, fault->line, fault->column) : g_strdup (self->file);

  belay_import_problems_add (self->problems, fault->is_warning ? BELAY_IMPORT_WARNING : BELAY_IMPORT_PROBLEM,
                             fault->code, where, "%s", fault->message);
}

void
belay_yaml_free (BelayYaml *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->faults->len; i++)
    tell (self, g_ptr_array_index (self->faults, i));
  belay_authored_file_free (self->authored);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->problems);
  g_free (self->file);
  g_free (self);
}

yaml_node_t *
belay_yaml_get_root (BelayYaml *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return belay_authored_file_get_root (self->authored);
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
  g_return_if_fail (self != NULL);
  g_return_if_fail (map != NULL);

  belay_authored_file_check_map (self->authored, map, allowed);
}

/**
 * belay_yaml_find:
 * @map: (nullable): what may be a mapping
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

  return map != NULL && map->type == YAML_MAPPING_NODE ? belay_authored_file_find (self->authored, map, name) : NULL;
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
    belay_yaml_complain (self, map, "missing-member", "“%s” is missing here.", name);

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
  if (node->type != YAML_SEQUENCE_NODE || belay_authored_file_count_items (node) == 0)
    {
      belay_yaml_complain (self, node, "wrong-type", "“%s” must be a list with at least one thing in it.", name);
      return list;
    }
  for (guint i = 0; i < belay_authored_file_count_items (node); i++)
    g_ptr_array_add (list, belay_authored_file_get_item (self->authored, node, i));

  return list;
}

/**
 * belay_yaml_text:
 * @node: (nullable): a value
 *
 * Returns: (transfer none) (nullable): its text, or %NULL, with a problem where it is something else or empty
 */
const char *
belay_yaml_text (BelayYaml *self,
                 yaml_node_t *node)
{
  g_return_val_if_fail (self != NULL, NULL);

  return node != NULL ? belay_authored_file_get_text (self->authored, node) : NULL;
}

/**
 * belay_yaml_number:
 * @node: (nullable): a value
 *
 * Returns: whether @node is a number, with decimals or without; a problem is told where not
 */
gboolean
belay_yaml_number (BelayYaml *self,
                   yaml_node_t *node,
                   double *number)
{
  const char *text = belay_yaml_text (self, node);
  char *end = NULL;

  if (text == NULL)
    return FALSE;

  *number = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && *number - *number == 0)
    return TRUE;

  belay_yaml_complain (self, node, "not-a-number", "Here must be a number.");

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
  gboolean value = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  if (node != NULL)
    belay_authored_file_get_boolean (self->authored, node, &value);

  return value;
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

  g_return_val_if_fail (self != NULL, text);

  if (node != NULL)
    belay_authored_file_fill_language_text (self->authored, node, language, text);

  return text;
}
