/* belay-xapi-format.c: statements told shorter, or in the reader's language (part three, 2.1.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

/* What a format does with each object of its kind; %NULL leaves those alone. */
typedef struct _Format Format;
struct _Format
{
  gboolean (*agent) (Format *self, yyjson_mut_val *agent);
  gboolean (*activity) (Format *self, yyjson_mut_val *activity);
  gboolean (*verb) (Format *self, yyjson_mut_val *verb);
  yyjson_mut_doc *document;
  BelayXapiStorage *storage;
  GPtrArray *languages; /* (element-type utf8): ranges in lower case, best first; `*` is any */
  GError *error;
};

static const char *
member_text (yyjson_mut_val *object,
             const char *name)
{
  return yyjson_mut_get_str (yyjson_mut_obj_get (object, name));
}

/* Walking through a statement */

static gboolean
visit_agent (Format *self,
             yyjson_mut_val *agent)
{
  return agent == NULL || self->agent == NULL || self->agent (self, agent);
}

static gboolean
visit_activity (Format *self,
                yyjson_mut_val *activity)
{
  return self->activity == NULL || self->activity (self, activity);
}

static gboolean
visit_context (Format *self,
               yyjson_mut_val *context)
{
  static const char *const relations[] = { "parent", "grouping", "category", "other" };
  static const char *const people[][2] = { { "contextAgents", "agent" }, { "contextGroups", "group" } };
  yyjson_mut_val *activities = yyjson_mut_obj_get (context, "contextActivities");
  size_t i, most;
  yyjson_mut_val *element;

  for (guint n = 0; n < G_N_ELEMENTS (relations); n++)
    yyjson_mut_arr_foreach (yyjson_mut_obj_get (activities, relations[n]), i, most,
                            element) if (!visit_activity (self, element)) return FALSE;
  for (guint n = 0; n < G_N_ELEMENTS (people); n++)
    yyjson_mut_arr_foreach (yyjson_mut_obj_get (context, people[n][0]), i, most,
                            element) if (!visit_agent (self, yyjson_mut_obj_get (element, people[n][1]))) return FALSE;

  return visit_agent (self, yyjson_mut_obj_get (context, "instructor"))
         && visit_agent (self, yyjson_mut_obj_get (context, "team"));
}

static gboolean
visit_statement (Format *self,
                 yyjson_mut_val *statement)
{
  yyjson_mut_val *object = yyjson_mut_obj_get (statement, "object");
  const char *type = member_text (object, "objectType");

  if (!visit_agent (self, yyjson_mut_obj_get (statement, "actor"))
      || !visit_agent (self, yyjson_mut_obj_get (statement, "authority"))
      || !visit_context (self, yyjson_mut_obj_get (statement, "context"))
      || (self->verb != NULL && !self->verb (self, yyjson_mut_obj_get (statement, "verb"))))
    return FALSE;
  if (type == NULL || g_str_equal (type, "Activity"))
    return visit_activity (self, object);
  if (g_str_equal (type, "Agent") || g_str_equal (type, "Group"))
    return visit_agent (self, object);

  return !g_str_equal (type, "SubStatement") || visit_statement (self, object);
}

static char *
apply (Format *self,
       const char *text)
{
  yyjson_doc *parsed = yyjson_read (text, strlen (text), YYJSON_READ_NUMBER_AS_RAW);
  g_autofree char *written = NULL;

  self->document = yyjson_doc_mut_copy (parsed, NULL);
  yyjson_doc_free (parsed);
  if (visit_statement (self, yyjson_mut_doc_get_root (self->document)))
    written = yyjson_mut_write (self->document, YYJSON_WRITE_NOFLAG, NULL);
  g_clear_pointer (&self->document, yyjson_mut_doc_free);

  return g_strdup (written);
}

/* ids: the least that identifies */

static gboolean
shorten_agent (Format *self,
               yyjson_mut_val *agent)
{
  gboolean is_identified =
    yyjson_mut_obj_get (agent, "mbox") != NULL || yyjson_mut_obj_get (agent, "mbox_sha1sum") != NULL
    || yyjson_mut_obj_get (agent, "openid") != NULL || yyjson_mut_obj_get (agent, "account") != NULL;
  size_t i, most;
  yyjson_mut_val *member;

  yyjson_mut_obj_remove_key (agent, "name");
  if (is_identified)
    yyjson_mut_obj_remove_key (agent, "member");
  yyjson_mut_arr_foreach (yyjson_mut_obj_get (agent, "member"), i, most, member) shorten_agent (self, member);

  return TRUE;
}

static gboolean
shorten_activity (Format *self,
                  yyjson_mut_val *activity)
{
  yyjson_mut_obj_remove_key (activity, "definition");
  return TRUE;
}

static gboolean
shorten_verb (Format *self,
              yyjson_mut_val *verb)
{
  yyjson_mut_obj_remove_key (verb, "display");
  return TRUE;
}

/**
 * belay_xapi_format_ids:
 * @text: a statement as it is kept
 *
 * Returns: (transfer full): the statement with only what identifies agents, activities and verbs
 */
char *
belay_xapi_format_ids (const char *text)
{
  Format format = { .agent = shorten_agent, .activity = shorten_activity, .verb = shorten_verb };

  return apply (&format, text);
}

/* canonical: what the store knows of it, in one language */

typedef struct
{
  char *range;
  double quality;
} Wish;

static int
compare_wishes (gconstpointer a,
                gconstpointer b)
{
  const Wish *one = a;
  const Wish *other = b;

  return one->quality < other->quality ? 1 : one->quality > other->quality ? -1 : 0;
}

/* `de-CH, de;q=0.9, *;q=0.1` (RFC 9110 §12.5.4) as ranges, best first. g_array_sort() is stable. */
static GPtrArray *
parse_accept_language (const char *header)
{
  g_auto (GStrv) parts = g_strsplit (header != NULL ? header : "", ",", -1);
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  GPtrArray *ranges = g_ptr_array_new_with_free_func (g_free);

  for (char **part = parts; *part != NULL; part++)
    {
      const char *quality = strstr (*part, "q=");
      g_autofree char *range = g_ascii_strdown (*part, (gssize) strcspn (*part, ";"));
      Wish wish = { NULL, quality != NULL ? g_ascii_strtod (quality + 2, NULL) : 1.0 };

      if (wish.quality <= 0 || *g_strstrip (range) == '\0')
        continue;
      wish.range = g_steal_pointer (&range);
      g_array_append_val (wishes, wish);
    }
  g_array_sort (wishes, compare_wishes);
  for (guint i = 0; i < wishes->len; i++)
    g_ptr_array_add (ranges, g_array_index (wishes, Wish, i).range);

  return ranges;
}

static gboolean
is_in_range (const char *range,
             const char *tag)
{
  gsize length = strlen (range);

  if (g_str_equal (range, "*"))
    return TRUE;

  return g_ascii_strncasecmp (tag, range, length) == 0 && (tag[length] == '\0' || tag[length] == '-');
}

/* The best of a map's tags; its first where none is wished for. */
static const char *
choose_language (GPtrArray *languages,
                 yyjson_mut_val *map)
{
  size_t i, most;
  yyjson_mut_val *key, *value;
  const char *first = NULL;

  for (guint n = 0; n < languages->len; n++)
    yyjson_mut_obj_foreach (map, i, most, key,
                            value) if (is_in_range (g_ptr_array_index (languages, n),
                                                    yyjson_mut_get_str (key))) return yyjson_mut_get_str (key);
  yyjson_mut_obj_foreach (map, i, most, key, value) if (first == NULL) first = yyjson_mut_get_str (key);

  return first;
}

static void
keep_one_language (Format *self,
                   yyjson_mut_val *object,
                   const char *name)
{
  yyjson_mut_val *map = yyjson_mut_obj_get (object, name);
  const char *chosen = yyjson_mut_is_obj (map) ? choose_language (self->languages, map) : NULL;
  yyjson_mut_val *single, *text;

  if (chosen == NULL)
    return;

  text = yyjson_mut_val_mut_copy (self->document, yyjson_mut_obj_get (map, chosen));
  single = yyjson_mut_obj (self->document);
  yyjson_mut_obj_add (single, yyjson_mut_strcpy (self->document, chosen), text);
  yyjson_mut_obj_replace (object, yyjson_mut_str (self->document, name), single);
}

static void
keep_one_language_everywhere (Format *self,
                              yyjson_mut_val *definition)
{
  static const char *const lists[] = { "choices", "scale", "source", "target", "steps" };
  size_t i, most;
  yyjson_mut_val *component;

  keep_one_language (self, definition, "name");
  keep_one_language (self, definition, "description");
  for (guint n = 0; n < G_N_ELEMENTS (lists); n++)
    yyjson_mut_arr_foreach (yyjson_mut_obj_get (definition, lists[n]), i, most, component)
      keep_one_language (self, component, "description");
}

/* Puts what the store knows under @name, if it knows anything. */
static gboolean
put_known (Format *self,
           yyjson_mut_val *object,
           const char *kind,
           const char *name)
{
  g_autofree char *json = NULL;
  yyjson_doc *known;
  yyjson_mut_val *value;

  if (!self->storage->class->find_definition (self->storage, kind, member_text (object, "id"), &json, &self->error))
    return FALSE;
  known = json != NULL ? yyjson_read (json, strlen (json), YYJSON_READ_NUMBER_AS_RAW) : NULL;
  if (known == NULL)
    return TRUE;

  value = yyjson_val_mut_copy (self->document, yyjson_doc_get_root (known));
  yyjson_doc_free (known);
  if (yyjson_mut_obj_get (object, name) != NULL)
    yyjson_mut_obj_replace (object, yyjson_mut_str (self->document, name), value);
  else
    yyjson_mut_obj_add_val (self->document, object, name, value);

  return TRUE;
}

static gboolean
make_activity_canonical (Format *self,
                         yyjson_mut_val *activity)
{
  if (!put_known (self, activity, "activity", "definition"))
    return FALSE;

  keep_one_language_everywhere (self, yyjson_mut_obj_get (activity, "definition"));
  return TRUE;
}

static gboolean
make_verb_canonical (Format *self,
                     yyjson_mut_val *verb)
{
  if (!put_known (self, verb, "verb", "display"))
    return FALSE;

  keep_one_language (self, verb, "display");
  return TRUE;
}

/**
 * belay_xapi_format_canonical:
 * @text: a statement as it is kept
 * @accept_language: (nullable): the request's header
 * @formatted: (out) (transfer full): the statement with what the store knows of activities and verbs, each text in
 *   the one language of those it has that is wished for most
 *
 * Returns: whether the database answered
 */
gboolean
belay_xapi_format_canonical (BelayXapiStorage *storage,
                             const char *text,
                             const char *accept_language,
                             char **formatted,
                             GError **error)
{
  Format format = { .activity = make_activity_canonical, .verb = make_verb_canonical, .storage = storage };

  format.languages = parse_accept_language (accept_language);
  *formatted = apply (&format, text);
  g_ptr_array_unref (format.languages);
  if (*formatted == NULL)
    g_propagate_error (error, format.error);

  return *formatted != NULL;
}
