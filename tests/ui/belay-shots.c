/* belay-shots.c: a picture of every screen
 *
 *   belay-shots DIRECTORY [--scheme=light|dark] [--size=WIDTHxHEIGHT] [--rtl] [--large] [--contrast] [SCREEN…]
 *
 * The language is the environment's. Each screen is the real window, rendered without a compositor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-application-actions.h"
#include "belay-application.h"
#include "belay-present.h"
#include "belay-service-error.h"
#include "belay-stand-in.h"
#include "belay-window.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <locale.h>

#define FRAMES_TO_SETTLE 6

typedef struct
{
  const char *name;
  BelayStandIn kind;
  gboolean is_manager;
  const char *place;  /* (nullable): a place to show */
  const char *action; /* (nullable): an action of the window to run */
  int failure;        /* of the load; -1 for none */
  gboolean is_new;    /* nobody is signed in */
  gboolean shows_sidebar;
} Screen;

static const Screen screens[] = {
  { "today", BELAY_STAND_IN_FILLED, FALSE, "today", NULL, -1, FALSE, FALSE },
  { "today-empty", BELAY_STAND_IN_EMPTY, FALSE, "today", NULL, -1, FALSE, FALSE },
  { "today-trouble", BELAY_STAND_IN_TROUBLE, FALSE, "today", NULL, -1, FALSE, FALSE },
  { "learn", BELAY_STAND_IN_FILLED, FALSE, "learn", NULL, -1, FALSE, FALSE },
  { "learn-empty", BELAY_STAND_IN_EMPTY, FALSE, "learn", NULL, -1, FALSE, FALSE },
  { "team", BELAY_STAND_IN_FILLED, TRUE, "team", NULL, -1, FALSE, FALSE },
  { "team-empty", BELAY_STAND_IN_EMPTY, TRUE, "team", NULL, -1, FALSE, FALSE },
  { "places", BELAY_STAND_IN_TROUBLE, TRUE, "today", NULL, -1, FALSE, TRUE },
  { "sync", BELAY_STAND_IN_FILLED, FALSE, "today", "win.sync-page", -1, FALSE, FALSE },
  { "sync-trouble", BELAY_STAND_IN_TROUBLE, FALSE, "today", "win.sync-page", -1, FALSE, FALSE },
  { "preferences", BELAY_STAND_IN_FILLED, FALSE, "today", "win.preferences", -1, FALSE, FALSE },
  { "shortcuts", BELAY_STAND_IN_FILLED, FALSE, "today", "win.shortcuts", -1, FALSE, FALSE },
  { "sign-out", BELAY_STAND_IN_TROUBLE, FALSE, "today", "win.sign-out", -1, FALSE, FALSE },
  { "first-start", BELAY_STAND_IN_EMPTY, FALSE, NULL, NULL, -1, TRUE, FALSE },
  { "sign-in", BELAY_STAND_IN_EMPTY, FALSE, NULL, "find", -1, TRUE, FALSE },
  { "join", BELAY_STAND_IN_EMPTY, FALSE, NULL, "join", -1, TRUE, FALSE },
  { "first-start-error", BELAY_STAND_IN_EMPTY, FALSE, NULL, "fail", -1, TRUE, FALSE },
  { "trouble", BELAY_STAND_IN_EMPTY, FALSE, NULL, NULL, BELAY_SERVICE_ERROR_DATABASE_NEWER, TRUE, FALSE },
};

static char *scheme = NULL;
static char *size = NULL;
static gboolean is_rtl;
static gboolean is_large;
static gboolean is_high_contrast;
static char **rest;

static const GOptionEntry options[] = {
  { "scheme", 0, 0, G_OPTION_ARG_STRING, &scheme, "light or dark", "SCHEME" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, "of the window", "WIDTHxHEIGHT" },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &is_rtl, "read from right to left", NULL },
  { "large", 0, 0, G_OPTION_ARG_NONE, &is_large, "large text", NULL },
  { "contrast", 0, 0, G_OPTION_ARG_NONE, &is_high_contrast, "high contrast", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, "DIRECTORY [SCREEN…]" },
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

static void
settle (GtkWidget *window)
{
  guint left = FRAMES_TO_SETTLE;

  gtk_widget_add_tick_callback (window, count_frame_cb, &left, NULL);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
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

static void
run_action (BelayWindow *window,
            BelayAccountManager *manager,
            const char *action)
{
  if (g_str_equal (action, "find"))
    belay_window_take_link (window, "learn.example.org");
  else if (g_str_equal (action, "join"))
    belay_window_take_link (window, "ABCD-EFGH@learn.example.org");
  else if (g_str_equal (action, "fail"))
    {
      belay_stand_in_manager_fail_next (manager, BELAY_SERVICE_ERROR_PORTAL);
      belay_window_take_link (window, "learn.example.org");
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static const char *
language (void)
{
  const char *name = g_get_language_names ()[0];

  return g_str_has_prefix (name, "de") ? "de" : g_str_has_prefix (name, "fr") ? "fr" : "en";
}

static void
shoot (GtkApplication *application,
       const Screen *screen,
       const char *directory)
{
  g_autoptr (BelayAccount) account = screen->is_new ? NULL : belay_stand_in_account_new (screen->kind);
  g_autoptr (BelayAccountManager) manager = belay_stand_in_manager_new (account);
  GtkWidget *window = belay_window_new (application, manager);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  int width = 1200;
  int height = 800;

  if (size != NULL && sscanf (size, "%dx%d", &width, &height) != 2)
    g_error ("A size is WIDTHxHEIGHT");
  if (screen->is_manager)
    belay_stand_in_account_set_team_size (account, screen->kind == BELAY_STAND_IN_EMPTY ? 0 : 9);
  if (screen->failure >= 0)
    belay_stand_in_manager_fail_next (manager, screen->failure);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_widget_remove_css_class (window, "devel");
  gtk_window_present (GTK_WINDOW (window));
  belay_window_show_start (BELAY_WINDOW (window));
  settle (window);
  if (screen->place != NULL)
    belay_window_show_place (BELAY_WINDOW (window), screen->place);
  if (screen->shows_sidebar)
    adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (
                                                  find_child (window, "AdwNavigationSplitView")),
                                                FALSE);
  if (screen->action != NULL)
    run_action (BELAY_WINDOW (window), manager, screen->action);
  settle (window);
  settle (window);

  name = g_strdup_printf ("%s-%s-%dx%d-%s%s%s.png", screen->name, language (), width, height,
                          scheme != NULL ? scheme : "light", is_rtl ? "-rtl" : "",
                          is_large           ? "-large"
                          : is_high_contrast ? "-contrast"
                                             : "");
  path = g_build_filename (directory, name, NULL);
  save (window, path);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_wanted (const Screen *screen)
{
  return rest[1] == NULL || g_strv_contains ((const char *const *) rest + 1, screen->name);
}

static void
activate_cb (GtkApplication *application,
             gpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (is_large)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  if (is_high_contrast)
    g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Adwaita-hc", NULL);
  adw_style_manager_set_color_scheme (style, g_strcmp0 (scheme, "dark") == 0 ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                             : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/belay/Belay/icons");
  belay_application_actions_add (ADW_APPLICATION (application));
  g_application_hold (G_APPLICATION (application));
  for (gsize i = 0; i < G_N_ELEMENTS (screens); i++)
    if (is_wanted (&screens[i]))
      shoot (application, &screens[i], rest[0]);
  g_application_release (G_APPLICATION (application));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (BelayClock) clock = belay_clock_new_fixed (BELAY_STAND_IN_NOW_US);
  const char *localedir = g_getenv ("BELAY_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : BELAY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || rest == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "belay-shots needs a directory");
      return 2;
    }
  g_mkdir_with_parents (rest[0], 0755);
  belay_present_set_clock (clock);
  belay_application_init_resources ();
  dex_init ();
  if (is_rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  application =
    ADW_APPLICATION (g_object_new (ADW_TYPE_APPLICATION, "application-id", "org.belay.Shots", "flags",
                                   G_APPLICATION_NON_UNIQUE, "resource-base-path", "/org/belay/Belay", NULL));
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
