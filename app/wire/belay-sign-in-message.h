/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-people.h"
#include "belay-wire.h"

G_BEGIN_DECLS

/* `POST /api/v1/sign-in`, and `/api/v1/join` where code and name are set. */
typedef struct
{
  char *email;
  char *password;
  char *code; /* (nullable): only to join; as the person wrote it */
  char *name; /* (nullable): only to join */
  char *device_id;
  char *device_name;
  char *device_public_key; /* base64url of 32 bytes, Ed25519 */
} BelaySignInRequest;

typedef struct
{
  char *token;
  gint64 expires_us;
  char *epoch;
  char *organisation_id;
  char *organisation_name;
  GPtrArray *keys; /* (element-type BelayOrganisationKey), owned: to be pinned */
  char *person_id;
  char *person_name;
  char *person_email;
} BelaySignInReply;

/* `GET /api/v1/server` */
typedef struct
{
  char *organisation_id;
  char *organisation_name;
  gint64 server_time_us;
  gint64 wire_oldest;
  gint64 wire_newest;
  char *version;
  GStrv sign_in; /* "password", "join" */
} BelayServerHello;

BelaySignInRequest *belay_sign_in_request_new (void);
void belay_sign_in_request_free (BelaySignInRequest *self);
GBytes *belay_sign_in_request_encode (const BelaySignInRequest *self);
BelaySignInRequest *belay_sign_in_request_decode (GBytes *bytes,
                                                  gboolean to_join,
                                                  GError **error);

BelaySignInReply *belay_sign_in_reply_new (void);
void belay_sign_in_reply_free (BelaySignInReply *self);
GBytes *belay_sign_in_reply_encode (const BelaySignInReply *self);
BelaySignInReply *belay_sign_in_reply_decode (GBytes *bytes,
                                              GError **error);

BelayServerHello *belay_server_hello_new (void);
void belay_server_hello_free (BelayServerHello *self);
GBytes *belay_server_hello_encode (const BelayServerHello *self);
BelayServerHello *belay_server_hello_decode (GBytes *bytes,
                                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySignInRequest, belay_sign_in_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySignInReply, belay_sign_in_reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayServerHello, belay_server_hello_free)

G_END_DECLS
