/* belay-player-loader.c: WebKit, on first use
 *
 * Linking WebKit would cost every start of the app some 60 ms. It is linked by a module alone, which
 * is loaded when the first activity is opened, or before that when nothing else is to be done.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-player-loader.h"

#include "belay-config.h"

#include <gmodule.h>

#define MODULE_NAME "libbelay-player.so"

typedef BelayPlayerView *(*CreateView) (void);
typedef void (*WarmUp) (void);

static GModule *module;
static CreateView create_view;
static WarmUp warm_up;

/* A program that is run where it was built has its module beside it. */
static char *
find_module (void)
{
  const char *directory = g_getenv ("BELAY_MODULE_DIRECTORY");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "ui", "player", MODULE_NAME, NULL) : NULL;

  if (directory != NULL)
    return g_build_filename (directory, MODULE_NAME, NULL);
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&beside);

  return g_build_filename (BELAY_MODULEDIR, MODULE_NAME, NULL);
}

static gboolean
load (GError **error)
{
  g_autofree char *path = NULL;

  if (module != NULL)
    return TRUE;

  path = find_module ();
  module = g_module_open_full (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL, error);
  if (module == NULL)
    return FALSE;
  if (!g_module_symbol (module, "belay_player_module_create_view", (gpointer *) &create_view)
      || !g_module_symbol (module, "belay_player_module_warm_up", (gpointer *) &warm_up))
    {
      g_set_error (error, G_MODULE_ERROR, G_MODULE_ERROR_FAILED, "%s", g_module_error ());
      g_clear_pointer (&module, g_module_close);
      return FALSE;
    }
  g_module_make_resident (module);

  return TRUE;
}

static gboolean
on_idle (gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (load (&error))
    warm_up ();
  else
    g_message ("The player cannot be prepared: %s", error->message);

  return G_SOURCE_REMOVE;
}

/**
 * belay_player_loader_warm_up_when_idle:
 *
 * Loads the module when nothing else is to be done, so that the first activity opens without a pause.
 */
void
belay_player_loader_warm_up_when_idle (void)
{
  if (module == NULL)
    g_idle_add_full (G_PRIORITY_LOW, on_idle, NULL, NULL);
}

/**
 * belay_player_loader_create_view:
 *
 * Returns: (transfer floating): a view for one launch, or %NULL with an error where the module is missing
 */
BelayPlayerView *
belay_player_loader_create_view (GError **error)
{
  if (!load (error))
    return NULL;

  return create_view ();
}
