/* belay-server-main.c: the command line of belay-server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-server-main.h"

#include <gio/gio.h>
#include <libdex.h>
#include <locale.h>

#include "belay-admin.h"
#include "belay-config.h"

#define DEFAULT_FILE "/etc/belay/server.conf"
#define SUMMARY                                                                                                        \
  "Commands:\n"                                                                                                        \
  "  init --name NAME            make the database, folders and keys\n"                                                \
  "  serve                       serve until told to stop\n"                                                           \
  "  person add|import|list      people\n"                                                                             \
  "  course import FILE          a course package\n"                                                                   \
  "  programme apply FILE        a programme file\n"                                                                   \
  "  cohort add|start|list|pod|member|code\n"                                                                          \
  "  key create NAME             credentials for another system at /xapi/\n"                                           \
  "  backup FILE, restore FILE   the database\n"                                                                       \
  "  check [--deep]              is all whole?\n"                                                                      \
  "  demo                        make the demo organisation\n"                                                         \
  "Each has --help."

static const struct
{
  const char *name;
  BelayAdminCommand run;
} commands[] = {
  { "init", belay_admin_init },     { "serve", belay_admin_serve },         { "person", belay_admin_person },
  { "course", belay_admin_course }, { "programme", belay_admin_programme }, { "cohort", belay_admin_cohort },
  { "key", belay_admin_key },       { "backup", belay_admin_backup },       { "restore", belay_admin_restore },
  { "check", belay_admin_check },   { "demo", belay_admin_demo },
};

typedef struct
{
  char *file;
  char *database;
  char *content;
  char *keys;
  char *address;
  char *listen;
  char *tls_certificate;
  char *tls_key;
  char *origins;
  gboolean version;
} Options;

static void
take (char **setting,
      char **option)
{
  if (*option != NULL)
    g_set_str (setting, *option);
  g_clear_pointer (option, g_free);
}

/* File, then environment, then options: the later wins */
static gboolean
configure (BelayServerConfig *config,
           Options *options,
           GError **error)
{
  const char *file = options->file != NULL ? options->file : g_getenv ("BELAY_CONFIG");

  if (file != NULL && !belay_server_config_read_file (config, file, error))
    return FALSE;
  if (file == NULL && g_file_test (DEFAULT_FILE, G_FILE_TEST_EXISTS)
      && !belay_server_config_read_file (config, DEFAULT_FILE, error))
    return FALSE;
  belay_server_config_read_environment (config);
  take (&config->database, &options->database);
  take (&config->content, &options->content);
  take (&config->keys, &options->keys);
  take (&config->address, &options->address);
  take (&config->listen, &options->listen);
  take (&config->tls_certificate, &options->tls_certificate);
  take (&config->tls_key, &options->tls_key);
  take (&config->origins, &options->origins);

  return TRUE;
}

static gboolean
parse_options (Options *options,
               int *argc,
               char ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->file, "Instead of " DEFAULT_FILE, "FILE" },
    { "database", 0, 0, G_OPTION_ARG_STRING, &options->database, "sqlite:PATH or postgresql://HOST/DATABASE", "URI" },
    { "content", 0, 0, G_OPTION_ARG_FILENAME, &options->content, "Where manifests and files are", "FOLDER" },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &options->keys, "Where the organisation's keys are", "FOLDER" },
    { "address", 0, 0, G_OPTION_ARG_STRING, &options->address, "How laptops reach this server", "URL" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Where to listen", "ADDRESS:PORT" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_certificate, "PEM", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, "PEM", "FILE" },
    { "origins", 0, 0, G_OPTION_ARG_STRING, &options->origins, "Whose pages may use /xapi/ in a browser", "URLS" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Say which version this is", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND …");

  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);

  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
run (BelayAdmin *admin,
     int argc,
     char *argv[],
     GError **error)
{
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, argv[1]))
      return commands[i].run (admin, argc - 1, argv + 1, error);

  return belay_admin_fail (error, "Say what to do. See: belay-server --help");
}

/**
 * belay_server_main:
 *
 * Returns: the exit status
 */
int
belay_server_main (int argc,
                   char *argv[])
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  BelayAdmin *admin;
  gboolean is_done;

  setlocale (LC_ALL, "");
  dex_init ();
  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("belay-server: %s\n", error->message);
      return 2;
    }
  if (options.version)
    {
      g_print ("belay-server %s\n", BELAY_VERSION);
      return 0;
    }

  admin = g_new0 (BelayAdmin, 1);
  admin->config = belay_server_config_new ();
  admin->context.clock = belay_clock_new_system ();
  is_done = configure (admin->config, &options, &error) && run (admin, argc, argv, &error);
  if (!is_done)
    g_printerr ("belay-server: %s\n", error != NULL ? error->message : "it failed");
  g_free (options.file);
  belay_admin_free (admin);

  return is_done ? 0 : 1;
}
