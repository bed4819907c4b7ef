/* belay-web-menu.c: the context menu of content, without what leads out of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-web-menu.h"

static const WebKitContextMenuAction KEPT[] = {
  WEBKIT_CONTEXT_MENU_ACTION_GO_BACK,
  WEBKIT_CONTEXT_MENU_ACTION_GO_FORWARD,
  WEBKIT_CONTEXT_MENU_ACTION_COPY,
  WEBKIT_CONTEXT_MENU_ACTION_CUT,
  WEBKIT_CONTEXT_MENU_ACTION_PASTE,
  WEBKIT_CONTEXT_MENU_ACTION_DELETE,
  WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL,
  WEBKIT_CONTEXT_MENU_ACTION_COPY_IMAGE_TO_CLIPBOARD,
  WEBKIT_CONTEXT_MENU_ACTION_MEDIA_PLAY,
  WEBKIT_CONTEXT_MENU_ACTION_MEDIA_PAUSE,
  WEBKIT_CONTEXT_MENU_ACTION_MEDIA_MUTE,
  WEBKIT_CONTEXT_MENU_ACTION_TOGGLE_MEDIA_CONTROLS,
  WEBKIT_CONTEXT_MENU_ACTION_TOGGLE_MEDIA_LOOP,
  WEBKIT_CONTEXT_MENU_ACTION_ENTER_VIDEO_FULLSCREEN,
};

static gboolean
is_kept (WebKitContextMenuItem *item)
{
  WebKitContextMenuAction action = webkit_context_menu_item_get_stock_action (item);

  for (guint i = 0; i < G_N_ELEMENTS (KEPT); i++)
    if (KEPT[i] == action)
      return TRUE;

  return FALSE;
}

/**
 * belay_web_menu_reduce:
 *
 * Leaves what helps with reading, writing and watching; takes away what opens, saves, inspects or reloads.
 */
void
belay_web_menu_reduce (WebKitContextMenu *menu)
{
  g_autoptr (GList) items = g_list_copy (webkit_context_menu_get_items (menu));

  for (GList *l = items; l != NULL; l = l->next)
    if (!is_kept (l->data))
      webkit_context_menu_remove (menu, l->data);
}
