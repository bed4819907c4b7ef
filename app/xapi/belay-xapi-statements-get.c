/* belay-xapi-statements-get.c: GET of statements (part three, 2.1.3, 2.1.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#include "belay-statement-values.h"

#define PAGE_MOST 100

typedef enum
{
  FORMAT_EXACT,
  FORMAT_IDS,
  FORMAT_CANONICAL,
} Format;

typedef struct
{
  char *id;
  gboolean is_voided; /* whether @id is that of a voided one */
  GPtrArray *words;   /* ends with NULL once complete */
  BelayXapiSearch search;
  Format format;
  gboolean has_attachments;
} Query;

static void
query_clear (Query *query)
{
  g_clear_pointer (&query->id, g_free);
  g_clear_pointer (&query->words, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

static void
add_word (Query *query,
          const char *kind,
          const char *text)
{
  if (text != NULL)
    g_ptr_array_add (query->words, g_strconcat (kind, text, NULL));
}

/* Reading the parameters */

static gboolean
read_number (BelayXapiCall *call,
             const char *name,
             gint64 *number)
{
  const char *text = g_hash_table_lookup (call->parameters, name);
  guint64 parsed = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &parsed, NULL))
    {
      belay_xapi_call_refuse (call, 400,
                              "The parameter %s must be a whole number that is not negative (xAPI 3: 2.1.3).", name);
      return FALSE;
    }
  *number = (gint64) parsed;

  return TRUE;
}

static gboolean
read_format (BelayXapiCall *call,
             Query *query)
{
  static const char *const names[] = { "exact", "ids", "canonical" };
  const char *name = g_hash_table_lookup (call->parameters, "format");

  query->format = FORMAT_EXACT;
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        query->format = (Format) i;
        return TRUE;
      }

  belay_xapi_call_refuse (call, 400, "The parameter format must be exact, ids or canonical (xAPI 3: 2.1.3).");
  return FALSE;
}

static gboolean
read_filters (BelayXapiCall *call,
              Query *query)
{
  const char *verb, *activity;
  g_autofree char *agent = NULL;
  g_autofree char *registration = NULL;
  gboolean relates_activities, relates_agents;

  if (!belay_xapi_call_get_iri (call, "verb", &verb) || !belay_xapi_call_get_iri (call, "activity", &activity)
      || !belay_xapi_call_get_agent (call, "agent", TRUE, &agent)
      || !belay_xapi_call_get_uuid (call, "registration", &registration)
      || !belay_xapi_call_get_boolean (call, "related_activities", &relates_activities)
      || !belay_xapi_call_get_boolean (call, "related_agents", &relates_agents))
    return FALSE;

  /* The rarest first: it is the one that the others are sought at */
  add_word (query, BELAY_TERM_REGISTRATION, registration);
  add_word (query, relates_agents ? BELAY_TERM_RELATED_AGENT : BELAY_TERM_AGENT, agent);
  add_word (query, relates_activities ? BELAY_TERM_RELATED_ACTIVITY : BELAY_TERM_ACTIVITY, activity);
  add_word (query, BELAY_TERM_VERB, verb);
  return TRUE;
}

static gboolean
read_window (BelayXapiCall *call,
             Query *query)
{
  gsize page = belay_xapi_limit (call->caller->limits.page, PAGE_MOST);
  gint64 limit;

  query->search.since_us = G_MININT64;
  query->search.until_us = G_MAXINT64;
  if (!belay_xapi_call_get_time (call, "since", &query->search.since_us)
      || !belay_xapi_call_get_time (call, "until", &query->search.until_us)
      || !belay_xapi_call_get_boolean (call, "ascending", &query->search.is_ascending)
      || !read_number (call, "limit", &limit) || !read_number (call, "cursor", &query->search.beyond))
    return FALSE;

  query->search.limit = limit == 0 ? (guint) page : (guint) MIN (limit, (gint64) page);
  return TRUE;
}

static gboolean
read_single (BelayXapiCall *call,
             Query *query)
{
  static const char *const known[] = { "statementId", "voidedStatementId", "attachments", "format", NULL };
  g_autofree char *id = NULL;
  g_autofree char *voided_id = NULL;

  if (!belay_xapi_call_get_uuid (call, "statementId", &id)
      || !belay_xapi_call_get_uuid (call, "voidedStatementId", &voided_id))
    return FALSE;
  if (id != NULL && voided_id != NULL)
    {
      belay_xapi_call_refuse (call, 400,
                              "The parameters statementId and voidedStatementId rule each other out "
                              "(xAPI 3: 2.1.3).");
      return FALSE;
    }
  query->is_voided = voided_id != NULL;
  query->id = id != NULL ? g_steal_pointer (&id) : g_steal_pointer (&voided_id);

  return query->id == NULL || belay_xapi_call_knows (call, known);
}

static gboolean
read_query (BelayXapiCall *call,
            Query *query)
{
  static const char *const known[] = {
    "statementId",        "voidedStatementId", "agent",  "verb",  "activity", "registration",
    "related_activities", "related_agents",    "since",  "until", "limit",    "format",
    "attachments",        "ascending",         "cursor", NULL
  };

  return belay_xapi_call_knows (call, known) && read_single (call, query) && read_format (call, query)
         && belay_xapi_call_get_boolean (call, "attachments", &query->has_attachments) && read_filters (call, query)
         && read_window (call, query);
}

/* What the credentials add to every query: part three, 2.1.3, "additional query filter criteria" */
static gboolean
add_permissions (BelayXapiCall *call,
                 Query *query)
{
  const BelayXapiCaller *caller = call->caller;
  g_auto (BelayStatementProblem) problem = { 0 };

  if (!belay_xapi_call_may (call, BELAY_XAPI_SCOPE_READ_ALL | BELAY_XAPI_SCOPE_READ_OWN))
    return FALSE;
  if (!(caller->scopes & BELAY_XAPI_SCOPE_READ_ALL))
    {
      g_autofree char *author = belay_agent_identify (caller->authority, BELAY_XAPI_VERSION_1_0_3, &problem);

      add_word (query, BELAY_TERM_AUTHORITY, author != NULL ? author : "");
    }
  if (caller->limit_registration != NULL)
    {
      g_autofree char *registration = g_ascii_strdown (caller->limit_registration, -1);

      add_word (query, BELAY_TERM_REGISTRATION, registration);
    }
  if (caller->limit_actor != NULL)
    add_word (query, BELAY_TERM_AGENT, call->limit_actor != NULL ? call->limit_actor : "");

  return TRUE;
}

/* Answering */

static gboolean
format_statement (BelayXapiCall *call,
                  const Query *query,
                  const char *text,
                  char **formatted,
                  GError **error)
{
  switch (query->format)
    {
    case FORMAT_IDS:
      *formatted = belay_xapi_format_ids (text);
      return TRUE;
    case FORMAT_CANONICAL:
      return belay_xapi_format_canonical (call->storage, text, g_hash_table_lookup (call->headers, "accept-language"),
                                          formatted, error);
    case FORMAT_EXACT:
    default:
      *formatted = g_strdup (text);
      return TRUE;
    }
}

static gboolean
add_attachment (BelayXapiCall *call,
                yyjson_val *attachment,
                GPtrArray *parts,
                GHashTable *told,
                GError **error)
{
  g_autofree char *sha2 = g_ascii_strdown (belay_value_member_text (attachment, "sha2"), -1);
  g_autoptr (GBytes) contents = NULL;
  BelayXapiPart *part;

  if (g_hash_table_contains (told, sha2))
    return TRUE;
  if (!call->storage->class->find_attachment (call->storage, sha2, &contents, error))
    return FALSE;
  if (contents == NULL)
    return TRUE;

  part = g_new0 (BelayXapiPart, 1);
  part->type = g_strdup (belay_value_member_text (attachment, "contentType"));
  part->hash = g_strdup (sha2);
  part->contents = g_steal_pointer (&contents);
  g_ptr_array_add (parts, part);
  g_hash_table_add (told, g_steal_pointer (&sha2));

  return TRUE;
}

static gboolean
add_attachments (BelayXapiCall *call,
                 const char *text,
                 GPtrArray *parts,
                 GHashTable *told,
                 GError **error)
{
  yyjson_doc *document = yyjson_read (text, strlen (text), YYJSON_READ_NUMBER_AS_RAW);
  yyjson_val *statement = yyjson_doc_get_root (document);
  yyjson_val *holders[] = { statement, yyjson_obj_get (statement, "object") };
  gboolean is_done = TRUE;

  for (guint n = 0; n < G_N_ELEMENTS (holders); n++)
    {
      size_t i, most;
      yyjson_val *attachment;

      yyjson_arr_foreach (yyjson_obj_get (holders[n], "attachments"), i, most, attachment) is_done =
        is_done && add_attachment (call, attachment, parts, told, error);
    }
  yyjson_doc_free (document);

  return is_done;
}

/* @found holds the statements whose attachments go with @json, where they are asked for. */
static gboolean
answer_json (BelayXapiCall *call,
             const Query *query,
             const char *json,
             GPtrArray *found,
             GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GHashTable) told = NULL;
  g_autofree char *boundary = NULL;
  g_autofree char *type = NULL;
  g_autoptr (GBytes) body = NULL;
  BelayXapiPart *first;

  if (!query->has_attachments)
    {
      belay_xapi_call_answer_text (call, "application/json", json);
      return TRUE;
    }

  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_xapi_part_free);
  told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  first = g_new0 (BelayXapiPart, 1);
  first->type = g_strdup ("application/json");
  first->contents = g_bytes_new (json, strlen (json));
  g_ptr_array_add (parts, first);
  for (guint i = 0; i < found->len; i++)
    if (!add_attachments (call, ((BelayKeptStatement *) g_ptr_array_index (found, i))->text, parts, told, error))
      return FALSE;

  boundary = g_uuid_string_random ();
  type = g_strdup_printf ("multipart/mixed; boundary=%s", boundary);
  body = belay_multipart_write (parts, boundary);
  belay_xapi_call_answer (call, 200, type, body);
  return TRUE;
}

/* Whether the statement has all the words, which here are those of the permissions. */
static gboolean
is_visible (const char *text,
            GPtrArray *words)
{
  yyjson_doc *document = yyjson_read (text, strlen (text), YYJSON_READ_NUMBER_AS_RAW);
  g_autoptr (GPtrArray) own = belay_statement_terms (yyjson_doc_get_root (document), FALSE);
  gboolean has_all = TRUE;

  yyjson_doc_free (document);
  for (guint i = 0; i < words->len; i++)
    has_all = has_all && g_ptr_array_find_with_equal_func (own, g_ptr_array_index (words, i), g_str_equal, NULL);

  return has_all;
}

static gboolean
answer_single (BelayXapiCall *call,
               const Query *query,
               GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_kept_statement_free);
  BelayKeptStatement *kept = g_new0 (BelayKeptStatement, 1);
  g_autofree char *formatted = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *quoted = NULL;

  g_ptr_array_add (found, kept);
  if (!call->storage->class->find (call->storage, query->id, kept, error))
    return FALSE;
  if (kept->text == NULL || kept->is_voided != query->is_voided || !is_visible (kept->text, query->words))
    {
      belay_xapi_call_refuse (call, 404, "There is no %sstatement with the id %s.", query->is_voided ? "voided " : "",
                              query->id);
      return TRUE;
    }
  if (!format_statement (call, query, kept->text, &formatted, error)
      || !answer_json (call, query, formatted, found, error))
    return FALSE;

  etag = g_compute_checksum_for_string (G_CHECKSUM_SHA1, formatted, -1);
  quoted = g_strdup_printf ("\"%s\"", etag);
  belay_xapi_call_set_header (call, "ETag", quoted);
  belay_xapi_call_set_modified (call, kept->stored_us);
  return TRUE;
}

/* The same query, from behind the last statement of this page: nothing is kept for it, so that it stays valid. */
static char *
more_link (BelayXapiCall *call,
           const BelayKeptStatement *last)
{
  g_autoptr (GString) link = g_string_new (call->request->endpoint);
  GHashTableIter iter;
  gpointer name, value;

  g_string_append_printf (link, "/statements?cursor=%" G_GINT64_FORMAT, last->serial);
  g_hash_table_iter_init (&iter, call->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (g_str_equal (name, "cursor"))
        continue;
      g_string_append_printf (link, "&%s=", (const char *) name);
      g_string_append_uri_escaped (link, value, NULL, FALSE);
    }

  return g_string_free (g_steal_pointer (&link), FALSE);
}

static char *
write_result (GPtrArray *texts,
              const char *more)
{
  g_autoptr (GString) result = g_string_new ("{\"statements\":[");

  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0)
        g_string_append_c (result, ',');
      g_string_append (result, g_ptr_array_index (texts, i));
    }
  /* Percent-encoded, so that nothing in it needs escaping */
  g_string_append_printf (result, "],\"more\":\"%s\"}", more);

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static gboolean
answer_page (BelayXapiCall *call,
             Query *query,
             GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_kept_statement_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *more = NULL;
  g_autofree char *json = NULL;
  gboolean has_more;
  gint64 newest_us = 0;

  if (query->words->len == 0)
    add_word (query, BELAY_TERM_ANY, "");
  g_ptr_array_add (query->words, NULL);
  query->search.words = (const char *const *) query->words->pdata;
  if (!call->storage->class->search (call->storage, &query->search, found, &has_more, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const BelayKeptStatement *one = g_ptr_array_index (found, i);
      char *formatted = NULL;

      if (!format_statement (call, query, one->text, &formatted, error))
        return FALSE;
      g_ptr_array_add (texts, formatted);
      newest_us = MAX (newest_us, one->stored_us);
    }

  more = has_more ? more_link (call, g_ptr_array_index (found, found->len - 1)) : g_strdup ("");
  json = write_result (texts, more);
  if (found->len > 0)
    belay_xapi_call_set_modified (call, newest_us);
  return answer_json (call, query, json, found, error);
}

gboolean
belay_xapi_statements_get (BelayXapiCall *call,
                           GError **error)
{
  g_auto (Query) query = { .words = g_ptr_array_new_with_free_func (g_free) };

  if (!read_query (call, &query) || !add_permissions (call, &query))
    return TRUE;

  return query.id != NULL ? answer_single (call, &query, error) : answer_page (call, &query, error);
}
