/* belay-token.c: secrets that the server makes itself
 *
 * They are random, so a plain SHA-256 is all that a database needs to keep of them: there is
 * nothing to guess.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-token.h"

#include <string.h>

#include "belay-digest.h"
#include "belay-text.h"

#define TOKEN_BYTES 32
#define CODE_LENGTH 8

/**
 * belay_token_new:
 *
 * Returns: (transfer full): 32 random bytes in base64url
 */
char *
belay_token_new (void)
{
  return belay_text_random_token (TOKEN_BYTES);
}

/**
 * belay_token_hash:
 *
 * Returns: (transfer full): what is kept of a token, a join code or a secret
 */
char *
belay_token_hash (const char *token)
{
  g_return_val_if_fail (token != NULL, NULL);

  return belay_digest_of_data (token, strlen (token));
}

/**
 * belay_join_code_new:
 *
 * Returns: (transfer full): 40 random bits in Crockford's base 32, without a dash
 */
char *
belay_join_code_new (void)
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  g_autofree char *random = belay_text_random_token (CODE_LENGTH);
  g_autoptr (GBytes) bytes = belay_text_unbase64url (random);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  char *code = g_new0 (char, CODE_LENGTH + 1);

  for (int i = 0; i < CODE_LENGTH; i++)
    code[i] = digits[data[i] & 31];

  return code;
}
