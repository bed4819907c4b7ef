/* belay-sign-in-message.c: how a person and a device become known to a server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sign-in-message.h"

#include "belay-people-json.h"

#include <string.h>

#define SIGN_IN_WAYS_MOST 16

/**
 * belay_sign_in_request_new:
 *
 * Returns: (transfer full): a request with nothing in it
 */
BelaySignInRequest *
belay_sign_in_request_new (void)
{
  return g_new0 (BelaySignInRequest, 1);
}

static void
free_secret (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
belay_sign_in_request_free (BelaySignInRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->email);
  free_secret (self->password);
  g_free (self->code);
  g_free (self->name);
  g_free (self->device_id);
  g_free (self->device_name);
  g_free (self->device_public_key);
  g_free (self);
}

/**
 * belay_sign_in_request_encode:
 *
 * Returns: (transfer full): the body of `POST /api/v1/sign-in`, or of `join` where code and name are set
 */
GBytes *
belay_sign_in_request_encode (const BelaySignInRequest *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "code", self->code);
  belay_json_writer_add_text (writer, "email", self->email);
  belay_json_writer_add_text (writer, "name", self->name);
  belay_json_writer_add_text (writer, "password", self->password);
  belay_json_writer_begin_object (writer, "device");
  belay_json_writer_add_text (writer, "id", self->device_id);
  belay_json_writer_add_text (writer, "name", self->device_name);
  belay_json_writer_add_text (writer, "public_key", self->device_public_key);
  belay_json_writer_end (writer);

  return belay_json_writer_finish_bytes (writer);
}

/**
 * belay_sign_in_request_decode:
 * @bytes: the request's body
 * @to_join: whether it came to `join`, which needs a code and a name
 *
 * Returns: (transfer full) (nullable): the request, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelaySignInRequest *
belay_sign_in_request_decode (GBytes *bytes,
                              gboolean to_join,
                              GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelaySignInRequest) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = belay_json_reader_new_bytes (bytes);
  self = belay_sign_in_request_new ();
  self->email = belay_json_reader_dup_text (reader, "email", BELAY_TEXT_NOT_EMPTY);
  self->password = belay_json_reader_dup_text (reader, "password", BELAY_TEXT_NOT_EMPTY);
  if (to_join)
    {
      self->code = belay_json_reader_dup_text (reader, "code", BELAY_TEXT_NOT_EMPTY);
      self->name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_NOT_EMPTY);
    }
  if (belay_json_reader_enter (reader, "device"))
    {
      self->device_id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
      self->device_name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
      self->device_public_key = belay_json_reader_dup_text (reader, "public_key", BELAY_TEXT_PUBLIC_KEY);
      belay_json_reader_leave (reader);
    }
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_sign_in_reply_new:
 *
 * Returns: (transfer full): a reply without keys
 */
BelaySignInReply *
belay_sign_in_reply_new (void)
{
  BelaySignInReply *self = g_new0 (BelaySignInReply, 1);

  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_organisation_key_free);

  return self;
}

void
belay_sign_in_reply_free (BelaySignInReply *self)
{
  g_return_if_fail (self != NULL);

  free_secret (self->token);
  g_free (self->epoch);
  g_free (self->organisation_id);
  g_free (self->organisation_name);
  g_ptr_array_unref (self->keys);
  g_free (self->person_id);
  g_free (self->person_name);
  g_free (self->person_email);
  g_free (self);
}

/**
 * belay_sign_in_reply_encode:
 *
 * Returns: (transfer full): the body of a `200`
 */
GBytes *
belay_sign_in_reply_encode (const BelaySignInReply *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "token", self->token);
  belay_json_writer_add_time (writer, "expires", self->expires_us);
  belay_json_writer_add_text (writer, "epoch", self->epoch);
  belay_json_writer_begin_object (writer, "organisation");
  belay_json_writer_add_text (writer, "id", self->organisation_id);
  belay_json_writer_add_text (writer, "name", self->organisation_name);
  belay_json_writer_end (writer);
  belay_organisation_keys_write (self->keys, writer);
  belay_json_writer_begin_object (writer, "person");
  belay_json_writer_add_text (writer, "id", self->person_id);
  belay_json_writer_add_text (writer, "name", self->person_name);
  belay_json_writer_add_text (writer, "email", self->person_email);
  belay_json_writer_end (writer);

  return belay_json_writer_finish_bytes (writer);
}

/**
 * belay_sign_in_reply_decode:
 * @bytes: the body of a `200`
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelaySignInReply *
belay_sign_in_reply_decode (GBytes *bytes,
                            GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelaySignInReply) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = belay_json_reader_new_bytes (bytes);
  self = belay_sign_in_reply_new ();
  self->token = belay_json_reader_dup_text (reader, "token", BELAY_TEXT_NOT_EMPTY);
  self->expires_us = belay_json_reader_get_time (reader, "expires");
  self->epoch = belay_json_reader_dup_text (reader, "epoch", BELAY_TEXT_UUID);
  if (belay_json_reader_enter (reader, "organisation"))
    {
      self->organisation_id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
      self->organisation_name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
      belay_json_reader_leave (reader);
    }
  belay_organisation_keys_read (self->keys, reader);
  if (belay_json_reader_enter (reader, "person"))
    {
      self->person_id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
      self->person_name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
      self->person_email = belay_json_reader_dup_text (reader, "email", BELAY_TEXT_ANY);
      belay_json_reader_leave (reader);
    }
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_server_hello_new:
 *
 * Returns: (transfer full): what a server says of itself, before it says anything
 */
BelayServerHello *
belay_server_hello_new (void)
{
  BelayServerHello *self = g_new0 (BelayServerHello, 1);

  self->wire_oldest = BELAY_WIRE_OLDEST;
  self->wire_newest = BELAY_WIRE_VERSION;
  self->sign_in = g_new0 (char *, 1);

  return self;
}

void
belay_server_hello_free (BelayServerHello *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->organisation_id);
  g_free (self->organisation_name);
  g_free (self->version);
  g_strfreev (self->sign_in);
  g_free (self);
}

/**
 * belay_server_hello_encode:
 *
 * Returns: (transfer full): the body of `GET /api/v1/server`
 */
GBytes *
belay_server_hello_encode (const BelayServerHello *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_begin_object (writer, "organisation");
  belay_json_writer_add_text (writer, "id", self->organisation_id);
  belay_json_writer_add_text (writer, "name", self->organisation_name);
  belay_json_writer_add_time (writer, "server_time", self->server_time_us);
  belay_json_writer_end (writer);
  belay_json_writer_begin_array (writer, "wire");
  belay_json_writer_add_number (writer, NULL, self->wire_oldest);
  belay_json_writer_add_number (writer, NULL, self->wire_newest);
  belay_json_writer_end (writer);
  belay_json_writer_add_text (writer, "version", self->version);
  belay_json_writer_add_texts (writer, "sign_in", (const char *const *) self->sign_in);

  return belay_json_writer_finish_bytes (writer);
}

static void
read_wire_versions (BelayJsonReader *reader,
                    BelayServerHello *self)
{
  gint64 versions[2] = { 0, 0 };
  guint count = 0;

  belay_json_reader_begin (reader, "wire", G_N_ELEMENTS (versions));
  while (belay_json_reader_next (reader))
    versions[count++] = belay_json_reader_get_number (reader, NULL, 1, G_MAXINT32);
  if (count != G_N_ELEMENTS (versions) || versions[0] > versions[1])
    belay_json_reader_fail (reader, "wire", "is not the oldest and the newest version");
  self->wire_oldest = versions[0];
  self->wire_newest = versions[1];
}

/**
 * belay_server_hello_decode:
 * @bytes: the body of a `200` to `GET /api/v1/server`
 *
 * Returns: (transfer full) (nullable): who it is, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayServerHello *
belay_server_hello_decode (GBytes *bytes,
                           GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayServerHello) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = belay_json_reader_new_bytes (bytes);
  self = belay_server_hello_new ();
  if (belay_json_reader_enter (reader, "organisation"))
    {
      self->organisation_id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
      self->organisation_name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
      self->server_time_us = belay_json_reader_get_time (reader, "server_time");
      belay_json_reader_leave (reader);
    }
  read_wire_versions (reader, self);
  self->version = belay_json_reader_dup_text (reader, "version", BELAY_TEXT_ANY);
  g_strfreev (self->sign_in);
  self->sign_in = belay_json_reader_dup_texts (reader, "sign_in", SIGN_IN_WAYS_MOST);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
