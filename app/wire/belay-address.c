/* belay-address.c: what a person types, or clicks, to find their server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-address.h"

#include <string.h>

#define CODE_LENGTH 8
#define HOST_MOST 253 /* RFC 1035 §2.3.4, as text */

/* Crockford's base 32: what looks alike means the same, and U is left out. */
static char
read_code_character (char c)
{
  char upper = g_ascii_toupper (c);

  if (upper == 'O')
    return '0';
  if (upper == 'I' || upper == 'L')
    return '1';
  if (upper != '\0' && strchr ("0123456789ABCDEFGHJKMNPQRSTVWXYZ", upper) != NULL)
    return upper;

  return '\0';
}

/**
 * belay_address_normalise_code:
 * @text: a join code as it was typed
 *
 * Leaves out dashes and spaces, and takes the letters that look like digits for those.
 *
 * Returns: (transfer full) (nullable): the eight characters that are compared, or %NULL where it
 *   cannot be a code
 */
char *
belay_address_normalise_code (const char *text)
{
  g_autoptr (GString) code = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      char c;

      if (*p == '-' || *p == ' ')
        continue;
      c = read_code_character (*p);
      if (c == '\0' || code->len == CODE_LENGTH)
        return NULL;
      g_string_append_c (code, c);
    }

  return code->len == CODE_LENGTH ? g_string_free_and_steal (g_steal_pointer (&code)) : NULL;
}

/**
 * belay_address_display_code:
 * @code: as belay_address_normalise_code() gives it
 * @address: (nullable): the server's address, to be written behind it
 *
 * Returns: (transfer full): such as `ABCD-EFGH@learn.example.org`
 */
char *
belay_address_display_code (const char *code,
                            const char *address)
{
  const char *host;

  g_return_val_if_fail (code != NULL && strlen (code) == CODE_LENGTH, NULL);

  if (address == NULL)
    return g_strdup_printf ("%.4s-%s", code, code + 4);

  host = strstr (address, "://");
  return g_strdup_printf ("%.4s-%s@%s", code, code + 4, host != NULL ? host + 3 : address);
}

static gboolean
is_loopback (const char *host)
{
  if (g_ascii_strcasecmp (host, "localhost") == 0 || strcmp (host, "[::1]") == 0)
    return TRUE;

  return g_str_has_prefix (host, "127.") && strspn (host, "0123456789.") == strlen (host);
}

static gboolean
is_host (const char *host)
{
  gsize length = strlen (host);

  if (length == 0 || length > HOST_MOST)
    return FALSE;
  if (host[0] == '[')
    return length > 3 && host[length - 1] == ']' && strspn (host + 1, "0123456789abcdefABCDEF:.") == length - 2;

  return strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") == length && host[0] != '-'
         && host[0] != '.' && strstr (host, "..") == NULL;
}

/* `host[:port]` to an address, or %NULL. What is not on this machine is spoken to by HTTPS alone. */
static char *
make_address (const char *text)
{
  g_autofree char *host = NULL;
  const char *port = strrchr (text, ':');
  guint64 number = 0;

  if (port != NULL && strchr (port, ']') != NULL)
    port = NULL;
  host = port != NULL ? g_strndup (text, (gsize) (port - text)) : g_strdup (text);
  if (!is_host (host))
    return NULL;
  if (port != NULL && !g_ascii_string_to_unsigned (port + 1, 10, 1, 65535, &number, NULL))
    return NULL;

  for (char *p = host; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  if (port != NULL)
    return g_strdup_printf ("%s://%s:%u", is_loopback (host) ? "http" : "https", host, (guint) number);

  return g_strdup_printf ("%s://%s", is_loopback (host) ? "http" : "https", host);
}

static BelayAddress *
take (char *address,
      char *code)
{
  BelayAddress *self = g_new0 (BelayAddress, 1);

  self->address = address;
  self->code = code;

  return self;
}

static BelayAddress *
parse_link (const char *rest)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 4);
  g_autofree char *address = NULL;
  g_autofree char *code = NULL;
  guint count = g_strv_length (parts);

  while (count > 0 && *parts[count - 1] == '\0')
    count--;
  if (count < 2)
    return NULL;

  address = make_address (parts[1]);
  if (address == NULL)
    return NULL;
  if (count == 2 && strcmp (parts[0], "server") == 0)
    return take (g_steal_pointer (&address), NULL);
  if (count != 3 || strcmp (parts[0], "join") != 0)
    return NULL;

  code = belay_address_normalise_code (parts[2]);
  return code != NULL ? take (g_steal_pointer (&address), g_steal_pointer (&code)) : NULL;
}

static BelayAddress *
parse_code_at_host (const char *text,
                    const char *at)
{
  g_autofree char *before = g_strndup (text, (gsize) (at - text));
  g_autofree char *code = belay_address_normalise_code (before);
  g_autofree char *address = make_address (at + 1);

  if (code == NULL || address == NULL)
    return NULL;

  return take (g_steal_pointer (&address), g_steal_pointer (&code));
}

static BelayAddress *
parse_bare (const char *text,
            const char *preset_address)
{
  g_autofree char *code = belay_address_normalise_code (text);
  g_autofree char *address = NULL;

  /* a name with a dot or a port is never a code */
  if (code != NULL && (preset_address != NULL || strpbrk (text, ".:") == NULL))
    return take (g_strdup (preset_address), g_steal_pointer (&code));

  address = make_address (text);
  return address != NULL ? take (g_steal_pointer (&address), NULL) : NULL;
}

/**
 * belay_address_parse:
 * @text: what was typed: a `belay://` link, `CODE@HOST`, a code, a host, or an `http(s)://` address
 * @preset_address: (nullable): the server that an administrator set for this machine
 *
 * Understands what people really paste. An `http://` address that is not on this machine becomes
 * `https://`, since nothing else is spoken to without it.
 *
 * Returns: (transfer full) (nullable): where to go, or %NULL where it cannot be understood. Its
 *   address is %NULL where a code came without one and none is preset.
 */
BelayAddress *
belay_address_parse (const char *text,
                     const char *preset_address)
{
  g_autofree char *trimmed = NULL;
  const char *at;
  char *address;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  if (g_ascii_strncasecmp (trimmed, "belay://", 8) == 0)
    return parse_link (trimmed + 8);

  for (gsize i = 0; i < 2; i++)
    {
      const char *scheme = i == 0 ? "https://" : "http://";

      if (g_ascii_strncasecmp (trimmed, scheme, strlen (scheme)) != 0)
        continue;
      /* a page of the server, copied from a browser, names the server as well */
      trimmed[strlen (scheme) + strcspn (trimmed + strlen (scheme), "/?#")] = '\0';
      address = make_address (trimmed + strlen (scheme));
      return address != NULL ? take (address, NULL) : NULL;
    }

  at = strchr (trimmed, '@');

  return at != NULL ? parse_code_at_host (trimmed, at) : parse_bare (trimmed, preset_address);
}

void
belay_address_free (BelayAddress *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self->code);
  g_free (self);
}
