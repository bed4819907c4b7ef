/* test-player.c: content in real WebKit, from the real content host
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <signal.h>
#include <string.h>
#include <webkit/webkit.h>

#include "belay-player-loader.h"
#include "belay-player-page.h"
#include "content-launch.h"

#define PAGE "<!doctype html><meta charset=utf-8><title>here</title><p>Words"

typedef struct
{
  GSocketService *service;
  guint16 port;
  guint arrived;
} Trap;

typedef struct
{
  GtkWidget *window;
  BelayPlayerView *view;
} Shown;

/* ---- a second server ---- */

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  Trap *trap = user_data;

  trap->arrived++;

  return FALSE;
}

static void
trap_set (Trap *trap)
{
  g_autoptr (GError) error = NULL;

  trap->service = g_socket_service_new ();
  trap->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (trap->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (trap->service, "incoming", G_CALLBACK (on_incoming), trap);
}

static void
wait_for_arrival (Trap *trap)
{
  while (trap->arrived == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- a window ---- */

static void
show (Shown *shown,
      ContentLaunch *content)
{
  g_autoptr (GError) error = NULL;

  shown->view = belay_player_loader_create_view (&error);
  g_assert_no_error (error);
  shown->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (shown->window), GTK_WIDGET (shown->view));
  gtk_window_present (GTK_WINDOW (shown->window));
  belay_player_view_open (shown->view, belay_launch_get_url (content->launch),
                          belay_launch_get_return_url (content->launch));
}

static WebKitWebView *
web_view (Shown *shown)
{
  return WEBKIT_WEB_VIEW (adw_bin_get_child (ADW_BIN (shown->view)));
}

static void
wait_for_title (Shown *shown,
                const char *prefix)
{
  const char *title;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      title = webkit_web_view_get_title (web_view (shown));
    }
  while (title == NULL || !g_str_has_prefix (title, prefix));
}

static void
count (guint *times)
{
  (*times)++;
}

static void
wait_for_count (guint *times)
{
  while (*times == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_evaluated (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (JSCValue) value =
    webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result, NULL);
  char **text = user_data;

  *text = value != NULL ? jsc_value_to_string (value) : g_strdup ("failed");
}

/* Runs the body of an asynchronous function in the page. */
static char *
evaluate (Shown *shown,
          const char *body)
{
  char *text = NULL;

  webkit_web_view_call_async_javascript_function (web_view (shown), body, -1, NULL, NULL, NULL, NULL, on_evaluated,
                                                  &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);

  return text;
}

static void
leave (Shown *shown)
{
  guint unloaded = 0;

  g_signal_connect_swapped (shown->view, "unloaded", G_CALLBACK (count), &unloaded);
  belay_player_view_stop (shown->view);
  wait_for_count (&unloaded);
  g_signal_handlers_disconnect_by_data (shown->view, &unloaded);
  gtk_window_destroy (GTK_WINDOW (shown->window));
}

/* ---- the tests ---- */

static void
test_nothing_gets_out (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "player", "ways-out.html", NULL);
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *address = NULL;
  Trap trap = { 0 };
  Shown shown;

  trap_set (&trap);
  address = g_strdup_printf ("127.0.0.1:%u", trap.port);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_string_append (page, text);
  g_assert_cmpuint (g_string_replace (page, "TRAP", address, 0), >, 60);
  content_launch_add_file (content, "index.html", "text/html", page->str);
  content_launch_add_file (content, "worker.js", "text/javascript", "fetch('/');");
  content_launch_start (content);

  show (&shown, content);
  wait_for_title (&shown, "tried ");
  leave (&shown);
  g_assert_cmpuint (trap.arrived, ==, 0);

  /* The trap does catch what comes */
  connection = g_socket_client_connect_to_host (client, address, trap.port, NULL, &error);
  g_assert_no_error (error);
  wait_for_arrival (&trap);
  g_object_unref (trap.service);
}

static void
test_only_its_own_page_is_served (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  g_autofree char *answers = NULL;
  Shown shown;

  content_launch_add_file (content, "index.html", "text/html", PAGE);
  content_launch_add_file (content, "big.bin", "application/octet-stream", "0123456789");
  content_launch_start (content);
  show (&shown, content);
  wait_for_title (&shown, "here");

  answers = evaluate (
    &shown, "const ask = async (path, range) => { const r = await fetch(path, range ? {headers: {Range: range}} : {});"
            "  return r.status + ':' + (r.status < 300 ? await r.text() : ''); };"
            "return [await ask('big.bin', 'bytes=2-4'), await ask('big.bin', 'bytes=8-99'),"
            "  await ask('big.bin', 'bytes=-3'), await ask('big.bin', 'bytes=50-60'), await ask('none.bin'),"
            "  (await fetch('../xapi/statements')).status].join(' ');");
  g_assert_cmpstr (answers, ==, "206:234 206:89 206:789 416: 404: 401");
  leave (&shown);
}

static void
test_the_credential_is_given_once (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  g_autofree char *answers = NULL;
  Shown shown;

  content_launch_add_file (content, "index.html", "text/html", PAGE);
  content_launch_start (content);
  show (&shown, content);
  wait_for_title (&shown, "here");

  answers =
    evaluate (&shown,
              "const q = new URLSearchParams(location.search);"
              "const post = async () => await (await fetch(q.get('fetch'), {method: 'POST'})).json();"
              "const first = await post(), second = await post();"
              "const put = await fetch(q.get('endpoint') + '//activities/state?stateId=x', {method: 'PUT', body: '{}',"
              "  headers: {Authorization: 'Basic ' + first['auth-token']}});"
              "return [q.get('pages'), 'auth-token' in first, second['error-code'], put.status].join(' ');");
  g_assert_cmpstr (answers, ==, "1 true 1 204");
  leave (&shown);
}

static void
test_what_cannot_be_kept_is_said (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  g_autofree char *status = NULL;
  guint lost = 0;
  Shown shown;

  content_launch_add_file (content, "index.html", "text/html", PAGE);
  content_launch_start (content);
  g_signal_connect_swapped (content->launch, "lost", G_CALLBACK (count), &lost);
  show (&shown, content);
  wait_for_title (&shown, "here");
  content->refuses = TRUE;

  status =
    evaluate (&shown, "const q = new URLSearchParams(location.search);"
                      "const t = (await (await fetch(q.get('fetch'), {method: 'POST'})).json())['auth-token'];"
                      "return String((await fetch(q.get('endpoint') + '/statements', {method: 'POST', body: '[]',"
                      "  headers: {Authorization: 'Basic ' + t}})).status);");
  g_assert_cmpstr (status, ==, "503");
  g_assert_cmpuint (lost, ==, 1);
  content->refuses = FALSE;
  leave (&shown);
}

static AdwBanner *
find_banner (GtkWidget *widget)
{
  AdwBanner *found = ADW_IS_BANNER (widget) ? ADW_BANNER (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_banner (child);

  return found;
}

static void
test_what_cannot_be_kept_is_told_above_the_content (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  BelayPlayerPage *page = belay_player_page_new ("One", 1, 1);
  GtkWidget *window = adw_window_new ();
  GtkWidget *navigation = adw_navigation_view_new ();
  AdwBanner *banner;
  guint left = 0;

  content_launch_add_file (content, "index.html", "text/html", PAGE);
  content_launch_start (content);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (navigation), adw_navigation_page_new (gtk_label_new ("x"), "Before"));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (window), navigation);
  gtk_window_present (GTK_WINDOW (window));
  belay_player_page_open (page, belay_launch_get_url (content->launch), belay_launch_get_return_url (content->launch));

  banner = find_banner (GTK_WIDGET (page));
  g_assert_false (adw_banner_get_revealed (banner));
  belay_player_page_lose (page, "There is no <room> left & that was not saved.");
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_false (adw_banner_get_use_markup (banner));
  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_false (adw_banner_get_revealed (banner));

  g_signal_connect_swapped (page, "left", G_CALLBACK (count), &left);
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
  wait_for_count (&left);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_content_says_goodbye (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  guint before;
  Shown shown;

  content_launch_add_file (
    content, "index.html", "text/html",
    "<!doctype html><title>starts</title><script>(async () => {"
    "const q = new URLSearchParams(location.search);"
    "const t = (await (await fetch(q.get('fetch'), {method: 'POST'})).json())['auth-token'];"
    "addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'Sure?'; });"
    "addEventListener('pagehide', () => fetch(q.get('endpoint') + '/statements', {method: 'POST', body: '[]',"
    "  keepalive: true, headers: {Authorization: 'Basic ' + t}}));"
    "document.title = 'here'; })()</script>");
  content_launch_start (content);
  show (&shown, content);
  wait_for_title (&shown, "here");
  before = content->calls->len;
  leave (&shown);
  g_assert_cmpuint (content->calls->len, ==, before + 1);
}

static void
test_going_to_the_return_address_leaves (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  guint returned = 0;
  Shown shown;

  content_launch_add_file (content, "index.html", "text/html",
                           "<!doctype html><title>here</title><script>location.href = '../return'</script>");
  content_launch_start (content);
  show (&shown, content);
  g_signal_connect_swapped (shown.view, "returned", G_CALLBACK (count), &returned);
  wait_for_count (&returned);
  g_signal_handlers_disconnect_by_data (shown.view, &returned);
  leave (&shown);
}

static void
test_a_process_that_ends_is_told (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  guint trouble = 0;
  Shown shown;

  content_launch_add_file (content, "index.html", "text/html", PAGE);
  content_launch_start (content);
  show (&shown, content);
  wait_for_title (&shown, "here");
  g_signal_connect_swapped (shown.view, "trouble", G_CALLBACK (count), &trouble);
  webkit_web_view_terminate_web_process (web_view (&shown));
  wait_for_count (&trouble);
  g_signal_handlers_disconnect_by_data (shown.view, &trouble);
  leave (&shown);
}

static void
test_an_ended_launch_is_gone (void)
{
  g_autoptr (ContentLaunch) content = content_launch_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;

  content_launch_add_file (content, "index.html", "text/html", PAGE);
  content_launch_start (content);
  port = belay_launch_get_port (content->launch);
  content_launch_end (content);

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_cmpuint (content->calls->len, ==, 2);
}

int
main (int argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();

  g_test_add_func ("/player/content reaches no other server", test_nothing_gets_out);
  g_test_add_func ("/player/files are served whole and by range, the record store to nobody",
                   test_only_its_own_page_is_served);
  g_test_add_func ("/player/the credential is given once and opens the record store",
                   test_the_credential_is_given_once);
  g_test_add_func ("/player/what cannot be kept is said to the content and to the app",
                   test_what_cannot_be_kept_is_said);
  g_test_add_func ("/player/what cannot be kept is told above the content",
                   test_what_cannot_be_kept_is_told_above_the_content);
  g_test_add_func ("/player/content that is left says goodbye and asks nothing", test_content_says_goodbye);
  g_test_add_func ("/player/going to the return address leaves", test_going_to_the_return_address_leaves);
  g_test_add_func ("/player/a web process that ends is told", test_a_process_that_ends_is_told);
  g_test_add_func ("/player/an ended launch listens no more", test_an_ended_launch_is_gone);

  return g_test_run ();
}
