/* belay-kept-state-json.c: the document of a keyed state, with what is kept beside it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-documents.h"

#include "belay-json-reader.h"
#include "belay-json-writer.h"

#include <string.h>

#define BESIDE_MOST 64

static void
write_version (BelayJsonWriter *writer,
               const BelayStateVersion *version)
{
  belay_json_writer_add_text (writer, "version", version->version);
  belay_json_writer_add_text (writer, "type", version->type);
  belay_json_writer_add_base64 (writer, "body", version->body);
  belay_json_writer_add_text (writer, "device", version->device_id);
  belay_json_writer_add_time (writer, "made", version->made_us);
  belay_json_writer_add_time (writer, "received", version->received_us);
  belay_json_writer_end (writer);
}

/**
 * belay_kept_state_to_json:
 * @self: a state that was written at least once
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_kept_state_to_json (const BelayKeptState *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->current != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "key", self->key);
  belay_json_writer_begin_object (writer, "current");
  write_version (writer, self->current);
  belay_json_writer_begin_array (writer, "beside");
  for (guint i = 0; i < self->beside->len; i++)
    {
      belay_json_writer_begin_object (writer, NULL);
      write_version (writer, g_ptr_array_index (self->beside, i));
    }
  belay_json_writer_end (writer);

  return belay_json_writer_finish (writer);
}

static BelayStateVersion *
read_version (BelayJsonReader *reader)
{
  BelayStateVersion *version = belay_state_version_new ();

  version->version = belay_json_reader_dup_text (reader, "version", BELAY_TEXT_UUID);
  version->type = belay_json_reader_dup_text (reader, "type", BELAY_TEXT_NOT_EMPTY);
  version->body = belay_json_reader_dup_base64 (reader, "body", BELAY_WIRE_STATE_MOST);
  version->device_id = belay_json_reader_dup_text (reader, "device", BELAY_TEXT_UUID);
  version->made_us = belay_json_reader_get_time (reader, "made");
  version->received_us = belay_json_reader_get_time (reader, "received");

  return version;
}

/**
 * belay_kept_state_from_json:
 * @json: the document's body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayKeptState *
belay_kept_state_from_json (const char *json,
                            GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayKeptState) self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  reader = belay_json_reader_new (json, strlen (json));
  self = belay_kept_state_new ();
  self->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_NOT_EMPTY);
  if (belay_json_reader_enter (reader, "current"))
    {
      self->current = read_version (reader);
      belay_json_reader_leave (reader);
    }
  belay_json_reader_begin (reader, "beside", BESIDE_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (self->beside, read_version (reader));
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
