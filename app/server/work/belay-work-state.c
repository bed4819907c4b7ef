/* belay-work-state.c: keyed states: nothing is overwritten unseen
 *
 * A write that had seen the version it replaces replaces it. One that had not becomes current, for it came
 * later, and the other is kept beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "belay-db-learning.h"
#include "belay-db-streams.h"
#include "belay-digest.h"
#include "belay-documents.h"
#include "belay-id.h"
#include "belay-wire-error.h"
#include "belay-work-grants.h"
#include "belay-work-publish.h"
#include "belay-work-up.h"

/* More laptops than this write the same state without ever hearing of each other only by mistake */
#define BESIDE_MOST 8

static char *
digest_item (const BelayUpItem *item)
{
  g_autoptr (BelayDigest) digest = belay_digest_new ();
  gsize length;
  gconstpointer data = g_bytes_get_data (item->value, &length);

  belay_digest_update (digest, item->key, strlen (item->key) + 1);
  belay_digest_update (digest, item->type, strlen (item->type) + 1);
  belay_digest_update (digest, data, length);

  return belay_digest_finish (digest);
}

static BelayVerdict *
answer_again (const BelayUpItem *item,
              const char *heard_digest,
              const char *digest,
              const char *beside)
{
  BelayVerdict *verdict;

  if (!g_str_equal (heard_digest, digest))
    return belay_verdict_new_rejected (item->id, BELAY_CODE_DIFFERENT, NULL);

  verdict = belay_verdict_new_duplicate (item->id);
  g_set_str (&verdict->version, item->id);
  g_set_str (&verdict->beside, beside);

  return verdict;
}

static gboolean
publish_state (const BelayWorkSender *sender,
               const char *key,
               GError **error)
{
  g_autoptr (BelayKeptState) state = NULL;
  g_autofree char *id = belay_id_derive (sender->person, key);
  g_autofree char *stream = belay_work_stream_name ("self", sender->person);
  g_autofree char *body = NULL;

  if (!belay_db_state_get (sender->tx, sender->person, key, &state, error))
    return FALSE;
  body = belay_kept_state_to_json (state);

  return belay_db_stream_put (sender->tx, stream, BELAY_KIND_STATE, id, body, error);
}

/* The version that @item takes the place of, or %NULL where it had seen none of them */
static const char *
find_replaced (const BelayKeptState *state,
               const BelayUpItem *item)
{
  if (item->seen_version == NULL)
    return NULL;
  if (state->current != NULL && g_str_equal (state->current->version, item->seen_version))
    return state->current->version;
  for (guint i = 0; i < state->beside->len; i++)
    {
      const BelayStateVersion *version = g_ptr_array_index (state->beside, i);

      if (g_str_equal (version->version, item->seen_version))
        return version->version;
    }

  return NULL;
}

static gboolean
is_same (const BelayStateVersion *version,
         const BelayUpItem *item)
{
  return g_str_equal (version->type, item->type) && g_bytes_equal (version->body, item->value);
}

/* Takes away what the new version replaces or says again. @beside: (out): the current one, where it stays */
static gboolean
make_room (const BelayWorkSender *sender,
           const BelayKeptState *state,
           const BelayUpItem *item,
           char **beside,
           GError **error)
{
  const char *replaced = find_replaced (state, item);

  if (replaced != NULL && !belay_db_state_remove (sender->tx, sender->person, item->key, replaced, error))
    return FALSE;
  if (state->current != NULL && state->current->version != replaced)
    {
      if (!is_same (state->current, item))
        g_set_str (beside, state->current->version);
      else if (!belay_db_state_remove (sender->tx, sender->person, item->key, state->current->version, error))
        return FALSE;
    }
  for (guint i = 0; i < state->beside->len; i++)
    {
      const BelayStateVersion *version = g_ptr_array_index (state->beside, i);
      gboolean is_too_old = i + BESIDE_MOST <= state->beside->len;

      if ((is_same (version, item) || is_too_old)
          && !belay_db_state_remove (sender->tx, sender->person, item->key, version->version, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_version (const BelayWorkSender *sender,
             const BelayUpItem *item,
             GError **error)
{
  g_autoptr (BelayStateVersion) version = belay_state_version_new ();

  g_set_str (&version->version, item->id);
  g_set_str (&version->type, item->type);
  g_set_str (&version->device_id, sender->device);
  g_clear_pointer (&version->body, g_bytes_unref);
  version->body = g_bytes_ref (item->value);
  version->made_us = item->made_us;
  version->received_us = belay_db_now (sender->tx);

  return belay_db_state_add (sender->tx, sender->person, item->key, version, error);
}

static BelayVerdict *
store_state (const BelayWorkSender *sender,
             const BelayUpItem *item,
             const char *digest,
             GError **error)
{
  g_autoptr (BelayKeptState) state = NULL;
  g_autofree char *beside = NULL;
  BelayVerdict *verdict;

  if (!belay_db_state_get (sender->tx, sender->person, item->key, &state, error))
    return NULL;
  if (state != NULL && !make_room (sender, state, item, &beside, error))
    return NULL;
  if (!add_version (sender, item, error) || !publish_state (sender, item->key, error)
      || !belay_db_heard_add (sender->tx, sender->person, item->id, digest, beside, error))
    return NULL;

  verdict = belay_verdict_new_stored (item->id);
  g_set_str (&verdict->version, item->id);
  g_set_str (&verdict->beside, beside);

  return verdict;
}

/**
 * belay_work_up_judge_state:
 *
 * Returns: (transfer full) (nullable): the verdict; %NULL where the database failed
 */
BelayVerdict *
belay_work_up_judge_state (const BelayWorkSender *sender,
                           const BelayUpItem *item,
                           GError **error)
{
  g_autofree char *digest = digest_item (item);
  g_autofree char *heard = NULL;
  g_autofree char *beside = NULL;

  if (!belay_work_allows (sender->tx, sender->grants, BELAY_ACT_CHANGE, BELAY_OBJECT_STATE,
                          (BelayTarget) { .person_id = sender->person }))
    return belay_verdict_new_rejected (item->id, BELAY_CODE_FORBIDDEN,
                                       belay_parameters_new_two_texts ("act", "change", "object", "state"));
  if (!belay_db_heard_get (sender->tx, sender->person, item->id, &heard, &beside, error))
    return NULL;
  if (heard != NULL)
    return answer_again (item, heard, digest, beside);

  return store_state (sender, item, digest, error);
}
