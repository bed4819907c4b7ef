/* belay-signature.c: who says so: Ed25519 keys, and JSON Web Signatures made with them
 *
 * One algorithm only, so that a signature can never choose its own: a header that names another one than
 * EdDSA, or that asks to be understood by `crit`, is refused before any key is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-signature.h"

#include "belay-digest.h"
#include "belay-text.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yyjson.h>

#define SIGNATURE_BYTES 64
#define KEY_ID_LENGTH 16

struct _BelaySigningKey
{
  EVP_PKEY *key;
  char *id;
  char *public; /* base64url */
};

G_DEFINE_QUARK (belay-signature-error-quark, belay_signature_error)
G_DEFINE_BOXED_TYPE (BelayPublicKey, belay_public_key, belay_public_key_copy, belay_public_key_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)

static BelaySigningKey *
signing_key_new (EVP_PKEY *key)
{
  BelaySigningKey *self = g_new0 (BelaySigningKey, 1);
  guint8 bytes[BELAY_ED25519_BYTES];
  size_t length = sizeof bytes;

  g_assert (key != NULL);

  if (EVP_PKEY_get_raw_public_key (key, bytes, &length) != 1 || length != sizeof bytes)
    g_error ("libcrypto gave no public key");

  self->key = key;
  self->public = belay_text_base64url (bytes, sizeof bytes);
  self->id = belay_digest_of_data (bytes, sizeof bytes);
  self->id[KEY_ID_LENGTH] = '\0';

  return self;
}

/**
 * belay_signing_key_generate:
 *
 * Returns: (transfer full): a new Ed25519 key (RFC 8032)
 */
BelaySigningKey *
belay_signing_key_generate (void)
{
  EVP_PKEY *key = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");

  if (key == NULL)
    g_error ("libcrypto has no Ed25519");

  return signing_key_new (key);
}

/**
 * belay_signing_key_new_from_pem:
 * @pem: a PKCS #8 private key in PEM
 *
 * Returns: (transfer full) (nullable): the key, or %NULL with %BELAY_SIGNATURE_ERROR_MALFORMED
 */
BelaySigningKey *
belay_signing_key_new_from_pem (const char *pem,
                                GError **error)
{
  g_autoptr (BIO) source = NULL;
  g_autoptr (EVP_PKEY) key = NULL;

  g_return_val_if_fail (pem != NULL, NULL);

  source = BIO_new_mem_buf (pem, -1);
  /* The empty pass phrase keeps libcrypto from asking the terminal for one. */
  key = PEM_read_bio_PrivateKey (source, NULL, NULL, (gpointer) "");
  if (key == NULL || EVP_PKEY_get_id (key) != EVP_PKEY_ED25519)
    {
      g_set_error_literal (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_MALFORMED,
                           "This is not an Ed25519 private key in PEM.");
      return NULL;
    }

  return signing_key_new (g_steal_pointer (&key));
}

/**
 * belay_signing_key_load:
 * @path: where belay_signing_key_save() put it
 *
 * Returns: (transfer full) (nullable): the key, or %NULL with %BELAY_SIGNATURE_ERROR_FILE or `_MALFORMED`
 */
BelaySigningKey *
belay_signing_key_load (const char *path,
                        GError **error)
{
  g_autofree char *pem = NULL;
  g_autoptr (GError) reason = NULL;
  BelaySigningKey *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &pem, NULL, &reason))
    {
      g_set_error (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_FILE, "The key could not be read: %s",
                   reason->message);
      return NULL;
    }

  self = belay_signing_key_new_from_pem (pem, error);
  explicit_bzero (pem, strlen (pem));

  return self;
}

/**
 * belay_signing_key_to_pem:
 *
 * Returns: (transfer full): the private key as PKCS #8 in PEM; wipe it after use
 */
char *
belay_signing_key_to_pem (BelaySigningKey *self)
{
  g_autoptr (BIO) target = BIO_new (BIO_s_mem ());
  char *data = NULL;
  long length;

  g_return_val_if_fail (self != NULL, NULL);

  if (PEM_write_bio_PrivateKey (target, self->key, NULL, NULL, 0, NULL, NULL) != 1)
    g_error ("libcrypto cannot write a key");
  length = BIO_get_mem_data (target, &data);

  return g_strndup (data, length);
}

/**
 * belay_signing_key_save:
 * @path: a file that only this user will be able to read (0600)
 *
 * Writes the key durably. A file that is there already is replaced, whole or not at all.
 *
 * Returns: whether it is on the disk, else %BELAY_SIGNATURE_ERROR_FILE
 */
gboolean
belay_signing_key_save (BelaySigningKey *self,
                        const char *path,
                        GError **error)
{
  g_autofree char *pem = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean saved;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  pem = belay_signing_key_to_pem (self);
  saved = g_file_set_contents_full (path, pem, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                    &reason);
  explicit_bzero (pem, strlen (pem));
  /* An older file keeps its mode when it is replaced. */
  if (saved && chmod (path, 0600) != 0)
    saved = FALSE;
  if (!saved)
    g_set_error (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_FILE, "The key could not be saved in %s: %s", path,
                 reason != NULL ? reason->message : g_strerror (errno));

  return saved;
}

void
belay_signing_key_free (BelaySigningKey *self)
{
  g_return_if_fail (self != NULL);

  EVP_PKEY_free (self->key);
  g_free (self->id);
  g_free (self->public);
  g_free (self);
}

/**
 * belay_signing_key_get_id:
 *
 * Returns: (transfer none): an id for this key that follows from its public half
 */
const char *
belay_signing_key_get_id (BelaySigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * belay_signing_key_get_public:
 *
 * Returns: (transfer none): the 32 bytes of the public key in base64url
 */
const char *
belay_signing_key_get_public (BelaySigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->public;
}

/**
 * belay_public_key_new:
 * @id: the key's id
 * @base64url: its 32 bytes
 *
 * Returns: (transfer full) (nullable): the key, or %NULL with %BELAY_SIGNATURE_ERROR_MALFORMED
 */
BelayPublicKey *
belay_public_key_new (const char *id,
                      const char *base64url,
                      GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  BelayPublicKey *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (base64url != NULL, NULL);

  bytes = belay_text_unbase64url (base64url);
  if (bytes == NULL || g_bytes_get_size (bytes) != BELAY_ED25519_BYTES)
    {
      g_set_error (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_MALFORMED, "The key “%s” is not an Ed25519 key.",
                   id);
      return NULL;
    }

  self = g_new0 (BelayPublicKey, 1);
  self->id = g_strdup (id);
  memcpy (self->bytes, g_bytes_get_data (bytes, NULL), BELAY_ED25519_BYTES);

  return self;
}

BelayPublicKey *
belay_public_key_copy (const BelayPublicKey *self)
{
  BelayPublicKey *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);

  return copy;
}

void
belay_public_key_free (BelayPublicKey *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self);
}

static char *
make_header (const char *key_id)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  g_autofree char *json = NULL;
  char *header;

  yyjson_mut_doc_set_root (document, root);
  yyjson_mut_obj_add_str (document, root, "alg", "EdDSA");
  yyjson_mut_obj_add_str (document, root, "kid", key_id);
  json = yyjson_mut_write (document, 0, NULL);
  yyjson_mut_doc_free (document);
  header = belay_text_base64url ((const guint8 *) json, strlen (json));

  return header;
}

/**
 * belay_jws_sign_ed25519:
 * @key_id: what to name the key by in the header
 * @payload: what is signed
 *
 * Returns: (transfer full): a JWS in compact serialisation (RFC 7515 §3.1, RFC 8037 §3.1)
 */
char *
belay_jws_sign_ed25519 (BelaySigningKey *key,
                        const char *key_id,
                        GBytes *payload)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autofree char *header = NULL;
  g_autofree char *body = NULL;
  g_autofree char *input = NULL;
  g_autofree char *tail = NULL;
  guint8 signature[SIGNATURE_BYTES];
  size_t length = sizeof signature;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (key_id != NULL, NULL);
  g_return_val_if_fail (payload != NULL, NULL);

  header = make_header (key_id);
  body = belay_text_base64url (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  input = g_strconcat (header, ".", body, NULL);
  if (EVP_DigestSignInit (context, NULL, NULL, NULL, key->key) != 1
      || EVP_DigestSign (context, signature, &length, (const guint8 *) input, strlen (input)) != 1)
    g_error ("libcrypto cannot sign");
  tail = belay_text_base64url (signature, length);

  return g_strconcat (input, ".", tail, NULL);
}

static char *
read_header (const char *header,
             GError **error)
{
  g_autoptr (GBytes) json = belay_text_unbase64url (header);
  g_autoptr (yyjson_doc) document = NULL;
  yyjson_val *root;
  const char *key_id;

  if (json != NULL)
    document = yyjson_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json), 0);
  root = yyjson_doc_get_root (document);
  key_id = yyjson_get_str (yyjson_obj_get (root, "kid"));
  if (key_id == NULL)
    {
      g_set_error_literal (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_MALFORMED,
                           "The signature does not say which key made it.");
      return NULL;
    }
  if (!yyjson_equals_str (yyjson_obj_get (root, "alg"), "EdDSA") || yyjson_obj_get (root, "crit") != NULL)
    {
      g_set_error_literal (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_ALGORITHM,
                           "The signature is not of a kind that Belay accepts.");
      return NULL;
    }

  return g_strdup (key_id);
}

static const BelayPublicKey *
find_pinned (GPtrArray *pinned,
             const char *key_id)
{
  for (guint i = 0; i < pinned->len; i++)
    {
      const BelayPublicKey *key = g_ptr_array_index (pinned, i);

      if (g_str_equal (key->id, key_id))
        return key;
    }

  return NULL;
}

static gboolean
signature_is_right (const BelayPublicKey *key,
                    const char *input,
                    gsize length,
                    GBytes *signature)
{
  g_autoptr (EVP_PKEY) public = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, key->bytes, sizeof key->bytes);
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();

  return public != NULL && EVP_DigestVerifyInit (context, NULL, NULL, NULL, public) == 1
         && EVP_DigestVerify (context, g_bytes_get_data (signature, NULL), g_bytes_get_size (signature),
                              (const guint8 *) input, length)
              == 1;
}

/**
 * belay_jws_verify:
 * @jws: a JWS in compact serialisation
 * @pinned: (element-type BelayPublicKey): the keys that are believed
 *
 * Returns: (transfer full) (nullable): the payload, or %NULL with a #BelaySignatureError
 */
GBytes *
belay_jws_verify (const char *jws,
                  GPtrArray *pinned,
                  GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *key_id = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) signature = NULL;
  const BelayPublicKey *key;

  g_return_val_if_fail (jws != NULL, NULL);
  g_return_val_if_fail (pinned != NULL, NULL);

  parts = g_strsplit (jws, ".", 4);
  if (g_strv_length (parts) == 3)
    {
      payload = belay_text_unbase64url (parts[1]);
      signature = belay_text_unbase64url (parts[2]);
    }
  if (payload == NULL || signature == NULL)
    {
      g_set_error_literal (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_MALFORMED, "This is not a signed text.");
      return NULL;
    }

  key_id = read_header (parts[0], error);
  if (key_id == NULL)
    return NULL;

  key = find_pinned (pinned, key_id);
  if (key == NULL)
    {
      g_set_error (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_UNKNOWN_KEY,
                   "It was signed by the key “%s”, which is not one of your organisation's.", key_id);
      return NULL;
    }
  if (!signature_is_right (key, jws, strlen (parts[0]) + 1 + strlen (parts[1]), signature))
    {
      g_set_error_literal (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_WRONG,
                           "The signature does not fit: the text was changed on its way.");
      return NULL;
    }

  return g_steal_pointer (&payload);
}
