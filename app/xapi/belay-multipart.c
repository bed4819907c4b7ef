/* belay-multipart.c: multipart/mixed (RFC 2046 §5.1), read and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-private.h"

#include <string.h>

#define PARTS_MOST 1000
#define BOUNDARY_LENGTH_MOST 70

void
belay_xapi_part_free (BelayXapiPart *part)
{
  g_return_if_fail (part != NULL);

  g_free (part->type);
  g_free (part->hash);
  g_free (part->encoding);
  g_clear_pointer (&part->contents, g_bytes_unref);
  g_free (part);
}

/* The parameter `boundary` of a Content-Type, quoted or not. */
static char *
find_boundary (const char *content_type)
{
  const char *at = content_type;
  gsize length;
  gboolean is_quoted;

  while ((at = strchr (at, ';')) != NULL)
    {
      at += 1 + strspn (at + 1, " \t");
      if (g_ascii_strncasecmp (at, "boundary=", strlen ("boundary=")) == 0)
        break;
    }
  if (at == NULL)
    return NULL;

  at += strlen ("boundary=");
  is_quoted = *at == '"';
  at += is_quoted;
  length = strcspn (at, is_quoted ? "\"" : "; \t");

  return length > 0 && length <= BOUNDARY_LENGTH_MOST ? g_strndup (at, length) : NULL;
}

/* Where a line that begins with @delimiter starts, at or behind @from: at the start of the body, or behind a line
 * break. */
static const char *
find_delimiter (const char *from,
                const char *start,
                const char *end,
                const char *delimiter)
{
  gsize length = strlen (delimiter);

  while (from < end)
    {
      const char *at = memmem (from, (gsize) (end - from), delimiter, length);

      if (at == NULL || at == start || at[-1] == '\n')
        return at;
      from = at + 1;
    }

  return NULL;
}

static void
take_header (BelayXapiPart *part,
             const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;
  g_autofree char *value = colon != NULL ? g_strdup (colon + 1) : NULL;

  if (name == NULL)
    return;
  g_strstrip (value);
  if (g_ascii_strcasecmp (name, "Content-Type") == 0 && part->type == NULL)
    part->type = g_steal_pointer (&value);
  else if (g_ascii_strcasecmp (name, "X-Experience-API-Hash") == 0 && part->hash == NULL)
    part->hash = g_ascii_strdown (value, -1);
  else if (g_ascii_strcasecmp (name, "Content-Transfer-Encoding") == 0 && part->encoding == NULL)
    part->encoding = g_ascii_strdown (value, -1);
}

/* From behind a delimiter's line to the line break before the next: headers, an empty line, contents. */
static BelayXapiPart *
parse_part (GBytes *body,
            const char *start,
            const char *end)
{
  BelayXapiPart *part = g_new0 (BelayXapiPart, 1);
  const char *base = g_bytes_get_data (body, NULL);
  const char *line = start;

  while (line < end)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));
      g_autofree char *text = g_strndup (line, (gsize) ((stop != NULL ? stop : end) - line));

      line = stop != NULL ? stop + 1 : end;
      g_strchomp (text);
      if (*text == '\0')
        break;
      take_header (part, text);
    }
  part->contents = g_bytes_new_from_bytes (body, (gsize) (line - base), (gsize) (end - line));

  return part;
}

/* @at is a delimiter. The line break before it belongs to it, and not to the part above. */
static const char *
end_of_part (const char *at,
             const char *start)
{
  if (at > start && at[-1] == '\n')
    at--;
  if (at > start && at[-1] == '\r')
    at--;

  return at;
}

static gboolean
parse_parts (GBytes *body,
             const char *delimiter,
             GPtrArray *parts)
{
  gsize size;
  const char *start = g_bytes_get_data (body, &size);
  const char *end = start + size;
  const char *at = size > 0 ? find_delimiter (start, start, end, delimiter) : NULL;

  while (at != NULL && parts->len <= PARTS_MOST)
    {
      const char *behind = at + strlen (delimiter);
      const char *line, *next;

      if (end - behind >= 2 && memcmp (behind, "--", 2) == 0)
        return TRUE;
      line = memchr (behind, '\n', (gsize) (end - behind));
      next = line != NULL ? find_delimiter (line + 1, start, end, delimiter) : NULL;
      if (next == NULL)
        return FALSE;
      g_ptr_array_add (parts, parse_part (body, line + 1, MAX (line + 1, end_of_part (next, start))));
      at = next;
    }

  return FALSE;
}

/**
 * belay_multipart_parse:
 * @content_type: of the whole, with its boundary
 * @problem: (out): a sentence without a full stop, where it fails
 *
 * Takes a body apart. The parts share its memory.
 *
 * Returns: (transfer full) (nullable) (element-type BelayXapiPart): one part or more
 */
GPtrArray *
belay_multipart_parse (GBytes *body,
                       const char *content_type,
                       const char **problem)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_xapi_part_free);
  g_autofree char *boundary = NULL;
  g_autofree char *delimiter = NULL;

  g_return_val_if_fail (body != NULL, NULL);
  g_return_val_if_fail (content_type != NULL, NULL);
  g_return_val_if_fail (problem != NULL, NULL);

  boundary = find_boundary (content_type);
  if (boundary == NULL)
    {
      *problem = "The Content-Type multipart/mixed must have a boundary of 1 to 70 characters";
      return NULL;
    }
  delimiter = g_strconcat ("--", boundary, NULL);
  if (!parse_parts (body, delimiter, parts) || parts->len == 0)
    {
      *problem = "The body is not multipart/mixed with that boundary from its first to its last line";
      return NULL;
    }

  return g_steal_pointer (&parts);
}

/**
 * belay_multipart_write:
 * @parts: (element-type BelayXapiPart)
 * @boundary: what is in none of them
 *
 * Returns: (transfer full): the body
 */
GBytes *
belay_multipart_write (GPtrArray *parts,
                       const char *boundary)
{
  GString *body = g_string_new (NULL);

  g_return_val_if_fail (parts != NULL, NULL);
  g_return_val_if_fail (boundary != NULL, NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const BelayXapiPart *part = g_ptr_array_index (parts, i);
      gsize length;
      const char *contents = g_bytes_get_data (part->contents, &length);

      g_string_append_printf (body, "--%s\r\nContent-Type: %s\r\n", boundary, part->type);
      if (part->hash != NULL)
        g_string_append_printf (body, "Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: %s\r\n", part->hash);
      g_string_append (body, "\r\n");
      g_string_append_len (body, contents != NULL ? contents : "", (gssize) length);
      g_string_append (body, "\r\n");
    }
  g_string_append_printf (body, "--%s--\r\n", boundary);

  return g_string_free_to_bytes (body);
}
