/* belay-sync-item.c: what goes up, what comes down, and the verdicts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-item.h"

#include <string.h>

/* What the members around a body take, generously */
#define OVERHEAD_BYTES 256

static BelayUpItem *
up_item_new (BelayUpKind kind,
             const char *id)
{
  BelayUpItem *self = g_new0 (BelayUpItem, 1);

  self->kind = kind;
  self->id = g_strdup (id);
  self->made_us = -1;

  return self;
}

/**
 * belay_up_item_new_statement:
 * @id: the statement's UUID
 * @body: the statement as JSON
 *
 * Returns: (transfer full): an item to send
 */
BelayUpItem *
belay_up_item_new_statement (const char *id,
                             const char *body)
{
  BelayUpItem *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = up_item_new (BELAY_UP_STATEMENT, id);
  self->body = g_strdup (body);

  return self;
}

/**
 * belay_up_item_new_command:
 * @id: a UUIDv7
 * @type: what to do
 * @counter: the place of this command among those of this device
 * @seen: the sequence of the newest document its author had seen
 * @made_us: by the laptop's clock
 * @needs: (nullable) (array zero-terminated=1): ids of the commands without which it means nothing
 * @body: a JSON object
 *
 * Returns: (transfer full): an item to send
 */
BelayUpItem *
belay_up_item_new_command (const char *id,
                           const char *type,
                           gint64 counter,
                           gint64 seen,
                           gint64 made_us,
                           const char *const *needs,
                           const char *body)
{
  BelayUpItem *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = up_item_new (BELAY_UP_COMMAND, id);
  self->type = g_strdup (type);
  self->counter = counter;
  self->seen = seen;
  self->made_us = made_us;
  self->needs = g_strdupv ((char **) needs);
  self->body = g_strdup (body);

  return self;
}

/**
 * belay_up_item_new_state:
 * @id: a UUIDv7: the version this write makes
 * @key: of the state, see protocol.md
 * @seen_version: (nullable): the version this write had seen
 * @type: content type
 * @made_us: by the laptop's clock
 * @value: what it holds
 *
 * Returns: (transfer full): an item to send
 */
BelayUpItem *
belay_up_item_new_state (const char *id,
                         const char *key,
                         const char *seen_version,
                         const char *type,
                         gint64 made_us,
                         GBytes *value)
{
  BelayUpItem *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = up_item_new (BELAY_UP_STATE, id);
  self->key = g_strdup (key);
  self->seen_version = g_strdup (seen_version);
  self->type = g_strdup (type);
  self->made_us = made_us;
  self->value = g_bytes_ref (value);

  return self;
}

void
belay_up_item_free (BelayUpItem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->malformed_where);
  g_free (self->malformed_rule);
  g_free (self->body);
  g_free (self->type);
  g_strfreev (self->needs);
  g_free (self->key);
  g_free (self->seen_version);
  g_clear_pointer (&self->value, g_bytes_unref);
  g_free (self);
}

/**
 * belay_up_item_get_size:
 *
 * Returns: about how many bytes it takes in a request, never too few
 */
gsize
belay_up_item_get_size (const BelayUpItem *self)
{
  gsize size = OVERHEAD_BYTES;

  g_return_val_if_fail (self != NULL, 0);

  size += self->body != NULL ? strlen (self->body) : 0;
  size += self->type != NULL ? strlen (self->type) : 0;
  size += self->key != NULL ? strlen (self->key) : 0;
  size += self->value != NULL ? (g_bytes_get_size (self->value) + 2) / 3 * 4 : 0;
  size += self->needs != NULL ? g_strv_length (self->needs) * 40 : 0;

  return size;
}

static BelayVerdict *
verdict_new (const char *id,
             BelayVerdictKind kind)
{
  BelayVerdict *self = g_new0 (BelayVerdict, 1);

  self->id = g_strdup (id);
  self->kind = kind;

  return self;
}

/**
 * belay_verdict_new_stored:
 * @id: of the item
 *
 * Returns: (transfer full): a receipt. For a state its version, and what was kept beside it, are to
 *   be set.
 */
BelayVerdict *
belay_verdict_new_stored (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return verdict_new (id, BELAY_VERDICT_STORED);
}

/**
 * belay_verdict_new_duplicate:
 * @id: of the item
 *
 * Returns: (transfer full): a receipt for what was there already
 */
BelayVerdict *
belay_verdict_new_duplicate (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return verdict_new (id, BELAY_VERDICT_DUPLICATE);
}

/**
 * belay_verdict_new_rejected:
 * @id: of the item
 * @code: why, one of protocol.md's verdict codes
 * @parameters: (nullable) (transfer full): what it is about
 *
 * Returns: (transfer full): a refusal
 */
BelayVerdict *
belay_verdict_new_rejected (const char *id,
                            const char *code,
                            GVariant *parameters)
{
  BelayVerdict *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  self = verdict_new (id, BELAY_VERDICT_REJECTED);
  self->code = g_strdup (code);
  self->parameters = parameters != NULL ? g_variant_take_ref (parameters) : NULL;

  return self;
}

void
belay_verdict_free (BelayVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->code);
  g_clear_pointer (&self->parameters, g_variant_unref);
  g_free (self->version);
  g_free (self->beside);
  g_free (self);
}

/**
 * belay_document_new:
 * @kind: such as `progress`
 * @id: by which it replaces the one before
 * @sequence: its place in the stream
 * @body: a JSON object
 *
 * Returns: (transfer full): a document
 */
BelayDocument *
belay_document_new (const char *kind,
                    const char *id,
                    gint64 sequence,
                    const char *body)
{
  BelayDocument *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_new0 (BelayDocument, 1);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->sequence = sequence;
  self->body = g_strdup (body);

  return self;
}

/**
 * belay_document_new_gone:
 * @kind: such as `companion`
 * @id: of the document that is no more
 * @sequence: the tombstone's place in the stream
 *
 * Returns: (transfer full): a tombstone
 */
BelayDocument *
belay_document_new_gone (const char *kind,
                         const char *id,
                         gint64 sequence)
{
  BelayDocument *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (BelayDocument, 1);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->sequence = sequence;
  self->gone = TRUE;

  return self;
}

void
belay_document_free (BelayDocument *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->kind);
  g_free (self->id);
  g_free (self->body);
  g_free (self);
}

/**
 * belay_document_get_size:
 *
 * Returns: about how many bytes it takes in a reply, never too few
 */
gsize
belay_document_get_size (const BelayDocument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return OVERHEAD_BYTES + (self->body != NULL ? strlen (self->body) : 0);
}
