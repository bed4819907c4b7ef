/* belay-launch-address.c: the addresses of a launch
 *
 * Pure text: where an activity begins, what cmi5 adds to it, and what its libraries make of an endpoint.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-address.h"

#include <string.h>

/* What a path may hold as it is (RFC 3986 pchar, and the slash). */
#define PATH_CHARACTERS "/!$&'()*+,;=:@"

/**
 * belay_launch_address_entry:
 * @entry: a path in the package, with its query string and fragment, encoded or not
 *
 * Returns: (transfer full) (nullable): @entry as the end of an address, or %NULL where the package has no
 *   such file
 */
char *
belay_launch_address_entry (const BelayManifest *manifest,
                            const char *entry)
{
  g_autofree char *path = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *encoded = NULL;
  gsize length;

  g_return_val_if_fail (manifest != NULL, NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  length = strcspn (entry, "?#");
  path = g_strndup (entry, length);
  plain = g_uri_unescape_string (path, NULL);
  if (belay_manifest_find_file (manifest, path) != NULL)
    encoded = g_uri_escape_string (path, PATH_CHARACTERS, FALSE);
  else if (plain != NULL && belay_manifest_find_file (manifest, plain) != NULL)
    encoded = g_uri_escape_string (plain, PATH_CHARACTERS, FALSE);
  else
    return NULL;

  return g_strconcat (encoded, entry + length, NULL);
}

static void
add_parameter (GString *address,
               const char *name,
               const char *value)
{
  g_string_append_printf (address, "%s=", name);
  g_string_append_uri_escaped (address, value, NULL, FALSE);
}

/**
 * belay_launch_address_add:
 *
 * Returns: (transfer full): @address with @parameters merged into its query string, before any fragment
 */
char *
belay_launch_address_add (const char *address,
                          const BelayLaunchParameters *parameters)
{
  g_autoptr (GString) added = NULL;
  const char *fragment;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (parameters != NULL, NULL);

  fragment = strchrnul (address, '#');
  added = g_string_new_len (address, fragment - address);
  g_string_append_c (added, strchr (added->str, '?') != NULL ? '&' : '?');
  add_parameter (added, "endpoint", parameters->endpoint);
  add_parameter (added, "&fetch", parameters->fetch);
  add_parameter (added, "&actor", parameters->actor);
  add_parameter (added, "&registration", parameters->registration);
  add_parameter (added, "&activityId", parameters->activity);
  g_string_append (added, fragment);

  return g_string_free (g_steal_pointer (&added), FALSE);
}

/**
 * belay_launch_address_normalise:
 *
 * Libraries disagree on the slash at the end of an endpoint and so ask for `xapi//statements`.
 *
 * Returns: (transfer full): @path without slashes at its ends, and with single ones between
 */
char *
belay_launch_address_normalise (const char *path)
{
  g_autoptr (GString) normal = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  normal = g_string_new (NULL);
  for (const char *at = path; *at != '\0'; at++)
    if (*at != '/' || (normal->len > 0 && normal->str[normal->len - 1] != '/'))
      g_string_append_c (normal, *at);
  if (normal->len > 0 && normal->str[normal->len - 1] == '/')
    g_string_truncate (normal, normal->len - 1);

  return g_string_free (g_steal_pointer (&normal), FALSE);
}
