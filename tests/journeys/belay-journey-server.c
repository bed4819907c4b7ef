/* belay-journey-server.c: a server process on new data, as an administrator sets it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-journey-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <yyjson.h>

#include "belay-test-postgresql.h"

struct _BelayJourneyServer
{
  BelayTestPostgresql *postgresql; /* (nullable): on SQLite */
  char *database;
  char *folder;
  char *listen;
  char *url; /* (nullable): before the first start */
  GSubprocess *process;
};

/* A test that fails ends at once: what it started must not outlive it */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocessLauncher *
make_launcher (BelayJourneyServer *self,
               GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);
  g_autofree char *content = g_build_filename (self->folder, "content", NULL);
  g_autofree char *keys = g_build_filename (self->folder, "keys", NULL);

  g_subprocess_launcher_setenv (launcher, "BELAY_DATABASE", self->database, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_CONTENT", content, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_KEYS", keys, TRUE);
  g_subprocess_launcher_setenv (launcher, "BELAY_LOG_REQUESTS", "false", TRUE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);

  return launcher;
}

/**
 * belay_journey_server_run:
 * @...: the words of a command of belay-server, and %NULL
 *
 * Runs one command to its end. The learners' password is there for those commands that read one.
 *
 * Returns: (transfer full): what it printed, errors and all; the test fails where the command did
 */
char *
belay_journey_server_run (BelayJourneyServer *self,
                          ...)
{
  g_autoptr (GSubprocessLauncher) launcher =
    make_launcher (self,
                   G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  va_list arguments;
  char *word;

  g_ptr_array_add (words, (char *) g_getenv ("BELAY_SERVER"));
  va_start (arguments, self);
  while ((word = va_arg (arguments, char *)) != NULL)
    g_ptr_array_add (words, word);
  va_end (arguments);
  g_ptr_array_add (words, NULL);

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, BELAY_JOURNEY_PASSWORD "\n", NULL, &output, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("belay-server %s failed: %s", (char *) words->pdata[1], output);

  return g_steal_pointer (&output);
}

#define run(...) g_free (belay_journey_server_run (__VA_ARGS__))

/* On the kind of database that this run of the suite is for */
static void
make_database (BelayJourneyServer *self)
{
  if (g_strcmp0 (g_getenv ("BELAY_TEST_DATABASE"), "postgresql") != 0)
    {
      self->database = g_strdup_printf ("sqlite:%s/belay.sqlite", self->folder);
      return;
    }

  self->postgresql = belay_test_postgresql_new ();
  g_assert_nonnull (self->postgresql);
  self->database = belay_test_postgresql_make_database (self->postgresql, "belay");
}

/**
 * belay_journey_server_new:
 * @course: a course package or the folder of a module, which the programme's one module is made of
 *
 * Returns: (transfer full): a server with a learner and a manager, not started
 */
BelayJourneyServer *
belay_journey_server_new (const char *course)
{
  BelayJourneyServer *self = g_new0 (BelayJourneyServer, 1);
  g_autofree char *programme = g_test_build_filename (G_TEST_DIST, "journeys", "data", "programme.yaml", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  g_autofree char *starts = g_date_time_format (yesterday, "%Y-%m-%d");

  self->folder = g_dir_make_tmp ("belay-journey-XXXXXX", NULL);
  self->listen = g_strdup ("127.0.0.1:0");
  make_database (self);
  run (self, "init", "--name", "Granit", NULL);
  run (self, "course", "import", course, "--key", "rope", NULL);
  run (self, "programme", "apply", programme, NULL);
  run (self, "cohort", "add", "harbour", "--programme", "first-ascent", "--starts", starts, "--time-zone", "UTC", NULL);
  run (self, "person", "add", "Max", BELAY_JOURNEY_MANAGER, "--password-file", "-", NULL);
  run (self, "person", "add", "Ana", BELAY_JOURNEY_LEARNER, "--roles", "learner", "--manager", BELAY_JOURNEY_MANAGER,
       "--cohort", "harbour", "--password-file", "-", NULL);

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
belay_journey_server_free (BelayJourneyServer *self)
{
  if (self->process != NULL)
    belay_journey_server_stop (self);
  g_clear_pointer (&self->postgresql, belay_test_postgresql_free);
  remove_tree (self->folder);
  g_free (self->database);
  g_free (self->folder);
  g_free (self->listen);
  g_free (self->url);
  g_free (self);
}

static void
read_ready_line (BelayJourneyServer *self)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
  yyjson_doc *document;

  g_assert_nonnull (line);
  document = yyjson_read (line, strlen (line), 0);
  g_assert_nonnull (document);
  g_set_str (&self->url, yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (document), "url")));
  yyjson_doc_free (document);
  g_assert_true (g_str_has_prefix (self->url, "http://127.0.0.1:"));
}

/* Returns once it listens: again where it did before */
void
belay_journey_server_start (BelayJourneyServer *self)
{
  belay_journey_server_start_with_fault (self, NULL);
}

/**
 * belay_journey_server_start_with_fault:
 * @fault: (nullable): what the server does wrong, as its BELAY_FAULT has it
 *
 * Returns once it listens: again where it did before.
 */
void
belay_journey_server_start_with_fault (BelayJourneyServer *self,
                                       const char *fault)
{
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;

  g_assert_null (self->process);
  if (fault != NULL)
    g_subprocess_launcher_setenv (launcher, "BELAY_FAULT", fault, TRUE);
  self->process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("BELAY_SERVER"), "serve", "--listen",
                                               self->listen, "--ready-json", NULL);
  g_assert_no_error (error);
  read_ready_line (self);
  g_set_str (&self->listen, self->url + strlen ("http://"));
}

void
belay_journey_server_stop (BelayJourneyServer *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);

  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

/* For one that its fault has killed: fails where it still runs to a good end */
void
belay_journey_server_expect_killed (BelayJourneyServer *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);

  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
}

const char *
belay_journey_server_get_url (BelayJourneyServer *self)
{
  return self->url;
}

const char *
belay_journey_server_get_folder (BelayJourneyServer *self)
{
  return self->folder;
}
