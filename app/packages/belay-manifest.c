/* belay-manifest.c: what a course package holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-manifest.h"

#include <string.h>

G_DEFINE_QUARK (belay-manifest-error-quark, belay_manifest_error)
G_DEFINE_BOXED_TYPE (BelayManifest, belay_manifest, belay_manifest_copy, belay_manifest_free)

BelayManifest *
belay_manifest_new (void)
{
  BelayManifest *self = g_new0 (BelayManifest, 1);

  self->title = belay_language_text_new ();
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_manifest_file_free);
  self->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_manifest_activity_free);

  return self;
}

static gpointer
copy_chunk (gconstpointer chunk,
            gpointer data)
{
  return g_strdup (chunk);
}

static gpointer
copy_file (gconstpointer element,
           gpointer data)
{
  const BelayManifestFile *file = element;
  BelayManifestFile *copy = g_memdup2 (file, sizeof *file);

  copy->path = g_strdup (file->path);
  copy->hash = g_strdup (file->hash);
  copy->type = g_strdup (file->type);
  copy->chunks = g_ptr_array_copy (file->chunks, (GCopyFunc) copy_chunk, NULL);
  g_ptr_array_set_free_func (copy->chunks, g_free);

  return copy;
}

static gpointer
copy_activity (gconstpointer element,
               gpointer data)
{
  const BelayManifestActivity *activity = element;
  BelayManifestActivity *copy = g_memdup2 (activity, sizeof *activity);

  copy->key = g_strdup (activity->key);
  copy->title = belay_language_text_copy (activity->title);
  copy->entry = g_strdup (activity->entry);
  copy->publisher_id = g_strdup (activity->publisher_id);
  copy->launch_method = g_strdup (activity->launch_method);
  copy->launch_parameters = g_strdup (activity->launch_parameters);
  copy->entitlement_key = g_strdup (activity->entitlement_key);
  copy->blocks = g_strdupv (activity->blocks);

  return copy;
}

BelayManifest *
belay_manifest_copy (const BelayManifest *self)
{
  BelayManifest *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (BelayManifest, 1);
  copy->course = g_strdup (self->course);
  copy->title = belay_language_text_copy (self->title);
  copy->made = g_strdup (self->made);
  copy->publisher_id = g_strdup (self->publisher_id);
  copy->files = g_ptr_array_copy (self->files, (GCopyFunc) copy_file, NULL);
  g_ptr_array_set_free_func (copy->files, (GDestroyNotify) belay_manifest_file_free);
  copy->activities = g_ptr_array_copy (self->activities, (GCopyFunc) copy_activity, NULL);
  g_ptr_array_set_free_func (copy->activities, (GDestroyNotify) belay_manifest_activity_free);

  return copy;
}

void
belay_manifest_free (BelayManifest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->course);
  belay_language_text_free (self->title);
  g_free (self->made);
  g_free (self->publisher_id);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->activities);
  g_free (self);
}

BelayManifestFile *
belay_manifest_file_new (void)
{
  BelayManifestFile *self = g_new0 (BelayManifestFile, 1);

  self->chunks = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
belay_manifest_file_free (BelayManifestFile *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_free (self->hash);
  g_free (self->type);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

BelayManifestActivity *
belay_manifest_activity_new (void)
{
  BelayManifestActivity *self = g_new0 (BelayManifestActivity, 1);

  self->title = belay_language_text_new ();
  self->mastery = -1;

  return self;
}

void
belay_manifest_activity_free (BelayManifestActivity *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  belay_language_text_free (self->title);
  g_free (self->entry);
  g_free (self->publisher_id);
  g_free (self->launch_method);
  g_free (self->launch_parameters);
  g_free (self->entitlement_key);
  g_strfreev (self->blocks);
  g_free (self);
}

static int
compare_path (const BelayManifestFile *const *file,
              const char *path)
{
  return strcmp ((*file)->path, path);
}

/**
 * belay_manifest_find_file:
 * @path: a path in the package, in NFC
 *
 * Returns: (transfer none) (nullable): the file, or %NULL where there is none of exactly that name
 */
const BelayManifestFile *
belay_manifest_find_file (const BelayManifest *self,
                          const char *path)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  /* They are sorted: a page may ask for hundreds of files in a package of thousands. */
  high = self->files->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const BelayManifestFile *file = g_ptr_array_index (self->files, middle);
      int order = compare_path (&file, path);

      if (order == 0)
        return file;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return NULL;
}

/**
 * belay_manifest_find_activity:
 *
 * Returns: (transfer none) (nullable): the activity of that key
 */
const BelayManifestActivity *
belay_manifest_find_activity (const BelayManifest *self,
                              const char *key)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < self->activities->len; i++)
    {
      const BelayManifestActivity *activity = g_ptr_array_index (self->activities, i);

      if (g_str_equal (activity->key, key))
        return activity;
    }

  return NULL;
}

/**
 * belay_manifest_get_bytes:
 *
 * Returns: how many bytes its files have together, counting what is there twice once
 */
guint64
belay_manifest_get_bytes (const BelayManifest *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 bytes = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->files->len; i++)
    {
      const BelayManifestFile *file = g_ptr_array_index (self->files, i);

      if (g_hash_table_add (seen, file->hash))
        bytes += file->size;
    }

  return bytes;
}
