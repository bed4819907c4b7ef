/* belay-xapi-server.c: a real belay-server, and questions to its record store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-xapi-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <yyjson.h>

#include "belay-test-postgresql.h"

struct _BelayXapiServer
{
  BelayTestPostgresql *postgresql; /* (nullable): on SQLite */
  char *database;
  char *folder;
  char *url;
  char *authorization;
  GSubprocess *process;
  SoupSession *session;
};

static GSubprocess *
launch (BelayXapiServer *self,
        const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *content = g_build_filename (self->folder, "content", NULL);
  g_autofree char *keys = g_build_filename (self->folder, "keys", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "BELAY_DATABASE", self->database, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_CONTENT", content, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_KEYS", keys, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_LOG_REQUESTS", "false", TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_ORIGINS", "https://one.example https://two.example", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);

  return process;
}

/* The first line that @process prints */
static yyjson_doc *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
  yyjson_doc *document = line != NULL ? yyjson_read (line, strlen (line), 0) : NULL;

  g_assert_nonnull (document);

  return document;
}

static const char *
get_text (yyjson_doc *document,
          const char *name)
{
  return yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (document), name));
}

static void
initialise (BelayXapiServer *self)
{
  const char *const init[] = { g_getenv ("BELAY_SERVER"), "init", "--name", "Granit", NULL };
  const char *const create[] = { g_getenv ("BELAY_SERVER"), "key", "create", "test", NULL };
  g_autoptr (GSubprocess) making = launch (self, init);
  g_autoptr (GSubprocess) creating = NULL;
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  yyjson_doc *key;

  g_assert_true (g_subprocess_wait_check (making, NULL, NULL));
  creating = launch (self, create);
  key = read_line (creating);
  g_assert_true (g_subprocess_wait_check (creating, NULL, NULL));
  pair = g_strdup_printf ("%s:%s", get_text (key, "key"), get_text (key, "secret"));
  encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  self->authorization = g_strconcat ("Basic ", encoded, NULL);
  yyjson_doc_free (key);
}

/**
 * belay_xapi_server_new:
 *
 * Returns: (transfer full): a server that listens
 */
BelayXapiServer *
belay_xapi_server_new (void)
{
  const char *const serve[] = { g_getenv ("BELAY_SERVER"), "serve", "--listen", "127.0.0.1:0", "--ready-json", NULL };
  BelayXapiServer *self = g_new0 (BelayXapiServer, 1);
  yyjson_doc *ready;

  self->folder = g_dir_make_tmp ("belay-xapi-XXXXXX", NULL);
  self->session = soup_session_new ();
  self->database = g_strdup_printf ("sqlite:%s/belay.sqlite", self->folder);
  if (g_strcmp0 (g_getenv ("BELAY_TEST_DATABASE"), "postgresql") == 0)
    {
      self->postgresql = belay_test_postgresql_new ();
      g_assert_nonnull (self->postgresql);
      g_free (self->database);
      self->database = belay_test_postgresql_make_database (self->postgresql, "belay");
    }
  initialise (self);
  self->process = launch (self, serve);
  ready = read_line (self->process);
  self->url = g_strdup (get_text (ready, "url"));
  yyjson_doc_free (ready);

  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
belay_xapi_server_free (BelayXapiServer *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (self->process, NULL, NULL));
  g_object_unref (self->process);
  g_object_unref (self->session);
  g_clear_pointer (&self->postgresql, belay_test_postgresql_free);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->url);
  g_free (self->authorization);
  g_free (self);
}

/**
 * belay_xapi_server_get_authorization:
 *
 * Returns: (transfer none): the header by which the key is used
 */
const char *
belay_xapi_server_get_authorization (BelayXapiServer *self)
{
  return self->authorization;
}

/**
 * belay_xapi_server_ask:
 * @version: (nullable): of xAPI
 * @path: behind the endpoint, with its query
 * @body: (nullable): JSON, where no header says otherwise
 * @...: name, value, …, %NULL; an empty value takes a header away
 *
 * Returns: (transfer full): the answer
 */
BelayXapiAnswer *
belay_xapi_server_ask (BelayXapiServer *self,
                       const char *version,
                       const char *method,
                       const char *path,
                       const char *body,
                       ...)
{
  g_autofree char *uri = g_strdup_printf ("%s/xapi/%s", self->url, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answered = NULL;
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;
  BelayXapiAnswer *answer;
  const char *name;
  va_list arguments;

  g_assert_nonnull (message);
  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Authorization", self->authorization);
  if (version != NULL)
    soup_message_headers_replace (headers, "X-Experience-API-Version", version);
  va_start (arguments, body);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      const char *value = va_arg (arguments, const char *);

      soup_message_headers_remove (headers, name);
      if (*value != '\0')
        soup_message_headers_replace (headers, name, value);
    }
  va_end (arguments);

  answered = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  answer = g_new0 (BelayXapiAnswer, 1);
  answer->status = soup_message_get_status (message);
  answer->body = g_bytes_get_size (answered) > 0
                   ? g_strndup (g_bytes_get_data (answered, NULL), g_bytes_get_size (answered))
                   : g_strdup ("");
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));

  return answer;
}

void
belay_xapi_answer_free (BelayXapiAnswer *self)
{
  g_free (self->body);
  soup_message_headers_unref (self->headers);
  g_free (self);
}
