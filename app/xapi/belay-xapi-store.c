/* belay-xapi-store.c: a statement enters the store
 *
 * First it is judged, without writing; then it is kept, and everything that follows from it is resolved at
 * once: what it voids or is voided by, what it is found by because of what it targets, and what
 * those are found by that target it. Nobody has to work that out while reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#include "belay-id.h"
#include "belay-statement-rules.h"
#include "belay-statement-values.h"

/* A targets B targets C …: far more than anyone writes, and an end for those that target each other. */
#define CHAIN_MOST 100

static yyjson_doc *
read_kept (const char *text)
{
  return text != NULL ? yyjson_read (text, strlen (text), YYJSON_READ_NUMBER_AS_RAW) : NULL;
}

static char *
target_of (yyjson_val *statement)
{
  yyjson_val *object = yyjson_obj_get (statement, "object");
  const char *id = belay_value_member_text (object, "id");

  if (id == NULL || g_strcmp0 (belay_value_member_text (object, "objectType"), "StatementRef") != 0)
    return NULL;

  return g_ascii_strdown (id, -1);
}

/* Judging */

static gboolean
is_within_limits (const BelayXapiCaller *caller,
                  const BelayStatement *statement)
{
  if (caller->limit_actor != NULL)
    {
      g_auto (BelayStatementProblem) problem = { 0 };
      g_autofree char *actor = belay_agent_identify (caller->limit_actor, BELAY_XAPI_VERSION_1_0_3, &problem);

      /* Taking back is not for what was launched: it would reach beyond its session */
      if (actor == NULL || g_strcmp0 (actor, belay_statement_get_actor (statement)) != 0
          || belay_statement_is_voiding (statement))
        return FALSE;
    }

  return caller->limit_registration == NULL
         || (belay_statement_get_registration (statement) != NULL
             && g_ascii_strcasecmp (caller->limit_registration, belay_statement_get_registration (statement)) == 0);
}

static BelayXapiVerdict
judge_known (const BelayStatement *statement,
             const BelayKeptStatement *kept)
{
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) known = NULL;

  if (kept->text == NULL)
    return BELAY_XAPI_VERDICT_DUPLICATE;

  known = belay_statement_parse (kept->text, -1, BELAY_XAPI_VERSION_2_0, &problem);
  if (known == NULL)
    known = belay_statement_parse (kept->text, -1, BELAY_XAPI_VERSION_1_0_3, &problem);

  return known != NULL && belay_statement_matches (statement, known) ? BELAY_XAPI_VERDICT_DUPLICATE
                                                                     : BELAY_XAPI_VERDICT_DIFFERENT;
}

/**
 * belay_xapi_judge:
 * @id: (nullable): the id it will have, in lower case; %NULL for one that is yet to be made
 *
 * Returns: what would become of @statement; nothing is written
 */
BelayXapiVerdict
belay_xapi_judge (BelayXapiStorage *storage,
                  const BelayXapiCaller *caller,
                  const BelayStatement *statement,
                  const char *id,
                  BelayStatementProblem *problem,
                  GError **error)
{
  g_auto (BelayKeptStatement) kept = { 0 };

  if (!(caller->scopes & BELAY_XAPI_SCOPE_WRITE_STATEMENTS) || !is_within_limits (caller, statement))
    return BELAY_XAPI_VERDICT_FORBIDDEN;
  if (id == NULL)
    return BELAY_XAPI_VERDICT_STORED;
  if (!storage->class->find (storage, id, &kept, error))
    return BELAY_XAPI_VERDICT_FAILED;
  if (kept.serial == 0)
    return BELAY_XAPI_VERDICT_STORED;

  return judge_known (statement, &kept);
}

/* Keeping */

static void
append_words (GPtrArray *words,
              GPtrArray *more)
{
  g_ptr_array_extend_and_steal (words, more);
}

/* What a statement is found by because of those that it targets, from one to the next. */
static gboolean
add_inherited (BelayXapiStorage *storage,
               const char *target,
               GPtrArray *words,
               GError **error)
{
  g_autofree char *id = g_strdup (target);

  for (guint i = 0; id != NULL && i < CHAIN_MOST; i++)
    {
      g_auto (BelayKeptStatement) kept = { 0 };
      yyjson_doc *document;

      if (!storage->class->find (storage, id, &kept, error))
        return FALSE;
      g_clear_pointer (&id, g_free);
      document = read_kept (kept.text);
      if (document == NULL)
        return TRUE;
      append_words (words, belay_statement_terms (yyjson_doc_get_root (document), TRUE));
      id = target_of (yyjson_doc_get_root (document));
      yyjson_doc_free (document);
    }

  return TRUE;
}

/* All words of a statement as it was kept: its own and those it inherits. */
static gboolean
collect_words (BelayXapiStorage *storage,
               const char *text,
               gboolean is_inherited,
               GPtrArray *words,
               GError **error)
{
  yyjson_doc *document = read_kept (text);
  g_autofree char *target = NULL;

  if (document == NULL)
    return TRUE;

  append_words (words, belay_statement_terms (yyjson_doc_get_root (document), is_inherited));
  target = target_of (yyjson_doc_get_root (document));
  yyjson_doc_free (document);

  return target == NULL || add_inherited (storage, target, words, error);
}

static gboolean
void_target (BelayXapiStorage *storage,
             const char *id,
             GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_auto (BelayKeptStatement) kept = { 0 };

  if (!storage->class->find (storage, id, &kept, error))
    return FALSE;
  if (kept.serial == 0 || kept.is_voiding || kept.is_voided)
    return TRUE;

  return collect_words (storage, kept.text, FALSE, words, error)
         && storage->class->set_voided (storage, kept.serial, words, error);
}

/* Those that came before what they target are now found by it; and so are those that target them. */
static gboolean
pass_on (BelayXapiStorage *storage,
         const char *id,
         GPtrArray *words,
         GHashTable *seen,
         GError **error)
{
  g_autoptr (GPtrArray) targeting = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_kept_statement_free);

  if (g_hash_table_size (seen) >= CHAIN_MOST || !g_hash_table_add (seen, g_strdup (id)))
    return TRUE;
  if (!storage->class->find_targeting (storage, id, targeting, error))
    return FALSE;

  for (guint i = 0; i < targeting->len; i++)
    {
      const BelayKeptStatement *one = g_ptr_array_index (targeting, i);

      if (!one->is_voided && !storage->class->add_words (storage, one->serial, words, error))
        return FALSE;
      if (!pass_on (storage, one->id, words, seen, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
resolve_later_arrival (BelayXapiStorage *storage,
                       const BelayKeptStatement *kept,
                       GPtrArray *targeting,
                       GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (targeting->len == 0)
    return TRUE;

  return collect_words (storage, kept->text, TRUE, words, error) && pass_on (storage, kept->id, words, seen, error);
}

static gboolean
is_voided_beforehand (GPtrArray *targeting)
{
  for (guint i = 0; i < targeting->len; i++)
    if (((const BelayKeptStatement *) g_ptr_array_index (targeting, i))->is_voiding)
      return TRUE;

  return FALSE;
}

static gboolean
insert_resolved (BelayXapiStorage *storage,
                 const BelayStatement *statement,
                 BelayKeptStatement *kept,
                 GError **error)
{
  g_autoptr (GPtrArray) targeting = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_kept_statement_free);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *target = belay_statement_get_target (statement);

  if (!storage->class->find_targeting (storage, kept->id, targeting, error))
    return FALSE;
  kept->is_voiding = belay_statement_is_voiding (statement);
  kept->is_voided = !kept->is_voiding && is_voided_beforehand (targeting);
  if (!kept->is_voided && !collect_words (storage, kept->text, FALSE, words, error))
    return FALSE;
  if (!storage->class->insert (storage, kept, target, words, error))
    return FALSE;
  if (kept->is_voiding && target != NULL && !void_target (storage, target, error))
    return FALSE;

  return resolve_later_arrival (storage, kept, targeting, error);
}

/**
 * belay_xapi_keep:
 * @id: (nullable): the id it is to have, in lower case; %NULL to make one
 *
 * Stores what belay_xapi_judge() has found to be new, and calls the hook.
 *
 * Returns: whether it is stored; if not, undo the transaction
 */
gboolean
belay_xapi_keep (BelayXapiStorage *storage,
                 const BelayXapiCaller *caller,
                 const BelayStatement *statement,
                 const char *id,
                 BelayClock *clock,
                 GError **error)
{
  g_auto (BelayKeptStatement) kept = { 0 };
  g_autofree char *stored_time = NULL;
  BelayStoredStatement stored;

  kept.id = id != NULL ? g_strdup (id) : belay_id_new (clock);
  if (!storage->class->next (storage, clock, &kept, error))
    return FALSE;
  stored_time = belay_xapi_time (kept.stored_us);
  kept.text = belay_statement_complete (statement, kept.id, stored_time, caller->authority);
  if (!insert_resolved (storage, statement, &kept, error))
    return FALSE;
  if ((caller->scopes & BELAY_XAPI_SCOPE_DEFINE)
      && !belay_xapi_define (storage, belay_statement_get_value (statement), error))
    return FALSE;

  stored = (BelayStoredStatement) { statement, kept.id, kept.text, kept.serial, kept.stored_us, caller->person_id };
  return storage->stored_hook == NULL || storage->stored_hook (&stored, storage->stored_data, error);
}

static BelayXapiVerdict
refuse_attachment (BelayStatementProblem *problem,
                   size_t index)
{
  g_autofree char *where = g_strdup_printf ("attachments[%zu].fileUrl", index);

  belay_statement_problem_set (problem, where, "must be there for an attachment that is not sent", "3: 1.5.2");
  return BELAY_XAPI_VERDICT_MALFORMED;
}

static BelayXapiVerdict
judge_attachments (BelayXapiStorage *storage,
                   const BelayStatement *statement,
                   BelayStatementProblem *problem,
                   GError **error)
{
  size_t i, most;
  yyjson_val *attachment;

  yyjson_arr_foreach (yyjson_obj_get (belay_statement_get_value (statement), "attachments"), i, most, attachment)
  {
    g_autofree char *sha2 = g_ascii_strdown (belay_value_member_text (attachment, "sha2"), -1);
    g_autoptr (GBytes) contents = NULL;

    if (yyjson_obj_get (attachment, "fileUrl") != NULL)
      continue;
    if (!storage->class->find_attachment (storage, sha2, &contents, error))
      return BELAY_XAPI_VERDICT_FAILED;
    if (contents == NULL)
      return refuse_attachment (problem, i);
  }

  return BELAY_XAPI_VERDICT_STORED;
}

/**
 * belay_xapi_store:
 * @problem: set with %BELAY_XAPI_VERDICT_MALFORMED
 * @error: set with %BELAY_XAPI_VERDICT_FAILED alone: the caller must undo its transaction then
 *
 * Stores a statement that did not come by a request: through sync, or made by Belay itself. The stored hook is
 * called where it is new.
 *
 * Returns: what became of it
 */
BelayXapiVerdict
belay_xapi_store (BelayXapiStorage *storage,
                  const BelayXapiCaller *caller,
                  const BelayStatement *statement,
                  BelayClock *clock,
                  BelayStatementProblem *problem,
                  GError **error)
{
  const char *id;
  BelayXapiVerdict verdict;

  g_return_val_if_fail (storage != NULL, BELAY_XAPI_VERDICT_FAILED);
  g_return_val_if_fail (caller != NULL && caller->authority != NULL, BELAY_XAPI_VERDICT_FAILED);
  g_return_val_if_fail (statement != NULL, BELAY_XAPI_VERDICT_FAILED);
  g_return_val_if_fail (clock != NULL, BELAY_XAPI_VERDICT_FAILED);
  g_return_val_if_fail (problem != NULL, BELAY_XAPI_VERDICT_FAILED);

  id = belay_statement_get_id (statement);
  verdict = belay_xapi_judge (storage, caller, statement, id, problem, error);
  if (verdict == BELAY_XAPI_VERDICT_STORED)
    verdict = judge_attachments (storage, statement, problem, error);
  if (verdict == BELAY_XAPI_VERDICT_STORED && !belay_xapi_keep (storage, caller, statement, id, clock, error))
    verdict = BELAY_XAPI_VERDICT_FAILED;

  return verdict;
}
