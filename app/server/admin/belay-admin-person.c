/* belay-admin-person.c: people: adding one, importing many, listing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <string.h>

#include "belay-admin.h"
#include "belay-csv.h"
#include "belay-id.h"
#include "belay-password.h"
#include "belay-rights.h"
#include "belay-work-member.h"
#include "belay-work-publish.h"

void
belay_admin_person_free (BelayAdminPerson *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->roles);
  g_free (self->manager);
  g_free (self->cohort);
  g_free (self->pod);
  g_free (self->buddy);
  g_free (self->time_zone);
  g_free (self->password_hash);
  g_free (self);
}

static char *
to_lower (const char *email)
{
  return email != NULL ? g_utf8_strdown (email, -1) : NULL;
}

static gboolean
check_person (const BelayAdminPerson *person,
              guint row,
              GError **error)
{
  g_auto (GStrv) roles = g_strsplit (person->roles != NULL ? person->roles : "", " ", -1);
  BelayRole role;

  if (person->name == NULL || person->email == NULL || strchr (person->email, '@') == NULL)
    return belay_admin_fail (error, "Row %u: a name and an e-mail address are needed.", row);
  for (guint i = 0; roles[i] != NULL; i++)
    if (*roles[i] != '\0' && !belay_role_from_string (roles[i], &role))
      return belay_admin_fail (error, "Row %u: there is no role \"%s\".", row, roles[i]);
  if (person->time_zone != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (person->time_zone);

      if (zone == NULL)
        return belay_admin_fail (error, "Row %u: \"%s\" is not a time zone such as Europe/Zurich.", row,
                                 person->time_zone);
    }

  return TRUE;
}

/**
 * belay_admin_read_people:
 * @path: a CSV file with the columns name, email, roles, manager, cohort, pod, buddy, time_zone
 *
 * Returns: (transfer full) (nullable) (element-type BelayAdminPerson): all of them, checked
 */
GPtrArray *
belay_admin_read_people (const char *path,
                         GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_admin_person_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  rows = belay_csv_parse (text, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 1; i < rows->len; i++)
    {
      BelayAdminPerson *person = g_new0 (BelayAdminPerson, 1);

      g_ptr_array_add (people, person);
      person->name = g_strdup (belay_csv_get (rows, i, "name"));
      person->email = to_lower (belay_csv_get (rows, i, "email"));
      person->roles = g_strdup (belay_csv_get (rows, i, "roles"));
      person->manager = to_lower (belay_csv_get (rows, i, "manager"));
      person->cohort = g_strdup (belay_csv_get (rows, i, "cohort"));
      person->pod = g_strdup (belay_csv_get (rows, i, "pod"));
      person->buddy = to_lower (belay_csv_get (rows, i, "buddy"));
      person->time_zone = g_strdup (belay_csv_get (rows, i, "time_zone"));
      if (!check_person (person, i + 1, error))
        return NULL;
    }

  return g_steal_pointer (&people);
}

/* ---- writing ---- */

static gboolean
find_by_email (BelayDbTransaction *tx,
               const char *email,
               BelayDbPerson **person,
               GError **error)
{
  if (!belay_db_person_get_by_email (tx, email, person, error))
    return FALSE;

  return *person != NULL || belay_admin_fail (error, "There is nobody with the address %s.", email);
}

static gboolean
put_card (BelayDbTransaction *tx,
          const BelayAdminPerson *words,
          GError **error)
{
  g_autoptr (BelayDbPerson) known = NULL;
  g_autofree char *id = NULL;
  BelayDbPerson row = { .name = words->name, .email = words->email };

  if (!belay_db_person_get_by_email (tx, words->email, &known, error))
    return FALSE;
  id = known != NULL ? g_strdup (known->id) : belay_id_new (belay_db_get_clock (tx));
  row.id = id;
  row.time_zone = words->time_zone != NULL ? words->time_zone : (char *) (known != NULL ? known->time_zone : "UTC");

  return belay_db_person_put (tx, &row, error)
         && (words->password_hash == NULL || belay_db_password_put (tx, words->email, id, words->password_hash, error));
}

/* Learners, managers, mentors and buddies are so by where they stand; the others are granted it: in their
 * cohort, or where they have none for all of the organisation. */
static gboolean
grant_role (BelayDbTransaction *tx,
            const BelayDbPerson *person,
            BelayRole role,
            const BelayDbCohort *cohort,
            GError **error)
{
  const char *name = belay_role_to_string (role);

  switch (role)
    {
    case BELAY_ROLE_EXPERT:
    case BELAY_ROLE_HR:
      if (cohort != NULL)
        return belay_db_grant_add (tx, person->id, name, belay_scope_to_string (BELAY_SCOPE_COHORT), cohort->id, error);
      break;
    case BELAY_ROLE_SPONSOR:
    case BELAY_ROLE_ORGANISER:
      if (cohort != NULL)
        return belay_db_grant_add (tx, person->id, name, belay_scope_to_string (BELAY_SCOPE_PROGRAMME),
                                   cohort->programme, error);
      break;
    case BELAY_ROLE_ADMIN:
      break;
    case BELAY_ROLE_PERSON:
    case BELAY_ROLE_LEARNER:
    case BELAY_ROLE_MANAGER:
    case BELAY_ROLE_BUDDY:
    case BELAY_ROLE_MENTOR:
    case BELAY_N_ROLES:
    default:
      return TRUE;
    }

  return belay_db_grant_add (tx, person->id, name, belay_scope_to_string (BELAY_SCOPE_ORGANISATION),
                             belay_db_get_organisation_id (tx), error);
}

static gboolean
put_place (BelayDbTransaction *tx,
           const BelayAdminPerson *words,
           const BelayDbPerson *person,
           const BelayDbCohort *cohort,
           GError **error)
{
  g_auto (GStrv) roles = g_strsplit (words->roles != NULL ? words->roles : "", " ", -1);
  gboolean is_learner = words->roles == NULL || g_strv_contains ((const char *const *) roles, "learner");
  g_autofree char *pod_name = g_strconcat ("pod/", words->pod, NULL);
  g_autofree char *pod = NULL;
  g_autoptr (BelayDbPerson) buddy = NULL;
  BelayRole role;

  for (guint i = 0; roles[i] != NULL; i++)
    if (belay_role_from_string (roles[i], &role) && !grant_role (tx, person, role, cohort, error))
      return FALSE;
  if (!is_learner || cohort == NULL)
    return TRUE;
  if (words->buddy != NULL && !find_by_email (tx, words->buddy, &buddy, error))
    return FALSE;

  pod = words->pod != NULL ? belay_id_derive (cohort->id, pod_name) : NULL;
  return belay_work_member_put (tx, person->id, cohort->id, pod, buddy != NULL ? buddy->id : NULL, error);
}

/* Everyone is there by now: the order of rows does not matter */
static gboolean
put_relations (BelayDbTransaction *tx,
               const BelayAdminPerson *words,
               GError **error)
{
  g_autoptr (BelayDbPerson) person = NULL;
  g_autoptr (BelayDbPerson) manager = NULL;
  g_autoptr (BelayDbCohort) cohort = NULL;

  if (!find_by_email (tx, words->email, &person, error)
      || (words->manager != NULL && !find_by_email (tx, words->manager, &manager, error))
      || (words->cohort != NULL && !belay_admin_find_cohort (tx, words->cohort, &cohort, error)))
    return FALSE;
  if (manager != NULL && !belay_db_manager_set (tx, person->id, manager->id, error))
    return FALSE;

  return put_place (tx, words, person, cohort, error) && belay_work_member_publish (tx, person->id, error)
         && (manager == NULL || belay_work_publish_person (tx, manager->id, error));
}

static DexFuture *
put_people (BelayDbTransaction *tx,
            gpointer user_data)
{
  GPtrArray *people = user_data;
  GError *error = NULL;

  for (guint i = 0; i < people->len; i++)
    if (!put_card (tx, g_ptr_array_index (people, i), &error))
      return dex_future_new_for_error (error);
  for (guint i = 0; i < people->len; i++)
    if (!put_relations (tx, g_ptr_array_index (people, i), &error))
      {
        g_prefix_error (&error, "Row %u: ", i + 2);
        return dex_future_new_for_error (error);
      }

  return dex_future_new_true ();
}

/**
 * belay_admin_do_put_people:
 * @people: (element-type BelayAdminPerson)
 *
 * Adds people, or changes those whose address is known: all, or none where anything is wrong.
 */
gboolean
belay_admin_do_put_people (BelayAdmin *self,
                           GPtrArray *people,
                           GError **error)
{
  return belay_admin_write (self, put_people, people, error);
}

/* ---- the command ---- */

/* Never as a word of the command line: that is for everyone on the machine to see */
static char *
read_password (const char *path,
               GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (g_str_equal (path, "-") ? "/dev/stdin" : path, &text, NULL, error))
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  if (g_utf8_strlen (text, -1) < BELAY_PASSWORD_LEAST)
    {
      belay_admin_fail (error, "A password has at least %d characters.", BELAY_PASSWORD_LEAST);
      return NULL;
    }

  return g_steal_pointer (&text);
}

static gboolean
command_add (BelayAdmin *self,
             int argc,
             char *argv[],
             GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_admin_person_free);
  BelayAdminPerson *person = g_new0 (BelayAdminPerson, 1);
  g_autofree char *password_file = NULL;
  g_autofree char *password = NULL;
  const GOptionEntry entries[] = {
    { "roles", 0, 0, G_OPTION_ARG_STRING, &person->roles, "Such as \"learner\" or \"expert hr\"", "WORDS" },
    { "manager", 0, 0, G_OPTION_ARG_STRING, &person->manager, "To whom they report", "EMAIL" },
    { "cohort", 0, 0, G_OPTION_ARG_STRING, &person->cohort, "Where they learn", "KEY" },
    { "pod", 0, 0, G_OPTION_ARG_STRING, &person->pod, "Their pod in it", "KEY" },
    { "buddy", 0, 0, G_OPTION_ARG_STRING, &person->buddy, "Who signs their terms off", "EMAIL" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &person->time_zone, "Such as Europe/Zurich", "ZONE" },
    { "password-file", 0, 0, G_OPTION_ARG_STRING, &password_file, "First line is the password; - is standard input",
      "FILE" },
    G_OPTION_ENTRY_NULL
  };

  g_ptr_array_add (people, person);
  if (!belay_admin_parse (entries, "NAME EMAIL", "Adds a person. Without a password they join by a code.", &argc, &argv,
                          3, error))
    return FALSE;
  if (password_file != NULL)
    {
      password = read_password (password_file, error);
      if (password == NULL)
        return FALSE;
      person->password_hash = belay_password_hash_now (password);
    }
  person->name = g_strdup (argv[1]);
  person->email = to_lower (argv[2]);

  return check_person (person, 1, error) && belay_admin_do_put_people (self, people, error);
}

static gboolean
command_import (BelayAdmin *self,
                int argc,
                char *argv[],
                GError **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (!belay_admin_parse (NULL, "FILE.csv", "Adds or changes people: all of the file, or nothing.", &argc, &argv, 2,
                          error))
    return FALSE;
  people = belay_admin_read_people (argv[1], error);
  if (people == NULL || !belay_admin_do_put_people (self, people, error))
    {
      g_prefix_error (error, "%s: nothing was imported. ", argv[1]);
      return FALSE;
    }

  g_print ("%u people.\n", people->len);
  return TRUE;
}

static DexFuture *
print_people (BelayDbTransaction *tx,
              gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) people = belay_db_person_list (tx, &error);

  if (people == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const BelayDbPerson *person = g_ptr_array_index (people, i);

      g_print ("%s\t%s\t%s\t%s\n", person->id, person->name, person->email, person->time_zone);
    }

  return dex_future_new_true ();
}

gboolean
belay_admin_person (BelayAdmin *self,
                    int argc,
                    char *argv[],
                    GError **error)
{
  const char *command = argc > 1 ? argv[1] : "";

  if (g_str_equal (command, "add"))
    return belay_admin_open (self, error) && command_add (self, argc - 1, argv + 1, error);
  if (g_str_equal (command, "import"))
    return belay_admin_open (self, error) && command_import (self, argc - 1, argv + 1, error);
  if (g_str_equal (command, "list"))
    return belay_admin_open (self, error) && belay_admin_read (self, print_people, NULL, error);

  return belay_admin_fail (error, "Usage: belay-server person add|import|list …");
}
