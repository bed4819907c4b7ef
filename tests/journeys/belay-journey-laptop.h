/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-account-manager.h"
#include "belay-journey-server.h"
#include "belay-sync-report.h"

G_BEGIN_DECLS

/* A laptop: a folder, and the services over it while the app runs */
typedef struct
{
  char *folder;
  BelayAccountManager *manager; /* (nullable): while it is open */
  BelayAccount *account;        /* (nullable): while somebody is signed in */
} BelayJourneyLaptop;

void belay_journey_laptop_open (BelayJourneyLaptop *laptop,
                                BelayJourneyServer *server,
                                const char *name);
void belay_journey_laptop_reopen (BelayJourneyLaptop *laptop);
void belay_journey_laptop_close (BelayJourneyLaptop *laptop);
void belay_journey_laptop_clear (BelayJourneyLaptop *laptop);
BelayServerInfo *belay_journey_laptop_find_server (BelayJourneyLaptop *laptop,
                                                   const char *address);
void belay_journey_laptop_sign_in (BelayJourneyLaptop *laptop,
                                   BelayJourneyServer *server,
                                   const char *email);
BelaySyncReport *belay_journey_laptop_sync (BelayJourneyLaptop *laptop);
void belay_journey_laptop_download (BelayJourneyLaptop *laptop);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BelayJourneyLaptop, belay_journey_laptop_clear)

G_END_DECLS
