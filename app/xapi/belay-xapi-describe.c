/* belay-xapi-describe.c: what the store knows of activities, verbs and agents, and of itself
 * (part three, 2.4, 2.5, 2.8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#include "belay-statement-values.h"

#define NAMES_MOST 20

/* Learning from statements */

static yyjson_mut_doc *
read_known (const char *json)
{
  yyjson_doc *parsed = json != NULL ? yyjson_read (json, strlen (json), YYJSON_READ_NUMBER_AS_RAW) : NULL;
  yyjson_mut_doc *known = parsed != NULL ? yyjson_doc_mut_copy (parsed, NULL) : NULL;

  yyjson_doc_free (parsed);

  return known;
}

/* Languages add up; all else that is new takes the place of the old. */
static void
merge (yyjson_mut_doc *document,
       yyjson_mut_val *known,
       yyjson_val *new)
{
  size_t i, most;
  yyjson_val *key, *value;

  yyjson_obj_foreach (new, i, most, key, value)
  {
    const char *name = yyjson_get_str (key);
    yyjson_mut_val *old = yyjson_mut_obj_get (known, name);

    if (yyjson_mut_is_obj (old) && (g_str_equal (name, "name") || g_str_equal (name, "description")))
      merge (document, old, value);
    else if (old != NULL)
      yyjson_mut_obj_replace (known, yyjson_val_mut_copy (document, key), yyjson_val_mut_copy (document, value));
    else
      yyjson_mut_obj_add (known, yyjson_val_mut_copy (document, key), yyjson_val_mut_copy (document, value));
  }
}

static gboolean
learn (BelayXapiStorage *storage,
       const char *kind,
       const char *id,
       yyjson_val *new,
       GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  yyjson_mut_doc *document;

  if (!yyjson_is_obj (new) || id == NULL)
    return TRUE;
  if (!storage->class->find_definition (storage, kind, id, &before, error))
    return FALSE;

  document = read_known (before);
  if (document == NULL)
    {
      document = yyjson_mut_doc_new (NULL);
      yyjson_mut_doc_set_root (document, yyjson_mut_obj (document));
    }
  merge (document, yyjson_mut_doc_get_root (document), new);
  after = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
  yyjson_mut_doc_free (document);

  return g_strcmp0 (before, after) == 0 || storage->class->put_definition (storage, kind, id, after, error);
}

static gboolean
learn_activity (BelayXapiStorage *storage,
                yyjson_val *activity,
                GError **error)
{
  return learn (storage, "activity", belay_value_member_text (activity, "id"), yyjson_obj_get (activity, "definition"),
                error);
}

static gboolean
has_name (yyjson_mut_val *names,
          const char *name)
{
  size_t i, most;
  yyjson_mut_val *one;

  yyjson_mut_arr_foreach (names, i, most, one) if (yyjson_mut_equals_str (one, name)) return TRUE;

  return FALSE;
}

static gboolean
learn_name (BelayXapiStorage *storage,
            yyjson_val *agent,
            GError **error)
{
  const char *name = belay_value_member_text (agent, "name");
  g_autofree char *identifier = belay_agent_identify_value (agent);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  yyjson_mut_doc *document;
  yyjson_mut_val *names;

  if (name == NULL || identifier == NULL)
    return TRUE;
  if (!storage->class->find_definition (storage, "agent", identifier, &before, error))
    return FALSE;

  document = read_known (before);
  if (document == NULL)
    {
      document = yyjson_mut_doc_new (NULL);
      yyjson_mut_doc_set_root (document, yyjson_mut_arr (document));
    }
  names = yyjson_mut_doc_get_root (document);
  if (!has_name (names, name) && yyjson_mut_arr_size (names) < NAMES_MOST)
    yyjson_mut_arr_add_strcpy (document, names, name);
  after = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
  yyjson_mut_doc_free (document);

  return g_strcmp0 (before, after) == 0 || storage->class->put_definition (storage, "agent", identifier, after, error);
}

static gboolean
learn_context (BelayXapiStorage *storage,
               yyjson_val *context,
               GError **error)
{
  static const char *const relations[] = { "parent", "grouping", "category", "other" };
  yyjson_val *activities = yyjson_obj_get (context, "contextActivities");

  for (guint n = 0; n < G_N_ELEMENTS (relations); n++)
    {
      yyjson_val *list = yyjson_obj_get (activities, relations[n]);
      size_t i, most;
      yyjson_val *activity;

      if (yyjson_is_obj (list) && !learn_activity (storage, list, error))
        return FALSE;
      yyjson_arr_foreach (list, i, most, activity) if (!learn_activity (storage, activity, error)) return FALSE;
    }

  return TRUE;
}

/**
 * belay_xapi_define:
 *
 * Takes over what @statement says of activities, verbs and agents.
 *
 * Returns: whether the database did
 */
gboolean
belay_xapi_define (BelayXapiStorage *storage,
                   yyjson_val *statement,
                   GError **error)
{
  yyjson_val *verb = yyjson_obj_get (statement, "verb");
  yyjson_val *object = yyjson_obj_get (statement, "object");
  const char *type = belay_value_member_text (object, "objectType");

  if (!learn (storage, "verb", belay_value_member_text (verb, "id"), yyjson_obj_get (verb, "display"), error)
      || !learn_name (storage, yyjson_obj_get (statement, "actor"), error)
      || !learn_context (storage, yyjson_obj_get (statement, "context"), error))
    return FALSE;
  if (type == NULL || g_str_equal (type, "Activity"))
    return learn_activity (storage, object, error);
  if (g_str_equal (type, "Agent") || g_str_equal (type, "Group"))
    return learn_name (storage, object, error);

  return !g_str_equal (type, "SubStatement") || belay_xapi_define (storage, object, error);
}

/* Answering */

static void
answer_document (BelayXapiCall *call,
                 yyjson_mut_doc *document)
{
  g_autofree char *text = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, text, -1);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", hash);

  yyjson_mut_doc_free (document);
  belay_xapi_call_answer_text (call, "application/json", text);
  belay_xapi_call_set_header (call, "ETag", etag);
}

static gboolean
may_describe (BelayXapiCall *call)
{
  return belay_xapi_call_may (call, BELAY_XAPI_SCOPE_ALL & ~BELAY_XAPI_SCOPE_WRITE_STATEMENTS);
}

static gboolean
is_there (BelayXapiCall *call,
          const char *name)
{
  if (g_hash_table_contains (call->parameters, name))
    return TRUE;

  belay_xapi_call_refuse (call, 400, "The parameter %s must be there (xAPI 3: 2.4).", name);
  return FALSE;
}

gboolean
belay_xapi_activities (BelayXapiCall *call,
                       GError **error)
{
  static const char *const known[] = { "activityId", NULL };
  const char *id;
  g_autofree char *json = NULL;
  yyjson_mut_doc *document;
  yyjson_mut_doc *definition;
  yyjson_mut_val *activity;

  if (!may_describe (call) || !belay_xapi_call_knows (call, known) || !is_there (call, "activityId")
      || !belay_xapi_call_get_iri (call, "activityId", &id))
    return TRUE;
  if (!call->storage->class->find_definition (call->storage, "activity", id, &json, error))
    return FALSE;

  document = yyjson_mut_doc_new (NULL);
  activity = yyjson_mut_obj (document);
  yyjson_mut_doc_set_root (document, activity);
  yyjson_mut_obj_add_str (document, activity, "objectType", "Activity");
  yyjson_mut_obj_add_str (document, activity, "id", id);
  definition = read_known (json);
  if (definition != NULL)
    yyjson_mut_obj_add_val (document, activity, "definition",
                            yyjson_mut_val_mut_copy (document, yyjson_mut_doc_get_root (definition)));
  yyjson_mut_doc_free (definition);
  answer_document (call, document);

  return TRUE;
}

/* Part three, 2.4: like the agent, but with an array for each property */
static void
add_identifiers (yyjson_mut_doc *document,
                 yyjson_mut_val *person,
                 yyjson_val *agent)
{
  static const char *const names[] = { "mbox", "mbox_sha1sum", "openid", "account" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      yyjson_val *value = yyjson_obj_get (agent, names[i]);
      yyjson_mut_val *array;

      if (value == NULL)
        continue;
      array = yyjson_mut_arr (document);
      yyjson_mut_arr_append (array, yyjson_val_mut_copy (document, value));
      yyjson_mut_obj_add_val (document, person, names[i], array);
    }
}

static void
add_names (yyjson_mut_doc *document,
           yyjson_mut_val *person,
           const char *own,
           const char *json)
{
  yyjson_mut_doc *known = read_known (json);
  yyjson_mut_val *names =
    known != NULL ? yyjson_mut_val_mut_copy (document, yyjson_mut_doc_get_root (known)) : yyjson_mut_arr (document);

  yyjson_mut_doc_free (known);
  if (own != NULL && !has_name (names, own))
    yyjson_mut_arr_add_strcpy (document, names, own);
  if (yyjson_mut_arr_size (names) > 0)
    yyjson_mut_obj_add_val (document, person, "name", names);
}

static void
answer_person (BelayXapiCall *call,
               const char *json)
{
  const char *text = g_hash_table_lookup (call->parameters, "agent");
  yyjson_doc *agent = yyjson_read (text, strlen (text), YYJSON_READ_NUMBER_AS_RAW);
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *person = yyjson_mut_obj (document);

  yyjson_mut_doc_set_root (document, person);
  yyjson_mut_obj_add_str (document, person, "objectType", "Person");
  add_names (document, person, belay_value_member_text (yyjson_doc_get_root (agent), "name"), json);
  add_identifiers (document, person, yyjson_doc_get_root (agent));
  yyjson_doc_free (agent);
  answer_document (call, document);
}

gboolean
belay_xapi_agents (BelayXapiCall *call,
                   GError **error)
{
  static const char *const known[] = { "agent", NULL };
  g_autofree char *identifier = NULL;
  g_autofree char *json = NULL;

  if (!may_describe (call) || !belay_xapi_call_knows (call, known) || !is_there (call, "agent")
      || !belay_xapi_call_get_agent (call, "agent", FALSE, &identifier))
    return TRUE;
  if (call->limit_actor != NULL && g_strcmp0 (identifier, call->limit_actor) != 0)
    {
      belay_xapi_call_refuse (call, 403, "These credentials are for another agent.");
      return TRUE;
    }
  if (!call->storage->class->find_definition (call->storage, "agent", identifier, &json, error))
    return FALSE;

  answer_person (call, json);
  return TRUE;
}

gboolean
belay_xapi_about (BelayXapiCall *call,
                  GError **error)
{
  static const char *const known[] = { NULL };

  if (belay_xapi_call_knows (call, known))
    belay_xapi_call_answer_text (call, "application/json",
                                 call->caller->speak == BELAY_XAPI_SPEAK_BOTH ? "{\"version\":[\"1.0.3\",\"2.0.0\"]}"
                                                                              : "{\"version\":[\"1.0.3\"]}");

  return TRUE;
}
