/* belay-db-programmes.c: programmes and the courses in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-programmes.h"

#include "belay-db-sqlite.h"
#include "belay-documents.h"

/**
 * belay_db_course_put:
 * @hash: of the manifest's payload
 *
 * Makes @manifest the newest of its course. Older ones stay known, so that laptops can finish fetching them.
 */
gboolean
belay_db_course_put (BelayDbTransaction *tx,
                     const BelayManifest *manifest,
                     const char *hash,
                     GError **error)
{
  if (!belay_sqlite_run (tx, error,
                         "INSERT INTO manifest (organisation, hash, course) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                         "ott", hash, manifest->course))
    return FALSE;
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const BelayManifestFile *file = g_ptr_array_index (manifest->files, i);

      if (!belay_sqlite_run (tx, error,
                             "INSERT INTO manifest_blob (organisation, blob, manifest, type)"
                             " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                             "ottt", file->hash, hash, file->type))
        return FALSE;
    }

  return belay_sqlite_run (tx, error,
                           "INSERT INTO course (organisation, key, manifest, bytes, imported) VALUES (?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, key) DO UPDATE SET manifest = excluded.manifest,"
                           " bytes = excluded.bytes, imported = excluded.imported",
                           "ottii", manifest->course, hash, (gint64) belay_manifest_get_bytes (manifest),
                           belay_db_now (tx));
}

gboolean
belay_db_course_get (BelayDbTransaction *tx,
                     const char *key,
                     char **manifest,
                     gint64 *bytes,
                     GError **error)
{
  BelayQuery *query =
    belay_sqlite_query (tx, "SELECT manifest, bytes FROM course WHERE organisation = ? AND key = ?", "ot", key);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *manifest = had_row ? belay_query_dup_text (query, 0) : NULL;
  *bytes = had_row ? belay_query_get_int (query, 1) : 0;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

/* Returns: (transfer full) (nullable) (element-type utf8): hashes of all manifests that are served */
GPtrArray *
belay_db_manifest_list (BelayDbTransaction *tx,
                        GError **error)
{
  return belay_sqlite_list_texts (
    belay_sqlite_query (tx, "SELECT hash FROM manifest WHERE organisation = ? ORDER BY hash", "o"), error);
}

/* Returns: (transfer full) (nullable) (element-type utf8): ids of the programmes that use the manifest */
GPtrArray *
belay_db_manifest_programmes (BelayDbTransaction *tx,
                              const char *manifest,
                              GError **error)
{
  return belay_sqlite_list_texts (belay_sqlite_query (tx,
                                                      "SELECT programme FROM programme_manifest"
                                                      " WHERE organisation = ? AND manifest = ?",
                                                      "ot", manifest),
                                  error);
}

/* Returns: (transfer full) (nullable) (element-type utf8): ids of the programmes in which a course has that file */
GPtrArray *
belay_db_blob_programmes (BelayDbTransaction *tx,
                          const char *blob,
                          GError **error)
{
  return belay_sqlite_list_texts (
    belay_sqlite_query (tx,
                        "SELECT DISTINCT programme_manifest.programme FROM manifest_blob"
                        " JOIN programme_manifest USING (organisation, manifest)"
                        " WHERE manifest_blob.organisation = ? AND manifest_blob.blob = ?",
                        "ot", blob),
    error);
}

gboolean
belay_db_blob_get_type (BelayDbTransaction *tx,
                        const char *blob,
                        char **type,
                        GError **error)
{
  return belay_sqlite_get_text (belay_sqlite_query (tx,
                                                    "SELECT type FROM manifest_blob WHERE organisation = ?"
                                                    " AND blob = ? LIMIT 1",
                                                    "ot", blob),
                                type, error);
}

static gboolean
index_module (BelayDbTransaction *tx,
              const BelayProgramme *programme,
              const BelayModule *module,
              GError **error)
{
  if (module->manifest != NULL
      && !belay_sqlite_run (tx, error,
                            "INSERT INTO programme_manifest (organisation, manifest, programme)"
                            " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                            "ott", module->manifest, programme->id))
    return FALSE;

  for (guint i = 0; i < module->activities->len; i++)
    {
      const BelayActivity *activity = g_ptr_array_index (module->activities, i);

      if (!belay_sqlite_run (tx, error,
                             "INSERT INTO activity (organisation, id, module, programme) VALUES (?, ?, ?, ?)"
                             " ON CONFLICT DO NOTHING",
                             "ottt", activity->id, module->id, programme->id))
        return FALSE;
    }

  return TRUE;
}

/**
 * belay_db_programme_put:
 * @programme: with ids, and a version that is newer than all before
 */
gboolean
belay_db_programme_put (BelayDbTransaction *tx,
                        const BelayProgramme *programme,
                        GError **error)
{
  g_autofree char *document = belay_programme_to_json (programme);
  g_autoptr (GPtrArray) modules = belay_programme_list_modules (programme);

  if (!belay_sqlite_run (tx, error,
                         "INSERT INTO programme (organisation, id, version, key, document, applied)"
                         " VALUES (?, ?, ?, ?, ?, ?)",
                         "otitti", programme->id, programme->version, programme->key, document, belay_db_now (tx)))
    return FALSE;
  for (guint i = 0; i < modules->len; i++)
    if (!index_module (tx, programme, g_ptr_array_index (modules, i), error))
      return FALSE;

  return TRUE;
}

/**
 * belay_db_programme_version:
 * @version: (out): the newest, or 0 where there is none
 */
gboolean
belay_db_programme_version (BelayDbTransaction *tx,
                            const char *id,
                            gint64 *version,
                            GError **error)
{
  BelayQuery *query =
    belay_sqlite_query (tx, "SELECT max(version) FROM programme WHERE organisation = ? AND id = ?", "ot", id);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *version = had_row ? belay_query_get_int (query, 0) : 0;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

/* The document is parsed once for each version and connection: every fact needs it */
static const BelayProgramme *
load_programme (BelayDbTransaction *tx,
                const char *id,
                gint64 version,
                GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, id, version);
  g_autofree char *document = NULL;
  BelayProgramme *programme = g_hash_table_lookup (tx->programmes, name);

  if (programme != NULL)
    return programme;
  if (!belay_sqlite_get_text (belay_sqlite_query (tx,
                                                  "SELECT document FROM programme WHERE organisation = ? AND id = ?"
                                                  " AND version = ?",
                                                  "oti", id, version),
                              &document, error))
    return NULL;
  programme = belay_programme_from_json (document, error);
  if (programme == NULL)
    return NULL;

  g_hash_table_insert (tx->programmes, g_steal_pointer (&name), programme);
  return programme;
}

/**
 * belay_db_programme_get:
 *
 * Returns: (transfer none) (nullable): its newest version, as long as the connection is open; %NULL without an
 *   error where there is none
 */
const BelayProgramme *
belay_db_programme_get (BelayDbTransaction *tx,
                        const char *id,
                        GError **error)
{
  gint64 version;

  if (!belay_db_programme_version (tx, id, &version, error) || version == 0)
    return NULL;

  return load_programme (tx, id, version, error);
}

/* Returns: (transfer full) (nullable) (element-type gint64): the version in force at @since, and all later ones */
static GArray *
list_versions (BelayDbTransaction *tx,
               const char *id,
               gint64 since,
               GError **error)
{
  BelayQuery *query =
    belay_sqlite_query (tx, "SELECT version, applied FROM programme WHERE organisation = ? AND id = ? ORDER BY version",
                        "ot", id);
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    {
      gint64 version = belay_query_get_int (query, 0);

      if (belay_query_get_int (query, 1) <= since)
        g_array_set_size (versions, 0);
      g_array_append_val (versions, version);
    }

  return belay_sqlite_finish (query, FALSE, &local_error, error) ? g_steal_pointer (&versions) : NULL;
}

/**
 * belay_db_programme_list_since:
 * @since: microseconds since 1970 UTC
 *
 * Returns: (transfer container) (nullable) (element-type BelayProgramme): the version that was in force at @since
 *   and all that came after it, oldest first, as long as the connection is open
 */
GPtrArray *
belay_db_programme_list_since (BelayDbTransaction *tx,
                               const char *id,
                               gint64 since,
                               GError **error)
{
  g_autoptr (GArray) versions = list_versions (tx, id, since, error);
  g_autoptr (GPtrArray) programmes = g_ptr_array_new ();

  if (versions == NULL)
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    {
      const BelayProgramme *programme = load_programme (tx, id, g_array_index (versions, gint64, i), error);

      if (programme == NULL)
        return NULL;
      g_ptr_array_add (programmes, (gpointer) programme);
    }

  return g_steal_pointer (&programmes);
}

/* Returns: (transfer full) (nullable) (element-type utf8): ids */
GPtrArray *
belay_db_programme_list (BelayDbTransaction *tx,
                         GError **error)
{
  return belay_sqlite_list_texts (belay_sqlite_query (tx, "SELECT DISTINCT id FROM programme WHERE organisation = ?",
                                                      "o"),
                                  error);
}

gboolean
belay_db_activity_get (BelayDbTransaction *tx,
                       const char *activity,
                       char **module,
                       char **programme,
                       GError **error)
{
  BelayQuery *query =
    belay_sqlite_query (tx, "SELECT module, programme FROM activity WHERE organisation = ? AND id = ?", "ot", activity);
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *module = had_row ? belay_query_dup_text (query, 0) : NULL;
  *programme = had_row ? belay_query_dup_text (query, 1) : NULL;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}
