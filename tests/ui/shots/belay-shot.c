/* belay-shot.c: how a picture of a window is taken
 *
 * The real window, rendered without a compositor, in the look that the options ask for. The language
 * is the environment's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-shot.h"

#include "belay-application-actions.h"
#include "belay-application.h"
#include "belay-window.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <locale.h>
#include <stdio.h>

#define FRAMES_TO_SETTLE 6

static char *scheme = NULL;
static char *size = NULL;
static gboolean is_rtl;
static gboolean is_large;
static gboolean is_high_contrast;
static char **rest;
static int status;

static const GOptionEntry options[] = {
  { "scheme", 0, 0, G_OPTION_ARG_STRING, &scheme, "light or dark", "SCHEME" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, "of the window", "WIDTHxHEIGHT" },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &is_rtl, "read from right to left", NULL },
  { "large", 0, 0, G_OPTION_ARG_NONE, &is_large, "large text", NULL },
  { "contrast", 0, 0, G_OPTION_ARG_NONE, &is_high_contrast, "high contrast", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, "DIRECTORY …" },
  { NULL },
};

static gboolean
count_frame_cb (GtkWidget *widget,
                GdkFrameClock *frames,
                gpointer data)
{
  guint *left = data;

  return --*left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * belay_shot_settle:
 *
 * Runs the main loop until @window has drawn some frames and nothing else is due.
 */
void
belay_shot_settle (GtkWidget *window)
{
  guint left = FRAMES_TO_SETTLE;

  gtk_widget_add_tick_callback (window, count_frame_cb, &left, NULL);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static GtkWidget *
find_child (GtkWidget *widget,
            const char *type_name)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type_name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
language (void)
{
  const char *name = g_get_language_names ()[0];

  return g_str_has_prefix (name, "de") ? "de" : g_str_has_prefix (name, "fr") ? "fr" : "en";
}

static void
save (GtkWidget *window,
      const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
  g_print ("%s\n", path);
}

static void
find_size (int *width,
           int *height)
{
  *width = 1200;
  *height = 800;
  if (size != NULL && sscanf (size, "%dx%d", width, height) != 2)
    g_error ("A size is WIDTHxHEIGHT");
}

static const char *
look_name (void)
{
  return is_rtl ? "-rtl" : is_large ? "-large" : is_high_contrast ? "-contrast" : "";
}

/**
 * belay_shot_save:
 * @window: what is shown
 * @name: the screen's
 *
 * Writes the picture into the directory that was asked for, named after the screen and the look.
 */
void
belay_shot_save (GtkWidget *window,
                 const char *name)
{
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  int width;
  int height;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (name != NULL);

  find_size (&width, &height);
  file = g_strdup_printf ("%s-%s-%dx%d-%s%s.png", name, language (), width, height, scheme != NULL ? scheme : "light",
                          look_name ());
  path = g_build_filename (rest[0], file, NULL);
  save (window, path);
}

/**
 * belay_shot_open:
 *
 * Returns: (transfer none): a window in the size that was asked for, which begins to open the account
 */
GtkWidget *
belay_shot_open (GtkApplication *application,
                 BelayAccountManager *manager)
{
  GtkWidget *window = belay_window_new (application, manager);
  int width;
  int height;

  find_size (&width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_widget_remove_css_class (window, "devel");
  gtk_window_present (GTK_WINDOW (window));
  belay_window_show_start (BELAY_WINDOW (window));
  belay_shot_settle (window);

  return window;
}

/**
 * belay_shot_show_sidebar:
 *
 * Where the window is narrow: shows the places instead of the place.
 */
void
belay_shot_show_sidebar (GtkWidget *window)
{
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (find_child (window, "AdwNavigationSplitView")),
                                              FALSE);
}

/**
 * belay_shot_get_arguments:
 *
 * Returns: (transfer none): what follows the directory
 */
const char *const *
belay_shot_get_arguments (void)
{
  return (const char *const *) rest + 1;
}

static void
apply_look (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  /* The start of GTK takes the direction of the language: this comes after it */
  if (is_rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (is_large)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  adw_style_manager_set_color_scheme (style, g_strcmp0 (scheme, "dark") == 0 ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                             : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/belay/Belay/icons");
}

static void
activate_cb (GtkApplication *application,
             gpointer shoot)
{
  apply_look ();
  belay_application_actions_add (ADW_APPLICATION (application));
  g_application_hold (G_APPLICATION (application));
  status = ((BelayShotFunc) shoot) (application);
  g_application_release (G_APPLICATION (application));
}

static gboolean
read_options (int argc,
              char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && rest != NULL)
    return TRUE;

  g_printerr ("%s\n", error != NULL ? error->message : "This needs a directory for the pictures");
  return FALSE;
}

/**
 * belay_shot_run:
 * @shoot: takes the pictures, and says what the program ends with
 *
 * Returns: the status to end with
 */
int
belay_shot_run (int argc,
                char *argv[],
                BelayShotFunc shoot)
{
  g_autoptr (AdwApplication) application = NULL;
  const char *localedir = g_getenv ("BELAY_LOCALEDIR");

  g_return_val_if_fail (shoot != NULL, 2);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : BELAY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!read_options (argc, argv))
    return 2;

  g_mkdir_with_parents (rest[0], 0755);
  /* libadwaita asks this once, when it starts */
  if (is_high_contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  belay_application_init_resources ();
  dex_init ();
  application =
    ADW_APPLICATION (g_object_new (ADW_TYPE_APPLICATION, "application-id", "org.belay.Shots", "flags",
                                   G_APPLICATION_NON_UNIQUE, "resource-base-path", "/org/belay/Belay", NULL));
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), (gpointer) shoot);
  (void) g_application_run (G_APPLICATION (application), 1, argv);

  return status;
}
