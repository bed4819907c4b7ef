/* belay-admin-keep.c: keeping the house: init, key, backup, restore, check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "belay-admin.h"
#include "belay-digest.h"
#include "belay-id.h"
#include "belay-text.h"
#include "belay-token.h"
#include "belay-work-publish.h"

typedef struct
{
  BelayAdmin *admin;
  const char *name;
} Init;

static DexFuture *
write_organisation (BelayDbTransaction *tx,
                    gpointer user_data)
{
  Init *init = user_data;
  g_autofree char *id = belay_id_new (belay_db_get_clock (tx));
  g_autofree char *epoch = belay_id_new (belay_db_get_clock (tx));
  GError *error = NULL;

  if (belay_db_get_organisation_id (tx) != NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_EXISTS, "This database has an organisation already.");
  if (!belay_db_organisation_add (tx, id, init->name, epoch, &error)
      || !belay_work_publish_organisation (tx, init->admin->context.keys, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static gboolean
make_empty_database (BelayAdmin *self,
                     GError **error)
{
  g_autoptr (BelayDb) db = NULL;

  if (!belay_db_make_folder (self->config->database, error))
    return FALSE;
  db = belay_db_open (self->config->database, self->context.clock, error);

  return db != NULL;
}

gboolean
belay_admin_do_init (BelayAdmin *self,
                     const char *name,
                     GError **error)
{
  Init init = { .admin = self, .name = name };

  return belay_server_keys_generate (self->config->keys, error) && make_empty_database (self, error)
         && belay_admin_open (self, error) && belay_admin_write (self, write_organisation, &init, error);
}

gboolean
belay_admin_init (BelayAdmin *self,
                  int argc,
                  char *argv[],
                  GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = { { "name", 0, 0, G_OPTION_ARG_STRING, &name, "The organisation's name", "NAME" },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "--name NAME", "Makes the database, the folders and the keys.", &argc, &argv, 1,
                          error))
    return FALSE;
  if (name == NULL || *name == '\0')
    return belay_admin_fail (error, "Say whose server it is: belay-server init --name \"Your organisation\"");
  if (!belay_admin_do_init (self, name, error))
    return FALSE;

  g_print ("%s: database %s, content %s, keys %s.\nKeep a copy of the keys apart from the backups of the database.\n",
           name, self->config->database, self->config->content, self->config->keys);
  return TRUE;
}

/* ---- credentials of other systems ---- */

static DexFuture *
write_credential (BelayDbTransaction *tx,
                  gpointer user_data)
{
  GError *error = NULL;

  if (!belay_db_credential_add (tx, user_data, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/**
 * belay_admin_do_key:
 * @secret: (out) (transfer full): shown once; only its hash is kept
 *
 * Returns: (transfer full) (nullable): the key
 */
char *
belay_admin_do_key (BelayAdmin *self,
                    const char *name,
                    const char *scopes,
                    char **secret,
                    GError **error)
{
  g_autofree char *key = belay_text_random_token (12);
  g_autofree char *new_secret = belay_token_new ();
  g_autofree char *hash = belay_token_hash (new_secret);
  BelayDbCredential credential = { .id = key, .secret_hash = hash, .name = (char *) name, .scopes = (char *) scopes };

  if (!belay_admin_write (self, write_credential, &credential, error))
    return NULL;

  *secret = g_steal_pointer (&new_secret);
  return g_steal_pointer (&key);
}

gboolean
belay_admin_key (BelayAdmin *self,
                 int argc,
                 char *argv[],
                 GError **error)
{
  g_autofree char *scopes = NULL;
  g_autofree char *key = NULL;
  g_autofree char *secret = NULL;
  const GOptionEntry entries[] = { { "scopes", 0, 0, G_OPTION_ARG_STRING, &scopes,
                                     "Any of: all write read-own read state profiles define; else all", "WORDS" },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "create NAME", "Lets another system use the record store at /xapi/.", &argc, &argv,
                          3, error))
    return FALSE;
  if (!g_str_equal (argv[1], "create"))
    return belay_admin_fail (error, "Usage: belay-server key create NAME");
  if (!belay_admin_open (self, error))
    return FALSE;
  key = belay_admin_do_key (self, argv[2], scopes != NULL ? scopes : "all", &secret, error);
  if (key == NULL)
    return FALSE;

  g_print ("{\"key\":\"%s\",\"secret\":\"%s\"}\n", key, secret);
  g_printerr ("The secret is shown this once.\n");
  return TRUE;
}

/* ---- backup, restore, check ---- */

gboolean
belay_admin_backup (BelayAdmin *self,
                    int argc,
                    char *argv[],
                    GError **error)
{
  if (!belay_admin_parse (NULL, "FILE", "Copies the database into one file, also while the server runs.", &argc, &argv,
                          2, error)
      || !belay_db_backup (self->config->database, argv[1], error))
    return FALSE;

  g_print ("The database is in %s. Not in it: the content in %s and the keys in %s.\n", argv[1], self->config->content,
           self->config->keys);
  return TRUE;
}

gboolean
belay_admin_restore (BelayAdmin *self,
                     int argc,
                     char *argv[],
                     GError **error)
{
  if (!belay_admin_parse (NULL, "FILE", "Puts a backup in the place of the database.", &argc, &argv, 2, error)
      || !belay_db_restore (self->config->database, argv[1], error))
    return FALSE;

  g_print ("Restored from %s. Laptops will offer again what they still hold.\n", argv[1]);
  return TRUE;
}

typedef struct
{
  BelayAdmin *admin;
  GPtrArray *problems;
  gboolean deep;
} Check;

static void
check_blob (Check *check,
            const BelayManifest *manifest,
            const BelayManifestFile *file)
{
  BelayBlobStore *blobs = check->admin->context.blobs;
  g_autoptr (GError) error = NULL;
  guint64 size = 0;

  if (!belay_blob_store_has (blobs, file->hash, &size) || size != file->size)
    g_ptr_array_add (check->problems, g_strdup_printf ("The file %s of the course %s is missing or cut short. Import "
                                                       "the course again.",
                                                       file->path, manifest->course));
  else if (check->deep && !belay_blob_store_verify (blobs, file->hash, NULL, &error))
    g_ptr_array_add (check->problems, g_strdup_printf ("The file %s of the course %s is damaged: %s", file->path,
                                                       manifest->course, error->message));
}

static void
check_manifest (Check *check,
                const char *hash)
{
  g_autofree char *path = g_build_filename (check->admin->context.manifests, hash, NULL);
  g_autofree char *jws = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (BelayManifest) manifest = NULL;
  g_autofree char *found = NULL;

  if (!g_file_get_contents (path, &jws, NULL, NULL)
      || !belay_server_keys_has_signed (check->admin->context.keys, jws, &payload))
    {
      g_ptr_array_add (check->problems,
                       g_strdup_printf ("The manifest %s is missing, or signed by another key.", path));
      return;
    }
  found = belay_digest_of_bytes (payload);
  manifest = belay_manifest_decode (payload, NULL);
  if (manifest == NULL || !g_str_equal (found, hash))
    {
      g_ptr_array_add (check->problems, g_strdup_printf ("The manifest %s is not what its name says.", path));
      return;
    }

  for (guint i = 0; i < manifest->files->len; i++)
    check_blob (check, manifest, g_ptr_array_index (manifest->files, i));
}

static DexFuture *
run_check (BelayDbTransaction *tx,
           gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (GPtrArray) manifests = NULL;
  GError *error = NULL;

  if (!belay_db_check (tx, check->problems, &error))
    return dex_future_new_for_error (error);
  if (belay_db_get_organisation_id (tx) == NULL)
    {
      g_ptr_array_add (check->problems, g_strdup ("There is no organisation yet. Run belay-server init."));
      return dex_future_new_true ();
    }
  manifests = belay_db_manifest_list (tx, &error);
  if (manifests == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < manifests->len; i++)
    check_manifest (check, g_ptr_array_index (manifests, i));

  return dex_future_new_true ();
}

gboolean
belay_admin_check (BelayAdmin *self,
                   int argc,
                   char *argv[],
                   GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Check check = { .admin = self, .problems = problems };
  const GOptionEntry entries[] = {
    { "deep", 0, 0, G_OPTION_ARG_NONE, &check.deep, "Also read every file of every course", NULL }, G_OPTION_ENTRY_NULL
  };

  if (!belay_admin_parse (entries, "", "Looks whether database, keys and content are whole.", &argc, &argv, 1, error)
      || !belay_admin_open (self, error) || !belay_admin_read (self, run_check, &check, error))
    return FALSE;
  belay_server_keys_check (self->config->keys, problems);

  for (guint i = 0; i < problems->len; i++)
    g_print ("%s\n", (char *) g_ptr_array_index (problems, i));
  if (problems->len > 0)
    return belay_admin_fail (error, "%u problems were found.", problems->len);

  g_print ("All is well.\n");
  return TRUE;
}
