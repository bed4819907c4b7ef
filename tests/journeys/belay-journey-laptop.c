/* belay-journey-laptop.c: a laptop: a folder, and the services over it while the app runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-journey-laptop.h"

#include "belay-journey-study.h"

void
belay_journey_laptop_open (BelayJourneyLaptop *laptop,
                           BelayJourneyServer *server,
                           const char *name)
{
  if (laptop->folder == NULL)
    laptop->folder = g_build_filename (belay_journey_server_get_folder (server), name, NULL);
  laptop->manager = belay_account_manager_new (laptop->folder, laptop->folder, NULL);
}

void
belay_journey_laptop_reopen (BelayJourneyLaptop *laptop)
{
  laptop->manager = belay_account_manager_new (laptop->folder, laptop->folder, NULL);
  laptop->account = belay_journey_await_object (belay_account_manager_load (laptop->manager));
  g_assert_nonnull (laptop->account);
}

/* As when the app ends: nobody says goodbye to the account */
void
belay_journey_laptop_close (BelayJourneyLaptop *laptop)
{
  g_clear_object (&laptop->account);
  belay_journey_await (belay_account_manager_close (laptop->manager));
  g_clear_object (&laptop->manager);
}

void
belay_journey_laptop_clear (BelayJourneyLaptop *laptop)
{
  if (laptop->manager != NULL)
    belay_journey_laptop_close (laptop);
  g_free (laptop->folder);
}

BelayServerInfo *
belay_journey_laptop_find_server (BelayJourneyLaptop *laptop,
                                  const char *address)
{
  DexFuture *future = belay_account_manager_find_server (laptop->manager, address);
  g_autoptr (GError) error = belay_journey_await_error (dex_ref (future));
  BelayServerInfo *info;

  g_assert_no_error (error);
  info = g_value_dup_boxed (dex_future_get_value (future, NULL));
  dex_unref (future);

  return info;
}

void
belay_journey_laptop_sign_in (BelayJourneyLaptop *laptop,
                              BelayJourneyServer *server,
                              const char *email)
{
  g_autoptr (BelayServerInfo) info = belay_journey_laptop_find_server (laptop, belay_journey_server_get_url (server));

  g_assert_cmpstr (info->organisation_name, ==, "Granit");
  laptop->account =
    belay_journey_await_object (belay_account_manager_sign_in (laptop->manager, info, email, BELAY_JOURNEY_PASSWORD));
  g_assert_nonnull (laptop->account);
}

BelaySyncReport *
belay_journey_laptop_sync (BelayJourneyLaptop *laptop)
{
  DexFuture *future = belay_account_sync_now (laptop->account);
  g_autoptr (GError) error = belay_journey_await_error (dex_ref (future));
  BelaySyncReport *report;

  g_assert_no_error (error);
  report = g_value_dup_boxed (dex_future_get_value (future, NULL));
  dex_unref (future);

  return report;
}

void
belay_journey_laptop_download (BelayJourneyLaptop *laptop)
{
  BelayModuleItem *module = belay_journey_find_module (laptop->account);

  g_assert_cmpint (belay_module_item_get_state (module), ==, BELAY_DOWNLOAD_STATE_REMOTE);
  belay_account_download (laptop->account, module);
  while (belay_module_item_get_state (module) != BELAY_DOWNLOAD_STATE_READY)
    {
      if (belay_module_item_get_state (module) == BELAY_DOWNLOAD_STATE_FAILED)
        g_error ("The download failed: %s", belay_module_item_get_failure (module));
      g_main_context_iteration (NULL, TRUE);
    }
}
