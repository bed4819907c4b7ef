/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How the studied activity stands, for the word in the bar. */
typedef enum
{
  BELAY_PLAYER_STANDING_NONE, /* nothing is said */
  BELAY_PLAYER_STANDING_HERE, /* completed, safe on the laptop */
  BELAY_PLAYER_STANDING_ON_ITS_WAY,
  BELAY_PLAYER_STANDING_SERVER, /* completed, the server has it */
} BelayPlayerStanding;

#define BELAY_TYPE_PLAYER_PAGE (belay_player_page_get_type ())

/* BelayPlayerPage: a page of an AdwNavigationView in which one activity is studied.
 *
 * Push it with belay_player_page_new(), call belay_player_page_open() once the launch has an address,
 * or belay_player_page_fail() where it has none. The page pops itself when the content returns.
 *
 * Signals:
 * `left` (): the page was left and its content has said goodbye, or had two seconds to: end the launch now
 * `open-again` (): after trouble the person wants it opened again: end the launch, launch anew, open()
 */
G_DECLARE_FINAL_TYPE (BelayPlayerPage, belay_player_page, BELAY, PLAYER_PAGE, AdwNavigationPage)

BelayPlayerPage *belay_player_page_new (const char *title,
                                        guint position,
                                        guint count);
void belay_player_page_open (BelayPlayerPage *self,
                             const char *url,
                             const char *return_url);
void belay_player_page_fail (BelayPlayerPage *self,
                             const char *sentence);
void belay_player_page_lose (BelayPlayerPage *self,
                             const char *sentence);
void belay_player_page_set_standing (BelayPlayerPage *self,
                                     BelayPlayerStanding standing);

G_END_DECLS
