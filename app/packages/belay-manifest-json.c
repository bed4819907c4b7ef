/* belay-manifest-json.c: manifests as protocol.md writes them
 *
 * Whoever decodes a manifest may rely on it: paths that stay inside, hashes that are hashes, as many chunks as the size
 * asks for, and entries that name a file of the package.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-manifest.h"

#include "belay-blob-store.h"
#include "belay-text.h"

#include <string.h>
#include <yyjson.h>

#define FILES_MOST 100000
#define ACTIVITIES_MOST 1000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)

static yyjson_mut_val *
encode_text (yyjson_mut_doc *document,
             const BelayLanguageText *text)
{
  yyjson_mut_val *map = yyjson_mut_obj (document);

  for (guint i = 0; i < belay_language_text_get_size (text); i++)
    {
      const char *language;
      const char *words = belay_language_text_get_nth (text, i, &language);

      yyjson_mut_obj_add_strcpy (document, map, language, words);
    }

  return map;
}

static void
add_text_or_null (yyjson_mut_doc *document,
                  yyjson_mut_val *object,
                  const char *name,
                  const char *text)
{
  if (text != NULL)
    yyjson_mut_obj_add_str (document, object, name, text);
  else
    yyjson_mut_obj_add_null (document, object, name);
}

static yyjson_mut_val *
encode_file (yyjson_mut_doc *document,
             const BelayManifestFile *file)
{
  yyjson_mut_val *object = yyjson_mut_obj (document);

  yyjson_mut_obj_add_str (document, object, "path", file->path);
  yyjson_mut_obj_add_str (document, object, "hash", file->hash);
  yyjson_mut_obj_add_uint (document, object, "size", file->size);
  yyjson_mut_obj_add_str (document, object, "type", file->type);
  if (file->chunks->len > 0)
    {
      yyjson_mut_val *chunks = yyjson_mut_obj_add_arr (document, object, "chunks");

      for (guint i = 0; i < file->chunks->len; i++)
        yyjson_mut_arr_add_str (document, chunks, g_ptr_array_index (file->chunks, i));
    }

  return object;
}

static void
encode_blocks (yyjson_mut_doc *document,
               yyjson_mut_val *object,
               GStrv blocks)
{
  yyjson_mut_val *list;

  if (blocks == NULL || blocks[0] == NULL)
    return;

  list = yyjson_mut_obj_add_arr (document, object, "blocks");
  for (gsize i = 0; blocks[i] != NULL; i++)
    yyjson_mut_arr_add_str (document, list, blocks[i]);
}

static GStrv
decode_blocks (yyjson_val *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_val *block;
  size_t index;
  size_t count;

  yyjson_arr_foreach (list, index, count, block)
  {
    if (yyjson_is_str (block))
      g_strv_builder_add (builder, yyjson_get_str (block));
  }

  return g_strv_builder_end (builder);
}

static yyjson_mut_val *
encode_activity (yyjson_mut_doc *document,
                 const BelayManifestActivity *activity)
{
  yyjson_mut_val *object = yyjson_mut_obj (document);

  yyjson_mut_obj_add_str (document, object, "key", activity->key);
  yyjson_mut_obj_add_val (document, object, "title", encode_text (document, activity->title));
  yyjson_mut_obj_add_str (document, object, "kind", belay_activity_kind_to_string (activity->kind));
  yyjson_mut_obj_add_str (document, object, "entry", activity->entry);
  add_text_or_null (document, object, "publisher_id", activity->publisher_id);
  yyjson_mut_obj_add_str (document, object, "move_on", belay_move_on_to_string (activity->move_on));
  if (activity->mastery >= 0)
    yyjson_mut_obj_add_int (document, object, "mastery", activity->mastery);
  else
    yyjson_mut_obj_add_null (document, object, "mastery");
  yyjson_mut_obj_add_str (document, object, "launch_method", activity->launch_method);
  yyjson_mut_obj_add_str (document, object, "launch_parameters", activity->launch_parameters);
  if (activity->entitlement_key != NULL)
    yyjson_mut_obj_add_str (document, object, "entitlement_key", activity->entitlement_key);
  encode_blocks (document, object, activity->blocks);
  yyjson_mut_obj_add_int (document, object, "seconds", activity->seconds);

  return object;
}

/**
 * belay_manifest_encode:
 *
 * Returns: (transfer full): the manifest as JSON, always the same for the same manifest
 */
GBytes *
belay_manifest_encode (const BelayManifest *self)
{
  yyjson_mut_doc *document;
  yyjson_mut_val *root;
  yyjson_mut_val *list;
  char *json;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  document = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (document);
  yyjson_mut_doc_set_root (document, root);
  yyjson_mut_obj_add_int (document, root, "format", BELAY_MANIFEST_FORMAT);
  yyjson_mut_obj_add_str (document, root, "course", self->course);
  yyjson_mut_obj_add_val (document, root, "title", encode_text (document, self->title));
  yyjson_mut_obj_add_str (document, root, "made", self->made);
  add_text_or_null (document, root, "publisher_id", self->publisher_id);
  list = yyjson_mut_obj_add_arr (document, root, "files");
  for (guint i = 0; i < self->files->len; i++)
    yyjson_mut_arr_append (list, encode_file (document, g_ptr_array_index (self->files, i)));
  list = yyjson_mut_obj_add_arr (document, root, "activities");
  for (guint i = 0; i < self->activities->len; i++)
    yyjson_mut_arr_append (list, encode_activity (document, g_ptr_array_index (self->activities, i)));
  json = yyjson_mut_write (document, 0, &length);
  yyjson_mut_doc_free (document);
  if (json == NULL)
    g_error ("A manifest could not be written: it holds text that is not UTF-8");

  return g_bytes_new_with_free_func (json, length, free, json);
}

static gboolean
malformed (GError **error,
           const char *where)
{
  g_set_error (error, BELAY_MANIFEST_ERROR, BELAY_MANIFEST_ERROR_MALFORMED, "The manifest is wrong at “%s”.", where);

  return FALSE;
}

static gboolean
decode_text (yyjson_val *map,
             BelayLanguageText *text)
{
  yyjson_obj_iter iter;
  yyjson_val *key;

  if (!yyjson_is_obj (map))
    return FALSE;

  yyjson_obj_iter_init (map, &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      const char *words = yyjson_get_str (yyjson_obj_iter_get_val (key));

      if (words == NULL)
        return FALSE;
      belay_language_text_set (text, yyjson_get_str (key), words);
    }

  return TRUE;
}

static gboolean
decode_chunks (yyjson_val *list,
               BelayManifestFile *file)
{
  guint64 expected = file->size > BELAY_CHUNK_BYTES ? (file->size + BELAY_CHUNK_BYTES - 1) / BELAY_CHUNK_BYTES : 0;
  yyjson_arr_iter iter;
  yyjson_val *chunk;

  if (yyjson_arr_size (list) != expected)
    return FALSE;
  if (expected == 0)
    return TRUE;

  yyjson_arr_iter_init (list, &iter);
  while ((chunk = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (!belay_text_is_sha256 (yyjson_get_str (chunk)))
        return FALSE;
      g_ptr_array_add (file->chunks, g_strdup (yyjson_get_str (chunk)));
    }

  return TRUE;
}

static BelayManifestFile *
decode_file (yyjson_val *object)
{
  g_autoptr (BelayManifestFile) file = belay_manifest_file_new ();
  yyjson_val *size = yyjson_obj_get (object, "size");

  file->path = g_strdup (yyjson_get_str (yyjson_obj_get (object, "path")));
  file->hash = g_strdup (yyjson_get_str (yyjson_obj_get (object, "hash")));
  file->type = g_strdup (yyjson_get_str (yyjson_obj_get (object, "type")));
  if (!belay_package_path_is_safe (file->path) || !belay_text_is_sha256 (file->hash) || file->type == NULL
      || strpbrk (file->type, "\r\n") != NULL || !yyjson_is_uint (size) || yyjson_get_uint (size) > G_MAXINT64)
    return NULL;

  file->size = yyjson_get_uint (size);

  return decode_chunks (yyjson_obj_get (object, "chunks"), file) ? g_steal_pointer (&file) : NULL;
}

static gboolean
decode_mastery (yyjson_val *value,
                gint64 *mastery)
{
  *mastery = -1;
  if (value == NULL || yyjson_is_null (value))
    return TRUE;

  *mastery = yyjson_get_sint (value);

  return yyjson_is_int (value) && *mastery >= 0 && *mastery <= BELAY_ALL;
}

static gboolean
activity_is_sound (const BelayManifest *self,
                   const BelayManifestActivity *activity)
{
  g_autofree char *path = NULL;

  if (!belay_text_is_key (activity->key) || belay_manifest_find_activity (self, activity->key) != NULL)
    return FALSE;
  if (activity->entry == NULL || activity->launch_method == NULL || activity->seconds < 0)
    return FALSE;

  path = belay_package_path_from_entry (activity->entry);

  return path != NULL && belay_manifest_find_file (self, path) != NULL;
}

static BelayManifestActivity *
decode_activity (const BelayManifest *self,
                 yyjson_val *object)
{
  g_autoptr (BelayManifestActivity) activity = belay_manifest_activity_new ();
  const char *kind = yyjson_get_str (yyjson_obj_get (object, "kind"));
  const char *move_on = yyjson_get_str (yyjson_obj_get (object, "move_on"));
  const char *parameters = yyjson_get_str (yyjson_obj_get (object, "launch_parameters"));

  activity->key = g_strdup (yyjson_get_str (yyjson_obj_get (object, "key")));
  activity->entry = g_strdup (yyjson_get_str (yyjson_obj_get (object, "entry")));
  activity->publisher_id = g_strdup (yyjson_get_str (yyjson_obj_get (object, "publisher_id")));
  activity->launch_method = g_strdup (yyjson_get_str (yyjson_obj_get (object, "launch_method")));
  activity->launch_parameters = g_strdup (parameters != NULL ? parameters : "");
  activity->entitlement_key = g_strdup (yyjson_get_str (yyjson_obj_get (object, "entitlement_key")));
  activity->blocks = decode_blocks (yyjson_obj_get (object, "blocks"));
  activity->seconds = yyjson_get_sint (yyjson_obj_get (object, "seconds"));
  if (kind == NULL || !belay_activity_kind_from_string (kind, &activity->kind) || move_on == NULL
      || !belay_move_on_from_string (move_on, &activity->move_on)
      || !decode_mastery (yyjson_obj_get (object, "mastery"), &activity->mastery)
      || !decode_text (yyjson_obj_get (object, "title"), activity->title) || !activity_is_sound (self, activity))
    return NULL;

  return g_steal_pointer (&activity);
}

static int
compare_files (gconstpointer first,
               gconstpointer second)
{
  const BelayManifestFile *const *a = first;
  const BelayManifestFile *const *b = second;

  return strcmp ((*a)->path, (*b)->path);
}

static gboolean
decode_files (BelayManifest *self,
              yyjson_val *list,
              GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  yyjson_arr_iter iter;
  yyjson_val *object;

  if (!yyjson_is_arr (list) || yyjson_arr_size (list) > FILES_MOST)
    return malformed (error, "files");

  yyjson_arr_iter_init (list, &iter);
  while ((object = yyjson_arr_iter_next (&iter)) != NULL)
    {
      BelayManifestFile *file = decode_file (object);
      g_autofree char *where = g_strdup_printf ("files[%u]", self->files->len);

      if (file == NULL)
        return malformed (error, where);
      g_ptr_array_add (self->files, file);
      if (!g_hash_table_add (seen, belay_package_path_fold (file->path)))
        return malformed (error, where);
    }
  g_ptr_array_sort (self->files, compare_files);

  return TRUE;
}

static gboolean
decode_activities (BelayManifest *self,
                   yyjson_val *list,
                   GError **error)
{
  yyjson_arr_iter iter;
  yyjson_val *object;

  if (!yyjson_is_arr (list) || yyjson_arr_size (list) > ACTIVITIES_MOST)
    return malformed (error, "activities");

  yyjson_arr_iter_init (list, &iter);
  while ((object = yyjson_arr_iter_next (&iter)) != NULL)
    {
      BelayManifestActivity *activity = decode_activity (self, object);
      g_autofree char *where = g_strdup_printf ("activities[%u]", self->activities->len);

      if (activity == NULL)
        return malformed (error, where);
      g_ptr_array_add (self->activities, activity);
    }

  return TRUE;
}

/**
 * belay_manifest_decode:
 * @json: a manifest, whose signature was verified
 *
 * Unknown members are passed over.
 *
 * Returns: (transfer full) (nullable): the manifest, or %NULL with a #BelayManifestError
 */
BelayManifest *
belay_manifest_decode (GBytes *json,
                       GError **error)
{
  g_autoptr (BelayManifest) self = belay_manifest_new ();
  g_autoptr (yyjson_doc) document = NULL;
  yyjson_val *root;

  g_return_val_if_fail (json != NULL, NULL);

  document = yyjson_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json), 0);
  root = yyjson_doc_get_root (document);
  if (yyjson_get_int (yyjson_obj_get (root, "format")) > BELAY_MANIFEST_FORMAT)
    {
      g_set_error_literal (error, BELAY_MANIFEST_ERROR, BELAY_MANIFEST_ERROR_NEWER,
                           "This course needs a newer Belay: update the app.");
      return NULL;
    }

  self->course = g_strdup (yyjson_get_str (yyjson_obj_get (root, "course")));
  self->made = g_strdup (yyjson_get_str (yyjson_obj_get (root, "made")));
  self->publisher_id = g_strdup (yyjson_get_str (yyjson_obj_get (root, "publisher_id")));
  if (!(yyjson_get_int (yyjson_obj_get (root, "format")) == BELAY_MANIFEST_FORMAT) || !belay_text_is_key (self->course)
      || self->made == NULL || !decode_text (yyjson_obj_get (root, "title"), self->title))
    {
      malformed (error, "format, course, made or title");
      return NULL;
    }
  if (!decode_files (self, yyjson_obj_get (root, "files"), error)
      || !decode_activities (self, yyjson_obj_get (root, "activities"), error))
    return NULL;

  return g_steal_pointer (&self);
}
