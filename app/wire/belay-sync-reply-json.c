/* belay-sync-reply-json.c: a step of sync on its way down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-message.h"

#include "belay-parameters-private.h"
#include "belay-wire-private.h"

#include <string.h>

/* A server may one day answer with more than this version asks for; this only bounds memory. */
#define DOCUMENTS_MOST 100000

static const char *const verdict_names[] = {
  [BELAY_VERDICT_STORED] = "stored",
  [BELAY_VERDICT_DUPLICATE] = "duplicate",
  [BELAY_VERDICT_REJECTED] = "rejected",
};

static void
write_verdict (BelayJsonWriter *writer,
               const BelayVerdict *verdict)
{
  belay_json_writer_begin_object (writer, NULL);
  belay_json_writer_add_text (writer, "id", verdict->id);
  belay_json_writer_add_text (writer, "verdict", verdict_names[verdict->kind]);
  if (verdict->kind == BELAY_VERDICT_REJECTED)
    {
      belay_json_writer_add_text (writer, "code", verdict->code);
      belay_json_writer_begin_object (writer, "parameters");
      belay_parameters_write (verdict->parameters, writer);
      belay_json_writer_end (writer);
    }
  belay_json_writer_add_text (writer, "version", verdict->version);
  belay_json_writer_add_text (writer, "beside", verdict->beside);
  belay_json_writer_end (writer);
}

static gboolean
write_document (BelayJsonWriter *writer,
                const BelayDocument *document)
{
  gboolean is_written = TRUE;

  belay_json_writer_begin_object (writer, NULL);
  belay_json_writer_add_text (writer, "kind", document->kind);
  belay_json_writer_add_text (writer, "id", document->id);
  belay_json_writer_add_number (writer, "sequence", document->sequence);
  if (document->gone)
    belay_json_writer_add_boolean (writer, "gone", TRUE);
  else
    is_written = belay_json_writer_add_json (writer, "body", document->body);
  belay_json_writer_end (writer);

  return is_written;
}

static gboolean
write_stream (BelayJsonWriter *writer,
              const BelayStreamDown *stream,
              GError **error)
{
  belay_json_writer_begin_object (writer, NULL);
  belay_json_writer_add_text (writer, "stream", stream->stream);
  belay_json_writer_add_number (writer, "from", stream->from);
  belay_json_writer_add_number (writer, "to", stream->to);
  belay_json_writer_begin_array (writer, "documents");
  for (guint i = 0; i < stream->documents->len; i++)
    {
      if (!write_document (writer, g_ptr_array_index (stream->documents, i)))
        {
          g_autofree char *where = g_strdup_printf ("%s.documents[%u].body", stream->stream, i);

          g_propagate_error (error,
                             belay_wire_error_new (BELAY_WIRE_ERROR_MALFORMED, where, 0, "is not a JSON object"));
          return FALSE;
        }
    }
  belay_json_writer_end (writer);
  belay_json_writer_end (writer);

  return TRUE;
}

/**
 * belay_sync_reply_encode:
 *
 * Returns: (transfer full) (nullable): the reply's body, or %NULL and @error with the place of a
 *   document whose body is not JSON
 */
GBytes *
belay_sync_reply_encode (const BelaySyncReply *self,
                         GError **error)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "epoch", self->epoch);
  belay_json_writer_add_time (writer, "time", self->time_us);
  belay_json_writer_add_number (writer, "rules", self->rules);
  belay_json_writer_begin_array (writer, "verdicts");
  for (guint i = 0; i < self->verdicts->len; i++)
    write_verdict (writer, g_ptr_array_index (self->verdicts, i));
  belay_json_writer_end (writer);
  belay_json_writer_begin_array (writer, "streams");
  for (guint i = 0; i < self->streams->len; i++)
    {
      if (!write_stream (writer, g_ptr_array_index (self->streams, i), error))
        return NULL;
    }
  belay_json_writer_end (writer);
  belay_json_writer_begin_array (writer, "left");
  for (guint i = 0; i < self->left->len; i++)
    belay_json_writer_add_text (writer, NULL, g_ptr_array_index (self->left, i));
  belay_json_writer_end (writer);
  belay_json_writer_add_boolean (writer, "more", self->more);

  return belay_json_writer_finish_bytes (writer);
}

static BelayVerdict *
read_verdict (BelayJsonReader *reader)
{
  BelayVerdict *verdict = g_new0 (BelayVerdict, 1);
  g_autofree char *name = NULL;
  gsize kind = 0;

  verdict->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  name = belay_json_reader_dup_text (reader, "verdict", BELAY_TEXT_NOT_EMPTY);
  while (kind < G_N_ELEMENTS (verdict_names) && g_strcmp0 (verdict_names[kind], name) != 0)
    kind++;
  if (kind == G_N_ELEMENTS (verdict_names))
    belay_json_reader_fail (reader, "verdict", "is not a verdict");
  verdict->kind = (BelayVerdictKind) kind;
  if (verdict->kind == BELAY_VERDICT_REJECTED)
    {
      verdict->code = belay_json_reader_dup_text (reader, "code", BELAY_TEXT_NOT_EMPTY);
      verdict->parameters = belay_parameters_read (reader, "parameters");
    }
  verdict->version = belay_json_reader_dup_text (reader, "version", BELAY_TEXT_OPTIONAL | BELAY_TEXT_UUID);
  verdict->beside = belay_json_reader_dup_text (reader, "beside", BELAY_TEXT_OPTIONAL | BELAY_TEXT_UUID);

  return verdict;
}

static BelayDocument *
read_document (BelayJsonReader *reader)
{
  BelayDocument *document = g_new0 (BelayDocument, 1);

  document->kind = belay_json_reader_dup_text (reader, "kind", BELAY_TEXT_NOT_EMPTY);
  document->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_NOT_EMPTY);
  document->sequence = belay_json_reader_get_number (reader, "sequence", 0, G_MAXINT64);
  document->gone = belay_json_reader_get_boolean (reader, "gone", FALSE);
  if (!document->gone)
    document->body = belay_json_reader_dup_object (reader, "body", BELAY_WIRE_BODY_UNPACKED_MOST);

  return document;
}

static BelayStreamDown *
read_stream (BelayJsonReader *reader)
{
  BelayStreamDown *stream = belay_stream_down_new ("", 0, 0);

  g_free (stream->stream);
  stream->stream = belay_json_reader_dup_text (reader, "stream", BELAY_TEXT_NOT_EMPTY);
  stream->from = belay_json_reader_get_number (reader, "from", 0, G_MAXINT64);
  stream->to = belay_json_reader_get_number (reader, "to", 0, G_MAXINT64);
  belay_json_reader_begin (reader, "documents", DOCUMENTS_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (stream->documents, read_document (reader));

  return stream;
}

static void
read_left (BelayJsonReader *reader,
           BelaySyncReply *self)
{
  belay_json_reader_begin (reader, "left", BELAY_WIRE_STREAMS_MOST);
  while (belay_json_reader_next (reader))
    {
      char *stream = belay_json_reader_dup_text (reader, NULL, BELAY_TEXT_NOT_EMPTY);

      if (stream != NULL)
        g_ptr_array_add (self->left, stream);
    }
}

/**
 * belay_sync_reply_decode:
 * @bytes: the reply's body, unpacked
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL and @error, a %BELAY_WIRE_ERROR; nothing of
 *   a reply that is wrong anywhere may be used
 */
BelaySyncReply *
belay_sync_reply_decode (GBytes *bytes,
                         GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelaySyncReply) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = belay_json_reader_new_bytes (bytes);
  self = belay_sync_reply_new ();
  self->epoch = belay_json_reader_dup_text (reader, "epoch", BELAY_TEXT_UUID);
  self->time_us = belay_json_reader_get_time (reader, "time");
  self->rules = belay_json_reader_get_number_or (reader, "rules", 0, G_MAXINT32, 0);
  belay_json_reader_begin (reader, "verdicts", BELAY_WIRE_ITEMS_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (self->verdicts, read_verdict (reader));
  belay_json_reader_begin (reader, "streams", BELAY_WIRE_STREAMS_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (self->streams, read_stream (reader));
  read_left (reader, self);
  self->more = belay_json_reader_get_boolean (reader, "more", FALSE);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
