/* belay-admin-course.c: importing courses and applying programmes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <string.h>
#include <yyjson.h>

#include "belay-admin.h"
#include "belay-digest.h"
#include "belay-package-import.h"
#include "belay-programme-change.h"
#include "belay-programme-file.h"
#include "belay-text.h"
#include "belay-work-fold.h"
#include "belay-work-publish.h"

/* ---- courses ---- */

static void
print_report (const char *path,
              const BelayImport *import,
              const char *hash,
              gboolean as_json)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  yyjson_mut_val *problems = yyjson_mut_obj_add_arr (document, root, "problems");
  g_autofree char *json = NULL;

  yyjson_mut_doc_set_root (document, root);
  yyjson_mut_obj_add_bool (document, root, "imported", hash != NULL);
  if (hash != NULL)
    {
      yyjson_mut_obj_add_strcpy (document, root, "course", import->manifest->course);
      yyjson_mut_obj_add_strcpy (document, root, "manifest", hash);
      yyjson_mut_obj_add_uint (document, root, "activities", import->manifest->activities->len);
      yyjson_mut_obj_add_uint (document, root, "bytes", belay_manifest_get_bytes (import->manifest));
    }
  for (guint i = 0; i < import->problems->len; i++)
    {
      const BelayImportProblem *problem = g_ptr_array_index (import->problems, i);
      const char *severity = problem->severity == BELAY_IMPORT_PROBLEM ? "problem" : "warning";
      yyjson_mut_val *item = yyjson_mut_arr_add_obj (document, problems);

      yyjson_mut_obj_add_str (document, item, "severity", severity);
      yyjson_mut_obj_add_strcpy (document, item, "code", problem->code);
      yyjson_mut_obj_add_strcpy (document, item, "where", problem->where != NULL ? problem->where : "");
      yyjson_mut_obj_add_strcpy (document, item, "message", problem->message);
      if (!as_json)
        g_print ("%s: %s%s%s: %s\n", severity, path, *problem->where != '\0' ? ": " : "", problem->where,
                 problem->message);
    }
  json = yyjson_mut_write (document, 0, NULL);
  if (as_json)
    g_print ("%s\n", json);
  else if (hash != NULL)
    g_print ("Imported as \"%s\": %u activities, %" G_GUINT64_FORMAT " bytes.\n", import->manifest->course,
             import->manifest->activities->len, belay_manifest_get_bytes (import->manifest));
  yyjson_mut_doc_free (document);
}

typedef struct
{
  const BelayManifest *manifest;
  const char *hash;
} Course;

/* Gives @module what its course is made of. Weights are lengths, where the author told them all. */
static void
fill_module (BelayModule *module,
             const char *programme,
             const BelayManifest *manifest)
{
  gboolean has_lengths = TRUE;

  for (guint i = 0; i < manifest->activities->len; i++)
    has_lengths &= ((BelayManifestActivity *) g_ptr_array_index (manifest->activities, i))->seconds > 0;

  g_ptr_array_set_size (module->activities, 0);
  for (guint i = 0; i < manifest->activities->len; i++)
    {
      const BelayManifestActivity *source = g_ptr_array_index (manifest->activities, i);
      BelayActivity *activity = belay_activity_new ();

      activity->key = g_strdup (source->key);
      belay_language_text_free (activity->title);
      activity->title = belay_language_text_copy (source->title);
      activity->kind = source->kind;
      activity->seconds = source->seconds;
      activity->move_on = source->move_on;
      activity->mastery = source->mastery;
      activity->weight = has_lengths ? source->seconds : 0;
      g_ptr_array_add (module->activities, activity);
    }
  module->bytes = belay_manifest_get_bytes (manifest);
  belay_module_derive_ids (module, programme);
}

/* A programme that has the course in it gets a new version with the new manifest */
static gboolean
renew_programme (BelayDbTransaction *tx,
                 const char *id,
                 const Course *course,
                 GError **error)
{
  const BelayProgramme *current = belay_db_programme_get (tx, id, error);
  g_autoptr (BelayProgramme) renewed = NULL;
  g_autoptr (GPtrArray) modules = NULL;
  gboolean is_changed = FALSE;

  if (current == NULL)
    return FALSE;
  renewed = belay_programme_copy (current);
  modules = belay_programme_list_modules (renewed);
  for (guint i = 0; i < modules->len; i++)
    {
      BelayModule *module = g_ptr_array_index (modules, i);

      if (g_strcmp0 (module->course, course->manifest->course) != 0 || g_strcmp0 (module->manifest, course->hash) == 0)
        continue;
      g_set_str (&module->manifest, course->hash);
      fill_module (module, id, course->manifest);
      is_changed = TRUE;
    }
  if (!is_changed)
    return TRUE;

  renewed->version++;
  return belay_db_programme_put (tx, renewed, error) && belay_work_publish_programme (tx, id, error)
         && belay_work_fold_again (tx, id, error);
}

static DexFuture *
put_course (BelayDbTransaction *tx,
            gpointer user_data)
{
  const Course *course = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) programmes = NULL;

  if (!belay_db_course_put (tx, course->manifest, course->hash, &error))
    return dex_future_new_for_error (error);
  programmes = belay_db_programme_list (tx, &error);
  if (programmes == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < programmes->len; i++)
    if (!renew_programme (tx, g_ptr_array_index (programmes, i), course, &error))
      return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static gboolean
sign_manifest (BelayAdmin *self,
               const BelayManifest *manifest,
               char **hash,
               GError **error)
{
  g_autoptr (GBytes) payload = belay_manifest_encode (manifest);
  g_autofree char *jws = belay_server_keys_sign (self->context.keys, payload);
  g_autofree char *path = NULL;

  *hash = belay_digest_of_bytes (payload);
  path = g_build_filename (self->context.manifests, *hash, NULL);

  return g_file_set_contents_full (path, jws, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                   error);
}

typedef enum
{
  REPORT_SENTENCES,
  REPORT_JSON,
  REPORT_ONLY_FAILURE,
} Report;

static gboolean
import_course (BelayAdmin *self,
               const char *path,
               const char *key,
               Report report,
               GError **error)
{
  const BelayImportLimits limits = BELAY_IMPORT_LIMITS_DEFAULT;
  g_autoptr (BelayImport) import = NULL;
  g_autofree char *hash = NULL;
  Course course;

  import = belay_package_import (path, key, self->context.blobs, self->context.clock, &limits, error);
  if (import == NULL)
    return FALSE;
  if (import->manifest == NULL)
    {
      print_report (path, import, NULL, report == REPORT_JSON);
      return belay_admin_fail (error, "%s was not imported; nothing has changed.", path);
    }

  if (!sign_manifest (self, import->manifest, &hash, error))
    return FALSE;
  course.manifest = import->manifest;
  course.hash = hash;
  if (!belay_admin_write (self, put_course, &course, error))
    return FALSE;

  if (report != REPORT_ONLY_FAILURE)
    print_report (path, import, hash, report == REPORT_JSON);
  return TRUE;
}

/**
 * belay_admin_do_import_quietly:
 *
 * Imports a course, and says something only where that fails.
 */
gboolean
belay_admin_do_import_quietly (BelayAdmin *self,
                               const char *path,
                               const char *key,
                               GError **error)
{
  return import_course (self, path, key, REPORT_ONLY_FAILURE, error);
}

/* The file's name without its ending, where that can be a key */
static char *
derive_key (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *lower = NULL;

  if (g_str_has_suffix (name, ".zip"))
    name[strlen (name) - strlen (".zip")] = '\0';
  lower = g_ascii_strdown (name, -1);
  g_strdelimit (lower, "_. ", '-');

  return g_steal_pointer (&lower);
}

gboolean
belay_admin_course (BelayAdmin *self,
                    int argc,
                    char *argv[],
                    GError **error)
{
  gboolean as_json = FALSE;
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = { { "key", 0, 0, G_OPTION_ARG_STRING, &key,
                                     "Its permanent key; else made from the file's name", "KEY" },
                                   { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Report as JSON", NULL },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "import FILE", "Imports a course package: a zip, or a folder.", &argc, &argv, 3,
                          error))
    return FALSE;
  if (!g_str_equal (argv[1], "import"))
    return belay_admin_fail (error, "Usage: belay-server course import FILE");
  if (key == NULL)
    key = derive_key (argv[2]);
  if (!belay_text_is_key (key))
    return belay_admin_fail (error, "\"%s\" cannot be a key. Give one with --key: a-z, 0-9 and single dashes.", key);

  return belay_admin_open (self, error)
         && import_course (self, argv[2], key, as_json ? REPORT_JSON : REPORT_SENTENCES, error);
}

/* ---- programmes ---- */

typedef struct
{
  BelayAdmin *admin;
  BelayProgramme *programme;
  gboolean force;
} Apply;

static BelayManifest *
load_manifest (BelayAdmin *self,
               const char *hash,
               GError **error)
{
  g_autofree char *path = g_build_filename (self->context.manifests, hash, NULL);
  g_autofree char *jws = NULL;
  g_autoptr (GBytes) payload = NULL;

  if (!g_file_get_contents (path, &jws, NULL, error))
    return NULL;
  if (!belay_server_keys_has_signed (self->context.keys, jws, &payload))
    {
      belay_admin_fail (error, "The manifest %s was not signed by this server's keys.", hash);
      return NULL;
    }

  return belay_manifest_decode (payload, error);
}

static gboolean
fill_modules (BelayAdmin *self,
              BelayDbTransaction *tx,
              BelayProgramme *programme,
              GError **error)
{
  g_autoptr (GPtrArray) modules = belay_programme_list_modules (programme);

  for (guint i = 0; i < modules->len; i++)
    {
      BelayModule *module = g_ptr_array_index (modules, i);
      g_autoptr (BelayManifest) manifest = NULL;
      gint64 bytes;

      g_clear_pointer (&module->manifest, g_free);
      if (module->course == NULL)
        continue;
      if (!belay_db_course_get (tx, module->course, &module->manifest, &bytes, error))
        return FALSE;
      if (module->manifest == NULL)
        {
          g_printerr ("The course \"%s\" of the module \"%s\" was not imported yet.\n", module->course, module->key);
          continue;
        }
      manifest = load_manifest (self, module->manifest, error);
      if (manifest == NULL)
        return FALSE;
      fill_module (module, programme->id, manifest);
    }

  return TRUE;
}

/* Says what changes, and refuses what would take something from people in mid-programme */
static gboolean
compare (const BelayProgramme *before,
         const BelayProgramme *after,
         gboolean force,
         GError **error)
{
  g_autoptr (GPtrArray) changes = belay_programme_compare (before, after);

  for (guint i = 0; i < changes->len; i++)
    {
      const BelayProgrammeChange *change = g_ptr_array_index (changes, i);

      g_printerr ("%s %s %s%s\n", belay_change_kind_to_string (change->kind), change->path,
                  change->member != NULL ? change->member : "", change->refused ? " (refused)" : "");
    }
  if (force || belay_programme_changes_are_allowed (changes))
    return TRUE;

  return belay_admin_fail (error, "People are in the middle of this programme, and a change marked as refused would "
                                  "take something from them. Nothing was applied.");
}

static DexFuture *
apply (BelayDbTransaction *tx,
       gpointer user_data)
{
  Apply *job = user_data;
  BelayProgramme *programme = job->programme;
  const BelayProgramme *before;
  GError *error = NULL;
  gint64 version;

  belay_programme_derive_ids (programme, belay_db_get_organisation_id (tx));
  if (!fill_modules (job->admin, tx, programme, &error)
      || !belay_db_programme_version (tx, programme->id, &version, &error))
    return dex_future_new_for_error (error);
  before = version > 0 ? belay_db_programme_get (tx, programme->id, &error) : NULL;
  if (error != NULL || (before != NULL && !compare (before, programme, job->force, &error)))
    return dex_future_new_for_error (error);

  programme->version = version + 1;
  if (!belay_db_programme_put (tx, programme, &error) || !belay_work_publish_programme (tx, programme->id, &error)
      || !belay_work_fold_again (tx, programme->id, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

gboolean
belay_admin_do_apply_programme (BelayAdmin *self,
                                const char *path,
                                gboolean force,
                                GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_file_problem_free);
  g_autoptr (BelayProgramme) programme = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize length;
  Apply job;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  programme = belay_programme_file_read (bytes, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *line = belay_file_problem_format (g_ptr_array_index (problems, i), path);

      g_printerr ("%s\n", line);
    }
  if (programme == NULL)
    return belay_admin_fail (error, "%s was not applied; nothing has changed.", path);

  job.admin = self;
  job.programme = programme;
  job.force = force;
  return belay_admin_write (self, apply, &job, error);
}

gboolean
belay_admin_programme (BelayAdmin *self,
                       int argc,
                       char *argv[],
                       GError **error)
{
  if (!belay_admin_parse (NULL, "apply FILE", "Applies a programme file as its programme's newest version.", &argc,
                          &argv, 3, error))
    return FALSE;
  if (!g_str_equal (argv[1], "apply"))
    return belay_admin_fail (error, "Usage: belay-server programme apply FILE");

  return belay_admin_open (self, error) && belay_admin_do_apply_programme (self, argv[2], FALSE, error);
}
