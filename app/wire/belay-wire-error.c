/* belay-wire-error.c: the error that a reply carries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-wire-error.h"

#include "belay-parameters-private.h"

/**
 * belay_wire_failure_new:
 * @code: one of protocol.md's
 * @parameters: (nullable): what it is about; a floating reference is taken
 *
 * Returns: (transfer full): a failure to be sent
 */
BelayWireFailure *
belay_wire_failure_new (const char *code,
                        GVariant *parameters)
{
  BelayWireFailure *self;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_new0 (BelayWireFailure, 1);
  self->code = g_strdup (code);
  self->parameters = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;

  return self;
}

/**
 * belay_wire_failure_new_from_error:
 * @error: of the domain %BELAY_WIRE_ERROR
 *
 * Returns: (transfer full): what to answer the one whose message could not be read
 */
BelayWireFailure *
belay_wire_failure_new_from_error (const GError *error)
{
  g_autoptr (GVariant) parameters = NULL;

  g_return_val_if_fail (error != NULL && error->domain == BELAY_WIRE_ERROR, NULL);

  if (error->code == BELAY_WIRE_ERROR_TOO_LARGE)
    {
      parameters = belay_parameters_new_number ("most", belay_wire_error_get_most (error));
      return belay_wire_failure_new (BELAY_CODE_TOO_LARGE, parameters);
    }

  parameters = belay_parameters_new_text ("where", belay_wire_error_get_where (error));
  return belay_wire_failure_new (BELAY_CODE_MALFORMED, parameters);
}

void
belay_wire_failure_free (BelayWireFailure *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->code);
  g_clear_pointer (&self->parameters, g_variant_unref);
  g_free (self);
}

/**
 * belay_wire_failure_encode:
 *
 * Returns: (transfer full): the body of the reply
 */
GBytes *
belay_wire_failure_encode (const BelayWireFailure *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_begin_object (writer, "error");
  belay_json_writer_add_text (writer, "code", self->code);
  belay_json_writer_begin_object (writer, "parameters");
  belay_parameters_write (self->parameters, writer);
  belay_json_writer_end (writer);
  belay_json_writer_end (writer);

  return belay_json_writer_finish_bytes (writer);
}

/**
 * belay_wire_failure_decode:
 * @bytes: the body of a reply whose status is 400 or above
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error where it is no error of ours
 */
BelayWireFailure *
belay_wire_failure_decode (GBytes *bytes,
                           GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayWireFailure) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_new0 (BelayWireFailure, 1);
  reader = belay_json_reader_new_bytes (bytes);
  if (belay_json_reader_enter (reader, "error"))
    {
      self->code = belay_json_reader_dup_text (reader, "code", BELAY_TEXT_NOT_EMPTY);
      self->parameters = belay_parameters_read (reader, "parameters");
      belay_json_reader_leave (reader);
    }
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_wire_failure_status:
 *
 * Returns: the HTTP status that goes with the code; 500 for a code it does not know
 */
guint
belay_wire_failure_status (const BelayWireFailure *self)
{
  static const struct
  {
    const char *code;
    guint status;
  } statuses[] = {
    { BELAY_CODE_MALFORMED, 400 },      { BELAY_CODE_WIRE_VERSION, 400 },   { BELAY_CODE_UNAUTHENTICATED, 401 },
    { BELAY_CODE_WRONG_PASSWORD, 401 }, { BELAY_CODE_FORBIDDEN, 403 },      { BELAY_CODE_UNKNOWN, 404 },
    { BELAY_CODE_CONFLICT, 409 },       { BELAY_CODE_DEVICE_REVOKED, 409 }, { BELAY_CODE_TOO_LARGE, 413 },
    { BELAY_CODE_TOO_MANY, 429 },       { BELAY_CODE_INTERNAL, 500 },       { BELAY_CODE_UNAVAILABLE, 503 },
  };

  g_return_val_if_fail (self != NULL, 500);

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_strcmp0 (statuses[i].code, self->code) == 0)
        return statuses[i].status;
    }

  return 500;
}
