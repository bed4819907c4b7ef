/* belay-text.c: the few ways in which Belay writes bytes and names as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-text.h"

#include <string.h>
#include <sys/random.h>

#define KEY_LENGTH_MOST 64

/**
 * belay_text_hex:
 *
 * Returns: (transfer full): @bytes in lower-case hexadecimal
 */
char *
belay_text_hex (const guint8 *bytes,
                gsize length)
{
  static const char digits[] = "0123456789abcdef";
  char *text;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  text = g_malloc (length * 2 + 1);
  for (gsize i = 0; i < length; i++)
    {
      text[i * 2] = digits[bytes[i] >> 4];
      text[i * 2 + 1] = digits[bytes[i] & 0x0f];
    }
  text[length * 2] = '\0';

  return text;
}

/**
 * belay_text_is_sha256:
 *
 * Returns: whether @text is 64 lower-case hexadecimal digits, and so safe as a file name
 */
gboolean
belay_text_is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * belay_text_base64url:
 *
 * Returns: (transfer full): @bytes in base64url without padding (RFC 4648 §5)
 */
char *
belay_text_base64url (const guint8 *bytes,
                      gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

/**
 * belay_text_unbase64url:
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL where @text is not unpadded base64url
 */
GBytes *
belay_text_unbase64url (const char *text)
{
  g_autoptr (GString) padded = NULL;
  guchar *bytes;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (length % 4 == 1 || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != length)
    return NULL;

  padded = g_string_new (text);
  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  bytes = g_base64_decode (padded->str, &length);

  return g_bytes_new_take (bytes, length);
}

/**
 * belay_text_random_token:
 * @bytes: how many random bytes, at most 256
 *
 * Returns: (transfer full): that many bytes of the system's randomness, in base64url
 */
char *
belay_text_random_token (gsize bytes)
{
  guint8 buffer[256];

  g_return_val_if_fail (bytes > 0 && bytes <= sizeof buffer, NULL);

  if (getrandom (buffer, bytes, 0) != (gssize) bytes)
    g_error ("The system gave no random bytes");

  return belay_text_base64url (buffer, bytes);
}

/**
 * belay_text_is_key:
 *
 * Returns: whether @text can be a permanent key of something authored: 1 to 64 lower-case letters,
 *   digits and single dashes between them
 */
gboolean
belay_text_is_key (const char *text)
{
  gsize length;

  if (text == NULL)
    return FALSE;

  length = strlen (text);
  return length >= 1 && length <= KEY_LENGTH_MOST && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length
         && text[0] != '-' && text[length - 1] != '-' && strstr (text, "--") == NULL;
}
