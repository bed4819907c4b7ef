/* belay-work-content.c: who may have a manifest or a file of a course
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-content.h"

#include "belay-db-programmes.h"
#include "belay-text.h"
#include "belay-work-error.h"
#include "belay-work-grants.h"

#define MANIFEST_TYPE "application/jose"

BelayWorkFile *
belay_work_file_copy (const BelayWorkFile *self)
{
  BelayWorkFile *copy = g_new0 (BelayWorkFile, 1);

  copy->path = g_strdup (self->path);
  copy->type = g_strdup (self->type);

  return copy;
}

void
belay_work_file_free (BelayWorkFile *self)
{
  g_free (self->path);
  g_free (self->type);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (BelayWorkFile, belay_work_file, belay_work_file_copy, belay_work_file_free)

typedef struct
{
  BelayServerContext *context;
  char *person;
  char *hash;
  gboolean is_manifest;
} Search;

static void
search_free (Search *self)
{
  g_free (self->person);
  g_free (self->hash);
  g_free (self);
}

/* It is enough that they may read the course in one of the programmes that use it */
static gboolean
may_read_in_any (BelayDbTransaction *tx,
                 const char *person,
                 GPtrArray *programmes,
                 GError **error)
{
  g_autoptr (BelayGrants) grants = belay_work_grants_load (tx, person, error);

  if (grants == NULL)
    return FALSE;
  for (guint i = 0; i < programmes->len; i++)
    if (belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_COURSE,
                           (BelayTarget) { .programme_id = g_ptr_array_index (programmes, i) }))
      return TRUE;

  /* Of no programme of theirs: an administrator may all the same */
  return belay_work_may (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_COURSE, (BelayTarget) { 0 }, error);
}

static BelayWorkFile *
describe (BelayDbTransaction *tx,
          Search *self,
          GError **error)
{
  g_autoptr (BelayWorkFile) file = g_new0 (BelayWorkFile, 1);

  if (self->is_manifest)
    {
      file->type = g_strdup (MANIFEST_TYPE);
      file->path = g_build_filename (self->context->manifests, self->hash, NULL);
      return g_steal_pointer (&file);
    }

  if (!belay_db_blob_get_type (tx, self->hash, &file->type, error))
    return NULL;
  file->path = belay_blob_store_path_for (self->context->blobs, self->hash);

  return g_steal_pointer (&file);
}

static DexFuture *
find (BelayDbTransaction *tx,
      gpointer user_data)
{
  Search *self = user_data;
  g_autoptr (GPtrArray) programmes = NULL;
  g_autoptr (BelayWorkFile) file = NULL;
  GError *error = NULL;

  programmes = self->is_manifest ? belay_db_manifest_programmes (tx, self->hash, &error)
                                 : belay_db_blob_programmes (tx, self->hash, &error);
  if (programmes == NULL || !may_read_in_any (tx, self->person, programmes, &error))
    return dex_future_new_for_error (error);

  file = describe (tx, self, &error);
  if (file == NULL)
    return dex_future_new_for_error (error);
  if (file->type == NULL || !g_file_test (file->path, G_FILE_TEST_IS_REGULAR))
    return dex_future_new_for_error (belay_work_error_new (BELAY_WORK_ERROR_UNKNOWN, "what", "content"));

  return dex_future_new_take_boxed (BELAY_TYPE_WORK_FILE, g_steal_pointer (&file));
}

/**
 * belay_work_content_find:
 * @hash: what the path said
 *
 * Returns: (transfer full): resolves to a %BELAY_TYPE_WORK_FILE; rejected as forbidden where it is of no
 *   programme of theirs, also where there is no such file at all
 */
DexFuture *
belay_work_content_find (BelayServerContext *context,
                         const char *person,
                         const char *hash,
                         gboolean is_manifest)
{
  Search *self;

  if (!belay_text_is_sha256 (hash))
    return dex_future_new_for_error (belay_work_error_new (BELAY_WORK_ERROR_UNKNOWN, "what", "content"));

  self = g_new0 (Search, 1);
  self->context = context;
  self->person = g_strdup (person);
  self->hash = g_strdup (hash);
  self->is_manifest = is_manifest;

  return belay_db_read (context->db, find, self, (GDestroyNotify) search_free);
}
