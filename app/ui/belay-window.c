/* belay-window.c: the one window
 *
 * Shows first start until there is an account, then the places that the person has. It carries
 * messages between pages and account; what can be done is in belay-window-actions.c.
 *
 * CSS nodes: those of its template. Role: window. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-window.h"

#include "belay-account-foot.h"
#include "belay-first-start.h"
#include "belay-learn-page.h"
#include "belay-report-item.h"
#include "belay-sentences.h"
#include "belay-team-page.h"
#include "belay-today-page.h"
#include "belay-window-actions.h"

#include <glib/gi18n.h>

/* How long the person sees nothing before they see that it starts */
#define PATIENCE_MS 200

struct _BelayWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *trouble;
  BelayFirstStart *first_start;
  AdwNavigationView *navigation;
  AdwNavigationSplitView *split_view;
  BelayAccountFoot *foot;
  GtkListBox *places;
  GtkListBoxRow *team_row;
  GtkLabel *team_count;
  AdwNavigationPage *content_page;
  GtkStack *content;
  BelayTodayPage *today;
  BelayLearnPage *learn;
  BelayTeamPage *team;

  BelayAccountManager *manager;
  BelayAccount *account; /* the one that is shown */
  char *link;            /* followed before the manager had looked for an account */
};

G_DEFINE_FINAL_TYPE (BelayWindow, belay_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_team (BelayWindow *self)
{
  GListModel *team = belay_account_get_team (self->account);
  guint behind = 0;
  g_autofree char *count = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (team); i++)
    {
      g_autoptr (BelayReportItem) report = g_list_model_get_item (team, i);

      behind += belay_report_item_get_standing (report) == BELAY_STANDING_BEHIND;
    }

  count = g_strdup_printf ("%u", behind);
  gtk_label_set_label (self->team_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->team_count), behind > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->team_row), belay_account_is_manager (self->account));
}

static void
set_account (BelayWindow *self,
             BelayAccount *account)
{
  if (self->account == account)
    return;

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->account, show_team, self);
      g_signal_handlers_disconnect_by_func (belay_account_get_team (self->account), show_team, self);
    }
  g_set_object (&self->account, account);
  belay_today_page_set_account (self->today, account);
  belay_learn_page_set_account (self->learn, account);
  belay_team_page_set_account (self->team, account);
  belay_account_foot_set_account (self->foot, account);
  if (account == NULL)
    return;

  g_signal_connect_object (account, "notify::is-manager", G_CALLBACK (show_team), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (belay_account_get_team (account), "items-changed", G_CALLBACK (show_team), self,
                           G_CONNECT_SWAPPED);
  show_team (self);
  belay_window_show_place (self, "today");
}

static void
first_start_done_cb (BelayWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "places");
}

static void
place_activated_cb (BelayWindow *self,
                    GtkListBoxRow *row)
{
  belay_window_show_place (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
account_changed_cb (BelayWindow *self)
{
  BelayAccount *account = belay_account_manager_get_account (self->manager);

  set_account (self, account);
  if (account == NULL)
    {
      belay_first_start_set_manager (self->first_start, self->manager);
      gtk_stack_set_visible_child_name (self->stack, "first-start");
    }
}

static void
is_active_cb (BelayWindow *self)
{
  gboolean is_active = gtk_window_is_active (GTK_WINDOW (self));

  if (self->account == NULL)
    return;

  belay_account_set_in_use (self->account, is_active);
  if (is_active)
    belay_today_page_refresh (self->today);
}

static DexFuture *
load_fiber (gpointer data)
{
  BelayWindow *self = BELAY_WINDOW (data);
  g_autoptr (DexFuture) loading = belay_account_manager_load (self->manager);
  g_autoptr (GError) error = NULL;

  /* A window that only says that it starts is worth no frame, unless the disk is slow */
  dex_await (dex_future_first (dex_ref (loading), dex_timeout_new_msec (PATIENCE_MS), NULL), NULL);
  if (dex_future_is_pending (loading))
    gtk_window_present (GTK_WINDOW (self));

  /* Without an account the future has no object; the manager knows either way. */
  if (!dex_await (dex_ref (loading), &error))
    belay_window_show_trouble (self, error);
  else
    belay_window_follow_account (self);
  gtk_window_present (GTK_WINDOW (self));

  return NULL;
}

static void
belay_window_dispose (GObject *object)
{
  BelayWindow *self = BELAY_WINDOW (object);

  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->account);
  g_clear_object (&self->manager);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (belay_window_parent_class)->dispose (object);
}

static void
belay_window_class_init (BelayWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = belay_window_dispose;

  g_type_ensure (BELAY_TYPE_ACCOUNT_FOOT);
  g_type_ensure (BELAY_TYPE_FIRST_START);
  g_type_ensure (BELAY_TYPE_LEARN_PAGE);
  g_type_ensure (BELAY_TYPE_TEAM_PAGE);
  g_type_ensure (BELAY_TYPE_TODAY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/belay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, first_start);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, places);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, team_row);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, team_count);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, content);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, today);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, learn);
  gtk_widget_class_bind_template_child (widget_class, BelayWindow, team);
  gtk_widget_class_bind_template_callback (widget_class, first_start_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  belay_window_actions_install (widget_class);
}

static void
belay_window_init (BelayWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (g_strcmp0 (BELAY_PROFILE, "development") == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  g_signal_connect (self, "notify::is-active", G_CALLBACK (is_active_cb), NULL);
}

/**
 * belay_window_new:
 *
 * Returns: (transfer none): the window; nothing is loaded yet, see belay_window_show_start()
 */
GtkWidget *
belay_window_new (GtkApplication *application,
                  BelayAccountManager *manager)
{
  BelayWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (BELAY_IS_ACCOUNT_MANAGER (manager), NULL);

  self = g_object_new (BELAY_TYPE_WINDOW, "application", application, NULL);
  self->manager = g_object_ref (manager);
  belay_first_start_set_manager (self->first_start, manager);

  return GTK_WIDGET (self);
}

/**
 * belay_window_get_manager:
 *
 * Returns: (transfer none): what knows who is signed in
 */
BelayAccountManager *
belay_window_get_manager (BelayWindow *self)
{
  g_return_val_if_fail (BELAY_IS_WINDOW (self), NULL);

  return self->manager;
}

/**
 * belay_window_get_account:
 *
 * Returns: (transfer none) (nullable): the account that is shown
 */
BelayAccount *
belay_window_get_account (BelayWindow *self)
{
  g_return_val_if_fail (BELAY_IS_WINDOW (self), NULL);

  return self->account;
}

/**
 * belay_window_get_navigation:
 *
 * Returns: (transfer none): where a page may cover all of the window
 */
AdwNavigationView *
belay_window_get_navigation (BelayWindow *self)
{
  g_return_val_if_fail (BELAY_IS_WINDOW (self), NULL);

  return self->navigation;
}

/**
 * belay_window_show_start:
 *
 * Looks for the account of this laptop, and shows it, first start, or what went wrong; the window is presented with it.
 */
void
belay_window_show_start (BelayWindow *self)
{
  g_return_if_fail (BELAY_IS_WINDOW (self));

  gtk_stack_set_visible_child_name (self->stack, "starting");
  dex_future_disown (dex_scheduler_spawn (NULL, 0, load_fiber, g_object_ref (self), g_object_unref));
}

/**
 * belay_window_show_trouble:
 * @error: why there is no account to show
 */
void
belay_window_show_trouble (BelayWindow *self,
                           const GError *error)
{
  g_autofree char *body = NULL;

  g_return_if_fail (BELAY_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  body = belay_sentence_error_body (error);
  adw_status_page_set_title (self->trouble, belay_sentence_error_title (error));
  adw_status_page_set_description (self->trouble, body);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

/**
 * belay_window_follow_account:
 *
 * Shows the manager's account, now and whenever it changes.
 */
void
belay_window_follow_account (BelayWindow *self)
{
  g_autofree char *link = NULL;

  g_return_if_fail (BELAY_IS_WINDOW (self));

  g_signal_handlers_disconnect_by_func (self->manager, account_changed_cb, self);
  g_signal_connect_object (self->manager, "notify::account", G_CALLBACK (account_changed_cb), self, G_CONNECT_SWAPPED);
  account_changed_cb (self);
  if (self->account != NULL)
    gtk_stack_set_visible_child_name (self->stack, "places");

  link = g_steal_pointer (&self->link);
  if (link != NULL)
    belay_window_take_link (self, link);
}

/**
 * belay_window_show_place:
 * @place: `today`, `learn` or `team`; a place that the person does not have is not shown
 */
void
belay_window_show_place (BelayWindow *self,
                         const char *place)
{
  g_return_if_fail (BELAY_IS_WINDOW (self));
  g_return_if_fail (place != NULL);

  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->places, i);
      GtkWidget *page = gtk_stack_get_child_by_name (self->content, place);

      if (row == NULL)
        return;
      if (page == NULL || !gtk_widget_get_visible (GTK_WIDGET (row))
          || !g_str_equal (gtk_widget_get_name (GTK_WIDGET (row)), place))
        continue;

      gtk_list_box_select_row (self->places, row);
      gtk_stack_set_visible_child (self->content, page);
      adw_navigation_page_set_title (self->content_page,
                                     gtk_stack_page_get_title (gtk_stack_get_page (self->content, page)));
      adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      return;
    }
}

/**
 * belay_window_take_link:
 * @link: a belay:// link that was followed
 */
void
belay_window_take_link (BelayWindow *self,
                        const char *link)
{
  g_return_if_fail (BELAY_IS_WINDOW (self));
  g_return_if_fail (link != NULL);

  if (self->account != NULL)
    belay_window_say (self, _ ("You are signed in already. Sign out first to follow this link."));
  else if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "first-start") == 0)
    belay_first_start_take_text (self->first_start, link);
  else
    g_set_str (&self->link, link);
}

/**
 * belay_window_say:
 * @text: a sentence that may pass
 */
void
belay_window_say (BelayWindow *self,
                  const char *text)
{
  AdwToast *toast;

  g_return_if_fail (BELAY_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * belay_window_say_error:
 * @error: what went wrong
 */
void
belay_window_say_error (BelayWindow *self,
                        const GError *error)
{
  g_return_if_fail (BELAY_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  belay_window_say (self, belay_sentence_error_title (error));
}
