/* belay-first-start.c: from one field to signed in
 *
 * Address, code or link; then who; then the first week is on its way. What was typed stays when
 * something fails.
 *
 * CSS nodes: those of its template. Role: none of its own; errors are alerts. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-first-start.h"

#include "belay-sentences.h"

#include <glib/gi18n.h>

struct _BelayFirstStart
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  AdwEntryRow *where;
  GtkLabel *find_error;
  GtkWidget *find;
  AdwNavigationPage *who_page;
  GtkLabel *organisation;
  GtkLabel *address;
  AdwEntryRow *name;
  AdwEntryRow *email;
  AdwEntryRow *password;
  GtkLabel *who_error;
  GtkWidget *sign_in;

  BelayAccountManager *manager;
  BelayServerInfo *server;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (BelayFirstStart, belay_first_start, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_written (AdwEntryRow *row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0';
}

static gboolean
is_joining (BelayFirstStart *self)
{
  return self->server != NULL && self->server->code != NULL;
}

static void
update (BelayFirstStart *self)
{
  gboolean is_complete =
    is_written (self->email) && is_written (self->password) && (!is_joining (self) || is_written (self->name));

  gtk_widget_set_sensitive (self->find, !self->is_busy && is_written (self->where));
  gtk_widget_set_sensitive (self->sign_in, !self->is_busy && is_complete);
}

static void
set_busy (BelayFirstStart *self,
          gboolean is_busy)
{
  self->is_busy = is_busy;
  update (self);
}

static void
show_error (GtkLabel *label,
            AdwEntryRow *row,
            const GError *error)
{
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (label), error != NULL);
  if (error == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
      return;
    }

  body = belay_sentence_error_body (error);
  text = g_strconcat (belay_sentence_error_title (error), ". ", body, NULL);
  gtk_label_set_label (label, text);
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
ask_who (BelayFirstStart *self)
{
  gboolean joining = is_joining (self);

  gtk_label_set_label (self->organisation, self->server->organisation_name);
  gtk_label_set_label (self->address, self->server->address);
  gtk_widget_set_visible (GTK_WIDGET (self->name), joining);
  adw_navigation_page_set_title (self->who_page, joining ? _ ("Join") : _ ("Sign In"));
  gtk_button_set_label (GTK_BUTTON (self->sign_in), joining ? _ ("_Join") : _ ("_Sign In"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password),
                                 joining ? _ ("Choose a password") : _ ("Password"));
  adw_navigation_view_push_by_tag (self->navigation, "who");
  gtk_widget_grab_focus (joining ? GTK_WIDGET (self->name) : GTK_WIDGET (self->email));
  update (self);
}

static DexFuture *
find_fiber (gpointer data)
{
  BelayFirstStart *self = BELAY_FIRST_START (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayServerInfo) server = NULL;

  set_busy (self, TRUE);
  server = dex_await_boxed (belay_account_manager_find_server (self->manager,
                                                               gtk_editable_get_text (GTK_EDITABLE (self->where))),
                            &error);
  set_busy (self, FALSE);
  show_error (self->find_error, self->where, error);
  if (server != NULL)
    {
      g_clear_pointer (&self->server, belay_server_info_free);
      self->server = g_steal_pointer (&server);
      ask_who (self);
    }

  return NULL;
}

static void
find_cb (BelayFirstStart *self)
{
  if (!self->is_busy && is_written (self->where))
    dex_future_disown (dex_scheduler_spawn (NULL, 0, find_fiber, g_object_ref (self), g_object_unref));
}

static DexFuture *
enter (BelayFirstStart *self)
{
  const char *email = gtk_editable_get_text (GTK_EDITABLE (self->email));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));

  if (is_joining (self))
    return belay_account_manager_join (self->manager, self->server, gtk_editable_get_text (GTK_EDITABLE (self->name)),
                                       email, password);

  return belay_account_manager_sign_in (self->manager, self->server, email, password);
}

static DexFuture *
sign_in_fiber (gpointer data)
{
  BelayFirstStart *self = BELAY_FIRST_START (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayAccount) account = NULL;

  set_busy (self, TRUE);
  account = dex_await_object (enter (self), &error);
  set_busy (self, FALSE);
  show_error (self->who_error, self->password, error);
  if (account != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
      adw_navigation_view_push_by_tag (self->navigation, "ready");
    }

  return NULL;
}

static void
sign_in_cb (BelayFirstStart *self)
{
  if (!self->is_busy && gtk_widget_get_sensitive (self->sign_in))
    dex_future_disown (dex_scheduler_spawn (NULL, 0, sign_in_fiber, g_object_ref (self), g_object_unref));
}

static void
changed_cb (BelayFirstStart *self)
{
  update (self);
}

static void
done_cb (BelayFirstStart *self)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
belay_first_start_dispose (GObject *object)
{
  BelayFirstStart *self = BELAY_FIRST_START (object);

  g_clear_object (&self->manager);
  g_clear_pointer (&self->server, belay_server_info_free);

  G_OBJECT_CLASS (belay_first_start_parent_class)->dispose (object);
}

static void
belay_first_start_class_init (BelayFirstStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = belay_first_start_dispose;

  signals[SIGNAL_DONE] =
    g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/account/belay-first-start.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, navigation);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, where);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, find_error);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, find);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, who_page);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, organisation);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, address);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, name);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, email);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, password);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, who_error);
  gtk_widget_class_bind_template_child (widget_class, BelayFirstStart, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
belay_first_start_init (BelayFirstStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * belay_first_start_set_manager:
 * @manager: what finds servers and signs in
 */
void
belay_first_start_set_manager (BelayFirstStart *self,
                               BelayAccountManager *manager)
{
  const char *preset;

  g_return_if_fail (BELAY_IS_FIRST_START (self));
  g_return_if_fail (BELAY_IS_ACCOUNT_MANAGER (manager));

  g_set_object (&self->manager, manager);
  preset = belay_account_manager_get_preset_address (manager);
  adw_navigation_view_pop_to_tag (self->navigation, "find");
  if (preset != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->where), preset);
}

/**
 * belay_first_start_take_text:
 * @text: an address, a code or a link, as from a belay:// link that was followed
 *
 * Goes on with @text as if it had been typed.
 */
void
belay_first_start_take_text (BelayFirstStart *self,
                             const char *text)
{
  g_return_if_fail (BELAY_IS_FIRST_START (self));
  g_return_if_fail (text != NULL);

  adw_navigation_view_pop_to_tag (self->navigation, "find");
  gtk_editable_set_text (GTK_EDITABLE (self->where), text);
  find_cb (self);
}
