/* belay-web-view.c: content in WebKit, kept in
 *
 * The content of one launch is shown in an ephemeral session of its own. It reaches its own folder
 * of the content host and nothing else, held four times over: the host's Content-Security-Policy, a
 * dead proxy for all but the host's port, a content filter, and the decisions below. No one of them
 * is enough: the policy does not see top-level navigation and preconnect, the decisions see
 * navigation alone, the filter sees no preconnect.
 *
 * WebKit's few asynchronous calls are answered here by callbacks, since this module alone knows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-web-view.h"

#include "belay-web-menu.h"
#include "belay-web-rules.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEAD_PROXY "http://127.0.0.1:1"
#define FILTER_NAME "launch"
#define BACKGROUND_BEFORE_CONTENT { 0, 0, 0, 0 }
#define GOODBYE_MS 2000
/* After the page is gone, what it sent last may still be on its way out of WebKit's network process */
#define LAST_WORDS_MS 150

struct _BelayWebView
{
  AdwBin parent_instance;

  WebKitWebView *view; /* (nullable): until open() */
  BelayWebRules *rules;
  GCancellable *cancellable;
  char *url;
  char *filter_folder;
  double zoom;
  guint goodbye_source;
  gboolean is_ready;
  gboolean is_stopping;
  gboolean is_unloaded;
};

static void belay_web_view_player_init (BelayPlayerViewInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BelayWebView,
                               belay_web_view,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BELAY_TYPE_PLAYER_VIEW, belay_web_view_player_init))

/* ---- what content may do ---- */

static void
emit_refused (BelayWebView *self,
              BelayPlayerRefusal refusal)
{
  if (!self->is_stopping)
    g_signal_emit_by_name (self, "refused", refusal);
}

static gboolean
decide_navigation (BelayWebView *self,
                   WebKitNavigationPolicyDecision *decision,
                   gboolean is_new_window)
{
  WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action (decision);
  const char *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  BelayWebRule rule = belay_web_rules_judge (self->rules, uri);

  if (rule == BELAY_WEB_RULE_ALLOW && !is_new_window)
    {
      webkit_policy_decision_use (WEBKIT_POLICY_DECISION (decision));
      return TRUE;
    }

  webkit_policy_decision_ignore (WEBKIT_POLICY_DECISION (decision));
  if (rule == BELAY_WEB_RULE_RETURN && !self->is_stopping)
    g_signal_emit_by_name (self, "returned");
  else if (rule == BELAY_WEB_RULE_REFUSE)
    emit_refused (self, BELAY_PLAYER_REFUSAL_OUTSIDE);
  else if (g_str_has_prefix (uri, self->rules->prefix))
    webkit_web_view_load_uri (self->view, uri); /* its own "new window" opens in this one */

  return TRUE;
}

static gboolean
on_decide_policy (BelayWebView *self,
                  WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type)
{
  if (type != WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return decide_navigation (self, WEBKIT_NAVIGATION_POLICY_DECISION (decision),
                              type == WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION);

  if (webkit_response_policy_decision_is_mime_type_supported (WEBKIT_RESPONSE_POLICY_DECISION (decision)))
    {
      webkit_policy_decision_use (decision);
      return TRUE;
    }
  webkit_policy_decision_ignore (decision);
  emit_refused (self, BELAY_PLAYER_REFUSAL_DOWNLOAD);

  return TRUE;
}

static GtkWidget *
on_create (BelayWebView *self,
           WebKitNavigationAction *action)
{
  emit_refused (self, BELAY_PLAYER_REFUSAL_OUTSIDE);

  return NULL;
}

static void
on_download (BelayWebView *self,
             WebKitDownload *download)
{
  webkit_download_cancel (download);
  emit_refused (self, BELAY_PLAYER_REFUSAL_DOWNLOAD);
}

static gboolean
on_permission (BelayWebView *self,
               WebKitPermissionRequest *request)
{
  webkit_permission_request_deny (request);

  return TRUE;
}

static gboolean
on_permission_state (BelayWebView *self,
                     WebKitPermissionStateQuery *query)
{
  webkit_permission_state_query_finish (query, WEBKIT_PERMISSION_STATE_DENIED);

  return TRUE;
}

static gboolean
on_authenticate (BelayWebView *self,
                 WebKitAuthenticationRequest *request)
{
  webkit_authentication_request_cancel (request);

  return TRUE;
}

static gboolean
on_file_chooser (BelayWebView *self,
                 WebKitFileChooserRequest *request)
{
  webkit_file_chooser_request_cancel (request);
  emit_refused (self, BELAY_PLAYER_REFUSAL_OUTSIDE);

  return TRUE;
}

static gboolean
refuse_silently (void)
{
  return TRUE;
}

/* Leaving is always safe, so nobody is asked whether they are sure. */
static gboolean
on_script_dialog (BelayWebView *self,
                  WebKitScriptDialog *dialog)
{
  if (webkit_script_dialog_get_dialog_type (dialog) == WEBKIT_SCRIPT_DIALOG_BEFORE_UNLOAD_CONFIRM)
    {
      webkit_script_dialog_confirm_set_confirmed (dialog, TRUE);
      return TRUE;
    }

  return self->is_stopping;
}

static gboolean
on_context_menu (BelayWebView *self,
                 WebKitContextMenu *menu,
                 WebKitHitTestResult *hit)
{
  belay_web_menu_reduce (menu);

  return webkit_context_menu_get_n_items (menu) == 0;
}

/* ---- loading ---- */

static void
emit_trouble (BelayWebView *self,
              BelayPlayerTrouble trouble)
{
  if (!self->is_stopping)
    g_signal_emit_by_name (self, "trouble", trouble);
}

static gboolean
finish_goodbye (gpointer user_data)
{
  BelayWebView *self = user_data;

  self->goodbye_source = 0;
  if (!self->is_unloaded)
    {
      self->is_unloaded = TRUE;
      g_signal_emit_by_name (self, "unloaded");
    }

  return G_SOURCE_REMOVE;
}

static void
wait_for_goodbye (BelayWebView *self,
                  guint milliseconds)
{
  g_clear_handle_id (&self->goodbye_source, g_source_remove);
  self->goodbye_source =
    g_timeout_add_full (G_PRIORITY_DEFAULT, milliseconds, finish_goodbye, g_object_ref (self), g_object_unref);
}

static void
on_load_changed (BelayWebView *self,
                 WebKitLoadEvent event)
{
  if (event == WEBKIT_LOAD_COMMITTED && !self->is_ready && !self->is_stopping)
    {
      self->is_ready = TRUE;
      g_signal_emit_by_name (self, "ready");
    }
  else if (event == WEBKIT_LOAD_FINISHED && self->is_stopping && !self->is_unloaded
           && g_strcmp0 (webkit_web_view_get_uri (self->view), "about:blank") == 0)
    {
      wait_for_goodbye (self, LAST_WORDS_MS);
    }
}

static gboolean
on_load_failed (BelayWebView *self,
                WebKitLoadEvent event,
                const char *uri,
                GError *error)
{
  if (g_error_matches (error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED)
      || g_error_matches (error, WEBKIT_POLICY_ERROR, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE))
    return TRUE;

  g_message ("A page of the activity did not load: %s", error->message);
  emit_trouble (self, BELAY_PLAYER_TROUBLE_LOAD);

  return TRUE;
}

static void
on_process_ended (BelayWebView *self,
                  WebKitWebProcessTerminationReason reason)
{
  if (self->is_stopping)
    wait_for_goodbye (self, 0);
  else if (reason == WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT)
    emit_trouble (self, BELAY_PLAYER_TROUBLE_MEMORY);
  else
    emit_trouble (self, BELAY_PLAYER_TROUBLE_CRASH);
}

/* ---- setting up ---- */

static WebKitNetworkSession *
make_session (BelayWebView *self)
{
  WebKitNetworkSession *session = webkit_network_session_new_ephemeral ();
  const char *ignored[] = { self->rules->host, NULL };
  WebKitNetworkProxySettings *proxy = webkit_network_proxy_settings_new (DEAD_PROXY, ignored);

  webkit_network_session_set_proxy_settings (session, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, proxy);
  webkit_network_proxy_settings_free (proxy);
  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  g_signal_connect_object (session, "download-started", G_CALLBACK (on_download), self, G_CONNECT_SWAPPED);

  return session;
}

static WebKitSettings *
make_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  webkit_settings_set_enable_webrtc (settings, FALSE);
  webkit_settings_set_enable_media_stream (settings, FALSE);
  webkit_settings_set_enable_encrypted_media (settings, FALSE);
  webkit_settings_set_enable_developer_extras (settings, FALSE);
  webkit_settings_set_enable_page_cache (settings, FALSE);
  webkit_settings_set_enable_back_forward_navigation_gestures (settings, FALSE);
  webkit_settings_set_javascript_can_open_windows_automatically (settings, FALSE);
  webkit_settings_set_javascript_can_access_clipboard (settings, FALSE);
  webkit_settings_set_allow_file_access_from_file_urls (settings, FALSE);
  webkit_settings_set_allow_universal_access_from_file_urls (settings, FALSE);

  return settings;
}

static void
connect_signals (BelayWebView *self)
{
  static const struct
  {
    const char *name;
    GCallback callback;
  } SIGNALS[] = {
    { "decide-policy", G_CALLBACK (on_decide_policy) },
    { "create", G_CALLBACK (on_create) },
    { "permission-request", G_CALLBACK (on_permission) },
    { "query-permission-state", G_CALLBACK (on_permission_state) },
    { "authenticate", G_CALLBACK (on_authenticate) },
    { "run-file-chooser", G_CALLBACK (on_file_chooser) },
    { "print", G_CALLBACK (refuse_silently) },
    { "show-notification", G_CALLBACK (refuse_silently) },
    { "script-dialog", G_CALLBACK (on_script_dialog) },
    { "context-menu", G_CALLBACK (on_context_menu) },
    { "load-changed", G_CALLBACK (on_load_changed) },
    { "load-failed", G_CALLBACK (on_load_failed) },
    { "web-process-terminated", G_CALLBACK (on_process_ended) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    g_signal_connect_object (self->view, SIGNALS[i].name, SIGNALS[i].callback, self, G_CONNECT_SWAPPED);
}

static void
make_view (BelayWebView *self)
{
  g_autoptr (WebKitNetworkSession) session = make_session (self);
  g_autoptr (WebKitSettings) settings = make_settings ();
  GdkRGBA background = BACKGROUND_BEFORE_CONTENT;

  self->view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, "settings", settings, "hexpand", TRUE,
                             "vexpand", TRUE, NULL);
  webkit_web_view_set_background_color (self->view, &background);
  webkit_web_view_set_zoom_level (self->view, self->zoom);
  connect_signals (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
}

static void
forget_filter (BelayWebView *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (self->filter_folder == NULL)
    return;

  folder = g_dir_open (self->filter_folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->filter_folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->filter_folder);
  g_clear_pointer (&self->filter_folder, g_free);
}

/* Without its filter content is not shown: a layer that is missing unnoticed is no layer. */
static void
on_filter_saved (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (BelayWebView) self = user_data;
  g_autoptr (GError) error = NULL;
  WebKitUserContentFilter *filter =
    webkit_user_content_filter_store_save_finish (WEBKIT_USER_CONTENT_FILTER_STORE (source), result, &error);

  if (filter == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_message ("The content filter cannot be made: %s", error->message);
          emit_trouble (self, BELAY_PLAYER_TROUBLE_LOAD);
        }
      forget_filter (self);
      return;
    }

  if (!self->is_stopping && self->view != NULL)
    {
      webkit_user_content_manager_add_filter (webkit_web_view_get_user_content_manager (self->view), filter);
      webkit_web_view_load_uri (self->view, self->url);
    }
  webkit_user_content_filter_unref (filter);
  forget_filter (self);
}

static void
save_filter (BelayWebView *self)
{
  g_autoptr (WebKitUserContentFilterStore) store = NULL;
  g_autofree char *rules = belay_web_rules_to_filter (self->rules);
  g_autoptr (GBytes) source = g_bytes_new (rules, strlen (rules));
  g_autofree char *template = g_build_filename (g_get_user_runtime_dir (), "belay-filter-XXXXXX", NULL);

  if (g_mkdtemp (template) == NULL)
    {
      g_message ("No folder for the content filter can be made in %s.", g_get_user_runtime_dir ());
      emit_trouble (self, BELAY_PLAYER_TROUBLE_LOAD);
      return;
    }
  self->filter_folder = g_steal_pointer (&template);
  store = webkit_user_content_filter_store_new (self->filter_folder);
  webkit_user_content_filter_store_save (store, FILTER_NAME, source, self->cancellable, on_filter_saved,
                                         g_object_ref (self));
}

/* ---- BelayPlayerView ---- */

static void
belay_web_view_open (BelayPlayerView *view,
                     const char *url,
                     const char *return_url)
{
  BelayWebView *self = BELAY_WEB_VIEW (view);

  g_return_if_fail (self->view == NULL);

  self->rules = belay_web_rules_new (url, return_url);
  if (self->rules == NULL)
    {
      emit_trouble (self, BELAY_PLAYER_TROUBLE_LOAD);
      return;
    }
  self->url = g_strdup (url);
  make_view (self);
  save_filter (self);
}

static void
belay_web_view_stop (BelayPlayerView *view)
{
  BelayWebView *self = BELAY_WEB_VIEW (view);

  if (self->is_stopping)
    return;

  self->is_stopping = TRUE;
  g_cancellable_cancel (self->cancellable);
  wait_for_goodbye (self, self->is_ready ? GOODBYE_MS : 0);
  if (self->is_ready)
    webkit_web_view_load_uri (self->view, "about:blank");
}

static void
belay_web_view_set_zoom (BelayPlayerView *view,
                         double zoom)
{
  BelayWebView *self = BELAY_WEB_VIEW (view);

  self->zoom = zoom;
  if (self->view != NULL)
    webkit_web_view_set_zoom_level (self->view, zoom);
}

static double
belay_web_view_get_zoom (BelayPlayerView *view)
{
  return BELAY_WEB_VIEW (view)->zoom;
}

static void
belay_web_view_player_init (BelayPlayerViewInterface *interface)
{
  interface->open = belay_web_view_open;
  interface->stop = belay_web_view_stop;
  interface->set_zoom = belay_web_view_set_zoom;
  interface->get_zoom = belay_web_view_get_zoom;
}

/* ---- object ---- */

static gboolean
belay_web_view_grab_focus (GtkWidget *widget)
{
  BelayWebView *self = BELAY_WEB_VIEW (widget);

  return self->view != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
belay_web_view_dispose (GObject *object)
{
  BelayWebView *self = BELAY_WEB_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->goodbye_source, g_source_remove);
  forget_filter (self);
  self->view = NULL;

  G_OBJECT_CLASS (belay_web_view_parent_class)->dispose (object);
}

static void
belay_web_view_finalize (GObject *object)
{
  BelayWebView *self = BELAY_WEB_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rules, belay_web_rules_free);
  g_free (self->url);

  G_OBJECT_CLASS (belay_web_view_parent_class)->finalize (object);
}

static void
belay_web_view_class_init (BelayWebViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = belay_web_view_dispose;
  object_class->finalize = belay_web_view_finalize;
  widget_class->grab_focus = belay_web_view_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "belay-web-view");
}

static void
belay_web_view_init (BelayWebView *self)
{
  self->cancellable = g_cancellable_new ();
  self->zoom = 1.0;
}

/* ---- the module's door ---- */

/**
 * belay_player_module_create_view:
 *
 * Returns: (transfer floating): a view for one launch
 */
BelayPlayerView *
belay_player_module_create_view (void)
{
  return g_object_new (BELAY_TYPE_WEB_VIEW, NULL);
}

/**
 * belay_player_module_warm_up:
 *
 * Does ahead what the first view would do on the main thread.
 */
void
belay_player_module_warm_up (void)
{
  g_type_ensure (WEBKIT_TYPE_WEB_VIEW);
  g_type_ensure (BELAY_TYPE_WEB_VIEW);
  webkit_web_context_get_default ();
}
