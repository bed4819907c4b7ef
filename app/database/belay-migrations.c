/* belay-migrations.c: brings a database to this version's schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-migrations.h"

#include <gio/gio.h>

/* Another process may have done it while this one waited for its turn. */
static gboolean
apply_if_missing (BelayDatabase *database,
                  const char *sql,
                  gint64 number,
                  GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 version = belay_database_get_version (database, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (version >= number)
    return TRUE;

  return belay_database_execute (database, sql, error) && belay_database_set_version (database, number, error);
}

static gboolean
apply_one (BelayDatabase *database,
           const char *resource_path,
           const char *name,
           gint64 number,
           GError **error)
{
  g_autofree char *path = g_build_path ("/", resource_path, name, NULL);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (sql == NULL || !belay_database_begin (database, error))
    return FALSE;
  /* A resource's bytes are followed by a NUL that does not count */
  if (!apply_if_missing (database, g_bytes_get_data (sql, NULL), number, error))
    {
      g_prefix_error (error, "%s: ", name);
      belay_database_rollback (database);
      return FALSE;
    }

  return belay_database_commit (database, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * belay_migrations_apply:
 * @resource_path: where the files `0001-what.sql`, `0002-….sql` … are, without gaps
 *
 * Runs those that @database has not had, each in a transaction of its own, and stops at the first
 * that fails. A database written by a newer Belay is refused and left as it is.
 *
 * Returns: whether @database now has this version's schema; else %BELAY_DATABASE_ERROR_NEWER or another
 */
gboolean
belay_migrations_apply (BelayDatabase *database,
                        const char *resource_path,
                        GError **error)
{
  g_auto (GStrv) names = NULL;
  gint64 version;
  gint64 newest;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (resource_path != NULL, FALSE);

  names = g_resources_enumerate_children (resource_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return FALSE;
  newest = g_strv_length (names);
  qsort (names, (size_t) newest, sizeof (char *), compare_names);

  version = belay_database_get_version (database, error);
  if (version < 0)
    return FALSE;
  if (version > newest)
    {
      g_set_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_NEWER,
                   "This database was written by a newer Belay (schema %" G_GINT64_FORMAT
                   ", this one knows %" G_GINT64_FORMAT "). Nothing was changed. Update Belay and open it again.",
                   version, newest);
      return FALSE;
    }

  for (gint64 i = version; i < newest; i++)
    if (!apply_one (database, resource_path, names[i], i + 1, error))
      return FALSE;

  return TRUE;
}
