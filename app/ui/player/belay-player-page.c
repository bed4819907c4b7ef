/* belay-player-page.c: where one activity is studied
 *
 * A thin bar over the content, which fills the rest: back, the activity's title, which one of how
 * many, and how it stands once it is completed. Leaving is instant: the page goes at once and the
 * content says goodbye behind it. In a narrow window the standing is its icon alone, and the words are its tooltip.
 *
 * CSS nodes: navigation-view-page > toolbarview. Accessible role: group, labelled by the title; the
 * standing is a status, and spoken when it changes. In right-to-left the bar mirrors, the content
 * does as it wants. Keys: F6 goes between bar and content, Escape leaves, Ctrl with +, - and 0 zooms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-player-page.h"

#include "belay-player-loader.h"
#include "belay-player-resources.h"

#include <glib/gi18n.h>

#define WAITING_SHOWN_AFTER_MS 200
#define ZOOM_STEP 1.1
#define ZOOM_LEAST 0.5
#define ZOOM_MOST 3.0

struct _BelayPlayerPage
{
  AdwNavigationPage parent_instance;

  AdwHeaderBar *bar;
  AdwWindowTitle *window_title;
  GtkWidget *standing_box;
  GtkImage *standing_icon;
  GtkLabel *standing_label;
  AdwBanner *lost_banner;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwBin *content_bin;
  AdwStatusPage *trouble_page;

  BelayPlayerView *view; /* (nullable) */
  BelayPlayerStanding standing;
  double zoom;
  guint waiting_source;
  gboolean is_left;
};

enum
{
  LEFT,
  OPEN_AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BelayPlayerPage, belay_player_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- what is shown ---- */

static void
show (BelayPlayerPage *self,
      const char *name)
{
  g_clear_handle_id (&self->waiting_source, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
show_waiting (gpointer user_data)
{
  BelayPlayerPage *self = user_data;

  self->waiting_source = 0;
  gtk_stack_set_visible_child_name (self->stack, "waiting");

  return G_SOURCE_REMOVE;
}

static void
wait_for_content (BelayPlayerPage *self)
{
  show (self, "empty");
  self->waiting_source = g_timeout_add (WAITING_SHOWN_AFTER_MS, show_waiting, self);
}

static void
show_trouble (BelayPlayerPage *self,
              const char *title,
              const char *sentence)
{
  adw_status_page_set_title (self->trouble_page, title);
  adw_status_page_set_description (self->trouble_page, sentence);
  show (self, "trouble");
}

/* ---- the content's view ---- */

static void
drop_view (BelayPlayerPage *self)
{
  if (self->view == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->view, self);
  adw_bin_set_child (self->content_bin, NULL);
  g_clear_object (&self->view);
}

static void
on_ready (BelayPlayerPage *self)
{
  show (self, "content");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_returned (BelayPlayerPage *self)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (navigation != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
}

static void
on_refused (BelayPlayerPage *self,
            guint refusal)
{
  const char *sentence = refusal == BELAY_PLAYER_REFUSAL_DOWNLOAD
                           ? _ ("This activity wanted to save a file. Activities can’t do that in Belay.")
                           : _ ("This activity wanted to open a page outside of it. Activities stay on this laptop.");

  adw_toast_overlay_dismiss_all (self->toasts);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (sentence));
}

static void
on_trouble (BelayPlayerPage *self,
            guint trouble)
{
  drop_view (self);
  if (trouble == BELAY_PLAYER_TROUBLE_MEMORY)
    show_trouble (
      self, _ ("The Activity Needs More Memory"),
      _ ("This laptop ran out of memory for it. What you did is safe here. Close other apps and open it again."));
  else if (trouble == BELAY_PLAYER_TROUBLE_CRASH)
    show_trouble (self, _ ("The Activity Stopped"),
                  _ ("It ended unexpectedly. What you did is safe here. Open it again and go on where you were."));
  else
    show_trouble (
      self, _ ("The Activity Did Not Open"),
      _ ("One of its pages could not be shown. Nothing was lost. Open it again, or download the module again."));
}

static void
on_unloaded (BelayPlayerPage *self)
{
  drop_view (self);
  g_signal_emit (self, signals[LEFT], 0);
  g_object_unref (self);
}

static void
connect_view (BelayPlayerPage *self)
{
  g_signal_connect_swapped (self->view, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect_swapped (self->view, "returned", G_CALLBACK (on_returned), self);
  g_signal_connect_swapped (self->view, "refused", G_CALLBACK (on_refused), self);
  g_signal_connect_swapped (self->view, "trouble", G_CALLBACK (on_trouble), self);
}

/* ---- leaving ---- */

/* The page is on its way out. The last reference is given back when the content said goodbye. */
static void
on_hiding (BelayPlayerPage *self)
{
  if (self->is_left)
    return;

  self->is_left = TRUE;
  g_object_ref (self);
  g_clear_handle_id (&self->waiting_source, g_source_remove);
  if (self->view == NULL)
    {
      on_unloaded (self);
      return;
    }

  g_signal_connect_swapped (self->view, "unloaded", G_CALLBACK (on_unloaded), self);
  belay_player_view_stop (self->view);
}

static void
on_open_again (BelayPlayerPage *self)
{
  wait_for_content (self);
  g_signal_emit (self, signals[OPEN_AGAIN], 0);
}

static void
on_understood (BelayPlayerPage *self)
{
  adw_banner_set_revealed (self->lost_banner, FALSE);
}

/* ---- actions ---- */

static void
set_zoom (BelayPlayerPage *self,
          double zoom)
{
  self->zoom = CLAMP (zoom, ZOOM_LEAST, ZOOM_MOST);
  if (self->view != NULL)
    belay_player_view_set_zoom (self->view, self->zoom);
}

static void
zoom_in (GtkWidget *widget,
         const char *action,
         GVariant *parameter)
{
  BelayPlayerPage *self = BELAY_PLAYER_PAGE (widget);

  set_zoom (self, self->zoom * ZOOM_STEP);
}

static void
zoom_out (GtkWidget *widget,
          const char *action,
          GVariant *parameter)
{
  BelayPlayerPage *self = BELAY_PLAYER_PAGE (widget);

  set_zoom (self, self->zoom / ZOOM_STEP);
}

static void
zoom_reset (GtkWidget *widget,
            const char *action,
            GVariant *parameter)
{
  set_zoom (BELAY_PLAYER_PAGE (widget), 1.0);
}

static void
switch_focus (GtkWidget *widget,
              const char *action,
              GVariant *parameter)
{
  BelayPlayerPage *self = BELAY_PLAYER_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_in_bar = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->bar));

  if (is_in_bar && self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->bar), GTK_DIR_TAB_FORWARD);
}

/* Content takes every key that it can get, so these are taken before it. */
static void
add_shortcuts (BelayPlayerPage *self)
{
  static const struct
  {
    const char *keys;
    const char *action;
  } SHORTCUTS[] = {
    { "F6", "player.switch-focus" },
    { "<Control>plus|<Control>equal|<Control>KP_Add", "player.zoom-in" },
    { "<Control>minus|<Control>KP_Subtract", "player.zoom-out" },
    { "<Control>0|<Control>KP_0", "player.zoom-reset" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (SHORTCUTS); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (SHORTCUTS[i].keys),
                                                            gtk_named_action_new (SHORTCUTS[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* ---- object ---- */

static void
belay_player_page_dispose (GObject *object)
{
  BelayPlayerPage *self = BELAY_PLAYER_PAGE (object);

  g_clear_handle_id (&self->waiting_source, g_source_remove);
  if (self->content_bin != NULL)
    drop_view (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), BELAY_TYPE_PLAYER_PAGE);

  G_OBJECT_CLASS (belay_player_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/player/belay-player-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, bar);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, standing_box);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, standing_icon);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, standing_label);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, lost_banner);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, content_bin);
  gtk_widget_class_bind_template_child (widget_class, BelayPlayerPage, trouble_page);
  gtk_widget_class_bind_template_callback (widget_class, on_open_again);
  gtk_widget_class_bind_template_callback (widget_class, on_understood);
}

static void
belay_player_page_class_init (BelayPlayerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* In a static library nothing else registers it */
  g_resources_register (belay_player_get_resource ());

  G_OBJECT_CLASS (klass)->dispose = belay_player_page_dispose;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "player.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "player.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "player.zoom-reset", NULL, zoom_reset);
  gtk_widget_class_install_action (widget_class, "player.switch-focus", NULL, switch_focus);

  signals[LEFT] =
    g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_AGAIN] =
    g_signal_new ("open-again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
belay_player_page_init (BelayPlayerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zoom = 1.0;
  add_shortcuts (self);
  g_signal_connect (self, "hiding", G_CALLBACK (on_hiding), NULL);
}

/* ---- for the places ---- */

/**
 * belay_player_page_new:
 * @title: of the activity
 * @position: which of the module's activities it is, from 1
 * @count: how many the module has
 *
 * Returns: (transfer floating): a page that waits for its content
 */
BelayPlayerPage *
belay_player_page_new (const char *title,
                       guint position,
                       guint count)
{
  BelayPlayerPage *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (BELAY_TYPE_PLAYER_PAGE, "title", title, NULL);
  adw_window_title_set_title (self->window_title, title);
  if (count > 1)
    {
      /* Translators: which of a module's activities is open, such as “Activity 2 of 5” */
      g_autofree char *subtitle = g_strdup_printf (_ ("Activity %u of %u"), position, count);

      adw_window_title_set_subtitle (self->window_title, subtitle);
    }
  wait_for_content (self);

  return self;
}

/**
 * belay_player_page_open:
 * @url: of the launch
 * @return_url: of the launch
 *
 * Shows the content of a launch; once for the page, and again after each #BelayPlayerPage::open-again.
 */
void
belay_player_page_open (BelayPlayerPage *self,
                        const char *url,
                        const char *return_url)
{
  g_autoptr (GError) error = NULL;
  BelayPlayerView *view;

  g_return_if_fail (BELAY_IS_PLAYER_PAGE (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (return_url != NULL);

  if (self->is_left)
    return;

  drop_view (self);
  view = belay_player_loader_create_view (&error);
  if (view == NULL)
    {
      g_message ("%s", error->message);
      show_trouble (
        self, _ ("The Player Is Missing"),
        _ ("A part of Belay that shows activities is not installed. Nothing was lost. Install Belay again."));
      return;
    }

  self->view = g_object_ref_sink (view);
  connect_view (self);
  belay_player_view_set_zoom (self->view, self->zoom);
  adw_bin_set_child (self->content_bin, GTK_WIDGET (self->view));
  belay_player_view_open (self->view, url, return_url);
}

/**
 * belay_player_page_fail:
 * @sentence: what happened and what to do
 *
 * Says that the activity could not be launched.
 */
void
belay_player_page_fail (BelayPlayerPage *self,
                        const char *sentence)
{
  g_return_if_fail (BELAY_IS_PLAYER_PAGE (self));
  g_return_if_fail (sentence != NULL);

  show_trouble (self, _ ("The Activity Did Not Open"), sentence);
}

/**
 * belay_player_page_lose:
 * @sentence: what could not be kept and what to do
 *
 * Says so above the content, which stays: it was told too, and most of them try again.
 */
void
belay_player_page_lose (BelayPlayerPage *self,
                        const char *sentence)
{
  g_return_if_fail (BELAY_IS_PLAYER_PAGE (self));
  g_return_if_fail (sentence != NULL);

  adw_banner_set_title (self->lost_banner, sentence);
  adw_banner_set_revealed (self->lost_banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/**
 * belay_player_page_set_standing:
 *
 * Says where the completion of the activity is: safe here, or on the server.
 */
void
belay_player_page_set_standing (BelayPlayerPage *self,
                                BelayPlayerStanding standing)
{
  const char *words[] = {
    "",
    /* Translators: the activity is completed and saved on this laptop */
    _ ("Completed · safe here"),
    _ ("Completed · on its way"),
    _ ("Completed · the server has it"),
  };
  const char *icons[] = { NULL, "object-select-symbolic", "content-loading-symbolic", "belay-arrived-symbolic" };

  g_return_if_fail (BELAY_IS_PLAYER_PAGE (self));
  g_return_if_fail (standing <= BELAY_PLAYER_STANDING_SERVER);

  if (self->standing == standing)
    return;

  self->standing = standing;
  gtk_widget_set_visible (self->standing_box, standing != BELAY_PLAYER_STANDING_NONE);
  if (standing == BELAY_PLAYER_STANDING_NONE)
    return;

  gtk_label_set_label (self->standing_label, words[standing]);
  gtk_widget_set_tooltip_text (self->standing_box, words[standing]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->standing_icon), GTK_ACCESSIBLE_PROPERTY_LABEL, words[standing],
                                  -1);
  gtk_image_set_from_icon_name (self->standing_icon, icons[standing]);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words[standing], GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
