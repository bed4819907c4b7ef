/* belay-sync-page.c: what is safe here, what is on its way, what the server has, and what it refused
 *
 * CSS nodes: those of its template. Role: dialog. All of it mirrors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-sync-page.h"

#include "belay-present.h"
#include "belay-sentences.h"
#include "belay-words.h"

#include <glib/gi18n.h>

#define LINES_PER_LIST 50

struct _BelaySyncPage
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  AdwActionRow *contact;
  GtkWidget *sync_now;
  GtkWidget *refused_group;
  GtkListBox *refused;
  GtkWidget *here_group;
  GtkListBox *here;
  GtkWidget *way_group;
  GtkListBox *way;
  GtkWidget *server_group;
  GtkListBox *server;
  GtkWidget *nothing_group;

  BelayAccount *account;
  GListModel *lists[4]; /* by receipt; for the server only what is of today */
};

G_DEFINE_FINAL_TYPE (BelaySyncPage, belay_sync_page, ADW_TYPE_DIALOG)

/* What a person decided about something that was refused. */
typedef struct
{
  BelaySyncPage *page;
  BelayRefusalItem *refusal;
  DexFuture *work;
  const char *done; /* translated: said when it worked */
} Decision;

static void
decision_free (Decision *decision)
{
  g_clear_object (&decision->page);
  g_clear_object (&decision->refusal);
  dex_clear (&decision->work);
  g_free (decision);
}

static void
say (BelaySyncPage *self,
     const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static DexFuture *
decision_fiber (gpointer data)
{
  Decision *decision = data;
  g_autoptr (GError) error = NULL;

  if (dex_await (g_steal_pointer (&decision->work), &error))
    say (decision->page, decision->done);
  else
    say (decision->page, belay_sentence_error_title (error));

  return NULL;
}

static void
decide (BelaySyncPage *self,
        BelayRefusalItem *refusal,
        DexFuture *work,
        const char *done)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->page = g_object_ref (self);
  decision->refusal = g_object_ref (refusal);
  decision->work = work;
  decision->done = done;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, decision_fiber, decision, (GDestroyNotify) decision_free));
}

static BelaySyncPage *
page_of (GtkWidget *widget)
{
  return BELAY_SYNC_PAGE (gtk_widget_get_ancestor (widget, BELAY_TYPE_SYNC_PAGE));
}

static void
try_again_cb (GtkWidget *button,
              BelayRefusalItem *refusal)
{
  BelaySyncPage *self = page_of (button);

  decide (self, refusal, belay_account_try_again (self->account, refusal), _ ("It is on its way again"));
}

static void
discard_answer_cb (AdwAlertDialog *dialog,
                   const char *response,
                   BelayRefusalItem *refusal)
{
  BelaySyncPage *self = g_object_get_data (G_OBJECT (dialog), "page");

  if (g_strcmp0 (response, "discard") == 0)
    decide (self, refusal, belay_account_discard (self->account, refusal), _ ("Discarded"));
}

static void
discard_cb (GtkWidget *button,
            BelayRefusalItem *refusal)
{
  AdwDialog *dialog = adw_alert_dialog_new (
    _ ("Discard It?"),
    _ ("It is only on this laptop. Once discarded, nobody can bring it back; exported, it stays in a file."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (page_of (button)), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_answer_cb), refusal, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, button);
}

typedef struct
{
  BelaySyncPage *page;
  BelayRefusalItem *refusal;
} Export;

static void
export_free (Export *export)
{
  g_clear_object (&export->page);
  g_clear_object (&export->refusal);
  g_free (export);
}

static void
export_chosen_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer data)
{
  Export *export = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    decide (export->page, export->refusal, belay_account_export (export->page->account, export->refusal, file),
            _ ("Exported"));
  export_free (export);
}

static void
export_cb (GtkWidget *button,
           BelayRefusalItem *refusal)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Export *export = g_new0 (Export, 1);

  export->page = g_object_ref (page_of (button));
  export->refusal = g_object_ref (refusal);
  gtk_file_dialog_set_title (dialog, _ ("Export What Was Refused"));
  gtk_file_dialog_set_initial_name (dialog, "belay-refused.json");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (button)), NULL, export_chosen_cb, export);
}

static void
add_button (GtkWidget *box,
            const char *label,
            GCallback pressed,
            BelayRefusalItem *refusal)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", pressed, refusal, G_CONNECT_DEFAULT);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static GtkWidget *
make_refusal (gpointer item,
              gpointer data)
{
  BelayRefusalItem *refusal = item;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = adw_wrap_box_new ();
  GtkWidget *title = gtk_label_new (belay_refusal_item_get_what (refusal));
  GtkWidget *reason = gtk_label_new (belay_sentence_refusal (belay_refusal_item_get_code (refusal)));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (reason), 0);
  gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
  gtk_widget_add_css_class (box, "refusal");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), reason);
  add_button (buttons, _ ("_Try Again"), G_CALLBACK (try_again_cb), refusal);
  add_button (buttons, _ ("_Export…"), G_CALLBACK (export_cb), refusal);
  add_button (buttons, _ ("_Discard…"), G_CALLBACK (discard_cb), refusal);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  belay_refusal_item_get_what (refusal), -1);

  return row;
}

static GtkWidget *
make_line (gpointer item,
           gpointer data)
{
  BelaySyncLine *line = item;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *done = belay_sentence_done (line);
  g_autofree char *when = belay_words_clock_time (belay_sync_line_get_when (line), belay_present_now_us ());
  GtkWidget *label = gtk_label_new (when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), done);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

static gboolean
is_shown (gpointer item,
          gpointer receipt)
{
  BelaySyncLine *line = item;

  if (belay_sync_line_get_receipt (line) != GPOINTER_TO_UINT (receipt))
    return FALSE;

  return GPOINTER_TO_UINT (receipt) != BELAY_RECEIPT_SERVER
         || belay_words_is_same_day (belay_sync_line_get_when (line), belay_present_now_us ());
}

static GListModel *
lines_with (BelaySyncPage *self,
            BelayReceipt receipt)
{
  GListModel *recent = belay_sync_status_get_recent (belay_account_get_sync (self->account));
  GtkCustomFilter *filter = gtk_custom_filter_new (is_shown, GUINT_TO_POINTER (receipt), NULL);
  GtkFilterListModel *found = gtk_filter_list_model_new (g_object_ref (recent), GTK_FILTER (filter));

  return G_LIST_MODEL (gtk_slice_list_model_new (G_LIST_MODEL (found), 0, LINES_PER_LIST));
}

static void
show_lists (BelaySyncPage *self)
{
  gboolean has_refused = g_list_model_get_n_items (belay_account_get_refusals (self->account)) > 0;
  gboolean has_here = g_list_model_get_n_items (self->lists[BELAY_RECEIPT_HERE]) > 0;
  gboolean has_way = g_list_model_get_n_items (self->lists[BELAY_RECEIPT_ON_ITS_WAY]) > 0;
  gboolean has_server = g_list_model_get_n_items (self->lists[BELAY_RECEIPT_SERVER]) > 0;

  gtk_widget_set_visible (self->refused_group, has_refused);
  gtk_widget_set_visible (self->here_group, has_here);
  gtk_widget_set_visible (self->way_group, has_way);
  gtk_widget_set_visible (self->server_group, has_server);
  gtk_widget_set_visible (self->nothing_group, !has_refused && !has_here && !has_way && !has_server);
}

static void
show_status (BelaySyncPage *self)
{
  BelaySyncStatus *status = belay_account_get_sync (self->account);
  gint64 last = belay_sync_status_get_last_contact (status);
  g_autofree char *ago = last > 0 ? belay_words_ago (last, belay_present_now_us ()) : NULL;
  /* Translators: %s is "2 min ago" or the like */
  g_autofree char *title =
    ago != NULL ? g_strdup_printf (_ ("Last contact %s"), ago) : g_strdup (_ ("No contact with the server yet"));
  gboolean working = belay_sync_status_get_working (status);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->contact), title);
  adw_action_row_set_subtitle (self->contact, belay_sentence_sync_state (belay_sync_status_get_state (status)));
  gtk_widget_set_sensitive (self->sync_now, !working);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sync_now), working ? _ ("Syncing…") : _ ("Sync Now"));
}

static DexFuture *
sync_fiber (gpointer data)
{
  BelaySyncPage *self = BELAY_SYNC_PAGE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelaySyncReport) report = dex_await_boxed (belay_account_sync_now (self->account), &error);
  g_autofree char *sentence = report != NULL ? belay_sentence_sync_report (report) : NULL;

  say (self, sentence != NULL ? sentence : belay_sentence_error_title (error));
  show_status (self);

  return NULL;
}

static void
sync_now_activated_cb (BelaySyncPage *self)
{
  dex_future_disown (dex_scheduler_spawn (NULL, 0, sync_fiber, g_object_ref (self), g_object_unref));
}

static void
belay_sync_page_dispose (GObject *object)
{
  BelaySyncPage *self = BELAY_SYNC_PAGE (object);

  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_object (&self->lists[i]);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (belay_sync_page_parent_class)->dispose (object);
}

static void
belay_sync_page_class_init (BelaySyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = belay_sync_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/belay/Belay/ui/account/belay-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, contact);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, sync_now);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, refused_group);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, refused);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, here_group);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, here);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, way_group);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, way);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, server_group);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, server);
  gtk_widget_class_bind_template_child (widget_class, BelaySyncPage, nothing_group);
  gtk_widget_class_bind_template_callback (widget_class, sync_now_activated_cb);
}

static void
belay_sync_page_init (BelaySyncPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow_list (BelaySyncPage *self,
             GtkListBox *box,
             BelayReceipt receipt)
{
  self->lists[receipt] = lines_with (self, receipt);
  gtk_list_box_bind_model (box, self->lists[receipt], make_line, NULL, NULL);
  g_signal_connect_object (self->lists[receipt], "items-changed", G_CALLBACK (show_lists), self, G_CONNECT_SWAPPED);
}

/**
 * belay_sync_page_new:
 * @account: whose things are shown
 *
 * Returns: (transfer floating): the page, which follows @account
 */
AdwDialog *
belay_sync_page_new (BelayAccount *account)
{
  BelaySyncPage *self;

  g_return_val_if_fail (BELAY_IS_ACCOUNT (account), NULL);

  self = g_object_new (BELAY_TYPE_SYNC_PAGE, NULL);
  self->account = g_object_ref (account);
  follow_list (self, self->here, BELAY_RECEIPT_HERE);
  follow_list (self, self->way, BELAY_RECEIPT_ON_ITS_WAY);
  follow_list (self, self->server, BELAY_RECEIPT_SERVER);
  gtk_list_box_bind_model (self->refused, belay_account_get_refusals (account), make_refusal, NULL, NULL);
  g_signal_connect_object (belay_account_get_refusals (account), "items-changed", G_CALLBACK (show_lists), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (belay_account_get_sync (account), "notify", G_CALLBACK (show_status), self,
                           G_CONNECT_SWAPPED);
  show_status (self);
  show_lists (self);

  return ADW_DIALOG (self);
}
