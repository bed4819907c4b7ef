/* belay-statement-signature.c: signed statements (part two, 2.6)
 *
 * A signature is a JWS (RFC 7515) whose payload is the statement. What is checked is that it is well
 * formed, says the same, and fits the certificate that comes with it; not whether that certificate is trusted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "belay-statement-values.h"
#include "belay-text.h"

static const EVP_MD *
digest_of (const char *algorithm)
{
  if (g_strcmp0 (algorithm, "RS256") == 0)
    return EVP_sha256 ();
  if (g_strcmp0 (algorithm, "RS384") == 0)
    return EVP_sha384 ();
  if (g_strcmp0 (algorithm, "RS512") == 0)
    return EVP_sha512 ();

  return NULL;
}

static X509 *
read_certificate (yyjson_val *header)
{
  const char *text = yyjson_get_str (yyjson_arr_get_first (yyjson_obj_get (header, "x5c")));
  g_autofree guchar *bytes = NULL;
  const unsigned char *at;
  gsize length;

  if (text == NULL)
    return NULL;

  bytes = g_base64_decode (text, &length);
  at = bytes;
  return d2i_X509 (NULL, &at, (long) length);
}

static gboolean
fits_certificate (X509 *certificate,
                  const EVP_MD *digest,
                  const char *signed_text,
                  gsize length,
                  GBytes *signature)
{
  EVP_PKEY *key = X509_get0_pubkey (certificate);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gsize size;
  const guchar *bytes = g_bytes_get_data (signature, &size);
  gboolean fits;

  fits = key != NULL && EVP_PKEY_get_base_id (key) == EVP_PKEY_RSA
         && EVP_DigestVerifyInit (context, NULL, digest, NULL, key) == 1
         && EVP_DigestVerify (context, bytes, size, (const guchar *) signed_text, length) == 1;
  EVP_MD_CTX_free (context);

  return fits;
}

static gboolean
check_header (GBytes *header,
              const char *signed_text,
              gsize length,
              GBytes *signature,
              const char **problem)
{
  gsize size;
  const char *text = g_bytes_get_data (header, &size);
  yyjson_doc *document = size > 0 ? yyjson_read (text, size, YYJSON_READ_NOFLAG) : NULL;
  yyjson_val *root = yyjson_doc_get_root (document);
  const EVP_MD *digest = digest_of (belay_value_member_text (root, "alg"));
  X509 *certificate = read_certificate (root);

  if (digest == NULL)
    *problem = "its signature must have a header whose alg is RS256, RS384 or RS512";
  else if (yyjson_obj_get (root, "x5c") != NULL && certificate == NULL)
    *problem = "the certificate in its signature's header cannot be read";
  else if (certificate != NULL && !fits_certificate (certificate, digest, signed_text, length, signature))
    *problem = "its signature does not fit the certificate that comes with it";
  X509_free (certificate);
  yyjson_doc_free (document);

  return *problem == NULL;
}

static gboolean
check_payload (const BelayStatement *statement,
               GBytes *payload,
               const char **problem)
{
  g_auto (BelayStatementProblem) ignored = { 0 };
  g_autoptr (BelayStatement) signed_statement = NULL;
  gsize length;
  const char *text = g_bytes_get_data (payload, &length);

  if (length > 0)
    signed_statement = belay_statement_parse (text, (gssize) length, belay_statement_get_version (statement), &ignored);
  if (signed_statement == NULL)
    *problem = "the payload of its signature is not a statement";
  else if (!belay_statement_matches_payload (statement, signed_statement))
    *problem = "the payload of its signature is another statement";

  return *problem == NULL;
}

/**
 * belay_statement_verify_signature:
 * @signature: a JWS in compact serialisation
 * @problem: (out): the rest of a sentence, where it fails
 *
 * Returns: whether @signature is well formed and of @statement
 */
gboolean
belay_statement_verify_signature (const BelayStatement *statement,
                                  GBytes *signature,
                                  const char **problem)
{
  gsize length;
  const char *bytes;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GBytes) header = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) mark = NULL;

  g_return_val_if_fail (statement != NULL, FALSE);
  g_return_val_if_fail (signature != NULL, FALSE);
  g_return_val_if_fail (problem != NULL, FALSE);

  *problem = NULL;
  bytes = g_bytes_get_data (signature, &length);
  text = g_strstrip (g_strndup (bytes != NULL ? bytes : "", length));
  parts = g_strsplit (text, ".", 4);
  if (g_strv_length (parts) == 3)
    {
      header = belay_text_unbase64url (parts[0]);
      payload = belay_text_unbase64url (parts[1]);
      mark = belay_text_unbase64url (parts[2]);
    }
  if (header == NULL || payload == NULL || mark == NULL)
    {
      *problem = "its signature is not a JWS in compact serialisation";
      return FALSE;
    }

  return check_header (header, text, strlen (parts[0]) + 1 + strlen (parts[1]), mark, problem)
         && check_payload (statement, payload, problem);
}
