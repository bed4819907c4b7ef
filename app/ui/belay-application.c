/* belay-application.c: the desktop application
 *
 * One process an account: a second start raises the window that is there, and a belay:// link
 * that is followed goes to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-application.h"

#include "belay-application-actions.h"
#include "belay-ui-resource.h"
#include "belay-window.h"

#include <glib-unix.h>
#include <libdex.h>

#define RESOURCE_PATH "/org/belay/Belay"

struct _BelayApplication
{
  AdwApplication parent_instance;

  BelayAccountManager *manager;
  guint told_to_end[2]; /* sources of signals */
};

G_DEFINE_FINAL_TYPE (BelayApplication, belay_application, ADW_TYPE_APPLICATION)

static BelayWindow *
ensure_window (BelayApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (belay_window_new (GTK_APPLICATION (self), self->manager));
      belay_window_show_start (BELAY_WINDOW (window));
    }
  else
    {
      gtk_window_present (window);
    }

  return BELAY_WINDOW (window);
}

static void
belay_application_activate (GApplication *application)
{
  ensure_window (BELAY_APPLICATION (application));
}

static void
belay_application_open (GApplication *application,
                        GFile **files,
                        int count,
                        const char *hint)
{
  BelayWindow *window = ensure_window (BELAY_APPLICATION (application));
  g_autofree char *link = count > 0 ? g_file_get_uri (files[0]) : NULL;

  if (link != NULL && g_str_has_prefix (link, "belay:"))
    belay_window_take_link (window, link);
}

/* The environment wins over what an administrator has set. Without an installed schema, as in a build
 * folder, there is no setting to ask. */
static char *
dup_preset_address (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *address = g_strdup (g_getenv ("BELAY_SERVER"));

  if (address != NULL && *address != '\0')
    return g_steal_pointer (&address);
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, BELAY_APPLICATION_ID, TRUE);
  if (schema == NULL)
    return NULL;
  settings = g_settings_new_full (schema, NULL, NULL);
  g_free (address);
  address = g_settings_get_string (settings, "server-address");

  return *address != '\0' ? g_steal_pointer (&address) : NULL;
}

static gboolean
quit_cb (gpointer data)
{
  g_application_quit (G_APPLICATION (data));

  return G_SOURCE_CONTINUE;
}

static void
belay_application_startup (GApplication *application)
{
  BelayApplication *self = BELAY_APPLICATION (application);
  g_autofree char *address = dup_preset_address ();
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "belay", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "belay", NULL);

  /* The disk is read while GTK gets ready */
  dex_init ();
  self->manager = belay_account_manager_new (data, cache, address);
  dex_future_disown (belay_account_manager_load (self->manager));

  belay_application_init_resources ();
  G_APPLICATION_CLASS (belay_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (BELAY_APPLICATION_ID);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    RESOURCE_PATH "/icons");
  belay_application_actions_add (ADW_APPLICATION (application));
  self->told_to_end[0] = g_unix_signal_add (SIGTERM, quit_cb, self);
  self->told_to_end[1] = g_unix_signal_add (SIGINT, quit_cb, self);
}

static DexFuture *
closed_cb (DexFuture *future,
           gpointer data)
{
  *(gboolean *) data = TRUE;

  return NULL;
}

/* The next process must find the account's database free: so this one waits until it is closed */
static void
close_account (BelayApplication *self)
{
  gboolean is_closed = FALSE;

  dex_future_disown (dex_future_finally (belay_account_manager_close (self->manager), closed_cb, &is_closed, NULL));
  while (!is_closed)
    g_main_context_iteration (NULL, TRUE);
}

static void
belay_application_shutdown (GApplication *application)
{
  BelayApplication *self = BELAY_APPLICATION (application);
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (window);
  for (guint i = 0; i < G_N_ELEMENTS (self->told_to_end); i++)
    g_clear_handle_id (&self->told_to_end[i], g_source_remove);
  close_account (self);
  g_clear_object (&self->manager);

  G_APPLICATION_CLASS (belay_application_parent_class)->shutdown (application);
}

static void
belay_application_class_init (BelayApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = belay_application_activate;
  application_class->open = belay_application_open;
  application_class->startup = belay_application_startup;
  application_class->shutdown = belay_application_shutdown;
}

static void
belay_application_init (BelayApplication *self)
{
}

/**
 * belay_application_init_resources:
 *
 * Makes templates, style and icons known; needed once, before the first widget of ours.
 */
void
belay_application_init_resources (void)
{
  static gsize is_done;

  if (g_once_init_enter (&is_done))
    {
      belay_ui_register_resource ();
      g_once_init_leave (&is_done, 1);
    }
}

/**
 * belay_application_new:
 *
 * Returns: (transfer full): the application
 */
BelayApplication *
belay_application_new (void)
{
  return g_object_new (BELAY_TYPE_APPLICATION, "application-id", BELAY_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", RESOURCE_PATH, "version", BELAY_VERSION, NULL);
}
