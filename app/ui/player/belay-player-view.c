/* belay-player-view.c: what the player asks of whoever shows content
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-player-view.h"

G_DEFINE_INTERFACE (BelayPlayerView, belay_player_view, GTK_TYPE_WIDGET)

static void
add_signal (gpointer interface,
            const char *name,
            gboolean has_reason)
{
  g_signal_new (name, G_TYPE_FROM_INTERFACE (interface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                has_reason ? 1 : 0, G_TYPE_UINT);
}

static void
belay_player_view_default_init (BelayPlayerViewInterface *interface)
{
  add_signal (interface, "ready", FALSE);
  add_signal (interface, "returned", FALSE);
  add_signal (interface, "unloaded", FALSE);
  add_signal (interface, "refused", TRUE);
  add_signal (interface, "trouble", TRUE);
}

/**
 * belay_player_view_open:
 * @url: of the launch; everything else that is shown must begin as it does, up to its first folder
 * @return_url: where the content goes when it is done
 *
 * Opens a launch. A view opens once.
 */
void
belay_player_view_open (BelayPlayerView *self,
                        const char *url,
                        const char *return_url)
{
  g_return_if_fail (BELAY_IS_PLAYER_VIEW (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (return_url != NULL);

  BELAY_PLAYER_VIEW_GET_IFACE (self)->open (self, url, return_url);
}

/**
 * belay_player_view_stop:
 *
 * Lets the content say goodbye, then emits #BelayPlayerView::unloaded; within two seconds in any case.
 */
void
belay_player_view_stop (BelayPlayerView *self)
{
  g_return_if_fail (BELAY_IS_PLAYER_VIEW (self));

  BELAY_PLAYER_VIEW_GET_IFACE (self)->stop (self);
}

/**
 * belay_player_view_set_zoom:
 * @zoom: 1.0 is the size that the content wants
 */
void
belay_player_view_set_zoom (BelayPlayerView *self,
                            double zoom)
{
  g_return_if_fail (BELAY_IS_PLAYER_VIEW (self));

  BELAY_PLAYER_VIEW_GET_IFACE (self)->set_zoom (self, zoom);
}

double
belay_player_view_get_zoom (BelayPlayerView *self)
{
  g_return_val_if_fail (BELAY_IS_PLAYER_VIEW (self), 1.0);

  return BELAY_PLAYER_VIEW_GET_IFACE (self)->get_zoom (self);
}
