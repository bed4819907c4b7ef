/* belay-module-row.c: a module with its length, its state and the one thing to do
 *
 * Opens to the module's activities; one that is pressed is studied. A menu holds what is rarely
 * done: cancel a download, remove it. Where the page is narrow the button is an icon, so that the title
 * keeps its room.
 *
 * CSS nodes: those of AdwExpanderRow. Role: list item, named by its title. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-module-row.h"

#include "belay-activity-item.h"
#include "belay-module-button.h"
#include "belay-sentences.h"
#include "belay-words.h"

#include <glib/gi18n.h>

struct _BelayModuleRow
{
  AdwExpanderRow parent_instance;

  BelayModuleItem *module;
  GtkWidget *done;
  GtkWidget *button;
  GtkWidget *progress;
  GtkWidget *menu;
  GBinding *narrow;      /* (nullable): of the page to the button */
  GPtrArray *activities; /* (element-type GtkWidget): rows, not owned */
};

G_DEFINE_FINAL_TYPE (BelayModuleRow, belay_module_row, ADW_TYPE_EXPANDER_ROW)

static char *
learnt_words (BelayModuleItem *module)
{
  const char *receipt = belay_sentence_receipt (belay_module_item_get_receipt (module));
  g_autofree char *share = belay_words_share (belay_module_item_get_completion (module));

  if (belay_module_item_get_completed (module))
    /* Translators: %s is where it is saved: "safe here", "on its way" or "the server has it" */
    return *receipt != '\0' ? g_strdup_printf (_ ("Done, %s"), receipt) : g_strdup (_ ("Done"));
  if (belay_module_item_get_receipt (module) == BELAY_RECEIPT_NONE && belay_module_item_get_completion (module) == 0)
    return NULL;

  /* Translators: a share such as "43 %", then where it is saved */
  return *receipt != '\0' ? g_strdup_printf (_ ("%s done, %s"), share, receipt)
                          : g_strdup_printf (_ ("%s done"), share);
}

static char *
subtitle_of (BelayModuleItem *module)
{
  g_autofree char *duration = belay_words_duration (belay_module_item_get_seconds (module));
  g_autofree char *learnt = learnt_words (module);
  g_autofree char *state = belay_sentence_module (module);
  g_autofree char *first = belay_words_join (duration, learnt);
  g_autofree char *all = NULL;

  if (belay_module_item_get_state (module) == BELAY_DOWNLOAD_STATE_FAILED)
    g_set_str (&state, belay_sentence_download_failure (belay_module_item_get_failure (module)));
  all = belay_words_join (first, state);
  if (belay_module_item_get_required (module))
    return g_steal_pointer (&all);

  return belay_words_join (all, _ ("as you like"));
}

static GMenuModel *
menu_of (BelayModuleItem *module)
{
  GMenu *menu = g_menu_new ();
  BelayDownloadState state = belay_module_item_get_state (module);
  const char *id = belay_module_item_get_id (module);
  g_autoptr (GMenuItem) item = NULL;

  if (state == BELAY_DOWNLOAD_STATE_READY)
    {
      item = g_menu_item_new (_ ("Remove From This Laptop"), NULL);
      g_menu_item_set_action_and_target (item, "win.remove-download", "s", id);
    }
  else if (state != BELAY_DOWNLOAD_STATE_REMOTE && state != BELAY_DOWNLOAD_STATE_UNAVAILABLE)
    {
      item = g_menu_item_new (_ ("Cancel Download"), NULL);
      g_menu_item_set_action_and_target (item, "win.cancel-download", "s", id);
    }
  if (item != NULL)
    g_menu_append_item (menu, item);

  return G_MENU_MODEL (menu);
}

static void
update (BelayModuleRow *self)
{
  BelayDownloadState state = belay_module_item_get_state (self->module);
  g_autofree char *subtitle = subtitle_of (self->module);
  g_autoptr (GMenuModel) menu = menu_of (self->module);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), belay_module_item_get_title (self->module));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_widget_set_visible (self->done, belay_module_item_get_completed (self->module));
  gtk_widget_set_visible (self->progress,
                          state == BELAY_DOWNLOAD_STATE_DOWNLOADING || state == BELAY_DOWNLOAD_STATE_PAUSED);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 CLAMP (belay_module_item_get_fraction (self->module), 0, 1));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_widget_set_visible (self->menu, g_menu_model_get_n_items (menu) > 0);
}

static char *
activity_words (BelayActivityItem *activity)
{
  g_autofree char *duration = belay_words_duration (belay_activity_item_get_seconds (activity));
  g_autofree char *share = NULL;
  g_autofree char *score = NULL;

  if (belay_activity_item_get_score (activity) < 0)
    return g_steal_pointer (&duration);

  share = belay_words_share (belay_activity_item_get_score (activity));
  /* Translators: %s is a share such as "85 %" */
  score = g_strdup_printf (_ ("score %s"), share);
  return belay_words_join (duration, score);
}

static void
show_activity (AdwActionRow *row,
               GParamSpec *pspec,
               BelayActivityItem *activity)
{
  g_autofree char *subtitle = activity_words (activity);
  GtkWidget *done = g_object_get_data (G_OBJECT (row), "done");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), belay_activity_item_get_title (activity));
  adw_action_row_set_subtitle (row, subtitle);
  gtk_widget_set_visible (done, belay_activity_item_get_satisfied (activity));
}

static void
activity_changed_cb (BelayActivityItem *activity,
                     GParamSpec *pspec,
                     AdwActionRow *row)
{
  show_activity (row, pspec, activity);
}

static GtkWidget *
done_mark (const char *icon)
{
  GtkWidget *mark = gtk_image_new_from_icon_name (icon);

  gtk_widget_add_css_class (mark, "accent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Done"), -1);

  return mark;
}

static void
add_activity (BelayModuleRow *self,
              BelayActivityItem *activity)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *done = done_mark ("object-select-symbolic");
  const char *module_id = belay_module_item_get_id (self->module);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), done);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "done", done);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", module_id, belay_activity_item_get_id (activity));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.study-activity");
  g_signal_connect_object (activity, "notify", G_CALLBACK (activity_changed_cb), row, G_CONNECT_DEFAULT);
  show_activity (ADW_ACTION_ROW (row), NULL, activity);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->activities, row);
}

static void
show_activities (BelayModuleRow *self)
{
  GListModel *activities = belay_module_item_get_activities (self->module);

  for (guint i = 0; i < self->activities->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->activities, i));
  g_ptr_array_set_size (self->activities, 0);

  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (BelayActivityItem) activity = g_list_model_get_item (activities, i);

      add_activity (self, activity);
    }
}

static gboolean
is_any_cb (GBinding *binding,
           const GValue *from,
           GValue *to,
           gpointer data)
{
  g_value_set_boolean (to, g_value_get_object (from) != NULL);

  return TRUE;
}

/* The page has one breakpoint, and is narrow while it holds */
static void
belay_module_row_root (GtkWidget *widget)
{
  BelayModuleRow *self = BELAY_MODULE_ROW (widget);
  GtkWidget *page;

  GTK_WIDGET_CLASS (belay_module_row_parent_class)->root (widget);

  page = gtk_widget_get_ancestor (widget, ADW_TYPE_BREAKPOINT_BIN);
  if (page != NULL)
    self->narrow = g_object_bind_property_full (page, "current-breakpoint", self->button, "compact",
                                                G_BINDING_SYNC_CREATE, is_any_cb, NULL, NULL, NULL);
}

static void
belay_module_row_unroot (GtkWidget *widget)
{
  g_clear_pointer (&BELAY_MODULE_ROW (widget)->narrow, g_binding_unbind);

  GTK_WIDGET_CLASS (belay_module_row_parent_class)->unroot (widget);
}

static void
belay_module_row_dispose (GObject *object)
{
  BelayModuleRow *self = BELAY_MODULE_ROW (object);

  g_clear_pointer (&self->activities, g_ptr_array_unref);
  g_clear_object (&self->module);

  G_OBJECT_CLASS (belay_module_row_parent_class)->dispose (object);
}

static void
belay_module_row_class_init (BelayModuleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = belay_module_row_dispose;
  GTK_WIDGET_CLASS (klass)->root = belay_module_row_root;
  GTK_WIDGET_CLASS (klass)->unroot = belay_module_row_unroot;
}

static void
belay_module_row_init (BelayModuleRow *self)
{
  self->activities = g_ptr_array_new ();
  self->done = done_mark ("object-select-symbolic");
  self->progress = gtk_progress_bar_new ();
  self->menu = gtk_menu_button_new ();

  gtk_widget_set_valign (self->progress, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->progress, 64, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Download"), -1);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_set_tooltip_text (self->menu, _ ("More"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * belay_module_row_new:
 *
 * Returns: (transfer floating): a row that follows @module
 */
GtkWidget *
belay_module_row_new (BelayModuleItem *module)
{
  BelayModuleRow *self;

  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (module), NULL);

  self = g_object_new (BELAY_TYPE_MODULE_ROW, NULL);
  self->module = g_object_ref (module);
  self->button = g_object_new (BELAY_TYPE_MODULE_BUTTON, "module", module, "valign", GTK_ALIGN_CENTER, NULL);

  /* An expander row puts each suffix before those it has. */
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), self->menu);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), self->button);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), self->progress);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), self->done);
  g_signal_connect_object (module, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (belay_module_item_get_activities (module), "items-changed", G_CALLBACK (show_activities),
                           self, G_CONNECT_SWAPPED);
  show_activities (self);
  update (self);

  return GTK_WIDGET (self);
}
