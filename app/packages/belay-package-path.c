/* belay-package-path.c: names of files inside a package
 *
 * A path is what a stranger wrote. It is believed only where it cannot leave its folder on any system, nor mean
 * another file on a disk that ignores case.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-package-path.h"

#include <string.h>

#define PATH_BYTES_MOST 1024
#define PART_BYTES_MOST 255

static gboolean
part_is_safe (const char *part)
{
  gsize length = strlen (part);

  return length > 0 && length <= PART_BYTES_MOST && !g_str_equal (part, ".") && !g_str_equal (part, "..");
}

/**
 * belay_package_path_is_safe:
 * @path: (nullable): a path as a package or a manifest gives it
 *
 * Returns: whether it is relative, in NFC, with `/` between its parts, none of which is empty, `.` or `..`, and without
 *   control characters, backslashes and drive letters
 */
gboolean
belay_package_path_is_safe (const char *path)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *normal = NULL;

  if (path == NULL || strlen (path) > PATH_BYTES_MOST || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  if (strpbrk (path, "\\:") != NULL)
    return FALSE;
  for (const char *at = path; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;

  normal = g_utf8_normalize (path, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  if (!g_str_equal (path, normal))
    return FALSE;

  parts = g_strsplit (path, "/", -1);
  if (parts[0] == NULL)
    return FALSE;
  for (gsize i = 0; parts[i] != NULL; i++)
    if (!part_is_safe (parts[i]))
      return FALSE;

  return TRUE;
}

/**
 * belay_package_path_fold:
 *
 * Returns: (transfer full): what two paths have in common when some disk would take them for one
 */
char *
belay_package_path_fold (const char *path)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  folded = g_utf8_casefold (path, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

/**
 * belay_package_path_get_depth:
 *
 * Returns: how many folders @path goes down
 */
guint
belay_package_path_get_depth (const char *path)
{
  guint depth = 0;

  g_return_val_if_fail (path != NULL, 0);

  for (const char *at = path; *at != '\0'; at++)
    depth += *at == '/';

  return depth;
}

/**
 * belay_package_path_get_type:
 *
 * Does not ask the system, so that a package is the same wherever it is imported.
 *
 * Returns: (transfer none): the media type that the end of @path's name stands for
 */
const char *
belay_package_path_get_type (const char *path)
{
  static const struct
  {
    const char *ending;
    const char *type;
  } types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".htm", "text/html; charset=utf-8" },
    { ".xhtml", "application/xhtml+xml" },
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" },
    { ".json", "application/json" },
    { ".xml", "application/xml" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".vtt", "text/vtt; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".jpg", "image/jpeg" },
    { ".jpeg", "image/jpeg" },
    { ".gif", "image/gif" },
    { ".webp", "image/webp" },
    { ".avif", "image/avif" },
    { ".ico", "image/x-icon" },
    { ".webm", "video/webm" },
    { ".mp4", "video/mp4" },
    { ".ogv", "video/ogg" },
    { ".ogg", "audio/ogg" },
    { ".opus", "audio/ogg" },
    { ".mp3", "audio/mpeg" },
    { ".m4a", "audio/mp4" },
    { ".wav", "audio/wav" },
    { ".woff", "font/woff" },
    { ".woff2", "font/woff2" },
    { ".ttf", "font/ttf" },
    { ".otf", "font/otf" },
    { ".pdf", "application/pdf" },
    { ".wasm", "application/wasm" },
  };
  g_autofree char *lower = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  lower = g_ascii_strdown (path, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (lower, types[i].ending))
      return types[i].type;

  return "application/octet-stream";
}

/**
 * belay_package_path_from_entry:
 * @entry: a manifest's entry, such as `caf%C3%A9.html?pages=1`
 *
 * Returns: (transfer full) (nullable): the file that it opens, or %NULL where it is no path of a package
 */
char *
belay_package_path_from_entry (const char *entry)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  path = g_uri_unescape_segment (entry, entry + strcspn (entry, "?#"), "/");

  return belay_package_path_is_safe (path) ? g_steal_pointer (&path) : NULL;
}
