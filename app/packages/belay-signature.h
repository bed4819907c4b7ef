/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BELAY_SIGNATURE_ERROR (belay_signature_error_quark ())

typedef enum
{
  BELAY_SIGNATURE_ERROR_MALFORMED,   /* not a JWS, a key or a PEM file */
  BELAY_SIGNATURE_ERROR_ALGORITHM,   /* signed by something else than Ed25519 */
  BELAY_SIGNATURE_ERROR_UNKNOWN_KEY, /* by none of the pinned keys */
  BELAY_SIGNATURE_ERROR_WRONG,       /* by such a key, but not this text */
  BELAY_SIGNATURE_ERROR_FILE,        /* the key file could not be read or written */
} BelaySignatureError;

GQuark belay_signature_error_quark (void);

#define BELAY_ED25519_BYTES 32

/* A private Ed25519 key. */
typedef struct _BelaySigningKey BelaySigningKey;

BelaySigningKey *belay_signing_key_generate (void);
BelaySigningKey *belay_signing_key_load (const char *path,
                                         GError **error);
BelaySigningKey *belay_signing_key_new_from_pem (const char *pem,
                                                 GError **error);
gboolean belay_signing_key_save (BelaySigningKey *self,
                                 const char *path,
                                 GError **error);
char *belay_signing_key_to_pem (BelaySigningKey *self);
void belay_signing_key_free (BelaySigningKey *self);
const char *belay_signing_key_get_id (BelaySigningKey *self);
const char *belay_signing_key_get_public (BelaySigningKey *self);

/* The public half of a key that is believed: the members of `keys` in protocol.md. */
#define BELAY_TYPE_PUBLIC_KEY (belay_public_key_get_type ())

typedef struct
{
  char *id;
  guint8 bytes[BELAY_ED25519_BYTES];
} BelayPublicKey;

GType belay_public_key_get_type (void) G_GNUC_CONST;
BelayPublicKey *belay_public_key_new (const char *id,
                                      const char *base64url,
                                      GError **error);
BelayPublicKey *belay_public_key_copy (const BelayPublicKey *self);
void belay_public_key_free (BelayPublicKey *self);

char *belay_jws_sign_ed25519 (BelaySigningKey *key,
                              const char *key_id,
                              GBytes *payload);
GBytes *belay_jws_verify (const char *jws,
                          GPtrArray *pinned,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySigningKey, belay_signing_key_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayPublicKey, belay_public_key_free)

G_END_DECLS
