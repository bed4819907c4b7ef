/* belay-statement-complete.c: what the store adds to a statement, and the words it is found by
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-private.h"

#include <string.h>

#include "belay-statement-values.h"

static const char *const relations[] = { "parent", "grouping", "category", "other" };

/* §2.4.6.2: a single activity is returned as an array of it */
static void
make_arrays (yyjson_mut_doc *document,
             yyjson_mut_val *statement)
{
  yyjson_mut_val *context = yyjson_mut_obj_get (statement, "context");
  yyjson_mut_val *activities = yyjson_mut_obj_get (context, "contextActivities");

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      yyjson_mut_val *one = yyjson_mut_obj_get (activities, relations[i]);
      yyjson_mut_val *array;

      if (!yyjson_mut_is_obj (one))
        continue;
      array = yyjson_mut_arr (document);
      /* Replacing frees the place of the old one, so it is copied before */
      yyjson_mut_arr_append (array, yyjson_mut_val_mut_copy (document, one));
      yyjson_mut_obj_replace (activities, yyjson_mut_str (document, relations[i]), array);
    }
}

static void
set_member (yyjson_mut_doc *document,
            yyjson_mut_val *object,
            const char *name,
            yyjson_mut_val *value)
{
  if (yyjson_mut_obj_get (object, name) != NULL)
    yyjson_mut_obj_replace (object, yyjson_mut_str (document, name), value);
  else
    yyjson_mut_obj_add_val (document, object, name, value);
}

static void
set_text (yyjson_mut_doc *document,
          yyjson_mut_val *object,
          const char *name,
          const char *text)
{
  set_member (document, object, name, yyjson_mut_strcpy (document, text));
}

static void
set_authority (yyjson_mut_doc *document,
               yyjson_mut_val *statement,
               const char *authority)
{
  yyjson_doc *parsed = yyjson_read (authority, strlen (authority), YYJSON_READ_NUMBER_AS_RAW);

  g_return_if_fail (parsed != NULL);

  set_member (document, statement, "authority", yyjson_val_mut_copy (document, yyjson_doc_get_root (parsed)));
  yyjson_doc_free (parsed);
}

/* §2.4.10, and 2.0's own */
static const char *
default_version (const BelayStatement *self)
{
  return belay_statement_get_version (self) == BELAY_XAPI_VERSION_2_0 ? "2.0.0" : "1.0.0";
}

/**
 * belay_statement_complete:
 * @id: what becomes its id
 * @stored: the time of storing, written in UTC; its timestamp too where it has none
 * @authority: JSON of the agent who says so
 *
 * Returns: (transfer full): the statement as it will be returned: §2.3.1 lists what may differ from what was received
 */
char *
belay_statement_complete (const BelayStatement *self,
                          const char *id,
                          const char *stored,
                          const char *authority)
{
  yyjson_val *value = belay_statement_get_value (self);
  const char *timestamp = belay_value_member_text (value, "timestamp");
  g_autofree char *utc = timestamp != NULL ? belay_value_time_to_utc (timestamp) : g_strdup (stored);
  g_autofree char *text = NULL;
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *statement = yyjson_val_mut_copy (document, value);
  yyjson_mut_val *object = yyjson_mut_obj_get (statement, "object");

  yyjson_mut_doc_set_root (document, statement);
  set_text (document, statement, "id", id);
  set_text (document, statement, "timestamp", utc);
  set_text (document, statement, "stored", stored);
  set_authority (document, statement, authority);
  if (yyjson_mut_obj_get (statement, "version") == NULL)
    set_text (document, statement, "version", default_version (self));
  make_arrays (document, statement);
  if (belay_statement_get_object (self) == BELAY_STATEMENT_OBJECT_SUB_STATEMENT)
    make_arrays (document, object);
  text = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
  yyjson_mut_doc_free (document);

  return g_strdup (text);
}

/* The words of a search */

static void
add_term (GPtrArray *terms,
          const char *kind,
          const char *text)
{
  if (text != NULL)
    g_ptr_array_add (terms, g_strconcat (kind, text, NULL));
}

static void
add_agent (GPtrArray *terms,
           yyjson_val *agent,
           gboolean is_direct)
{
  g_autofree char *identifier = agent != NULL ? belay_agent_identify_value (agent) : NULL;
  size_t i, most;
  yyjson_val *member;

  if (is_direct)
    add_term (terms, BELAY_TERM_AGENT, identifier);
  add_term (terms, BELAY_TERM_RELATED_AGENT, identifier);
  yyjson_arr_foreach (yyjson_obj_get (agent, "member"), i, most, member) add_agent (terms, member, is_direct);
}

static void
add_activity (GPtrArray *terms,
              yyjson_val *activity,
              gboolean is_direct)
{
  const char *id = belay_value_member_text (activity, "id");

  if (is_direct)
    add_term (terms, BELAY_TERM_ACTIVITY, id);
  add_term (terms, BELAY_TERM_RELATED_ACTIVITY, id);
}

static void
add_context (GPtrArray *terms,
             yyjson_val *context)
{
  static const struct
  {
    const char *list;
    const char *member;
  } people[] = { { "contextAgents", "agent" }, { "contextGroups", "group" } };
  yyjson_val *activities = yyjson_obj_get (context, "contextActivities");
  size_t i, most;
  yyjson_val *element;

  add_agent (terms, yyjson_obj_get (context, "instructor"), FALSE);
  add_agent (terms, yyjson_obj_get (context, "team"), FALSE);
  for (guint n = 0; n < G_N_ELEMENTS (people); n++)
    yyjson_arr_foreach (yyjson_obj_get (context, people[n].list), i, most, element)
      add_agent (terms, yyjson_obj_get (element, people[n].member), FALSE);

  for (guint n = 0; n < G_N_ELEMENTS (relations); n++)
    yyjson_arr_foreach (yyjson_obj_get (activities, relations[n]), i, most, element)
      add_activity (terms, element, FALSE);
}

static void
add_parts (GPtrArray *terms,
           yyjson_val *statement,
           gboolean is_direct)
{
  yyjson_val *object = yyjson_obj_get (statement, "object");
  const char *type = belay_value_member_text (object, "objectType");

  add_agent (terms, yyjson_obj_get (statement, "actor"), is_direct);
  add_context (terms, yyjson_obj_get (statement, "context"));
  if (type == NULL || g_str_equal (type, "Activity"))
    add_activity (terms, object, is_direct);
  else if (g_str_equal (type, "Agent") || g_str_equal (type, "Group"))
    add_agent (terms, object, is_direct);
  else if (g_str_equal (type, "SubStatement"))
    add_parts (terms, object, FALSE);
}

/**
 * belay_statement_terms:
 * @statement: as it is returned, with its authority
 * @is_inherited: whether for a statement that targets this one: it is then found by what this one is about
 *   (part three, 2.1.3), but not as one of the same author
 *
 * Returns: (transfer full) (element-type utf8): the words, of which some may be there twice
 */
GPtrArray *
belay_statement_terms (yyjson_val *statement,
                       gboolean is_inherited)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);
  yyjson_val *context = yyjson_obj_get (statement, "context");
  yyjson_val *authority = yyjson_obj_get (statement, "authority");
  const char *registration = belay_value_member_text (context, "registration");
  g_autofree char *lower = registration != NULL ? g_ascii_strdown (registration, -1) : NULL;
  g_autofree char *author = authority != NULL ? belay_agent_identify_value (authority) : NULL;

  add_term (terms, BELAY_TERM_VERB, belay_value_member_text (yyjson_obj_get (statement, "verb"), "id"));
  add_term (terms, BELAY_TERM_REGISTRATION, lower);
  add_parts (terms, statement, TRUE);
  add_agent (terms, authority, FALSE);
  if (!is_inherited)
    {
      add_term (terms, BELAY_TERM_ANY, "");
      add_term (terms, BELAY_TERM_AUTHORITY, author);
    }

  return terms;
}
