/* belay-admin-demo.c: the demo organisation, always of this week
 *
 * Nothing is written past the ordinary ways: people are imported, courses imported, the programme applied, and
 * what was studied arrives as statements that are judged and folded like any laptop's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-admin-demo.h"

#include <gio/gio.h>
#include <string.h>
#include <yyjson.h>

#include "belay-address.h"
#include "belay-config.h"
#include "belay-demo-session.h"
#include "belay-password.h"
#include "belay-demo-yaml.h"

#define DEMO_PASSWORD "summit-and-rope"
#define DEMO_CODE_USES 1000
#define DEMO_CODE_DAYS 30

static char *
in_folder (const char *folder,
           const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* The Monday of the week that is @weeks before this one, as YYYY-MM-DD */
static char *
monday_ago (BelayAdmin *self,
            gint64 weeks,
            const char *time_zone)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (belay_clock_now_us (self->context.clock) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, (int) (-7 * weeks - (g_date_time_get_day_of_week (now) - 1)));

  return g_date_time_format (day, "%Y-%m-%d");
}

static gboolean
load_cohort (BelayAdmin *self,
             yaml_document_t *document,
             yaml_node_t *node,
             GError **error)
{
  const char *time_zone = belay_demo_yaml_get_text (document, node, "time_zone");
  g_autofree char *title = belay_demo_yaml_get_title (document, node, "title");
  g_autofree char *starts =
    monday_ago (self, belay_demo_yaml_get_int (document, node, "weeks_ago", 0), time_zone != NULL ? time_zone : "UTC");
  BelayAdminCohort cohort = { .key = (char *) belay_demo_yaml_get_text (document, node, "key"),
                              .programme = (char *) belay_demo_yaml_get_text (document, node, "programme"),
                              .title = title,
                              .starts = starts,
                              .time_zone = (char *) (time_zone != NULL ? time_zone : "UTC") };

  if (cohort.key == NULL || cohort.programme == NULL)
    return belay_admin_fail (error, "cohorts.yaml: a cohort has no key or no programme.");

  return belay_admin_do_put_cohort (self, &cohort, error);
}

static gboolean
load_pods (BelayAdmin *self,
           yaml_document_t *document,
           yaml_node_t *cohort,
           GError **error)
{
  const char *cohort_key = belay_demo_yaml_get_text (document, cohort, "key");
  yaml_node_t *pods = belay_demo_yaml_get (document, cohort, "pods");

  for (guint i = 0; i < belay_demo_yaml_count (pods); i++)
    {
      yaml_node_t *pod = belay_demo_yaml_nth (document, pods, i);
      const char *key = belay_demo_yaml_get_text (document, pod, "key");
      g_autofree char *title = belay_demo_yaml_get_title (document, pod, "title");

      if (!belay_admin_do_put_pod (self, cohort_key, key, title, belay_demo_yaml_get_text (document, pod, "mentor"),
                                   error))
        return FALSE;
    }

  return TRUE;
}

/* People come twice: as themselves, so that pods can name their mentors, then with their places */
static gboolean
load_people (BelayAdmin *self,
             const char *folder,
             gboolean with_places,
             GError **error)
{
  g_autofree char *path = in_folder (folder, "people.csv");
  g_autoptr (GPtrArray) people = belay_admin_read_people (path, error);
  g_autofree char *hash = NULL;

  if (people == NULL)
    return FALSE;
  hash = belay_password_hash_now (DEMO_PASSWORD);
  for (guint i = 0; i < people->len; i++)
    {
      BelayAdminPerson *person = g_ptr_array_index (people, i);

      g_set_str (&person->password_hash, hash);
      if (with_places)
        continue;
      g_clear_pointer (&person->cohort, g_free);
      g_clear_pointer (&person->manager, g_free);
      g_set_str (&person->roles, "");
    }

  return belay_admin_do_put_people (self, people, error);
}

static gboolean
load_courses (BelayAdmin *self,
              const char *folder,
              GError **error)
{
  g_autofree char *path = in_folder (folder, "modules");
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *key;

  if (dir == NULL)
    return FALSE;
  while ((key = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *module = in_folder (path, key);

      if (g_file_test (module, G_FILE_TEST_IS_DIR) && !belay_admin_do_import_quietly (self, module, key, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_places (BelayAdmin *self,
             const char *folder,
             yaml_document_t *document,
             GError **error)
{
  yaml_node_t *root = yaml_document_get_root_node (document);
  yaml_node_t *cohorts = belay_demo_yaml_get (document, root, "cohorts");
  const char *name = belay_demo_yaml_get_text (document, root, "organisation");
  g_autofree char *programme = in_folder (folder, "programme.yaml");

  if (!belay_admin_do_init (self, name != NULL ? name : "Demo", error) || !load_courses (self, folder, error)
      || !belay_admin_do_apply_programme (self, programme, FALSE, error) || !load_people (self, folder, FALSE, error))
    return FALSE;
  for (guint i = 0; i < belay_demo_yaml_count (cohorts); i++)
    if (!load_cohort (self, document, belay_demo_yaml_nth (document, cohorts, i), error)
        || !load_pods (self, document, belay_demo_yaml_nth (document, cohorts, i), error))
      return FALSE;

  return load_people (self, folder, TRUE, error);
}

/**
 * belay_admin_demo_load:
 * @folder: as data/demo/README.md describes it
 *
 * Makes a new organisation out of the demo's files, with dates relative to today.
 */
gboolean
belay_admin_demo_load (BelayAdmin *self,
                       const char *folder,
                       GError **error)
{
  g_autofree char *cohorts = in_folder (folder, "cohorts.yaml");
  g_autofree char *progress = in_folder (folder, "progress.yaml");
  yaml_document_t document;
  gboolean is_loaded;

  if (!belay_demo_yaml_load (cohorts, &document, error))
    return FALSE;
  is_loaded = load_places (self, folder, &document, error);
  yaml_document_delete (&document);

  return is_loaded && (!g_file_test (progress, G_FILE_TEST_EXISTS) || belay_demo_load_sessions (self, progress, error));
}

gboolean
belay_admin_demo (BelayAdmin *self,
                  int argc,
                  char *argv[],
                  GError **error)
{
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = { { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where the demo is", "FOLDER" },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "", "Makes a demo organisation in a new database.", &argc, &argv, 1, error))
    return FALSE;
  if (folder == NULL)
    folder = g_build_filename (BELAY_DATADIR, "belay", "demo", NULL);

  return belay_admin_demo_load (self, folder, error);
}

/* ---- the line that says that all is ready ---- */

static gboolean
add_people (yyjson_mut_doc *document,
            yyjson_mut_val *list,
            const char *folder,
            GError **error)
{
  g_autofree char *path = in_folder (folder, "people.csv");
  g_autoptr (GPtrArray) people = belay_admin_read_people (path, error);

  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      const BelayAdminPerson *person = g_ptr_array_index (people, i);
      yyjson_mut_val *item = yyjson_mut_arr_add_obj (document, list);
      yyjson_mut_val *roles = NULL;
      g_auto (GStrv) names = g_strsplit (person->roles != NULL ? person->roles : "learner", " ", -1);

      yyjson_mut_obj_add_strcpy (document, item, "name", person->name);
      yyjson_mut_obj_add_strcpy (document, item, "email", person->email);
      yyjson_mut_obj_add_str (document, item, "password", DEMO_PASSWORD);
      roles = yyjson_mut_obj_add_arr (document, item, "roles");
      for (guint j = 0; names[j] != NULL; j++)
        yyjson_mut_arr_add_strcpy (document, roles, names[j]);
    }

  return TRUE;
}

typedef struct
{
  char *organisation;
  char *cohort; /* (nullable): key of the first */
} Facts;

static DexFuture *
read_facts (BelayDbTransaction *tx,
            gpointer user_data)
{
  Facts *facts = user_data;
  g_autoptr (BelayDbOrganisation) organisation = NULL;
  g_autoptr (GPtrArray) cohorts = NULL;
  GError *error = NULL;

  if (!belay_db_organisation_get (tx, &organisation, &error))
    return dex_future_new_for_error (error);
  cohorts = belay_db_cohort_list (tx, &error);
  if (cohorts == NULL)
    return dex_future_new_for_error (error);

  facts->organisation = g_strdup (organisation->name);
  facts->cohort = cohorts->len > 0 ? g_strdup (((BelayDbCohort *) cohorts->pdata[0])->key) : NULL;

  return dex_future_new_true ();
}

static gboolean
add_code (BelayAdmin *self,
          yyjson_mut_doc *document,
          yyjson_mut_val *root,
          const char *cohort,
          const char *url,
          GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *shown = NULL;

  if (cohort == NULL)
    {
      yyjson_mut_obj_add_null (document, root, "join_code");
      return TRUE;
    }
  code = belay_admin_do_cohort_code (self, cohort, DEMO_CODE_USES, DEMO_CODE_DAYS, error);
  if (code == NULL)
    return FALSE;

  shown = belay_address_display_code (code, url);
  yyjson_mut_obj_add_strcpy (document, root, "join_code", shown);
  return TRUE;
}

static gboolean
add_xapi (BelayAdmin *self,
          yyjson_mut_doc *document,
          yyjson_mut_val *root,
          const char *url,
          GError **error)
{
  yyjson_mut_val *xapi = yyjson_mut_obj_add_obj (document, root, "xapi");
  g_autofree char *secret = NULL;
  g_autofree char *key = belay_admin_do_key (self, "demo", "all", &secret, error);
  g_autofree char *endpoint = g_strconcat (url, "/xapi", NULL);

  if (key == NULL)
    return FALSE;

  yyjson_mut_obj_add_strcpy (document, xapi, "endpoint", endpoint);
  yyjson_mut_obj_add_strcpy (document, xapi, "key", key);
  yyjson_mut_obj_add_strcpy (document, xapi, "secret", secret);
  return TRUE;
}

/**
 * belay_admin_demo_describe:
 * @folder: (nullable): of the demo, whose people's passwords are known; %NULL for any other organisation
 *
 * Makes a join code and credentials, and tells them and where the server is.
 *
 * Returns: (transfer full) (nullable): one line of JSON
 */
char *
belay_admin_demo_describe (BelayAdmin *self,
                           const char *folder,
                           const char *url,
                           GError **error)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  Facts facts = { 0 };
  char *line = NULL;

  yyjson_mut_doc_set_root (document, root);
  if (belay_admin_read (self, read_facts, &facts, error))
    {
      yyjson_mut_obj_add_strcpy (document, root, "url", url);
      yyjson_mut_obj_add_strcpy (document, root, "organisation", facts.organisation);
      if (add_code (self, document, root, facts.cohort, url, error) && add_xapi (self, document, root, url, error)
          && (folder == NULL
              || add_people (document, yyjson_mut_obj_add_arr (document, root, "people"), folder, error)))
        line = yyjson_mut_write (document, 0, NULL);
    }
  g_free (facts.organisation);
  g_free (facts.cohort);
  yyjson_mut_doc_free (document);

  return line;
}
