/* belay-digest.c: SHA-256, by libcrypto because it is four times as fast as the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-digest.h"

#include "belay-text.h"

#include <openssl/evp.h>

#define READ_BYTES (256 * 1024)

struct _BelayDigest
{
  EVP_MD_CTX *context;
};

/**
 * belay_digest_new:
 *
 * Returns: (transfer full): a SHA-256 of nothing yet
 */
BelayDigest *
belay_digest_new (void)
{
  BelayDigest *self = g_new0 (BelayDigest, 1);

  self->context = EVP_MD_CTX_new ();
  if (self->context == NULL || EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL) != 1)
    g_error ("libcrypto has no SHA-256");

  return self;
}

void
belay_digest_free (BelayDigest *self)
{
  g_return_if_fail (self != NULL);

  EVP_MD_CTX_free (self->context);
  g_free (self);
}

/**
 * belay_digest_update:
 *
 * Adds @length bytes of @data to what is hashed.
 */
void
belay_digest_update (BelayDigest *self,
                     gconstpointer data,
                     gsize length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || length == 0);

  if (EVP_DigestUpdate (self->context, data, length) != 1)
    g_error ("libcrypto cannot hash");
}

/**
 * belay_digest_finish:
 *
 * Afterwards @self hashes nothing again, and can be fed anew.
 *
 * Returns: (transfer full): the SHA-256 of all that was added, in lower-case hexadecimal
 */
char *
belay_digest_finish (BelayDigest *self)
{
  guint8 hash[EVP_MAX_MD_SIZE];
  unsigned int length = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (EVP_DigestFinal_ex (self->context, hash, &length) != 1
      || EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL) != 1)
    g_error ("libcrypto cannot hash");

  return belay_text_hex (hash, length);
}

/**
 * belay_digest_of_data:
 *
 * Returns: (transfer full): the SHA-256 of @data in lower-case hexadecimal
 */
char *
belay_digest_of_data (gconstpointer data,
                      gsize length)
{
  g_autoptr (BelayDigest) digest = belay_digest_new ();

  belay_digest_update (digest, data, length);

  return belay_digest_finish (digest);
}

/**
 * belay_digest_of_bytes:
 *
 * Returns: (transfer full): the SHA-256 of @bytes in lower-case hexadecimal
 */
char *
belay_digest_of_bytes (GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);

  return belay_digest_of_data (data, length);
}

/**
 * belay_digest_of_file:
 * @path: a file
 * @cancellable: (nullable): ends it early, with %G_IO_ERROR_CANCELLED
 *
 * Reads the file through; it blocks, so call it from a thread that may.
 *
 * Returns: (transfer full) (nullable): its SHA-256 in lower-case hexadecimal, or %NULL with a %G_IO_ERROR
 */
char *
belay_digest_of_file (const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (BelayDigest) digest = belay_digest_new ();
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  gssize length;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_file_new_for_path (path);
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  while ((length = g_input_stream_read (G_INPUT_STREAM (stream), buffer, READ_BYTES, cancellable, error)) > 0)
    belay_digest_update (digest, buffer, length);

  return length < 0 ? NULL : belay_digest_finish (digest);
}
