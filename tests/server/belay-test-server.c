/* belay-test-server.c: a real server process to ask over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-test-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <yyjson.h>

struct _BelayTestServer
{
  char *folder;
  char *log;
  char *url;
  GSubprocess *process;
  yyjson_doc *ready;
  SoupSession *session;
};

static yyjson_val *
get_ready (BelayTestServer *self,
           const char *name)
{
  return yyjson_obj_get (yyjson_doc_get_root (self->ready), name);
}

BelayTestServer *
belay_test_server_new (void)
{
  BelayTestServer *self = g_new0 (BelayTestServer, 1);

  self->folder = g_dir_make_tmp ("belay-server-XXXXXX", NULL);
  self->session = soup_session_new ();
  soup_session_set_proxy_resolver (self->session, NULL);

  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
belay_test_server_free (BelayTestServer *self)
{
  if (self->process != NULL)
    belay_test_server_stop (self);
  g_clear_pointer (&self->ready, yyjson_doc_free);
  g_clear_object (&self->session);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->log);
  g_free (self->url);
  g_free (self);
}

static GSubprocessLauncher *
make_launcher (BelayTestServer *self)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  const char *given = g_getenv ("BELAY_TEST_DATABASE");
  g_autofree char *database =
    given != NULL ? g_strdup (given) : g_strdup_printf ("sqlite:%s/belay.sqlite", self->folder);
  g_autofree char *content = g_build_filename (self->folder, "content", NULL);
  g_autofree char *keys = g_build_filename (self->folder, "keys", NULL);
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);

  g_subprocess_launcher_setenv (launcher, "BELAY_DATABASE", database, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_CONTENT", content, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_KEYS", keys, TRUE);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);

  return launcher;
}

/* Returns once it listens */
void
belay_test_server_start (BelayTestServer *self)
{
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (self);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  self->process =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("BELAY_SERVER"), "serve", "--demo", "--demo-folder",
                                 g_getenv ("BELAY_DEMO"), "--ready-json", "--listen", "127.0.0.1:0", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
  if (line == NULL)
    g_error ("The server did not start: %s", belay_test_server_get_log (self));

  g_clear_pointer (&self->ready, yyjson_doc_free);
  self->ready = yyjson_read (line, strlen (line), 0);
  g_assert_nonnull (self->ready);
  g_set_str (&self->url, yyjson_get_str (get_ready (self, "url")));
}

/* Returns: its exit status, after a friendly word */
int
belay_test_server_stop (BelayTestServer *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);

  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));

  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

static yyjson_val *
get_person (BelayTestServer *self,
            gsize index)
{
  return yyjson_arr_get (get_ready (self, "people"), index);
}

const char *
belay_test_server_get_password (BelayTestServer *self)
{
  return yyjson_get_str (yyjson_obj_get (get_person (self, 0), "password"));
}

/* Returns: (transfer none): all that it has logged */
const char *
belay_test_server_get_log (BelayTestServer *self)
{
  g_autofree char *path = g_build_filename (self->folder, "log", NULL);

  g_clear_pointer (&self->log, g_free);
  g_assert_true (g_file_get_contents (path, &self->log, NULL, NULL));

  return self->log;
}

/* Returns: (transfer full): how another system with a key says who it is */
char *
belay_test_server_basic (BelayTestServer *self)
{
  yyjson_val *xapi = get_ready (self, "xapi");
  g_autofree char *plain = g_strconcat (yyjson_get_str (yyjson_obj_get (xapi, "key")), ":",
                                        yyjson_get_str (yyjson_obj_get (xapi, "secret")), NULL);
  g_autofree char *coded = g_base64_encode ((const guchar *) plain, strlen (plain));

  return g_strconcat ("Basic ", coded, NULL);
}

/* Returns: (transfer full) (element-type utf8): their addresses */
GPtrArray *
belay_test_server_list_people (BelayTestServer *self)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; get_person (self, i) != NULL; i++)
    g_ptr_array_add (people, g_strdup (yyjson_get_str (yyjson_obj_get (get_person (self, i), "email"))));

  return people;
}

/**
 * belay_test_server_ask:
 * @authorization: (nullable): the header
 * @body: (nullable): JSON
 *
 * Returns: (transfer full): what it answered, whatever that is
 */
BelayTestReply *
belay_test_server_ask (BelayTestServer *self,
                       const char *method,
                       const char *path,
                       const char *authorization,
                       const char *body)
{
  g_autofree char *uri = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  BelayTestReply *reply = g_new0 (BelayTestReply, 1);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_append (headers, "Belay-Wire", "1");
  soup_message_headers_append (headers, "X-Experience-API-Version", "1.0.3");
  /* A refusal is an answer here, not a reason to ask for another password */
  soup_message_add_flags (message, SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (authorization != NULL)
    soup_message_headers_append (headers, "Authorization", authorization);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  reply->status = soup_message_get_status (message);
  reply->body = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));

  return reply;
}

void
belay_test_reply_free (BelayTestReply *self)
{
  g_free (self->body);
  g_free (self);
}
