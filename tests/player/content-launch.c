/* content-launch.c: a launch for tests, with a record store that says yes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "content-launch.h"

#include "belay-http-server.h"
#include "belay-test-support.h"

#include <glib/gstdio.h>
#include <string.h>

#define ACTOR "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:org\",\"name\":\"ana\"}}"
#define AUTHORITY "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:org\",\"name\":\"laptop\"}}"

static DexFuture *
answer (BelayLaunchCall *call,
        gpointer user_data)
{
  ContentLaunch *self = user_data;

  g_ptr_array_add (self->calls, g_strdup (belay_launch_call_writes (call) ? "write" : "read"));
  belay_launch_call_free (call);
  if (self->refuses)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full.");

  return dex_future_new_take_boxed (BELAY_TYPE_HTTP_REPLY, belay_http_reply_new (204, NULL, NULL));
}

ContentLaunch *
content_launch_new (void)
{
  ContentLaunch *self = g_new0 (ContentLaunch, 1);
  g_autoptr (GError) error = NULL;
  BelayManifestActivity *activity = belay_manifest_activity_new ();

  self->folder = g_dir_make_tmp ("belay-launch-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = belay_clock_new_system ();
  self->blobs = belay_blob_store_new (self->folder, &error);
  g_assert_no_error (error);
  self->manifest = belay_manifest_new ();
  self->host = belay_content_host_new (self->blobs, self->clock);
  self->calls = g_ptr_array_new_with_free_func (g_free);

  activity->key = g_strdup ("one");
  activity->entry = g_strdup ("index.html?pages=1");
  g_ptr_array_add (self->manifest->activities, activity);

  return self;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  const BelayManifestFile *const *left = a;
  const BelayManifestFile *const *right = b;

  return strcmp ((*left)->path, (*right)->path);
}

void
content_launch_add_file (ContentLaunch *self,
                         const char *path,
                         const char *type,
                         const char *text)
{
  g_autoptr (GError) error = NULL;
  BelayManifestFile *file = belay_manifest_file_new ();
  BelayBlobWrite *write = belay_blob_store_begin (self->blobs, &error);

  g_assert_no_error (error);
  belay_blob_write_append (write, text, strlen (text), &error);
  g_assert_no_error (error);
  belay_blob_write_commit (write, NULL, &file->hash, &error);
  g_assert_no_error (error);
  belay_blob_write_free (write);
  file->path = g_strdup (path);
  file->type = g_strdup (type);
  file->size = strlen (text);
  g_ptr_array_add (self->manifest->files, file);
  g_ptr_array_sort (self->manifest->files, compare_paths);
}

void
content_launch_start (ContentLaunch *self)
{
  g_autoptr (DexFuture) launched = NULL;
  g_autoptr (GError) error = NULL;
  BelayLaunchRequest request = {
    .manifest = self->manifest,
    .activity_key = "one",
    .activity_id = "0d5bd7a1-3a11-5a5c-8f0e-8e0c7a3ea111",
    .registration = "7b1f1a1e-52f3-4a1b-9d6e-0f0f3f8f1a2b",
    .actor = ACTOR,
    .authority = AUTHORITY,
    .person_id = "ana",
    .mastery = -1,
    .access = answer,
    .user_data = self,
  };

  launched = belay_content_host_launch (self->host, &request);
  belay_test_settle (launched);
  self->launch = dex_await_object (dex_ref (launched), &error);
  g_assert_no_error (error);
}

void
content_launch_end (ContentLaunch *self)
{
  g_autoptr (DexFuture) ended = belay_content_host_end_launch (self->host, self->launch);

  belay_test_settle (ended);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
content_launch_free (ContentLaunch *self)
{
  if (self->launch != NULL && !belay_launch_get_ended (self->launch))
    content_launch_end (self);
  g_clear_object (&self->launch);
  g_clear_object (&self->host);
  g_clear_pointer (&self->manifest, belay_manifest_free);
  g_clear_pointer (&self->blobs, belay_blob_store_unref);
  g_clear_pointer (&self->clock, belay_clock_unref);
  remove_folder (self->folder);
  g_free (self->folder);
  g_ptr_array_unref (self->calls);
  g_free (self);
}
