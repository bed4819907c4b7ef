/* belay-admin.c: what all commands share: opening, waiting, options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-admin.h"

#include <gio/gio.h>

void
belay_admin_free (BelayAdmin *self)
{
  g_clear_pointer (&self->context.db, belay_db_close);
  g_clear_pointer (&self->context.keys, belay_server_keys_free);
  g_clear_pointer (&self->context.blobs, belay_blob_store_unref);
  g_clear_pointer (&self->context.manifests, g_free);
  g_clear_pointer (&self->context.clock, belay_clock_unref);
  g_clear_pointer (&self->config, belay_server_config_free);
  g_free (self);
}

gboolean
belay_admin_fail (GError **error,
                  const char *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_FAILED, format, arguments);
  va_end (arguments);

  return FALSE;
}

static gboolean
open_content (BelayAdmin *self,
              GError **error)
{
  g_autofree char *blobs = g_build_filename (self->config->content, "blobs", NULL);

  self->context.manifests = g_build_filename (self->config->content, "manifests", NULL);
  if (g_mkdir_with_parents (self->context.manifests, 0755) != 0 || g_mkdir_with_parents (blobs, 0755) != 0)
    return belay_admin_fail (error, "The folder for content could not be made at %s.", self->config->content);

  self->context.blobs = belay_blob_store_new (blobs, error);
  return self->context.blobs != NULL;
}

/**
 * belay_admin_open:
 *
 * Opens the database, the content and the keys of an organisation that was initialised.
 */
gboolean
belay_admin_open (BelayAdmin *self,
                  GError **error)
{
  if (self->context.db != NULL)
    return TRUE;
  if (!belay_db_exists (self->config->database))
    return belay_admin_fail (error,
                             "There is no database at %s yet. Run: belay-server init --name \"Your organisation\"",
                             self->config->database);

  self->context.origins = self->config->origins;
  self->context.logs_requests = self->config->log_requests;
  self->context.keys = belay_server_keys_load (self->config->keys, error);
  if (self->context.keys == NULL || !open_content (self, error))
    return FALSE;
  self->context.db = belay_db_open (self->config->database, self->context.clock, error);

  return self->context.db != NULL;
}

static DexFuture *
pass_on (DexFuture *future,
         gpointer user_data)
{
  return dex_ref (future);
}

/**
 * belay_admin_wait:
 * @future: (transfer full)
 *
 * Runs the main context until @future is settled.
 *
 * Returns: (transfer none) (nullable): something that is not %NULL where it resolved
 */
gpointer
belay_admin_wait (DexFuture *future,
                  GError **error)
{
  /* The main context only wakes for what is handed to it */
  g_autoptr (DexFuture) owned = dex_future_finally (future, pass_on, NULL, NULL);

  while (dex_future_is_pending (owned))
    g_main_context_iteration (NULL, TRUE);

  return (gpointer) dex_future_get_value (owned, error);
}

gboolean
belay_admin_write (BelayAdmin *self,
                   BelayDbWork work,
                   gpointer user_data,
                   GError **error)
{
  return belay_admin_wait (belay_db_write (self->context.db, work, user_data, NULL), error) != NULL;
}

gboolean
belay_admin_read (BelayAdmin *self,
                  BelayDbWork work,
                  gpointer user_data,
                  GError **error)
{
  return belay_admin_wait (belay_db_read (self->context.db, work, user_data, NULL), error) != NULL;
}

/**
 * belay_admin_parse:
 * @words: what follows the command's name, for its help
 * @least: how many words there must be, with the command's own name
 *
 * Reads a command's own options; what is left of the line is in @argv.
 */
gboolean
belay_admin_parse (const GOptionEntry *entries,
                   const char *words,
                   const char *summary,
                   int *argc,
                   char ***argv,
                   int least,
                   GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (words);

  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc < least)
    return belay_admin_fail (error, "Words are missing. Usage: belay-server %s %s", (*argv)[0], words);

  return TRUE;
}
