/* belay-xapi-call.c: asking a request for its parameters, and answering it
 *
 * Parameters are held to the same rules as the values of statements (part two, 2.2). A function that
 * finds one at fault answers with a 400 that names it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#include "belay-id.h"
#include "belay-statement-rules.h"
#include "belay-statement-values.h"

static void
header_free (gpointer data)
{
  BelayXapiHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

BelayXapiReply *
belay_xapi_reply_new (void)
{
  BelayXapiReply *reply = g_new0 (BelayXapiReply, 1);

  reply->headers = g_ptr_array_new_with_free_func (header_free);

  return reply;
}

void
belay_xapi_reply_free (BelayXapiReply *reply)
{
  g_return_if_fail (reply != NULL);

  g_ptr_array_unref (reply->headers);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}

static BelayXapiHeader *
find_header (const BelayXapiReply *reply,
             const char *name)
{
  for (guint i = 0; i < reply->headers->len; i++)
    {
      BelayXapiHeader *header = g_ptr_array_index (reply->headers, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header;
    }

  return NULL;
}

/**
 * belay_xapi_reply_get_header:
 *
 * Returns: (nullable): the value of the header @name, in whatever case
 */
const char *
belay_xapi_reply_get_header (const BelayXapiReply *reply,
                             const char *name)
{
  const BelayXapiHeader *header;

  g_return_val_if_fail (reply != NULL, NULL);

  header = find_header (reply, name);
  return header != NULL ? header->value : NULL;
}

void
belay_xapi_reply_set_header (BelayXapiReply *reply,
                             const char *name,
                             const char *value)
{
  BelayXapiHeader *header = find_header (reply, name);

  if (header == NULL)
    {
      header = g_new0 (BelayXapiHeader, 1);
      header->name = g_strdup (name);
      g_ptr_array_add (reply->headers, header);
    }
  g_free (header->value);
  header->value = g_strdup (value);
}

void
belay_xapi_call_set_header (BelayXapiCall *call,
                            const char *name,
                            const char *value)
{
  belay_xapi_reply_set_header (call->reply, name, value);
}

/* `Last-Modified`: RFC 9110 §8.8.2, in whole seconds */
void
belay_xapi_call_set_modified (BelayXapiCall *call,
                              gint64 time_us)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *text =
    g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (time) - 1],
                     g_date_time_get_day_of_month (time), months[g_date_time_get_month (time) - 1],
                     g_date_time_get_year (time), g_date_time_get_hour (time), g_date_time_get_minute (time),
                     g_date_time_get_second (time));

  belay_xapi_call_set_header (call, "Last-Modified", text);
}

void
belay_xapi_call_answer (BelayXapiCall *call,
                        guint status,
                        const char *type,
                        GBytes *body)
{
  call->reply->status = status;
  g_clear_pointer (&call->reply->body, g_bytes_unref);
  if (body != NULL)
    call->reply->body = g_bytes_ref (body);
  if (type != NULL)
    belay_xapi_call_set_header (call, "Content-Type", type);
}

void
belay_xapi_call_answer_text (BelayXapiCall *call,
                             const char *type,
                             const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  belay_xapi_call_answer (call, 200, type, body);
}

/* Part three, 3.2: errors as text, HTML or JSON, whichever is asked for; JSON where it does not matter */
static void
tell_error (BelayXapiReply *reply,
            const char *accept,
            guint status,
            const char *sentence)
{
  g_autofree char *escaped = NULL;
  char *text;

  reply->status = status;
  g_clear_pointer (&reply->body, g_bytes_unref);
  if (accept != NULL && g_str_has_prefix (accept, "text/plain"))
    {
      belay_xapi_reply_set_header (reply, "Content-Type", "text/plain; charset=utf-8");
      text = g_strconcat (sentence, "\n", NULL);
    }
  else if (accept != NULL && g_str_has_prefix (accept, "text/html"))
    {
      escaped = g_markup_escape_text (sentence, -1);
      belay_xapi_reply_set_header (reply, "Content-Type", "text/html; charset=utf-8");
      text = g_strdup_printf ("<!doctype html><title>%u</title><p>%s</p>\n", status, escaped);
    }
  else
    {
      yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
      yyjson_mut_val *error = yyjson_mut_obj (document);

      yyjson_mut_doc_set_root (document, error);
      yyjson_mut_obj_add_str (document, error, "message", sentence);
      escaped = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
      yyjson_mut_doc_free (document);
      belay_xapi_reply_set_header (reply, "Content-Type", "application/json");
      text = g_strdup (escaped);
    }
  reply->body = g_bytes_new_take (text, strlen (text));
}

void
belay_xapi_call_refuse (BelayXapiCall *call,
                        guint status,
                        const char *format,
                        ...)
{
  g_autofree char *sentence = NULL;
  g_autofree char *valid = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  valid = g_utf8_make_valid (sentence, -1);

  tell_error (call->reply, g_hash_table_lookup (call->headers, "accept"), status, valid);
}

void
belay_xapi_call_refuse_problem (BelayXapiCall *call,
                                const BelayStatementProblem *problem)
{
  g_autofree char *sentence = belay_statement_problem_to_sentence (problem);

  belay_xapi_call_refuse (call, 400, "%s", sentence);
}

/**
 * belay_xapi_refuse:
 * @request: (nullable): what is refused
 * @sentence: why, and what to do
 *
 * Makes a reply for what the host itself refuses (no or wrong credentials, too much at once, a full disk), with
 * the headers that every reply of an LRS has.
 *
 * Returns: (transfer full): the reply
 */
BelayXapiReply *
belay_xapi_refuse (const BelayXapiRequest *request,
                   BelayXapiSpeak speak,
                   guint status,
                   const char *sentence)
{
  BelayXapiReply *reply;
  const char *version = NULL;
  const char *accept = NULL;

  g_return_val_if_fail (sentence != NULL, NULL);

  if (request != NULL)
    {
      version = g_hash_table_lookup (request->headers, "x-experience-api-version");
      accept = g_hash_table_lookup (request->headers, "accept");
    }
  reply = belay_xapi_reply_new ();
  belay_xapi_reply_set_header (reply, "X-Experience-API-Version",
                               speak == BELAY_XAPI_SPEAK_1_0_3 || (version != NULL && g_str_has_prefix (version, "1.0"))
                                 ? "1.0.3"
                                 : "2.0.0");
  tell_error (reply, accept, status, sentence);

  return reply;
}

/* Asking */

/**
 * belay_xapi_limit:
 *
 * Returns: @asked, or @usual where that is 0
 */
gsize
belay_xapi_limit (gsize asked,
                  gsize usual)
{
  return asked != 0 ? asked : usual;
}

gboolean
belay_xapi_call_may (BelayXapiCall *call,
                     BelayXapiScopes scope)
{
  if (call->caller->scopes & scope)
    return TRUE;

  belay_xapi_call_refuse (call, 403,
                          "These credentials do not allow this request. Ask the administrator of the server "
                          "for credentials with that right.");
  return FALSE;
}

/* Part three, 3.2: parameters that the standard does not know here are refused, in the wrong case too. */
gboolean
belay_xapi_call_knows (BelayXapiCall *call,
                       const char *const *names)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, call->parameters);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      {
        belay_xapi_call_refuse (call, 400, "The parameter %s is not known here (xAPI 3: 3.2).", (const char *) name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
refuse_parameter (BelayXapiCall *call,
                  const char *name,
                  const BelayStatementKind *kind)
{
  belay_xapi_call_refuse (call, 400, "The parameter %s %s (xAPI %s).", name, kind->rule, kind->section);
  return FALSE;
}

gboolean
belay_xapi_call_get_iri (BelayXapiCall *call,
                         const char *name,
                         const char **iri)
{
  *iri = g_hash_table_lookup (call->parameters, name);

  return *iri == NULL || belay_value_is_iri (*iri) || refuse_parameter (call, name, &BELAY_KIND_IRI);
}

gboolean
belay_xapi_call_get_uuid (BelayXapiCall *call,
                          const char *name,
                          char **uuid)
{
  const char *text = g_hash_table_lookup (call->parameters, name);

  *uuid = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return text == NULL || belay_id_is_valid (text) || refuse_parameter (call, name, &BELAY_KIND_UUID);
}

gboolean
belay_xapi_call_get_time (BelayXapiCall *call,
                          const char *name,
                          gint64 *time_us)
{
  const char *text = g_hash_table_lookup (call->parameters, name);

  return text == NULL || belay_value_is_time (text, call->version, time_us)
         || refuse_parameter (call, name, &BELAY_KIND_TIMESTAMP);
}

gboolean
belay_xapi_call_get_boolean (BelayXapiCall *call,
                             const char *name,
                             gboolean *value)
{
  const char *text = g_hash_table_lookup (call->parameters, name);

  *value = g_strcmp0 (text, "true") == 0;

  return text == NULL || *value || g_str_equal (text, "false") || refuse_parameter (call, name, &BELAY_KIND_BOOLEAN);
}

gboolean
belay_xapi_call_get_agent (BelayXapiCall *call,
                           const char *name,
                           gboolean is_group_allowed,
                           char **identifier)
{
  const char *text = g_hash_table_lookup (call->parameters, name);
  g_auto (BelayStatementProblem) problem = { 0 };
  yyjson_doc *document;
  gboolean is_right = FALSE;

  *identifier = NULL;
  if (text == NULL)
    return TRUE;

  document = belay_json_read (text, strlen (text), &problem);
  if (document != NULL)
    {
      is_right = belay_rules_check (is_group_allowed ? BELAY_RULES_ACTOR : BELAY_RULES_AGENT,
                                    yyjson_doc_get_root (document), name, call->version, &problem);
      if (is_right)
        *identifier = belay_agent_identify_value (yyjson_doc_get_root (document));
      yyjson_doc_free (document);
    }
  if (!is_right)
    belay_xapi_call_refuse_problem (call, &problem);

  return is_right;
}

/* One `name=value` of a query or form. */
static gboolean
parse_pair (const char *pair,
            GHashTable *parameters,
            const char **problem)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *raw = NULL;
  g_autofree char *raw_value = NULL;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (equals == NULL)
    {
      *problem = "A parameter has no value.";
      return FALSE;
    }
  raw = g_strndup (pair, (gsize) (equals - pair));
  raw_value = g_strdup (equals + 1);
  g_strdelimit (raw, "+", ' ');
  g_strdelimit (raw_value, "+", ' ');
  /* Gives NULL for %00 and for a percent sign without two digits */
  name = g_uri_unescape_string (raw, NULL);
  value = g_uri_unescape_string (raw_value, NULL);
  if (name == NULL || value == NULL || !g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
    {
      *problem = "A parameter is not percent-encoded UTF-8.";
      return FALSE;
    }
  if (g_hash_table_contains (parameters, name))
    {
      *problem = "A parameter is there twice.";
      return FALSE;
    }
  g_hash_table_insert (parameters, g_steal_pointer (&name), g_steal_pointer (&value));

  return TRUE;
}

/**
 * belay_xapi_parse_form:
 * @text: a query or the body of a form, as `application/x-www-form-urlencoded` writes them
 * @parameters: where they are added
 * @problem: (out): a sentence, where it fails
 *
 * Returns: whether @text could be read
 */
gboolean
belay_xapi_parse_form (const char *text,
                       gsize length,
                       GHashTable *parameters,
                       const char **problem)
{
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) pairs = NULL;

  if (strlen (copy) != length)
    {
      *problem = "A parameter has U+0000 in it.";
      return FALSE;
    }

  pairs = g_strsplit (copy, "&", -1);
  for (char **pair = pairs; *pair != NULL; pair++)
    if (**pair != '\0' && !parse_pair (*pair, parameters, problem))
      return FALSE;

  return TRUE;
}
