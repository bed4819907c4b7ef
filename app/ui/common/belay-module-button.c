/* belay-module-button.c: the one thing to do with a module now
 *
 * Start, go on, download, pause, try again: which one follows from the module, and the window's
 * action of that name does it.
 *
 * CSS nodes: modulebutton > button. Role: none; its button is a button whose label names the module.
 * Nothing in it mirrors. Where it is compact an icon stands for the words, which are its tooltip.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-module-button.h"

#include <glib/gi18n.h>

struct _BelayModuleButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  BelayModuleItem *module;
  gboolean is_primary;
  gboolean is_compact;
};

G_DEFINE_FINAL_TYPE (BelayModuleButton, belay_module_button, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MODULE,
  PROP_IS_PRIMARY,
  PROP_COMPACT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  const char *label;
  const char *action;
  const char *icon;
} ModuleAct;

static const ModuleAct start = { N_ ("Start"), "win.study", "media-playback-start-symbolic" };
static const ModuleAct go_on = { N_ ("Go on"), "win.study", "media-playback-start-symbolic" };
static const ModuleAct open_again = { N_ ("Open again"), "win.study", "media-playback-start-symbolic" };
static const ModuleAct download = { N_ ("Download"), "win.download", "folder-download-symbolic" };
static const ModuleAct resume = { N_ ("Go on"), "win.download", "folder-download-symbolic" };
static const ModuleAct try_again = { N_ ("Try Again"), "win.download", "view-refresh-symbolic" };
static const ModuleAct pause_it = { N_ ("Pause"), "win.pause-download", "media-playback-pause-symbolic" };

static const ModuleAct *
study_act (BelayModuleItem *module)
{
  if (belay_module_item_get_completed (module))
    return &open_again;

  return belay_module_item_get_receipt (module) == BELAY_RECEIPT_NONE ? &start : &go_on;
}

static const ModuleAct *
act_of (BelayModuleItem *module)
{
  switch (belay_module_item_get_state (module))
    {
    case BELAY_DOWNLOAD_STATE_READY:
      return study_act (module);
    case BELAY_DOWNLOAD_STATE_REMOTE:
      return &download;
    case BELAY_DOWNLOAD_STATE_PAUSED:
      return &resume;
    case BELAY_DOWNLOAD_STATE_FAILED:
      return &try_again;
    case BELAY_DOWNLOAD_STATE_QUEUED:
    case BELAY_DOWNLOAD_STATE_DOWNLOADING:
      return &pause_it;
    case BELAY_DOWNLOAD_STATE_VERIFYING:
    case BELAY_DOWNLOAD_STATE_UNAVAILABLE:
    default:
      return NULL;
    }
}

static void
show_act (BelayModuleButton *self,
          const ModuleAct *act)
{
  g_autofree char *spoken = NULL;

  if (self->is_compact)
    gtk_button_set_icon_name (GTK_BUTTON (self->button), act->icon);
  else
    gtk_button_set_label (GTK_BUTTON (self->button), _ (act->label));
  gtk_widget_set_tooltip_text (self->button, self->is_compact ? _ (act->label) : NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", belay_module_item_get_id (self->module));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), act->action);

  /* Translators: what a button does, and with which module, for who hears the interface */
  spoken = g_strdup_printf (_ ("%s: %s"), _ (act->label), belay_module_item_get_title (self->module));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  if (self->is_primary && act != &pause_it)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

static void
update (BelayModuleButton *self)
{
  const ModuleAct *act = self->module != NULL ? act_of (self->module) : NULL;

  gtk_widget_set_visible (self->button, act != NULL);
  if (act != NULL)
    show_act (self, act);
}

/* Reached for by the pointer, or walked to by keys */
static void
reached_cb (BelayModuleButton *self)
{
  const ModuleAct *act = self->module != NULL ? act_of (self->module) : NULL;

  if (act != NULL && g_str_equal (act->action, "win.study"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.expect-study", NULL);
}

static void
focused_cb (BelayModuleButton *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* A window gives the focus away by itself when it opens, and that is nobody's wish */
  if (GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)))
    reached_cb (self);
}

static void
follow_reach (BelayModuleButton *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (reached_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focused_cb), self);
  gtk_widget_add_controller (self->button, motion);
  gtk_widget_add_controller (self->button, focus);
}

static void
module_changed_cb (BelayModuleButton *self)
{
  update (self);
}

static void
belay_module_button_dispose (GObject *object)
{
  BelayModuleButton *self = BELAY_MODULE_BUTTON (object);

  if (self->module != NULL)
    g_signal_handlers_disconnect_by_func (self->module, module_changed_cb, self);
  g_clear_object (&self->module);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (belay_module_button_parent_class)->dispose (object);
}

static void
belay_module_button_get_property (GObject *object,
                                  guint id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  BelayModuleButton *self = BELAY_MODULE_BUTTON (object);

  switch (id)
    {
    case PROP_MODULE:
      g_value_set_object (value, self->module);
      break;
    case PROP_IS_PRIMARY:
      g_value_set_boolean (value, self->is_primary);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->is_compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_compact (BelayModuleButton *self,
             gboolean is_compact)
{
  if (self->is_compact == is_compact)
    return;

  self->is_compact = is_compact;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

static void
belay_module_button_set_property (GObject *object,
                                  guint id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  BelayModuleButton *self = BELAY_MODULE_BUTTON (object);

  switch (id)
    {
    case PROP_MODULE:
      belay_module_button_set_module (self, g_value_get_object (value));
      break;
    case PROP_IS_PRIMARY:
      self->is_primary = g_value_get_boolean (value);
      if (self->is_primary)
        gtk_widget_add_css_class (self->button, "pill");
      update (self);
      break;
    case PROP_COMPACT:
      set_compact (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
belay_module_button_class_init (BelayModuleButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = belay_module_button_dispose;
  object_class->get_property = belay_module_button_get_property;
  object_class->set_property = belay_module_button_set_property;

  properties[PROP_MODULE] = g_param_spec_object ("module", NULL, NULL, BELAY_TYPE_MODULE_ITEM,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_IS_PRIMARY] =
    g_param_spec_boolean ("is-primary", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "modulebutton");
}

static void
belay_module_button_init (BelayModuleButton *self)
{
  self->button = gtk_button_new ();
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  follow_reach (self);
  gtk_widget_set_visible (self->button, FALSE);
}

/**
 * belay_module_button_set_module:
 * @module: (nullable): what the button acts on
 */
void
belay_module_button_set_module (BelayModuleButton *self,
                                BelayModuleItem *module)
{
  g_return_if_fail (BELAY_IS_MODULE_BUTTON (self));
  g_return_if_fail (module == NULL || BELAY_IS_MODULE_ITEM (module));

  if (module == self->module)
    return;

  if (self->module != NULL)
    g_signal_handlers_disconnect_by_func (self->module, module_changed_cb, self);
  g_set_object (&self->module, module);
  if (module != NULL)
    g_signal_connect_object (module, "notify", G_CALLBACK (module_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODULE]);
}
