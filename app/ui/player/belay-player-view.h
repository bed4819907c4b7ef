/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What content refused to do or could not, told to the person in a quiet line. */
typedef enum
{
  BELAY_PLAYER_REFUSAL_DOWNLOAD, /* it wanted to save a file */
  BELAY_PLAYER_REFUSAL_OUTSIDE,  /* it wanted to open a place outside of its package */
} BelayPlayerRefusal;

typedef enum
{
  BELAY_PLAYER_TROUBLE_LOAD,   /* its first page did not load */
  BELAY_PLAYER_TROUBLE_CRASH,  /* its process ended */
  BELAY_PLAYER_TROUBLE_MEMORY, /* its process needed more memory than there is */
} BelayPlayerTrouble;

#define BELAY_TYPE_PLAYER_VIEW (belay_player_view_get_type ())

/* BelayPlayerView: where the content of one launch is shown. libbelay-player implements it with WebKit.
 *
 * Signals:
 * `ready` (): the first page is shown
 * `returned` (): the content went to its return address: the learner has left it
 * `unloaded` (): after stop(): the content has had its chance to say goodbye
 * `refused` (guint): a #BelayPlayerRefusal
 * `trouble` (guint): a #BelayPlayerTrouble: nothing is shown any more
 */
G_DECLARE_INTERFACE (BelayPlayerView, belay_player_view, BELAY, PLAYER_VIEW, GtkWidget)

struct _BelayPlayerViewInterface
{
  GTypeInterface parent;

  void (*open) (BelayPlayerView *self, const char *url, const char *return_url);
  void (*stop) (BelayPlayerView *self);
  void (*set_zoom) (BelayPlayerView *self, double zoom);
  double (*get_zoom) (BelayPlayerView *self);
};

void belay_player_view_open (BelayPlayerView *self,
                             const char *url,
                             const char *return_url);
void belay_player_view_stop (BelayPlayerView *self);
void belay_player_view_set_zoom (BelayPlayerView *self,
                                 double zoom);
double belay_player_view_get_zoom (BelayPlayerView *self);

G_END_DECLS
