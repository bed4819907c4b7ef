/* belay-account-foot.c: who is signed in, and the one quiet line of sync
 *
 * CSS nodes: those of its template; the line has the class `warning` where something needs the
 * person. Role: a button, named by both. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-account-foot.h"

#include "belay-present.h"
#include "belay-sentences.h"

#include <glib/gi18n.h>

#define REFRESH_SECONDS 30 /* "2 min ago" grows old */

struct _BelayAccountFoot
{
  AdwBin parent_instance;

  GtkWidget *button;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *line;

  BelayAccount *account;
  guint refresh;
};

G_DEFINE_FINAL_TYPE (BelayAccountFoot, belay_account_foot, ADW_TYPE_BIN)

static gboolean
needs_person (BelaySyncStatus *status)
{
  BelaySyncState state = belay_sync_status_get_state (status);

  return belay_sync_status_get_refused (status) > 0 || state == BELAY_SYNC_STATE_SIGN_IN_NEEDED
         || state == BELAY_SYNC_STATE_UPDATE_NEEDED || state == BELAY_SYNC_STATE_DISK_FULL;
}

static gboolean
refresh_cb (gpointer data)
{
  belay_account_foot_refresh (BELAY_ACCOUNT_FOOT (data));

  return G_SOURCE_CONTINUE;
}

static void
belay_account_foot_map (GtkWidget *widget)
{
  BelayAccountFoot *self = BELAY_ACCOUNT_FOOT (widget);

  GTK_WIDGET_CLASS (belay_account_foot_parent_class)->map (widget);
  self->refresh = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
  belay_account_foot_refresh (self);
}

static void
belay_account_foot_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BELAY_ACCOUNT_FOOT (widget)->refresh, g_source_remove);
  GTK_WIDGET_CLASS (belay_account_foot_parent_class)->unmap (widget);
}

static void
belay_account_foot_dispose (GObject *object)
{
  BelayAccountFoot *self = BELAY_ACCOUNT_FOOT (object);

  g_clear_object (&self->account);

  G_OBJECT_CLASS (belay_account_foot_parent_class)->dispose (object);
}

static void
belay_account_foot_class_init (BelayAccountFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = belay_account_foot_dispose;
  widget_class->map = belay_account_foot_map;
  widget_class->unmap = belay_account_foot_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/account/belay-account-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, BelayAccountFoot, button);
  gtk_widget_class_bind_template_child (widget_class, BelayAccountFoot, avatar);
  gtk_widget_class_bind_template_child (widget_class, BelayAccountFoot, name);
  gtk_widget_class_bind_template_child (widget_class, BelayAccountFoot, line);
}

static void
belay_account_foot_init (BelayAccountFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * belay_account_foot_refresh:
 *
 * Shows the account as it is now.
 */
void
belay_account_foot_refresh (BelayAccountFoot *self)
{
  BelaySyncStatus *status;
  g_autofree char *line = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (BELAY_IS_ACCOUNT_FOOT (self));

  if (self->account == NULL)
    return;

  status = belay_account_get_sync (self->account);
  line = belay_sentence_sync_line (status, belay_present_now_us ());
  /* Translators: a name, then the state of sync; for who hears the interface */
  label = g_strdup_printf (_ ("%s: %s"), belay_account_get_name (self->account), line);
  adw_avatar_set_text (self->avatar, belay_account_get_name (self->account));
  gtk_label_set_label (self->name, belay_account_get_name (self->account));
  gtk_label_set_label (self->line, line);
  if (needs_person (status))
    gtk_widget_add_css_class (GTK_WIDGET (self->line), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * belay_account_foot_set_account:
 * @account: (nullable): who is signed in
 */
void
belay_account_foot_set_account (BelayAccountFoot *self,
                                BelayAccount *account)
{
  g_return_if_fail (BELAY_IS_ACCOUNT_FOOT (self));

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->account, self);
      g_signal_handlers_disconnect_by_data (belay_account_get_sync (self->account), self);
    }
  if (!g_set_object (&self->account, account) || account == NULL)
    return;

  g_signal_connect_object (account, "notify::name", G_CALLBACK (belay_account_foot_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (belay_account_get_sync (account), "notify", G_CALLBACK (belay_account_foot_refresh), self,
                           G_CONNECT_SWAPPED);
  belay_account_foot_refresh (self);
}
