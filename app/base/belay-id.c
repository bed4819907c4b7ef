/* belay-id.c: the two kinds of id
 *
 * What happens gets a new UUIDv7, so that ids sort by the time they were made; what is authored
 * gets a UUIDv5 of the thing it belongs to and its permanent key, so that both ends name it alike
 * without asking each other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-id.h"

#include <string.h>
#include <sys/random.h>

#define UUID_BYTES 16

static char *
format_uuid (const guint8 b[UUID_BYTES])
{
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2],
                          b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

static void
parse_uuid (const char *text,
            guint8 bytes[UUID_BYTES])
{
  gsize filled = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '-')
        continue;
      bytes[filled++] = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));
      p++;
    }
}

static void
set_version (guint8 bytes[UUID_BYTES],
             guint8 version)
{
  bytes[6] = (bytes[6] & 0x0f) | (guint8) (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
}

/**
 * belay_id_new:
 *
 * Makes an id for something that happens now: a UUIDv7 (RFC 9562 §5.7).
 *
 * Returns: (transfer full): the id in lower case
 */
char *
belay_id_new (BelayClock *clock)
{
  guint8 bytes[UUID_BYTES];
  guint64 milliseconds;

  g_return_val_if_fail (clock != NULL, NULL);

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The system gave no random bytes");

  milliseconds = (guint64) belay_clock_now_us (clock) / 1000;
  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8) (milliseconds >> (8 * (5 - i)));
  set_version (bytes, 7);

  return format_uuid (bytes);
}

/**
 * belay_id_derive:
 * @namespace_id: a UUID
 * @name: a permanent key within it
 *
 * Makes the id of something authored: a UUIDv5 (RFC 9562 §5.5). The same two always give the same.
 *
 * Returns: (transfer full): the id in lower case
 */
char *
belay_id_derive (const char *namespace_id,
                 const char *name)
{
  g_autoptr (GChecksum) checksum = NULL;
  guint8 bytes[UUID_BYTES];
  guint8 digest[20];
  gsize length = sizeof digest;

  g_return_val_if_fail (belay_id_is_valid (namespace_id), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  parse_uuid (namespace_id, bytes);
  checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (checksum, bytes, UUID_BYTES);
  g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name));
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (bytes, digest, UUID_BYTES);
  set_version (bytes, 5);

  return format_uuid (bytes);
}

/**
 * belay_id_is_valid:
 *
 * Returns: whether @id is a UUID of any version as RFC 9562 §4 writes it, in either case
 */
gboolean
belay_id_is_valid (const char *id)
{
  if (id == NULL || strlen (id) != 36)
    return FALSE;

  for (int i = 0; i < 36; i++)
    {
      gboolean is_dash_place = i == 8 || i == 13 || i == 18 || i == 23;

      if (is_dash_place ? id[i] != '-' : !g_ascii_isxdigit (id[i]))
        return FALSE;
    }

  return TRUE;
}
