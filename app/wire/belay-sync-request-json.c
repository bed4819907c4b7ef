/* belay-sync-request-json.c: a step of sync on its way up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-message.h"

#include "belay-json-reader.h"
#include "belay-json-writer.h"
#include "belay-wire-private.h"

#include <string.h>

#define NEEDS_MOST 32

static const char *const kind_names[] = {
  [BELAY_UP_STATEMENT] = "statement",
  [BELAY_UP_COMMAND] = "command",
  [BELAY_UP_STATE] = "state",
};

static void
write_command (BelayJsonWriter *writer,
               const BelayUpItem *item)
{
  belay_json_writer_add_number (writer, "counter", item->counter);
  belay_json_writer_add_number (writer, "seen", item->seen);
  belay_json_writer_add_text (writer, "type", item->type);
  belay_json_writer_add_time (writer, "made", item->made_us);
  belay_json_writer_add_texts (writer, "needs", (const char *const *) item->needs);
}

static void
write_state (BelayJsonWriter *writer,
             const BelayUpItem *item)
{
  belay_json_writer_add_text (writer, "key", item->key);
  belay_json_writer_add_text_or_null (writer, "seen", item->seen_version);
  belay_json_writer_add_text (writer, "type", item->type);
  belay_json_writer_add_base64 (writer, "body", item->value);
  belay_json_writer_add_time (writer, "made", item->made_us);
}

static gboolean
write_item (BelayJsonWriter *writer,
            const BelayUpItem *item,
            guint index,
            GError **error)
{
  gboolean is_written = TRUE;

  g_return_val_if_fail ((gsize) item->kind < G_N_ELEMENTS (kind_names), FALSE);

  belay_json_writer_begin_object (writer, NULL);
  belay_json_writer_add_text (writer, "kind", kind_names[item->kind]);
  belay_json_writer_add_text (writer, "id", item->id);
  if (item->kind == BELAY_UP_COMMAND)
    write_command (writer, item);
  if (item->kind == BELAY_UP_STATE)
    write_state (writer, item);
  else
    is_written = belay_json_writer_add_json (writer, "body", item->body);
  belay_json_writer_end (writer);

  if (!is_written)
    {
      g_autofree char *where = g_strdup_printf ("up[%u].body", index);

      g_propagate_error (error, belay_wire_error_new (BELAY_WIRE_ERROR_MALFORMED, where, 0, "is not a JSON object"));
    }

  return is_written;
}

/**
 * belay_sync_request_encode:
 *
 * Returns: (transfer full) (nullable): the request's body, or %NULL and @error with the place of an
 *   item whose body is not JSON
 */
GBytes *
belay_sync_request_encode (const BelaySyncRequest *self,
                           GError **error)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "device", self->device_id);
  belay_json_writer_add_time (writer, "time", self->time_us);
  belay_json_writer_add_text_or_null (writer, "epoch", self->epoch);
  belay_json_writer_add_number (writer, "rules", self->rules);
  belay_json_writer_add_number (writer, "budget", self->budget);
  belay_json_writer_begin_object (writer, "cursors");
  for (guint i = 0; i < self->cursors->len; i++)
    {
      const BelayStreamCursor *cursor = g_ptr_array_index (self->cursors, i);

      belay_json_writer_add_number (writer, cursor->stream, cursor->cursor);
    }
  belay_json_writer_end (writer);
  belay_json_writer_begin_array (writer, "up");
  for (guint i = 0; i < self->up->len; i++)
    {
      if (!write_item (writer, g_ptr_array_index (self->up, i), i, error))
        return NULL;
    }
  belay_json_writer_end (writer);

  return belay_json_writer_finish_bytes (writer);
}

static void
read_command (BelayJsonReader *reader,
              BelayUpItem *item)
{
  item->type = belay_json_reader_dup_text (reader, "type", BELAY_TEXT_NOT_EMPTY);
  item->counter = belay_json_reader_get_number (reader, "counter", 0, G_MAXINT64);
  item->seen = belay_json_reader_get_number_or (reader, "seen", 0, G_MAXINT64, 0);
  item->made_us = belay_json_reader_get_time (reader, "made");
  item->needs = belay_json_reader_dup_texts (reader, "needs", NEEDS_MOST);
  item->body = belay_json_reader_dup_object (reader, "body", BELAY_WIRE_STATEMENT_MOST);
}

static void
read_state (BelayJsonReader *reader,
            BelayUpItem *item)
{
  item->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_NOT_EMPTY);
  item->seen_version = belay_json_reader_dup_text (reader, "seen", BELAY_TEXT_OPTIONAL | BELAY_TEXT_UUID);
  item->type = belay_json_reader_dup_text (reader, "type", BELAY_TEXT_NOT_EMPTY);
  item->made_us = belay_json_reader_get_time (reader, "made");
  item->value = belay_json_reader_dup_base64 (reader, "body", BELAY_WIRE_STATE_MOST);
}

static void
read_by_kind (BelayJsonReader *reader,
              BelayUpItem *item,
              const char *kind)
{
  if (strcmp (kind, kind_names[BELAY_UP_STATEMENT]) == 0)
    {
      item->kind = BELAY_UP_STATEMENT;
      item->body = belay_json_reader_dup_object (reader, "body", BELAY_WIRE_STATEMENT_MOST);
    }
  else if (strcmp (kind, kind_names[BELAY_UP_COMMAND]) == 0)
    {
      item->kind = BELAY_UP_COMMAND;
      read_command (reader, item);
    }
  else if (strcmp (kind, kind_names[BELAY_UP_STATE]) == 0)
    {
      item->kind = BELAY_UP_STATE;
      read_state (reader, item);
    }
  else
    {
      item->kind = BELAY_UP_UNKNOWN;
      item->type = g_strdup (kind);
    }
}

/* What is wrong with one item is its own verdict. `up[3].body` is `body` to it. */
static void
note_fault (BelayUpItem *item,
            const GError *fault,
            guint index)
{
  g_autofree char *prefix = g_strdup_printf ("up[%u]", index);
  const char *where = belay_wire_error_get_where (fault);

  if (g_str_has_prefix (where, prefix))
    where += strlen (prefix);
  item->malformed_where = g_strdup (*where == '.' ? where + 1 : where);
  item->malformed_rule = g_strdup (fault->message);
  item->too_large = fault->code == BELAY_WIRE_ERROR_TOO_LARGE;
  item->too_large_most = belay_wire_error_get_most (fault);
}

static BelayUpItem *
read_item (BelayJsonReader *reader,
           guint index)
{
  g_autoptr (BelayUpItem) item = g_new0 (BelayUpItem, 1);
  g_autoptr (GError) fault = NULL;
  g_autofree char *kind = NULL;
  guint depth;

  item->made_us = -1;
  item->kind = BELAY_UP_UNKNOWN;
  item->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  if (belay_json_reader_has_failed (reader))
    return NULL;

  depth = belay_json_reader_get_depth (reader);
  kind = belay_json_reader_dup_text (reader, "kind", BELAY_TEXT_NOT_EMPTY);
  if (kind != NULL)
    read_by_kind (reader, item, kind);
  fault = belay_json_reader_recover (reader, depth);
  if (fault != NULL)
    note_fault (item, fault, index);

  return g_steal_pointer (&item);
}

static void
read_cursors (BelayJsonReader *reader,
              BelaySyncRequest *self)
{
  const char *stream;

  belay_json_reader_begin_members (reader, "cursors", BELAY_WIRE_STREAMS_MOST);
  while ((stream = belay_json_reader_next_member (reader)) != NULL)
    belay_sync_request_add_cursor (self, stream, belay_json_reader_get_number (reader, stream, 0, G_MAXINT64));
}

/**
 * belay_sync_request_decode:
 * @bytes: the request's body, unpacked
 *
 * Reads a request. An item that has an id but is otherwise wrong is in it all the same, with its
 * fault noted, so that it gets a verdict and the others are served.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelaySyncRequest *
belay_sync_request_decode (GBytes *bytes,
                           GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelaySyncRequest) self = NULL;
  guint index = 0;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = belay_json_reader_new_bytes (bytes);
  self = belay_sync_request_new ();
  self->device_id = belay_json_reader_dup_text (reader, "device", BELAY_TEXT_UUID);
  self->time_us = belay_json_reader_get_time (reader, "time");
  self->epoch = belay_json_reader_dup_text (reader, "epoch", BELAY_TEXT_OPTIONAL | BELAY_TEXT_UUID);
  self->rules = belay_json_reader_get_number_or (reader, "rules", 0, G_MAXINT32, 0);
  self->budget = belay_json_reader_get_number_or (reader, "budget", 0, G_MAXINT64, BELAY_WIRE_BUDGET_MOST);
  self->budget = CLAMP (self->budget, BELAY_WIRE_BUDGET_LEAST, BELAY_WIRE_BUDGET_MOST);
  read_cursors (reader, self);
  belay_json_reader_begin (reader, "up", BELAY_WIRE_ITEMS_MOST);
  while (belay_json_reader_next (reader))
    {
      BelayUpItem *item = read_item (reader, index++);

      if (item != NULL)
        g_ptr_array_add (self->up, item);
    }
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
