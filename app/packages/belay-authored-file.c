/* belay-authored-file.c: a YAML file that a person wrote, read so that every fault has a place
 *
 * All faults are collected before anyone gives up, since an author wants to mend them in one go.
 * Only what an author needs is understood: no anchors, no aliases, no tags.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-authored-file.h"

#include <string.h>

#define EVENTS_MOST 200000
#define DEPTH_MOST 24
#define NAME_MOST 64

struct _BelayAuthoredFile
{
  yaml_document_t document;
  gboolean is_loaded;
  GPtrArray *problems;
};

static void
complain_at (BelayAuthoredFile *self,
             const yaml_mark_t *mark,
             const char *code,
             const char *message)
{
  g_ptr_array_add (self->problems, belay_file_problem_new (FALSE, mark != NULL ? (guint) mark->line + 1 : 0,
                                                           mark != NULL ? (guint) mark->column + 1 : 0, code, message));
}

static void
complain_of_yaml (BelayAuthoredFile *self,
                  const yaml_parser_t *parser)
{
  g_autofree char *message = g_strdup_printf ("This cannot be read as YAML: %s.",
                                              parser->problem != NULL ? parser->problem : "it ends too early");

  complain_at (self, &parser->problem_mark, "not-yaml", message);
}

/* Whether @event may go on; @depth and @count are kept. Events are looked at before any node is made. */
static gboolean
check_event (BelayAuthoredFile *self,
             const yaml_event_t *event,
             guint *depth,
             guint *count)
{
  if (event->type == YAML_ALIAS_EVENT)
    {
      complain_at (self, &event->start_mark, "alias", "Aliases are not allowed: write out what stands here.");
      return FALSE;
    }
  if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT)
    (*depth)++;
  if (event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT)
    (*depth)--;
  if (*depth > DEPTH_MOST || ++(*count) > EVENTS_MOST)
    {
      complain_at (self, &event->start_mark, "too-large", "The file is nested too deeply, or has too many entries.");
      return FALSE;
    }

  return TRUE;
}

/* An empty GBytes has no address, and libyaml wants one */
static void
set_input (yaml_parser_t *parser,
           GBytes *bytes)
{
  const unsigned char *data = g_bytes_get_data (bytes, NULL);

  yaml_parser_set_input_string (parser, data != NULL ? data : (const unsigned char *) "", g_bytes_get_size (bytes));
}

static gboolean
check_events (BelayAuthoredFile *self,
              GBytes *bytes)
{
  yaml_parser_t parser;
  gboolean is_good = TRUE;
  gboolean is_over = FALSE;
  guint depth = 0;
  guint count = 0;

  if (!yaml_parser_initialize (&parser))
    g_error ("There is not enough memory to read a file");
  set_input (&parser, bytes);
  while (is_good && !is_over)
    {
      yaml_event_t event;

      if (!yaml_parser_parse (&parser, &event))
        {
          complain_of_yaml (self, &parser);
          is_good = FALSE;
          break;
        }
      is_good = check_event (self, &event, &depth, &count);
      is_over = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&parser);

  return is_good;
}

static void
load (BelayAuthoredFile *self,
      GBytes *bytes)
{
  yaml_parser_t parser;

  if (!yaml_parser_initialize (&parser))
    g_error ("There is not enough memory to read a file");
  set_input (&parser, bytes);
  self->is_loaded = yaml_parser_load (&parser, &self->document);
  if (!self->is_loaded)
    complain_of_yaml (self, &parser);
  yaml_parser_delete (&parser);
}

/**
 * belay_authored_file_new:
 * @bytes: the file
 * @problems: (element-type BelayFileProblem): where to tell what is wrong; it must outlive this
 *
 * Returns: (transfer full): the file; its root is %NULL where it could not be read
 */
BelayAuthoredFile *
belay_authored_file_new (GBytes *bytes,
                         GPtrArray *problems)
{
  BelayAuthoredFile *self;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  self = g_new0 (BelayAuthoredFile, 1);
  self->problems = problems;
  if (g_bytes_get_size (bytes) > BELAY_AUTHORED_FILE_MOST)
    complain_at (self, NULL, "too-large", "The file is larger than 1 MiB.");
  else if (check_events (self, bytes))
    load (self, bytes);

  return self;
}

void
belay_authored_file_free (BelayAuthoredFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_loaded)
    yaml_document_delete (&self->document);
  g_free (self);
}

/**
 * belay_authored_file_get_root:
 *
 * Returns: (transfer none) (nullable): the outermost node
 */
yaml_node_t *
belay_authored_file_get_root (BelayAuthoredFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->is_loaded ? yaml_document_get_root_node (&self->document) : NULL;
}

/**
 * belay_authored_file_complain:
 * @node: (nullable): where, or %NULL for the file as a whole
 * @is_warning: whether the file can be used all the same
 * @code: see programme-file.md
 * @format: a sentence
 *
 * Tells of a fault.
 */
void
belay_authored_file_complain (BelayAuthoredFile *self,
                              const yaml_node_t *node,
                              gboolean is_warning,
                              const char *code,
                              const char *format,
                              ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  g_return_if_fail (self != NULL);

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain_at (self, node != NULL ? &node->start_mark : NULL, code, message);
  ((BelayFileProblem *) g_ptr_array_index (self->problems, self->problems->len - 1))->is_warning = is_warning;
}

static const char *
peek_text (const yaml_node_t *node)
{
  if (node == NULL || node->type != YAML_SCALAR_NODE
      || strlen ((const char *) node->data.scalar.value) != node->data.scalar.length)
    return NULL;

  return (const char *) node->data.scalar.value;
}

/* How many letters must change (Levenshtein), for short names */
static guint
distance (const char *a,
          const char *b)
{
  guint row[NAME_MOST + 1];
  gsize length = strlen (b);

  if (strlen (a) > NAME_MOST || length > NAME_MOST)
    return G_MAXUINT;

  for (guint i = 0; i <= length; i++)
    row[i] = i;
  for (guint i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint k = 0; k < length; k++)
        {
          guint above = row[k + 1];

          row[k + 1] = MIN (MIN (above, row[k]) + 1, diagonal + (a[i] != b[k] ? 1 : 0));
          diagonal = above;
        }
    }

  return row[length];
}

static const char *
find_nearest (const char *name,
              const char *const *members)
{
  const char *nearest = members[0];

  for (gsize i = 0; members[i] != NULL; i++)
    {
      if (distance (name, members[i]) < distance (name, nearest))
        nearest = members[i];
    }

  return nearest;
}

static void
check_member (BelayAuthoredFile *self,
              yaml_node_t *key,
              const char *const *members,
              GHashTable *seen)
{
  const char *name = peek_text (key);

  if (name == NULL || !g_strv_contains (members, name))
    belay_authored_file_complain (self, key, FALSE, "unknown-member",
                                  "There is no “%s” here; the nearest that may stand here is “%s”.",
                                  name != NULL ? name : "?", find_nearest (name != NULL ? name : "", members));
  else if (!g_hash_table_add (seen, (gpointer) name))
    belay_authored_file_complain (self, key, FALSE, "duplicate-member", "“%s” stands here a second time.", name);
}

/**
 * belay_authored_file_check_map:
 * @node: what should be a map
 * @members: (array zero-terminated=1): the names that may stand in it
 *
 * Tells of every name in it that may not, or that stands there twice.
 *
 * Returns: whether it is a map
 */
gboolean
belay_authored_file_check_map (BelayAuthoredFile *self,
                               yaml_node_t *node,
                               const char *const *members)
{
  g_autoptr (GHashTable) seen = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (node != NULL, FALSE);

  if (node->type != YAML_MAPPING_NODE)
    {
      belay_authored_file_complain (self, node, FALSE, "wrong-type", "Here must be a map, such as “%s: …”.",
                                    members[0]);
      return FALSE;
    }

  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
    check_member (self, yaml_document_get_node (&self->document, pair->key), members, seen);

  return TRUE;
}

/**
 * belay_authored_file_find:
 *
 * Returns: (transfer none) (nullable): the value of @member in @map
 */
yaml_node_t *
belay_authored_file_find (BelayAuthoredFile *self,
                          yaml_node_t *map,
                          const char *member)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (map != NULL && map->type == YAML_MAPPING_NODE, NULL);

  for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++)
    {
      if (g_strcmp0 (peek_text (yaml_document_get_node (&self->document, pair->key)), member) == 0)
        return yaml_document_get_node (&self->document, pair->value);
    }

  return NULL;
}

/**
 * belay_authored_file_need:
 *
 * Returns: (transfer none) (nullable): as belay_authored_file_find(); tells where it is missing
 */
yaml_node_t *
belay_authored_file_need (BelayAuthoredFile *self,
                          yaml_node_t *map,
                          const char *member)
{
  yaml_node_t *node = belay_authored_file_find (self, map, member);

  if (node == NULL)
    belay_authored_file_complain (self, map, FALSE, "missing-member", "“%s” is missing here.", member);

  return node;
}

/**
 * belay_authored_file_get_text:
 *
 * Returns: (transfer none) (nullable): the text of @node; tells where it is none, or empty
 */
const char *
belay_authored_file_get_text (BelayAuthoredFile *self,
                              yaml_node_t *node)
{
  const char *text;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  text = peek_text (node);
  if (text == NULL)
    belay_authored_file_complain (self, node, FALSE, "wrong-type", "Here must be a text.");
  else if (*text == '\0')
    belay_authored_file_complain (self, node, FALSE, "empty-text", "This text is empty.");

  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * belay_authored_file_get_number:
 * @number: (out): the number; untouched where it is none
 *
 * Returns: whether @node is a whole number from @least to @most; tells where it is not
 */
gboolean
belay_authored_file_get_number (BelayAuthoredFile *self,
                                yaml_node_t *node,
                                gint64 least,
                                gint64 most,
                                gint64 *number)
{
  const char *text = peek_text (node);
  gint64 read;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &read, NULL))
    {
      belay_authored_file_complain (self, node, FALSE, "not-a-number", "Here must be a whole number.");
      return FALSE;
    }
  if (read < least || read > most)
    {
      belay_authored_file_complain (self, node, FALSE, "out-of-range",
                                    "%" G_GINT64_FORMAT " is not from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                                    read, least, most);
      return FALSE;
    }

  *number = read;
  return TRUE;
}

/* `87.5%` is 8750. In integers, so that no share is rounded. */
static gboolean
parse_share (const char *text,
             gint64 *basis_points)
{
  gsize whole_digits = strspn (text, "0123456789");
  const char *rest = text + whole_digits;
  gint64 share = whole_digits > 0 && whole_digits <= 3 ? g_ascii_strtoll (text, NULL, 10) * 100 : -1;

  if (share >= 0 && *rest == '.')
    {
      gsize digits = strspn (rest + 1, "0123456789");

      if (digits < 1 || digits > 2)
        return FALSE;
      share += g_ascii_digit_value (rest[1]) * 10 + (digits == 2 ? g_ascii_digit_value (rest[2]) : 0);
      rest += 1 + digits;
    }
  if (share < 0 || share > 10000 || strcmp (rest, "%") != 0)
    return FALSE;

  *basis_points = share;
  return TRUE;
}

/**
 * belay_authored_file_get_share:
 * @basis_points: (out): the share; untouched where it is none
 *
 * Returns: whether @node is a share such as `90%`; tells where it is not
 */
gboolean
belay_authored_file_get_share (BelayAuthoredFile *self,
                               yaml_node_t *node,
                               gint64 *basis_points)
{
  const char *text = peek_text (node);

  if (text != NULL && parse_share (text, basis_points))
    return TRUE;

  belay_authored_file_complain (self, node, FALSE, "not-a-share",
                                "Here must be a share from 0%% to 100%%, such as 90%%.");
  return FALSE;
}

/**
 * belay_authored_file_get_boolean:
 * @value: (out): what it says; untouched where it says neither
 *
 * Returns: whether @node is `true` or `false`; tells where it is not
 */
gboolean
belay_authored_file_get_boolean (BelayAuthoredFile *self,
                                 yaml_node_t *node,
                                 gboolean *value)
{
  const char *text = peek_text (node);

  if (g_strcmp0 (text, "true") != 0 && g_strcmp0 (text, "false") != 0)
    {
      belay_authored_file_complain (self, node, FALSE, "not-a-boolean", "Here must be true or false.");
      return FALSE;
    }

  *value = strcmp (text, "true") == 0;
  return TRUE;
}

/**
 * belay_authored_file_is_language:
 *
 * Returns: whether @text has the form of a language tag (RFC 5646 §2.1), such as `de` or `pt-BR`
 */
gboolean
belay_authored_file_is_language (const char *text)
{
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  parts = g_strsplit (text, "-", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      gsize length = strlen (parts[i]);

      if (length < (i == 0 ? 2 : 1) || length > 8)
        return FALSE;
      for (gsize k = 0; k < length; k++)
        {
          if (i == 0 ? !g_ascii_isalpha (parts[i][k]) : !g_ascii_isalnum (parts[i][k]))
            return FALSE;
        }
    }

  return parts[0] != NULL;
}

/**
 * belay_authored_file_fill_language_text:
 * @node: a text, or a map from language to text
 * @language: of a text that names none
 * @text: where to put it; tells of what is wrong
 */
void
belay_authored_file_fill_language_text (BelayAuthoredFile *self,
                                        yaml_node_t *node,
                                        const char *language,
                                        BelayLanguageText *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (node != NULL);

  if (node->type != YAML_MAPPING_NODE)
    {
      const char *words = belay_authored_file_get_text (self, node);

      if (words != NULL)
        belay_language_text_set (text, language, words);
      return;
    }

  if (node->data.mapping.pairs.start == node->data.mapping.pairs.top)
    belay_authored_file_complain (self, node, FALSE, "empty-text", "This text is empty in all languages.");
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
    {
      yaml_node_t *key = yaml_document_get_node (&self->document, pair->key);
      const char *tag = peek_text (key);
      const char *words = belay_authored_file_get_text (self, yaml_document_get_node (&self->document, pair->value));

      if (tag == NULL || !belay_authored_file_is_language (tag))
        belay_authored_file_complain (self, key, FALSE, "not-a-language",
                                      "“%s” is not a language tag such as “en” or “pt-BR”.", tag != NULL ? tag : "?");
      else if (words != NULL)
        belay_language_text_set (text, tag, words);
    }
}

/**
 * belay_authored_file_count_items:
 *
 * Returns: how many items the list @list has
 */
guint
belay_authored_file_count_items (const yaml_node_t *list)
{
  g_return_val_if_fail (list != NULL && list->type == YAML_SEQUENCE_NODE, 0);

  return (guint) (list->data.sequence.items.top - list->data.sequence.items.start);
}

/**
 * belay_authored_file_get_item:
 *
 * Returns: (transfer none): the item of @list at @index
 */
yaml_node_t *
belay_authored_file_get_item (BelayAuthoredFile *self,
                              const yaml_node_t *list,
                              guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < belay_authored_file_count_items (list), NULL);

  return yaml_document_get_node (&self->document, list->data.sequence.items.start[index]);
}
