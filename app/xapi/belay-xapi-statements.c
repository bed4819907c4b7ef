/* belay-xapi-statements.c: PUT and POST of statements (part three, 2.1.1, 2.1.2, 1.5)
 *
 * A batch is judged whole before anything is written: either all of it is stored, or nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <openssl/evp.h>
#include <string.h>

#include "belay-id.h"
#include "belay-statement-rules.h"
#include "belay-statement-values.h"

#define STATEMENT_BYTES_MOST (256 * 1024)
#define ATTACHMENT_BYTES_MOST (8 * 1024 * 1024)
#define BATCH_MOST 500
#define SIGNATURE "http://adlnet.gov/expapi/attachments/signature"

/* One statement of the request, and what is to become of it. */
typedef struct
{
  BelayStatement *statement;
  char *id; /* in lower case; made where it had none */
  gboolean is_new;
} Item;

/* All that the request brought. */
typedef struct
{
  BelayXapiCall *call;
  yyjson_doc *document;
  GPtrArray *items;   /* (element-type Item) */
  GPtrArray *parts;   /* (nullable) (element-type BelayXapiPart): the first holds the statements */
  GHashTable *hashes; /* of the parts behind the first: hash -> (unowned) BelayXapiPart */
  GHashTable *used;   /* those hashes that an attachment names */
  gboolean is_put;
} Batch;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->statement, belay_statement_free);
  g_free (item->id);
  g_free (item);
}

static void
batch_clear (Batch *batch)
{
  /* Statements are parts of the document */
  g_clear_pointer (&batch->items, g_ptr_array_unref);
  g_clear_pointer (&batch->document, yyjson_doc_free);
  g_clear_pointer (&batch->hashes, g_hash_table_unref);
  g_clear_pointer (&batch->used, g_hash_table_unref);
  g_clear_pointer (&batch->parts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static gboolean
is_type (const char *type,
         const char *wanted)
{
  gsize length = strlen (wanted);

  return type != NULL && g_ascii_strncasecmp (type, wanted, length) == 0 && strchr ("; ", type[length]) != NULL;
}

/* The parts of multipart/mixed */

/* SHA-2 of the length that @hash has; %NULL where there is none */
static const EVP_MD *
digest_like (const char *hash)
{
  switch (strlen (hash))
    {
    case 56:
      return EVP_sha224 ();
    case 64:
      return EVP_sha256 ();
    case 96:
      return EVP_sha384 ();
    case 128:
      return EVP_sha512 ();
    default:
      return NULL;
    }
}

static gboolean
is_hash_right (const BelayXapiPart *part)
{
  const EVP_MD *kind = digest_like (part->hash);
  g_autoptr (GString) hash = g_string_new (NULL);
  guchar digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  gsize size;
  gconstpointer data = g_bytes_get_data (part->contents, &size);

  if (kind == NULL || EVP_Digest (data, size, digest, &length, kind, NULL) != 1)
    return FALSE;
  for (unsigned int i = 0; i < length; i++)
    g_string_append_printf (hash, "%02x", digest[i]);

  return g_str_equal (hash->str, part->hash);
}

static gboolean
take_part (Batch *batch,
           BelayXapiPart *part)
{
  BelayXapiCall *call = batch->call;
  gsize most = belay_xapi_limit (call->caller->limits.attachment_bytes, ATTACHMENT_BYTES_MOST);

  if (part->hash == NULL)
    belay_xapi_call_refuse (call, 400,
                            "Each part behind the first must have the header X-Experience-API-Hash "
                            "(xAPI 3: 1.5.2).");
  else if (g_strcmp0 (part->encoding, "binary") != 0)
    belay_xapi_call_refuse (call, 400,
                            "Each part behind the first must have the header Content-Transfer-Encoding: binary "
                            "(xAPI 3: 1.5.2).");
  else if (g_bytes_get_size (part->contents) > most)
    belay_xapi_call_refuse (call, 413, "An attachment is larger than %zu bytes.", most);
  else if (!is_hash_right (part))
    belay_xapi_call_refuse (call, 400, "The contents of a part do not have the hash %s (xAPI 3: 1.5.2).", part->hash);
  else
    g_hash_table_insert (batch->hashes, part->hash, part);

  return call->reply->status == 0;
}

static gboolean
take_parts (Batch *batch,
            const char *type)
{
  BelayXapiCall *call = batch->call;
  const char *problem = NULL;
  const BelayXapiPart *first;

  batch->parts = belay_multipart_parse (call->body, type, &problem);
  if (batch->parts == NULL)
    {
      belay_xapi_call_refuse (call, 400, "%s (xAPI 3: 1.5.2)", problem);
      return FALSE;
    }
  first = g_ptr_array_index (batch->parts, 0);
  if (!is_type (first->type, "application/json"))
    {
      belay_xapi_call_refuse (call, 400, "The first part must be of type application/json (xAPI 3: 1.5.2).");
      return FALSE;
    }
  for (guint i = 1; i < batch->parts->len; i++)
    if (!take_part (batch, g_ptr_array_index (batch->parts, i)))
      return FALSE;

  return TRUE;
}

/* Part two, 2.4.11: what the attachment says and what its part says must be the same. */
static gboolean
check_attachment_part (Batch *batch,
                       const Item *item,
                       yyjson_val *attachment,
                       const char *where,
                       BelayXapiPart *part)
{
  BelayXapiCall *call = batch->call;
  const char *type = belay_value_member_text (attachment, "contentType");
  double length = belay_value_number (yyjson_obj_get (attachment, "length"));
  const char *problem = NULL;

  if (length != (double) g_bytes_get_size (part->contents))
    belay_xapi_call_refuse (call, 400, "%s.length must be that of its part (xAPI 2.4.11).", where);
  else if (part->type != NULL && !g_str_equal (part->type, type))
    belay_xapi_call_refuse (call, 400, "%s.contentType must be that of its part (xAPI 3: 1.5.2).", where);
  else if (g_strcmp0 (belay_value_member_text (attachment, "usageType"), SIGNATURE) == 0
           && !belay_statement_verify_signature (item->statement, part->contents, &problem))
    belay_xapi_call_refuse (call, 400, "%s: %s (xAPI 2.6)", where, problem);

  return call->reply->status == 0;
}

static gboolean
check_attachment (Batch *batch,
                  const Item *item,
                  yyjson_val *attachment,
                  const char *where)
{
  BelayXapiCall *call = batch->call;
  g_autofree char *sha2 = g_ascii_strdown (belay_value_member_text (attachment, "sha2"), -1);
  BelayXapiPart *part = g_hash_table_lookup (batch->hashes, sha2);
  gboolean is_signature = g_strcmp0 (belay_value_member_text (attachment, "usageType"), SIGNATURE) == 0;

  if (is_signature && g_strcmp0 (belay_value_member_text (attachment, "contentType"), "application/octet-stream") != 0)
    belay_xapi_call_refuse (call, 400, "%s.contentType must be application/octet-stream for a signature (xAPI 2.6).",
                            where);
  else if (part == NULL && yyjson_obj_get (attachment, "fileUrl") == NULL)
    belay_xapi_call_refuse (call, 400, "%s must have a fileUrl or a part with its hash (xAPI 3: 1.5.2).", where);
  if (call->reply->status != 0)
    return FALSE;
  if (part == NULL)
    return TRUE;

  g_hash_table_add (batch->used, part->hash);
  return check_attachment_part (batch, item, attachment, where, part);
}

static gboolean
check_attachments_of (Batch *batch,
                      const Item *item,
                      yyjson_val *statement,
                      const char *prefix)
{
  size_t i, most;
  yyjson_val *attachment;

  yyjson_arr_foreach (yyjson_obj_get (statement, "attachments"), i, most, attachment)
  {
    g_autofree char *where = g_strdup_printf ("%sattachments[%zu]", prefix, i);

    if (!check_attachment (batch, item, attachment, where))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_attachments (Batch *batch)
{
  for (guint i = 0; i < batch->items->len; i++)
    {
      const Item *item = g_ptr_array_index (batch->items, i);
      yyjson_val *statement = belay_statement_get_value (item->statement);
      yyjson_val *object = yyjson_obj_get (statement, "object");

      if (!check_attachments_of (batch, item, statement, "") || !check_attachments_of (batch, item, object, "object."))
        return FALSE;
    }
  if (g_hash_table_size (batch->used) < g_hash_table_size (batch->hashes))
    {
      belay_xapi_call_refuse (batch->call, 400, "A part is the contents of no attachment (xAPI 3: 1.5.2).");
      return FALSE;
    }

  return TRUE;
}

/* The statements */

static gboolean
take_id (Batch *batch,
         Item *item,
         GHashTable *ids)
{
  BelayXapiCall *call = batch->call;
  const char *own = belay_statement_get_id (item->statement);
  const char *asked = g_hash_table_lookup (call->parameters, "statementId");

  if (batch->is_put && own != NULL && g_ascii_strcasecmp (own, asked) != 0)
    {
      belay_xapi_call_refuse (call, 400, "id must be that of the parameter statementId (xAPI 3: 2.1.1).");
      return FALSE;
    }
  if (batch->is_put)
    item->id = g_ascii_strdown (asked, -1);
  else
    item->id = own != NULL ? g_strdup (own) : belay_id_new (call->clock);
  if (!g_hash_table_add (ids, item->id))
    {
      belay_xapi_call_refuse (call, 400, "The id %s is there twice (xAPI 3: 2.1.2).", item->id);
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_statement (Batch *batch,
                yyjson_val *value,
                const char *where,
                GHashTable *ids)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  Item *item = g_new0 (Item, 1);

  g_ptr_array_add (batch->items, item);
  item->statement = belay_statement_new_from_value (value, where, batch->call->version, &problem);
  if (item->statement == NULL)
    {
      belay_xapi_call_refuse_problem (batch->call, &problem);
      return FALSE;
    }

  return take_id (batch, item, ids);
}

static gboolean
take_array (Batch *batch,
            yyjson_val *array,
            GHashTable *ids)
{
  gsize most = belay_xapi_limit (batch->call->caller->limits.batch, BATCH_MOST);
  size_t i, count;
  yyjson_val *value;

  if (yyjson_arr_size (array) > most)
    {
      belay_xapi_call_refuse (batch->call, 413, "There are more than %zu statements. Send fewer at once.", most);
      return FALSE;
    }
  yyjson_arr_foreach (array, i, count, value)
  {
    g_autofree char *where = g_strdup_printf ("[%zu]", i);

    if (!take_statement (batch, value, where, ids))
      return FALSE;
  }

  return TRUE;
}

static gboolean
take_statements (Batch *batch,
                 GBytes *json)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  gsize length;
  const char *text = g_bytes_get_data (json, &length);
  yyjson_val *root;

  batch->document = belay_json_read (text != NULL ? text : "", length, &problem);
  if (batch->document == NULL)
    {
      belay_xapi_call_refuse_problem (batch->call, &problem);
      return FALSE;
    }
  root = yyjson_doc_get_root (batch->document);
  if (yyjson_is_arr (root) && !batch->is_put)
    return take_array (batch, root, ids);

  return take_statement (batch, root, "", ids);
}

static gboolean
is_small_enough (Batch *batch)
{
  gsize most = belay_xapi_limit (batch->call->caller->limits.statement_bytes, STATEMENT_BYTES_MOST);

  for (guint i = 0; i < batch->items->len; i++)
    {
      const Item *item = g_ptr_array_index (batch->items, i);
      g_autofree char *text = belay_statement_to_text (item->statement);

      if (strlen (text) > most)
        {
          belay_xapi_call_refuse (batch->call, 413, "A statement is larger than %zu bytes.", most);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_batch (Batch *batch)
{
  const char *type = g_hash_table_lookup (batch->call->headers, "content-type");

  if (is_type (type, "application/json"))
    return take_statements (batch, batch->call->body) && is_small_enough (batch) && check_attachments (batch);
  if (is_type (type, "multipart/mixed"))
    return take_parts (batch, type)
           && take_statements (batch, ((const BelayXapiPart *) g_ptr_array_index (batch->parts, 0))->contents)
           && is_small_enough (batch) && check_attachments (batch);

  belay_xapi_call_refuse (batch->call, 400,
                          "Statements must be sent as application/json or multipart/mixed (xAPI 3: 1.5).");
  return FALSE;
}

static gboolean
judge_item (Batch *batch,
            Item *item,
            GError **error)
{
  BelayXapiCall *call = batch->call;
  g_auto (BelayStatementProblem) problem = { 0 };

  switch (belay_xapi_judge (call->storage, call->caller, item->statement, item->id, &problem, error))
    {
    case BELAY_XAPI_VERDICT_STORED:
      item->is_new = TRUE;
      return TRUE;
    case BELAY_XAPI_VERDICT_DUPLICATE:
      return TRUE;
    case BELAY_XAPI_VERDICT_DIFFERENT:
      belay_xapi_call_refuse (call, 409, "There is another statement with the id %s. Nothing was stored.", item->id);
      return TRUE;
    case BELAY_XAPI_VERDICT_FORBIDDEN:
      belay_xapi_call_refuse (call, 403, "These credentials may not store this statement. Nothing was stored.");
      return TRUE;
    case BELAY_XAPI_VERDICT_MALFORMED:
      belay_xapi_call_refuse_problem (call, &problem);
      return TRUE;
    case BELAY_XAPI_VERDICT_FAILED:
    default:
      return FALSE;
    }
}

static gboolean
keep_batch (Batch *batch,
            GError **error)
{
  BelayXapiCall *call = batch->call;
  GHashTableIter iter;
  gpointer hash, part;

  g_hash_table_iter_init (&iter, batch->hashes);
  while (g_hash_table_iter_next (&iter, &hash, &part))
    if (!call->storage->class->put_attachment (call->storage, hash, ((BelayXapiPart *) part)->contents, error))
      return FALSE;
  for (guint i = 0; i < batch->items->len; i++)
    {
      const Item *item = g_ptr_array_index (batch->items, i);

      if (item->is_new && !belay_xapi_keep (call->storage, call->caller, item->statement, item->id, call->clock, error))
        return FALSE;
    }

  return TRUE;
}

static void
answer_ids (Batch *batch)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *ids = yyjson_mut_arr (document);
  g_autofree char *text = NULL;

  yyjson_mut_doc_set_root (document, ids);
  for (guint i = 0; i < batch->items->len; i++)
    yyjson_mut_arr_add_str (document, ids, ((const Item *) g_ptr_array_index (batch->items, i))->id);
  text = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);
  yyjson_mut_doc_free (document);

  belay_xapi_call_answer_text (batch->call, "application/json", text);
}

static gboolean
store_batch (Batch *batch,
             GError **error)
{
  for (guint i = 0; i < batch->items->len; i++)
    {
      if (!judge_item (batch, g_ptr_array_index (batch->items, i), error))
        return FALSE;
      if (batch->call->reply->status != 0)
        return TRUE;
    }
  if (!keep_batch (batch, error))
    return FALSE;

  if (batch->is_put)
    belay_xapi_call_answer (batch->call, 204, NULL, NULL);
  else
    answer_ids (batch);
  return TRUE;
}

static gboolean
knows_parameters (BelayXapiCall *call,
                  gboolean is_put)
{
  static const char *const of_put[] = { "statementId", NULL };
  static const char *const of_post[] = { NULL };
  g_autofree char *id = NULL;

  if (!belay_xapi_call_knows (call, is_put ? of_put : of_post) || !belay_xapi_call_get_uuid (call, "statementId", &id))
    return FALSE;
  if (is_put && id == NULL)
    {
      belay_xapi_call_refuse (call, 400, "The parameter statementId must be there (xAPI 3: 2.1.1).");
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_statements (BelayXapiCall *call,
                  GError **error)
{
  g_auto (Batch) batch = {
    .call = call,
    .items = g_ptr_array_new_with_free_func (item_free),
    .hashes = g_hash_table_new (g_str_hash, g_str_equal),
    .used = g_hash_table_new (g_str_hash, g_str_equal),
    .is_put = g_str_equal (call->method, "PUT"),
  };

  if (!belay_xapi_call_may (call, BELAY_XAPI_SCOPE_WRITE_STATEMENTS) || !knows_parameters (call, batch.is_put)
      || !read_batch (&batch))
    return TRUE;

  return store_batch (&batch, error);
}

gboolean
belay_xapi_statements (BelayXapiCall *call,
                       GError **error)
{
  g_autofree char *text = NULL;
  gint64 through_us;
  gint64 now_us = belay_clock_now_us (call->clock);

  if (!(g_str_equal (call->method, "GET") ? belay_xapi_statements_get (call, error) : write_statements (call, error))
      || !call->storage->class->consistent_through (call->storage, now_us, &through_us, error))
    return FALSE;

  text = belay_xapi_time (through_us);
  belay_xapi_call_set_header (call, "X-Experience-API-Consistent-Through", text);
  return TRUE;
}
