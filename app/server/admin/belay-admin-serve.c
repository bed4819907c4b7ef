/* belay-admin-serve.c: the server itself, from listening to its orderly end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>

#include "belay-admin.h"
#include "belay-admin-demo.h"
#include "belay-config.h"
#include "belay-http-server.h"
#include "belay-jobs.h"
#include "belay-routes.h"

/* How long requests that are here already may take when the server is to stop */
#define FAREWELL_SECONDS 10

typedef struct
{
  gboolean has_demo;
  gboolean ready_json;
  char *demo_folder;
} ServeOptions;

static gboolean
on_signal (gpointer user_data)
{
  gboolean *is_stopping = user_data;

  *is_stopping = TRUE;

  return G_SOURCE_CONTINUE;
}

static gboolean
on_too_late (gpointer user_data)
{
  gboolean *is_late = user_data;

  *is_late = TRUE;

  return G_SOURCE_REMOVE;
}

static void
finish_requests (BelayHttpServer *http)
{
  gboolean is_late = FALSE;
  guint timer = g_timeout_add_seconds (FAREWELL_SECONDS, on_too_late, &is_late);

  belay_http_server_stop_listening (http);
  while (belay_http_server_count_open (http) > 0 && !is_late)
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (timer);
  /* What was answered last still has to leave */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
load_certificate (const BelayServerConfig *config,
                  GTlsCertificate **certificate,
                  GError **error)
{
  *certificate = NULL;
  if (config->tls_certificate == NULL && config->tls_key == NULL)
    return TRUE;
  if (config->tls_certificate == NULL || config->tls_key == NULL)
    return belay_admin_fail (error, "For HTTPS both are needed: tls-certificate and tls-key.");

  *certificate = g_tls_certificate_new_from_files (config->tls_certificate, config->tls_key, error);
  return *certificate != NULL;
}

/* Where laptops reach this server: as it was set up, else where it listens */
static char *
make_url (BelayAdmin *self,
          BelayHttpServer *http,
          const char *address)
{
  const char *scheme = self->config->tls_certificate != NULL ? "https" : "http";

  if (self->config->address != NULL)
    return g_strdup (self->config->address);

  return g_strdup_printf (strchr (address, ':') != NULL ? "%s://[%s]:%u" : "%s://%s:%u", scheme, address,
                          belay_http_server_get_port (http));
}

static gboolean
announce (BelayAdmin *self,
          const ServeOptions *options,
          const char *url,
          GError **error)
{
  g_autofree char *line = NULL;

  g_printerr ("belay-server listens at %s\n", url);
  if (!options->ready_json)
    return TRUE;

  line = belay_admin_demo_describe (self, options->has_demo ? options->demo_folder : NULL, url, error);
  if (line == NULL)
    return FALSE;
  g_print ("%s\n", line);
  fflush (stdout);

  return TRUE;
}

static gboolean
run (BelayAdmin *self,
     const ServeOptions *options,
     GError **error)
{
  g_autoptr (BelayHttpServer) http = NULL;
  g_autoptr (BelayJobs) jobs = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *address = NULL;
  g_autofree char *url = NULL;
  gboolean is_stopping = FALSE;
  guint16 port;
  guint signals[2];

  if (!belay_server_config_split_listen (self->config, &address, &port, error)
      || !load_certificate (self->config, &certificate, error))
    return FALSE;
  http = belay_http_server_new (belay_routes_handle, belay_routes_limit, &self->context);
  if (!belay_http_server_listen (http, address, port, certificate, error))
    return FALSE;

  signals[0] = g_unix_signal_add (SIGTERM, on_signal, &is_stopping);
  signals[1] = g_unix_signal_add (SIGINT, on_signal, &is_stopping);
  jobs = belay_jobs_start (&self->context);
  url = make_url (self, http, address);
  if (!announce (self, options, url, error))
    is_stopping = TRUE;
  while (!is_stopping)
    g_main_context_iteration (NULL, TRUE);

  finish_requests (http);
  g_source_remove (signals[0]);
  g_source_remove (signals[1]);

  return error == NULL || *error == NULL;
}

static gboolean
prepare_demo (BelayAdmin *self,
              const ServeOptions *options,
              GError **error)
{
  return belay_db_exists (self->config->database) || belay_admin_demo_load (self, options->demo_folder, error);
}

gboolean
belay_admin_serve (BelayAdmin *self,
                   int argc,
                   char *argv[],
                   GError **error)
{
  ServeOptions options = { 0 };
  g_autofree char *listen = NULL;
  g_autofree char *folder = g_build_filename (BELAY_DATADIR, "belay", "demo", NULL);
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, "Where to listen; port 0 takes any that is free", "ADDRESS:PORT" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options.has_demo, "Load the demo organisation where there is no database yet",
      NULL },
    { "demo-folder", 0, 0, G_OPTION_ARG_FILENAME, &options.demo_folder, "Where the demo is", "FOLDER" },
    { "ready-json", 0, 0, G_OPTION_ARG_NONE, &options.ready_json, "Print one line of JSON when ready", NULL },
    G_OPTION_ENTRY_NULL
  };
  gboolean is_done;

  if (!belay_admin_parse (entries, "", "Serves until it is told to stop.", &argc, &argv, 1, error))
    return FALSE;
  if (listen != NULL)
    g_set_str (&self->config->listen, listen);
  if (options.demo_folder == NULL)
    options.demo_folder = g_strdup (folder);

  is_done = (!options.has_demo || prepare_demo (self, &options, error)) && belay_admin_open (self, error)
            && run (self, &options, error);
  g_free (options.demo_folder);

  return is_done;
}
