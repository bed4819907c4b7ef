/* belay-migrations.c: brings a database to this version's schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-migrations.h"

#include <gio/gio.h>

static gint64
read_version (BelayDatabase *database,
              GError **error)
{
  BelayQuery *query = belay_database_query (database, "PRAGMA user_version");
  gint64 version = -1;

  if (belay_query_next (query, error))
    {
      version = belay_query_get_int (query, 0);
      belay_query_run (query, NULL);
    }

  return version;
}

static gboolean
apply_one (BelayDatabase *database,
           const char *resource_path,
           const char *name,
           gint64 number,
           GError **error)
{
  g_autofree char *path = g_build_path ("/", resource_path, name, NULL);
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, number);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (sql == NULL || !belay_database_begin (database, error))
    return FALSE;
  /* A resource's bytes are followed by a NUL that does not count */
  if (!belay_database_execute (database, g_bytes_get_data (sql, NULL), error)
      || !belay_database_execute (database, set_version, error))
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

  version = read_version (database, error);
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
