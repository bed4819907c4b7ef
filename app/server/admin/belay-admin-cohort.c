/* belay-admin-cohort.c: cohorts, pods, members and join codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <string.h>

#include "belay-address.h"
#include "belay-admin.h"
#include "belay-id.h"
#include "belay-language-text.h"
#include "belay-text.h"
#include "belay-time.h"
#include "belay-token.h"
#include "belay-work-member.h"
#include "belay-work-publish.h"
#include "belay-work-report.h"
#include "belay-work-title.h"

/**
 * belay_admin_find_cohort:
 * @cohort: (out): never %NULL where it returns %TRUE
 */
gboolean
belay_admin_find_cohort (BelayDbTransaction *tx,
                         const char *key,
                         BelayDbCohort **cohort,
                         GError **error)
{
  g_autoptr (GPtrArray) cohorts = belay_db_cohort_list (tx, error);

  if (cohorts == NULL)
    return FALSE;
  for (guint i = 0; i < cohorts->len; i++)
    if (g_str_equal (((BelayDbCohort *) cohorts->pdata[i])->key, key))
      return belay_db_cohort_get (tx, ((BelayDbCohort *) cohorts->pdata[i])->id, cohort, error);

  return belay_admin_fail (error, "There is no cohort \"%s\". See: belay-server cohort list", key);
}

static char *
derive (BelayDbTransaction *tx,
        const char *kind,
        const char *key)
{
  g_autofree char *name = g_strconcat (kind, "/", key, NULL);

  return belay_id_derive (belay_db_get_organisation_id (tx), name);
}

static DexFuture *
put_cohort (BelayDbTransaction *tx,
            gpointer user_data)
{
  const BelayAdminCohort *cohort = user_data;
  g_autofree char *id = derive (tx, "cohort", cohort->key);
  g_autofree char *programme = derive (tx, "programme", cohort->programme);
  BelayDbCohort row = { .id = id,
                        .key = cohort->key,
                        .programme = programme,
                        .title = cohort->title,
                        .starts = cohort->starts,
                        .time_zone = cohort->time_zone };
  GError *error = NULL;
  gint64 version;

  if (!belay_db_programme_version (tx, programme, &version, &error))
    return dex_future_new_for_error (error);
  if (version == 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                  "There is no programme \"%s\". Apply its file first.", cohort->programme);
  if (!belay_db_cohort_put (tx, &row, &error) || !belay_work_publish_cohort (tx, id, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

gboolean
belay_admin_do_put_cohort (BelayAdmin *self,
                           const BelayAdminCohort *cohort,
                           GError **error)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cohort->time_zone);
  g_autofree char *moment = g_strconcat (cohort->starts, "T00:00:00Z", NULL);

  day = g_date_time_new_from_iso8601 (moment, NULL);
  if (!belay_text_is_key (cohort->key))
    return belay_admin_fail (error, "\"%s\" is not a key: use a-z, 0-9 and single dashes.", cohort->key);
  if (day == NULL || strlen (cohort->starts) != 10)
    return belay_admin_fail (error, "\"%s\" is not a day such as 2026-03-09.", cohort->starts);
  if (zone == NULL)
    return belay_admin_fail (error, "\"%s\" is not a time zone such as Europe/Zurich.", cohort->time_zone);

  return belay_admin_write (self, put_cohort, (gpointer) cohort, error);
}

typedef struct
{
  const char *cohort;
  const char *key;
  const char *title;
  const char *mentor; /* (nullable): email */
} PodWords;

static gboolean
find_person_id (BelayDbTransaction *tx,
                const char *email,
                char **id,
                GError **error)
{
  g_autofree char *lower = email != NULL ? g_utf8_strdown (email, -1) : NULL;
  g_autoptr (BelayDbPerson) person = NULL;

  *id = NULL;
  if (lower == NULL)
    return TRUE;
  if (!belay_db_person_get_by_email (tx, lower, &person, error))
    return FALSE;
  if (person == NULL)
    return belay_admin_fail (error, "There is nobody with the address %s.", email);

  *id = g_strdup (person->id);
  return TRUE;
}

static DexFuture *
put_pod (BelayDbTransaction *tx,
         gpointer user_data)
{
  const PodWords *words = user_data;
  g_autoptr (BelayDbCohort) cohort = NULL;
  g_autofree char *mentor = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = g_strconcat ("pod/", words->key, NULL);
  GError *error = NULL;
  BelayDbPod row = { .key = (char *) words->key, .title = (char *) words->title };

  if (!belay_admin_find_cohort (tx, words->cohort, &cohort, &error)
      || !find_person_id (tx, words->mentor, &mentor, &error))
    return dex_future_new_for_error (error);
  id = belay_id_derive (cohort->id, name);
  row.id = id;
  row.cohort = cohort->id;
  row.mentor = mentor;
  if (!belay_db_pod_put (tx, &row, &error) || !belay_work_publish_pod (tx, id, &error)
      || (mentor != NULL && !belay_work_publish_person (tx, mentor, &error)))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

gboolean
belay_admin_do_put_pod (BelayAdmin *self,
                        const char *cohort,
                        const char *key,
                        const char *title,
                        const char *mentor,
                        GError **error)
{
  PodWords words = { .cohort = cohort, .key = key, .title = title, .mentor = mentor };

  if (!belay_text_is_key (key))
    return belay_admin_fail (error, "\"%s\" is not a key: use a-z, 0-9 and single dashes.", key);

  return belay_admin_write (self, put_pod, &words, error);
}

typedef struct
{
  const char *cohort;
  const char *code;
  gint64 uses;
  gint64 days;
} CodeWords;

static DexFuture *
add_code (BelayDbTransaction *tx,
          gpointer user_data)
{
  const CodeWords *words = user_data;
  g_autoptr (BelayDbCohort) cohort = NULL;
  g_autofree char *hash = belay_token_hash (words->code);
  GError *error = NULL;
  gint64 expires = belay_db_now (tx) + words->days * BELAY_DAY_SECONDS * BELAY_SECOND_US;

  if (!belay_admin_find_cohort (tx, words->cohort, &cohort, &error)
      || !belay_db_join_code_add (tx, hash, cohort->id, NULL, words->uses, expires, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/* Returns: (transfer full) (nullable): the code, without dash or address */
char *
belay_admin_do_cohort_code (BelayAdmin *self,
                            const char *cohort_key,
                            gint64 uses,
                            gint64 days,
                            GError **error)
{
  g_autofree char *code = belay_join_code_new ();
  CodeWords words = { .cohort = cohort_key, .code = code, .uses = uses, .days = days };

  return belay_admin_write (self, add_code, &words, error) ? g_steal_pointer (&code) : NULL;
}

/* ---- the command ---- */

static char *
plain_title (const char *text)
{
  g_autoptr (BelayLanguageText) title = belay_language_text_new ();

  belay_language_text_set (title, "en", text);

  return belay_work_title_to_json (title);
}

static gboolean
command_add (BelayAdmin *self,
             int argc,
             char *argv[],
             GError **error)
{
  g_autofree char *programme = NULL;
  g_autofree char *title = NULL;
  g_autofree char *starts = NULL;
  g_autofree char *time_zone = NULL;
  g_autofree char *title_json = NULL;
  BelayAdminCohort cohort = { 0 };
  const GOptionEntry entries[] = { { "programme", 0, 0, G_OPTION_ARG_STRING, &programme, "The programme's key", "KEY" },
                                   { "title", 0, 0, G_OPTION_ARG_STRING, &title, "What people call it", "TEXT" },
                                   { "starts", 0, 0, G_OPTION_ARG_STRING, &starts, "Its first day", "YYYY-MM-DD" },
                                   { "time-zone", 0, 0, G_OPTION_ARG_STRING, &time_zone,
                                     "Where its days begin; else UTC", "ZONE" },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "KEY", "Adds a cohort.", &argc, &argv, 2, error))
    return FALSE;
  if (programme == NULL || starts == NULL)
    return belay_admin_fail (error, "Say --programme KEY and --starts YYYY-MM-DD.");

  title_json = plain_title (title != NULL ? title : argv[1]);
  cohort = (BelayAdminCohort) { .key = argv[1],
                                .programme = programme,
                                .title = title_json,
                                .starts = starts,
                                .time_zone = time_zone != NULL ? time_zone : (char *) "UTC" };

  return belay_admin_do_put_cohort (self, &cohort, error);
}

static DexFuture *
move_start (BelayDbTransaction *tx,
            gpointer user_data)
{
  char **words = user_data;
  g_autoptr (BelayDbCohort) cohort = NULL;
  GError *error = NULL;

  if (!belay_admin_find_cohort (tx, words[0], &cohort, &error))
    return dex_future_new_for_error (error);
  g_set_str (&cohort->starts, words[1]);
  if (!belay_db_cohort_put (tx, cohort, &error) || !belay_work_publish_cohort (tx, cohort->id, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

static gboolean
command_start (BelayAdmin *self,
               int argc,
               char *argv[],
               GError **error)
{
  g_autofree char *moment = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (!belay_admin_parse (NULL, "KEY YYYY-MM-DD", "Says on which day a cohort starts.", &argc, &argv, 3, error))
    return FALSE;
  moment = g_strconcat (argv[2], "T00:00:00Z", NULL);
  day = g_date_time_new_from_iso8601 (moment, NULL);
  if (day == NULL || strlen (argv[2]) != 10)
    return belay_admin_fail (error, "\"%s\" is not a day such as 2026-03-09.", argv[2]);

  return belay_admin_write (self, move_start, &argv[1], error);
}

static DexFuture *
print_cohorts (BelayDbTransaction *tx,
               gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) cohorts = belay_db_cohort_list (tx, &error);

  if (cohorts == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < cohorts->len; i++)
    {
      const BelayDbCohort *cohort = g_ptr_array_index (cohorts, i);
      g_autoptr (GPtrArray) members = belay_db_membership_list_of_cohort (tx, cohort->id, &error);

      if (members == NULL)
        return dex_future_new_for_error (error);
      g_print ("%s\t%s\t%s\t%u people\t%s\n", cohort->key, cohort->starts, cohort->time_zone, members->len,
               cohort->title);
    }

  return dex_future_new_true ();
}

static gboolean
command_list (BelayAdmin *self,
              int argc,
              char *argv[],
              GError **error)
{
  return belay_admin_read (self, print_cohorts, NULL, error);
}

static gboolean
command_pod (BelayAdmin *self,
             int argc,
             char *argv[],
             GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *mentor = NULL;
  g_autofree char *title_json = NULL;
  const GOptionEntry entries[] = { { "title", 0, 0, G_OPTION_ARG_STRING, &title, "What people call it", "TEXT" },
                                   { "mentor", 0, 0, G_OPTION_ARG_STRING, &mentor, "Who mentors it", "EMAIL" },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "COHORT KEY", "Adds a pod to a cohort, or changes it.", &argc, &argv, 3, error))
    return FALSE;
  title_json = plain_title (title != NULL ? title : argv[2]);

  return belay_admin_do_put_pod (self, argv[1], argv[2], title_json, mentor, error);
}

typedef struct
{
  const char *cohort;
  const char *email;
  const char *pod;   /* (nullable): key */
  const char *buddy; /* (nullable): email */
  gboolean leaves;
} MemberWords;

static DexFuture *
change_member (BelayDbTransaction *tx,
               gpointer user_data)
{
  const MemberWords *words = user_data;
  g_autoptr (BelayDbCohort) cohort = NULL;
  g_autofree char *person = NULL;
  g_autofree char *buddy = NULL;
  g_autofree char *pod = NULL;
  g_autofree char *pod_name = g_strconcat ("pod/", words->pod, NULL);
  GError *error = NULL;
  gboolean is_done;

  if (!belay_admin_find_cohort (tx, words->cohort, &cohort, &error)
      || !find_person_id (tx, words->email, &person, &error) || !find_person_id (tx, words->buddy, &buddy, &error))
    return dex_future_new_for_error (error);
  pod = words->pod != NULL ? belay_id_derive (cohort->id, pod_name) : NULL;
  is_done = words->leaves ? belay_work_member_leave (tx, person, cohort->id, &error)
                          : belay_work_member_put (tx, person, cohort->id, pod, buddy, &error);

  return is_done ? dex_future_new_true () : dex_future_new_for_error (error);
}

static gboolean
command_member (BelayAdmin *self,
                int argc,
                char *argv[],
                GError **error)
{
  g_autofree char *pod = NULL;
  g_autofree char *buddy = NULL;
  MemberWords words = { 0 };
  const GOptionEntry entries[] = { { "pod", 0, 0, G_OPTION_ARG_STRING, &pod, "Their pod", "KEY" },
                                   { "buddy", 0, 0, G_OPTION_ARG_STRING, &buddy, "Who signs their terms off", "EMAIL" },
                                   { "leave", 0, 0, G_OPTION_ARG_NONE, &words.leaves, "Takes them out of the cohort",
                                     NULL },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "COHORT EMAIL", "Brings a person into a cohort.", &argc, &argv, 3, error))
    return FALSE;
  words.cohort = argv[1];
  words.email = argv[2];
  words.pod = pod;
  words.buddy = buddy;

  return belay_admin_write (self, change_member, &words, error);
}

static gboolean
command_code (BelayAdmin *self,
              int argc,
              char *argv[],
              GError **error)
{
  gint64 uses = 50;
  gint64 days = 14;
  g_autofree char *code = NULL;
  g_autofree char *shown = NULL;
  const GOptionEntry entries[] = { { "uses", 0, 0, G_OPTION_ARG_INT64, &uses, "How many people can join by it", "N" },
                                   { "days", 0, 0, G_OPTION_ARG_INT64, &days, "How long it holds", "N" },
                                   G_OPTION_ENTRY_NULL };

  if (!belay_admin_parse (entries, "COHORT", "Makes a code by which people join a cohort.", &argc, &argv, 2, error))
    return FALSE;
  if (uses < 1 || days < 1)
    return belay_admin_fail (error, "A code is for one use and one day at least.");
  code = belay_admin_do_cohort_code (self, argv[1], uses, days, error);
  if (code == NULL)
    return FALSE;

  shown = belay_address_display_code (code, self->config->address);
  g_print ("%s\n", shown);
  return TRUE;
}

gboolean
belay_admin_cohort (BelayAdmin *self,
                    int argc,
                    char *argv[],
                    GError **error)
{
  static const struct
  {
    const char *name;
    BelayAdminCommand run;
  } commands[] = { { "add", command_add }, { "start", command_start },   { "list", command_list },
                   { "pod", command_pod }, { "member", command_member }, { "code", command_code } };

  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, argv[1]))
      return belay_admin_open (self, error) && commands[i].run (self, argc - 1, argv + 1, error);

  return belay_admin_fail (error, "Usage: belay-server cohort add|start|list|pod|member|code …");
}
