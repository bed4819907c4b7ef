/* belay-cmi5-import.c: from a cmi5 package to a manifest
 *
 * Belay plays what it holds: a unit that lies on somebody's web server could not be studied on a train, nor be kept
 * from telling that server who studies, so it is refused here in plain words rather than failing there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-cmi5-import.h"

#include "belay-course-structure.h"
#include "belay-digest.h"
#include "belay-package-path.h"

#include <string.h>

#define BASE "http://package.invalid/"
#define KEY_SLUG_MOST 40
#define KEY_HASH_LENGTH 8

static void
complain (BelayPackageFiles *files,
          const BelayCourseUnit *unit,
          const char *code,
          const char *message)
{
  g_autofree char *where = g_strdup_printf (BELAY_CMI5_FILE ":%ld au/url", unit->line);

  belay_import_problems_add (belay_package_files_get_problems (files), BELAY_IMPORT_PROBLEM, code, where, "“%s”: %s",
                             unit->url, message);
}

/* The key must stay the same in every later version of the course, so it is made from the unit's id and nothing else.
 */
static char *
make_key (const char *id)
{
  g_autofree char *hash = belay_digest_of_data (id, strlen (id));
  const char *last = strrchr (id, '/');
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *at = last != NULL ? last + 1 : id; *at != '\0' && key->len < KEY_SLUG_MOST; at++)
    {
      if (g_ascii_isalnum (*at))
        g_string_append_c (key, g_ascii_tolower (*at));
      else if (key->len > 0 && key->str[key->len - 1] != '-')
        g_string_append_c (key, '-');
    }
  if (key->len > 0 && key->str[key->len - 1] != '-')
    g_string_append_c (key, '-');
  g_string_append_len (key, hash, KEY_HASH_LENGTH);

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* The entry as the content host will open it: without dot segments, relative to the package's root. */
static char *
resolve_entry (BelayPackageFiles *files,
               const BelayCourseUnit *unit)
{
  g_autofree char *scheme = g_uri_parse_scheme (unit->url);
  g_autofree char *resolved = NULL;
  g_autofree char *path = NULL;

  if (scheme != NULL || g_str_has_prefix (unit->url, "//"))
    {
      complain (
        files, unit, "au-remote",
        "this unit lies outside the package. Belay plays only what the package holds, so that it can be studied "
        "offline; ask its publisher for a package with everything in it.");
      return NULL;
    }

  if (unit->url[0] != '/' && unit->url[0] != '?' && unit->url[0] != '#')
    resolved = g_uri_resolve_relative (BASE, unit->url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (resolved != NULL && g_str_has_prefix (resolved, BASE))
    path = belay_package_path_from_entry (resolved + strlen (BASE));
  if (path == NULL)
    {
      complain (files, unit, "au-url", "this is not the address of a file in the package.");
      return NULL;
    }
  if (!belay_package_files_has (files, path))
    {
      complain (files, unit, "au-missing", "the package does not hold this file.");
      return NULL;
    }

  return g_strdup (resolved + strlen (BASE));
}

static void
add_unit (BelayPackageFiles *files,
          BelayManifest *manifest,
          const BelayCourseUnit *unit)
{
  g_autofree char *entry = resolve_entry (files, unit);
  BelayManifestActivity *activity;

  if (entry == NULL)
    return;

  activity = belay_manifest_activity_new ();
  activity->key = make_key (unit->id);
  g_clear_pointer (&activity->title, belay_language_text_free);
  activity->title = belay_language_text_copy (unit->title);
  activity->kind = BELAY_ACTIVITY_CMI5;
  activity->entry = g_steal_pointer (&entry);
  activity->publisher_id = g_strdup (unit->id);
  activity->move_on = unit->move_on;
  activity->mastery = unit->mastery;
  activity->launch_method = g_strdup (unit->launch_method);
  activity->launch_parameters = g_strdup (unit->launch_parameters);
  activity->entitlement_key = g_strdup (unit->entitlement_key);
  activity->blocks = g_strdupv (unit->blocks);
  g_ptr_array_add (manifest->activities, activity);
}

/**
 * belay_cmi5_import:
 * @files: the files of a package that has a cmi5.xml
 * @manifest: receives title, publisher's id and activities
 *
 * Tells problems where the course structure or an entry is wrong.
 */
void
belay_cmi5_import (BelayPackageFiles *files,
                   BelayManifest *manifest)
{
  g_autoptr (GBytes) xml = NULL;
  g_autoptr (BelayCourseStructure) structure = NULL;

  g_return_if_fail (files != NULL);
  g_return_if_fail (manifest != NULL);

  xml = belay_package_files_read (files, BELAY_CMI5_FILE);
  if (xml == NULL)
    return;
  structure = belay_course_structure_read (xml, BELAY_CMI5_FILE, belay_package_files_get_problems (files));
  if (structure == NULL)
    return;

  manifest->publisher_id = g_strdup (structure->id);
  g_clear_pointer (&manifest->title, belay_language_text_free);
  manifest->title = belay_language_text_copy (structure->title);
  for (guint i = 0; i < structure->units->len; i++)
    add_unit (files, manifest, g_ptr_array_index (structure->units, i));
}
