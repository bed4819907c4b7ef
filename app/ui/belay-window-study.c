/* belay-window-study.c: an activity is opened, studied and left
 *
 * The player's page comes at once; the launch follows. Leaving ends the launch, and what was
 * studied shows its receipt by itself, because the module's item follows the account.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-window-study.h"

#include "belay-player-page.h"
#include "belay-sentences.h"

#include <glib/gi18n.h>

/* One visit of the player, from push to left. */
typedef struct
{
  BelayAccount *account;
  BelayModuleItem *module;
  BelayActivityItem *activity;
  BelayPlayerPage *page; /* a weak pointer, so that page and visit do not keep each other */
  BelayStudy *study;
} Visit;

static void
visit_clear (gpointer data)
{
  Visit *visit = data;

  g_clear_weak_pointer (&visit->page);
  g_clear_object (&visit->account);
  g_clear_object (&visit->module);
  g_clear_object (&visit->activity);
  g_clear_object (&visit->study);
}

static void
visit_unref (gpointer data)
{
  g_rc_box_release_full (data, visit_clear);
}

static void
visit_unref_closure (gpointer data,
                     GClosure *closure)
{
  visit_unref (data);
}

static void
lost_cb (BelayPlayerPage *page,
         const GError *error)
{
  g_autofree char *advice = belay_sentence_error_body (error);
  /* Translators: %s is what happened, such as “There is no room left on this laptop”, then what to do */
  g_autofree char *sentence =
    g_strdup_printf (_ ("Your last step was not saved. %s. %s"), belay_sentence_error_title (error), advice);

  belay_player_page_lose (page, sentence);
}

static DexFuture *
open_fiber (gpointer data)
{
  Visit *visit = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  g_clear_object (&visit->study);
  visit->study = dex_await_object (belay_account_launch (visit->account, visit->module, visit->activity), &error);
  if (visit->page == NULL)
    {
      if (visit->study != NULL)
        dex_future_disown (belay_account_end_launch (visit->account, visit->study));
      return NULL;
    }

  if (visit->study != NULL)
    {
      g_signal_connect_object (visit->study, "lost", G_CALLBACK (lost_cb), visit->page, G_CONNECT_SWAPPED);
      belay_player_page_open (visit->page, belay_study_get_url (visit->study),
                              belay_study_get_return_url (visit->study));
      return NULL;
    }

  sentence = belay_sentence_error_body (error);
  belay_player_page_fail (visit->page, sentence);

  return NULL;
}

static void
open_visit (Visit *visit)
{
  dex_future_disown (dex_scheduler_spawn (NULL, 0, open_fiber, g_rc_box_acquire (visit), visit_unref));
}

static void
end_visit (Visit *visit)
{
  g_autoptr (BelayStudy) study = g_steal_pointer (&visit->study);

  if (study != NULL)
    dex_future_disown (belay_account_end_launch (visit->account, study));
}

static void
left_cb (BelayPlayerPage *page,
         Visit *visit)
{
  end_visit (visit);
}

static void
open_again_cb (BelayPlayerPage *page,
               Visit *visit)
{
  end_visit (visit);
  open_visit (visit);
}

static BelayPlayerStanding
standing_of (BelayModuleItem *module,
             BelayActivityItem *activity)
{
  if (!belay_activity_item_get_satisfied (activity))
    return BELAY_PLAYER_STANDING_NONE;

  switch (belay_module_item_get_receipt (module))
    {
    case BELAY_RECEIPT_HERE:
      return BELAY_PLAYER_STANDING_HERE;
    case BELAY_RECEIPT_ON_ITS_WAY:
      return BELAY_PLAYER_STANDING_ON_ITS_WAY;
    case BELAY_RECEIPT_SERVER:
      return BELAY_PLAYER_STANDING_SERVER;
    case BELAY_RECEIPT_NONE:
    default:
      return BELAY_PLAYER_STANDING_NONE;
    }
}

static void
learnt_cb (GObject *item,
           GParamSpec *pspec,
           BelayPlayerPage *page)
{
  BelayModuleItem *module = g_object_get_data (G_OBJECT (page), "module");
  BelayActivityItem *activity = g_object_get_data (G_OBJECT (page), "activity");

  belay_player_page_set_standing (page, standing_of (module, activity));
}

static guint
position_of (BelayModuleItem *module,
             BelayActivityItem *activity)
{
  GListModel *activities = belay_module_item_get_activities (module);

  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (BelayActivityItem) candidate = g_list_model_get_item (activities, i);

      if (candidate == activity)
        return i + 1;
    }

  return 1;
}

static void
follow_receipt (BelayPlayerPage *page,
                BelayModuleItem *module,
                BelayActivityItem *activity)
{
  g_object_set_data_full (G_OBJECT (page), "module", g_object_ref (module), g_object_unref);
  g_object_set_data_full (G_OBJECT (page), "activity", g_object_ref (activity), g_object_unref);
  g_signal_connect_object (module, "notify::receipt", G_CALLBACK (learnt_cb), page, G_CONNECT_DEFAULT);
  g_signal_connect_object (activity, "notify::satisfied", G_CALLBACK (learnt_cb), page, G_CONNECT_DEFAULT);
}

/**
 * belay_window_study:
 *
 * Opens @activity of @module in the player.
 */
void
belay_window_study (BelayWindow *self,
                    BelayModuleItem *module,
                    BelayActivityItem *activity)
{
  Visit *visit;
  guint count;

  g_return_if_fail (BELAY_IS_WINDOW (self));
  g_return_if_fail (BELAY_IS_MODULE_ITEM (module));
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (activity));

  count = g_list_model_get_n_items (belay_module_item_get_activities (module));
  visit = g_rc_box_new0 (Visit);
  visit->account = g_object_ref (belay_window_get_account (self));
  visit->module = g_object_ref (module);
  visit->activity = g_object_ref (activity);
  g_set_weak_pointer (&visit->page, belay_player_page_new (belay_activity_item_get_title (activity),
                                                           position_of (module, activity), count));

  g_signal_connect_data (visit->page, "left", G_CALLBACK (left_cb), g_rc_box_acquire (visit), visit_unref_closure,
                         G_CONNECT_DEFAULT);
  g_signal_connect_data (visit->page, "open-again", G_CALLBACK (open_again_cb), g_rc_box_acquire (visit),
                         visit_unref_closure, G_CONNECT_DEFAULT);
  follow_receipt (visit->page, module, activity);
  adw_navigation_view_push (belay_window_get_navigation (self), ADW_NAVIGATION_PAGE (visit->page));
  open_visit (visit);
  visit_unref (visit);
}
