/* belay-xapi-documents.c: State, Agent Profile and Activity Profile (part three, 2.2, 2.3, 2.6, 2.7)
 *
 * The three differ in what names a document, which is a table here, and in nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-cmi5.h"
#include "belay-xapi-private.h"

#include <string.h>

#include "belay-statement-values.h"

#define DOCUMENT_BYTES_MOST (1024 * 1024)

typedef struct
{
  const char *id; /* the parameter that names one document */
  gboolean has_agent;
  gboolean has_activity;
  gboolean has_registration;
  gboolean is_deleted_together; /* whether DELETE without an id deletes all */
  BelayXapiScopes scope;
} Kind;

static const Kind kinds[] = {
  [BELAY_XAPI_DOCUMENT_STATE] = { "stateId", TRUE, TRUE, TRUE, TRUE, BELAY_XAPI_SCOPE_STATE },
  [BELAY_XAPI_DOCUMENT_AGENT_PROFILE] = { "profileId", TRUE, FALSE, FALSE, FALSE, BELAY_XAPI_SCOPE_PROFILES },
  [BELAY_XAPI_DOCUMENT_ACTIVITY_PROFILE] = { "profileId", FALSE, TRUE, FALSE, FALSE, BELAY_XAPI_SCOPE_PROFILES },
};

static gboolean
knows_parameters (BelayXapiCall *call,
                  const Kind *kind)
{
  const char *names[6] = { kind->id };
  guint count = 1;

  if (kind->has_agent)
    names[count++] = "agent";
  if (kind->has_activity)
    names[count++] = "activityId";
  if (kind->has_registration)
    names[count++] = "registration";
  if (g_str_equal (call->method, "GET") && !g_hash_table_contains (call->parameters, kind->id))
    names[count++] = "since";

  return belay_xapi_call_knows (call, names);
}

static gboolean
require (BelayXapiCall *call,
         const char *name,
         gboolean is_there)
{
  if (!is_there)
    belay_xapi_call_refuse (call, 400, "The parameter %s must be there (xAPI 3: 2.2).", name);

  return is_there;
}

static gboolean
is_within_limits (BelayXapiCall *call,
                  const BelayXapiDocumentKey *key)
{
  const BelayXapiCaller *caller = call->caller;
  gboolean is_within = TRUE;

  if (caller->limit_actor != NULL && *key->agent != '\0')
    is_within = g_strcmp0 (call->limit_actor, key->agent) == 0;
  if (is_within && caller->limit_activity != NULL && *key->activity != '\0')
    is_within = g_str_equal (caller->limit_activity, key->activity);
  if (is_within && caller->limit_registration != NULL && key->kind == BELAY_XAPI_DOCUMENT_STATE)
    is_within = g_ascii_strcasecmp (caller->limit_registration, key->registration) == 0;
  if (!is_within)
    belay_xapi_call_refuse (call, 403, "These credentials are for another agent, activity or registration.");

  return is_within;
}

/* cmi5 10: what the launch was made with is not the launched unit's to change. */
static gboolean
is_fixed (BelayXapiCall *call,
          const BelayXapiDocumentKey *key)
{
  return call->caller->limit_activity != NULL && key->kind == BELAY_XAPI_DOCUMENT_STATE
         && g_strcmp0 (key->id, BELAY_CMI5_LAUNCH_DATA) == 0;
}

static gboolean
read_key (BelayXapiCall *call,
          const Kind *kind,
          BelayXapiDocumentKey *key)
{
  const char *activity = NULL;
  g_autofree char *agent = NULL;
  g_autofree char *registration = NULL;

  if (!knows_parameters (call, kind))
    return FALSE;
  if (kind->has_activity
      && (!belay_xapi_call_get_iri (call, "activityId", &activity) || !require (call, "activityId", activity != NULL)))
    return FALSE;
  if (kind->has_agent
      && (!belay_xapi_call_get_agent (call, "agent", FALSE, &agent) || !require (call, "agent", agent != NULL)))
    return FALSE;
  if (kind->has_registration && !belay_xapi_call_get_uuid (call, "registration", &registration))
    return FALSE;

  key->agent = agent != NULL ? g_steal_pointer (&agent) : g_strdup ("");
  key->activity = g_strdup (activity != NULL ? activity : "");
  key->registration = registration != NULL ? g_steal_pointer (&registration) : g_strdup ("");
  key->id = g_strdup (g_hash_table_lookup (call->parameters, kind->id));

  return is_within_limits (call, key);
}

/* Whether one of the tags in a header's list is @etag; `*` is any. Case of the digits does not matter. */
static gboolean
lists_etag (const char *list,
            const char *etag)
{
  g_auto (GStrv) tags = g_strsplit (list, ",", -1);

  for (char **tag = tags; *tag != NULL; tag++)
    {
      char *bare = g_strstrip (*tag);
      gsize length;

      if (g_str_equal (bare, "*"))
        return etag != NULL;
      if (g_str_has_prefix (bare, "W/"))
        bare += 2;
      length = strlen (bare);
      if (length >= 2 && bare[0] == '"' && bare[length - 1] == '"')
        {
          bare[length - 1] = '\0';
          bare++;
        }
      if (etag != NULL && g_ascii_strcasecmp (bare, etag) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Part three, 3.1 */
static gboolean
keeps_preconditions (BelayXapiCall *call,
                     const BelayXapiDocument *known)
{
  const char *if_match = g_hash_table_lookup (call->headers, "if-match");
  const char *if_none_match = g_hash_table_lookup (call->headers, "if-none-match");
  const char *etag = known != NULL ? known->etag : NULL;
  gboolean is_put = g_str_equal (call->method, "PUT");
  gboolean needs_one =
    is_put
    && (call->version == BELAY_XAPI_VERSION_2_0 || known == NULL || known->key.kind != BELAY_XAPI_DOCUMENT_STATE);

  if (if_match != NULL && !lists_etag (if_match, etag))
    belay_xapi_call_refuse (call, 412,
                            "The document is not, or no longer, the one that If-Match names. "
                            "Fetch it again and decide anew.");
  else if (if_none_match != NULL && lists_etag (if_none_match, etag))
    belay_xapi_call_refuse (call, 412,
                            "There is a document already, which If-None-Match rules out. "
                            "Fetch it and decide anew.");
  else if (needs_one && known != NULL && if_match == NULL && if_none_match == NULL)
    belay_xapi_call_refuse (call, 409,
                            "There is a document already. Check its current state, and set the If-Match header "
                            "to its current ETag to replace it.");

  return call->reply->status == 0;
}

static gboolean
tell_hook (BelayXapiCall *call,
           const BelayXapiDocument *document,
           GError **error)
{
  const BelayXapiStorage *storage = call->storage;

  return storage->document_hook == NULL || storage->document_hook (document, storage->document_data, error);
}

static gboolean
write_document (BelayXapiCall *call,
                const BelayXapiDocumentKey *key,
                const char *type,
                GBytes *contents,
                GError **error)
{
  g_autofree char *etag = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, contents);
  BelayXapiDocument document = { *key, (char *) type, contents, etag, belay_clock_now_us (call->clock) };

  if (!call->storage->class->put_document (call->storage, &document, error) || !tell_hook (call, &document, error))
    return FALSE;

  belay_xapi_call_answer (call, 204, NULL, NULL);
  return TRUE;
}

static gboolean
is_json (const char *type)
{
  gsize length = strlen ("application/json");

  return type != NULL && g_ascii_strncasecmp (type, "application/json", length) == 0
         && strchr ("; ", type[length]) != NULL;
}

static yyjson_doc *
read_object (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  yyjson_doc *document = length > 0 ? yyjson_read (text, length, YYJSON_READ_NUMBER_AS_RAW) : NULL;

  if (document != NULL && !yyjson_is_obj (yyjson_doc_get_root (document)))
    g_clear_pointer (&document, yyjson_doc_free);

  return document;
}

/* Part three, 2.2: members of the new one take the place of those in the old one, whole. */
static GBytes *
merge (yyjson_val *old,
       yyjson_val *new)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *merged = yyjson_val_mut_copy (document, old);
  size_t i, most, length;
  yyjson_val *key, *value;
  char *text;

  yyjson_mut_doc_set_root (document, merged);
  yyjson_obj_foreach (new, i, most, key, value)
  {
    yyjson_mut_val *new_key = yyjson_val_mut_copy (document, key);
    yyjson_mut_val *new_value = yyjson_val_mut_copy (document, value);

    if (yyjson_mut_obj_getn (merged, yyjson_get_str (key), yyjson_get_len (key)) != NULL)
      yyjson_mut_obj_replace (merged, new_key, new_value);
    else
      yyjson_mut_obj_add (merged, new_key, new_value);
  }
  text = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, &length);
  yyjson_mut_doc_free (document);

  return g_bytes_new_with_free_func (text, length, free, text);
}

static gboolean
post_document (BelayXapiCall *call,
               const BelayXapiDocumentKey *key,
               const BelayXapiDocument *known,
               const char *type,
               GError **error)
{
  yyjson_doc *new = NULL;
  yyjson_doc *old = NULL;
  gboolean is_done = TRUE;

  if (is_json (type))
    new = read_object (call->body);
  if (known != NULL && is_json (known->type))
    old = read_object (known->contents);
  if (is_json (type) && new == NULL)
    belay_xapi_call_refuse (call, 400, "A document of type application/json that is POSTed must be a JSON object.");
  else if (known != NULL && new == NULL)
    belay_xapi_call_refuse (call, 400,
                            "Only a document of type application/json can be merged into another. "
                            "PUT it to replace what is there.");
  else if (known != NULL && old == NULL)
    belay_xapi_call_refuse (call, 400,
                            "What is there is not a JSON object, so that nothing can be merged into it. "
                            "PUT the document to replace it.");
  else
    {
      g_autoptr (GBytes) merged =
        known != NULL ? merge (yyjson_doc_get_root (old), yyjson_doc_get_root (new)) : g_bytes_ref (call->body);

      is_done = write_document (call, key, type, merged, error);
    }
  g_clear_pointer (&new, yyjson_doc_free);
  g_clear_pointer (&old, yyjson_doc_free);

  return is_done;
}

static gboolean
put_document (BelayXapiCall *call,
              const BelayXapiDocumentKey *key,
              const char *type,
              GError **error)
{
  if (is_json (type))
    {
      gsize length;
      const char *text = g_bytes_get_data (call->body, &length);
      yyjson_doc *document = length > 0 ? yyjson_read (text, length, YYJSON_READ_NUMBER_AS_RAW) : NULL;

      if (document == NULL)
        {
          belay_xapi_call_refuse (call, 400, "The document says that it is application/json, and is not JSON.");
          return TRUE;
        }
      yyjson_doc_free (document);
    }

  return write_document (call, key, type, call->body, error);
}

static gboolean
store_document (BelayXapiCall *call,
                const BelayXapiDocumentKey *key,
                const BelayXapiDocument *known,
                GError **error)
{
  const char *type = g_hash_table_lookup (call->headers, "content-type");
  gsize most = belay_xapi_limit (call->caller->limits.document_bytes, DOCUMENT_BYTES_MOST);

  if (type == NULL)
    type = "application/octet-stream";
  if (g_bytes_get_size (call->body) > most)
    {
      belay_xapi_call_refuse (call, 413, "The document is larger than %zu bytes.", most);
      return TRUE;
    }
  if (!keeps_preconditions (call, known))
    return TRUE;

  return g_str_equal (call->method, "POST") ? post_document (call, key, known, type, error)
                                            : put_document (call, key, type, error);
}

static void
answer_document (BelayXapiCall *call,
                 const BelayXapiDocument *known)
{
  g_autofree char *etag = NULL;

  if (known == NULL)
    {
      belay_xapi_call_refuse (call, 404, "There is no such document.");
      return;
    }

  etag = g_strdup_printf ("\"%s\"", known->etag);
  belay_xapi_call_answer (call, 200, known->type, known->contents);
  belay_xapi_call_set_header (call, "ETag", etag);
  belay_xapi_call_set_modified (call, known->updated_us);
}

static gboolean
delete_document (BelayXapiCall *call,
                 const BelayXapiDocumentKey *key,
                 GError **error)
{
  BelayXapiDocument gone = { *key, (char *) "", NULL, (char *) "", belay_clock_now_us (call->clock) };

  return call->storage->class->delete_document (call->storage, key, error) && tell_hook (call, &gone, error);
}

static gboolean
answer_one (BelayXapiCall *call,
            const BelayXapiDocumentKey *key,
            GError **error)
{
  g_autoptr (BelayXapiDocument) known = NULL;

  if (!call->storage->class->find_document (call->storage, key, &known, error))
    return FALSE;

  if (g_str_equal (call->method, "GET"))
    answer_document (call, known);
  else if (is_fixed (call, key))
    belay_xapi_call_refuse (call, 403, BELAY_CMI5_LAUNCH_DATA " must not be changed or deleted (cmi5 10).");
  else if (!g_str_equal (call->method, "DELETE"))
    return store_document (call, key, known, error);
  else if (keeps_preconditions (call, known))
    {
      belay_xapi_call_answer (call, 204, NULL, NULL);
      return known == NULL || delete_document (call, key, error);
    }

  return TRUE;
}

static void
answer_list (BelayXapiCall *call,
             GPtrArray *found)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *ids = yyjson_mut_arr (document);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;
  g_autofree char *etag = NULL;
  gint64 newest_us = 0;

  yyjson_mut_doc_set_root (document, ids);
  for (guint i = 0; i < found->len; i++)
    {
      const BelayXapiDocument *one = g_ptr_array_index (found, i);

      newest_us = MAX (newest_us, one->updated_us);
      /* Two registrations may have the same id */
      if (g_hash_table_add (told, one->key.id))
        yyjson_mut_arr_add_str (document, ids, one->key.id);
    }
  text = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
  yyjson_mut_doc_free (document);

  belay_xapi_call_answer_text (call, "application/json", text);
  etag = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, call->reply->body);
  g_free (g_steal_pointer (&text));
  text = g_strdup_printf ("\"%s\"", etag);
  belay_xapi_call_set_header (call, "ETag", text);
  if (found->len > 0)
    belay_xapi_call_set_modified (call, newest_us);
}

static gboolean
answer_many (BelayXapiCall *call,
             const Kind *kind,
             BelayXapiDocumentKey *key,
             GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_xapi_document_free);
  gboolean is_delete = g_str_equal (call->method, "DELETE");
  gint64 since_us = G_MININT64;

  if (!g_str_equal (call->method, "GET") && !(is_delete && kind->is_deleted_together))
    {
      require (call, kind->id, FALSE);
      return TRUE;
    }
  if (!belay_xapi_call_get_time (call, "since", &since_us))
    return TRUE;
  if (!call->storage->class->list_documents (call->storage, key, since_us, found, error))
    return FALSE;
  if (!is_delete)
    {
      answer_list (call, found);
      return TRUE;
    }

  for (guint i = 0; i < found->len; i++)
    {
      const BelayXapiDocument *one = g_ptr_array_index (found, i);

      if (!is_fixed (call, &one->key) && !delete_document (call, &one->key, error))
        return FALSE;
    }
  belay_xapi_call_answer (call, 204, NULL, NULL);
  return TRUE;
}

gboolean
belay_xapi_documents (BelayXapiCall *call,
                      BelayXapiDocumentKind kind,
                      GError **error)
{
  BelayXapiDocumentKey key = { .kind = kind };
  gboolean is_done = TRUE;

  if (belay_xapi_call_may (call, kinds[kind].scope) && read_key (call, &kinds[kind], &key))
    is_done = key.id != NULL ? answer_one (call, &key, error) : answer_many (call, &kinds[kind], &key, error);
  belay_xapi_document_key_clear (&key);

  return is_done;
}
