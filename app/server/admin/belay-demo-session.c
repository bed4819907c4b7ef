/* belay-demo-session.c: what the demo's people studied, as the statements that a launch makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-demo-session.h"

#include <gio/gio.h>

#include "belay-cmi5.h"
#include "belay-db-learning.h"
#include "belay-id.h"
#include "belay-time.h"
#include "belay-work-fold.h"
#include "belay-work-grants.h"
#include "belay-work-up.h"
#include "belay-demo-yaml.h"

#define MINUTE_US ((gint64) 60 * BELAY_SECOND_US)
#define PER_CENT 100
/* A laptop is heard from soon after */
#define HEARD_AFTER_US (5 * MINUTE_US)

typedef struct
{
  yaml_document_t *document;
  guint index;
  yaml_node_t *node;
  BelayDbTransaction *tx;
  BelayDbPerson *person;
  BelayGrants *grants;
  const BelayModule *module; /* until the database is asked for another programme */
  gint64 at_us;
} Session;

/* ---- one statement ---- */

static char *
make_statement (const Session *session,
                const BelayActivity *activity,
                const char *registration,
                const char *id,
                BelayCmi5Verb verb,
                gint64 at_us,
                const char *result)
{
  g_autofree char *agent = belay_work_agent_json (session->tx, session->person->id);
  g_autofree char *time = belay_time_format (at_us);

  return g_strdup_printf (
    "{\"id\":\"%s\",\"actor\":%s,\"verb\":{\"id\":\"%s\"},"
    "\"object\":{\"objectType\":\"Activity\",\"id\":\"urn:uuid:%s\"},"
    "\"context\":{\"registration\":\"%s\",\"contextActivities\":{\"category\":[{\"objectType\":\"Activity\","
    "\"id\":\"" BELAY_CMI5_CATEGORY "\"}]},\"extensions\":{\"" BELAY_CMI5_EXTENSION_SESSION "\":\"%s\"}},"
    "\"timestamp\":\"%s\"%s%s}",
    id, agent, belay_cmi5_verb_to_iri (verb), activity->id, registration, registration, time,
    result != NULL ? ",\"result\":" : "", result != NULL ? result : "");
}

static gboolean
send_statement (const Session *session,
                const BelayActivity *activity,
                const char *registration,
                BelayCmi5Verb verb,
                gint64 at_us,
                const char *result,
                GError **error)
{
  g_autofree char *name = g_strdup_printf ("verb/%d", (int) verb);
  g_autofree char *id = belay_id_derive (registration, name);
  g_autofree char *body = make_statement (session, activity, registration, id, verb, at_us, result);
  g_autoptr (BelayUpItem) item = belay_up_item_new_statement (id, body);
  BelayWorkSender sender = {
    .tx = session->tx, .grants = session->grants, .person = session->person->id, .device = ""
  };
  g_autoptr (BelayVerdict) verdict = belay_work_up_judge (&sender, item, error);

  if (verdict == NULL)
    return FALSE;
  if (verdict->kind != BELAY_VERDICT_REJECTED)
    return TRUE;

  return belay_admin_fail (error, "A statement of the demo was rejected: %s\n%s", verdict->code, body);
}

/* ---- one activity of a session ---- */

static gboolean
send_score (const Session *session,
            yaml_node_t *node,
            const BelayActivity *activity,
            const char *registration,
            gint64 at_us,
            const char *duration,
            GError **error)
{
  gint64 score = belay_demo_yaml_get_int (session->document, node, "score", -1);
  gboolean has_passed = activity->mastery < 0 || score * PER_CENT >= activity->mastery;
  g_autofree char *result = NULL;

  if (score < 0)
    return TRUE;

  result =
    g_strdup_printf ("{\"score\":{\"scaled\":%d.%02d},\"success\":%s,\"duration\":\"%s\"}", (int) (score / PER_CENT),
                     (int) (score % PER_CENT), has_passed ? "true" : "false", duration);
  return send_statement (session, activity, registration, has_passed ? BELAY_CMI5_PASSED : BELAY_CMI5_FAILED, at_us,
                         result, error);
}

static gboolean
send_activity (Session *session,
               yaml_node_t *node,
               guint index,
               GError **error)
{
  const char *key = belay_demo_yaml_get_text (session->document, node, "key");
  const char *done = belay_demo_yaml_get_text (session->document, node, "done");
  gint64 minutes = belay_demo_yaml_get_int (session->document, node, "minutes", 5);
  g_autofree char *duration = belay_time_format_duration (minutes * 60);
  g_autofree char *completed = g_strdup_printf ("{\"completion\":true,\"duration\":\"%s\"}", duration);
  g_autofree char *ended = g_strdup_printf ("{\"duration\":\"%s\"}", duration);
  g_autofree char *name = g_strdup_printf ("demo/%u/%u", session->index, index);
  g_autofree char *registration = belay_id_derive (session->person->id, name);
  const BelayActivity *activity = NULL;
  gint64 end_us = session->at_us + minutes * MINUTE_US;

  for (guint i = 0; i < session->module->activities->len && activity == NULL; i++)
    if (g_strcmp0 (((BelayActivity *) session->module->activities->pdata[i])->key, key) == 0)
      activity = g_ptr_array_index (session->module->activities, i);
  if (activity == NULL)
    return belay_admin_fail (error, "The module \"%s\" has no activity \"%s\".", session->module->key, key);

  if (!send_statement (session, activity, registration, BELAY_CMI5_INITIALIZED, session->at_us, NULL, error))
    return FALSE;
  if (g_strcmp0 (done, "false") != 0
      && (!send_statement (session, activity, registration, BELAY_CMI5_COMPLETED, end_us - BELAY_SECOND_US, completed,
                           error)
          || !send_score (session, node, activity, registration, end_us - BELAY_SECOND_US, duration, error)))
    return FALSE;

  session->at_us = end_us;
  return send_statement (session, activity, registration, BELAY_CMI5_TERMINATED, end_us, ended, error);
}

/* ---- one session ---- */

static gboolean
find_time (Session *session,
           const BelayDbCohort *cohort,
           GError **error)
{
  const char *at = belay_demo_yaml_get_text (session->document, session->node, "at");
  gint64 day = belay_demo_yaml_get_int (session->document, session->node, "day", 0);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (session->person->time_zone);
  g_autofree char *moment = g_strdup_printf ("%sT%s:00", cohort->starts, at != NULL ? at : "09:00");
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (moment, zone);
  g_autoptr (GDateTime) time = start != NULL ? g_date_time_add_days (start, (int) day) : NULL;

  if (time == NULL)
    return belay_admin_fail (error, "Session %u: \"%s\" is not a time of day.", session->index + 1, at);

  session->at_us = g_date_time_to_unix (time) * BELAY_SECOND_US;
  return TRUE;
}

static gboolean
find_place (Session *session,
            BelayDbCohort **cohort,
            GError **error)
{
  const char *email = belay_demo_yaml_get_text (session->document, session->node, "person");
  const char *module = belay_demo_yaml_get_text (session->document, session->node, "module");
  g_autoptr (GPtrArray) memberships = NULL;
  const BelayProgramme *programme;

  if (email == NULL || module == NULL || !belay_db_person_get_by_email (session->tx, email, &session->person, error))
    return belay_admin_fail (error, "Session %u has no person or no module.", session->index + 1);
  if (session->person == NULL)
    return belay_admin_fail (error, "Session %u: there is nobody with the address %s.", session->index + 1, email);
  session->grants = belay_work_grants_load (session->tx, session->person->id, error);
  memberships = belay_db_membership_list_of_person (session->tx, session->person->id, error);
  if (memberships == NULL || session->grants == NULL)
    return FALSE;
  if (memberships->len == 0)
    return belay_admin_fail (error, "Session %u: %s learns in no cohort.", session->index + 1, email);
  if (!belay_db_cohort_get (session->tx, ((BelayDbMembership *) memberships->pdata[0])->cohort, cohort, error))
    return FALSE;
  programme = belay_db_programme_get (session->tx, (*cohort)->programme, error);
  session->module = programme != NULL ? belay_programme_find_module_by_key (programme, module) : NULL;

  return session->module != NULL
         || belay_admin_fail (error, "Session %u: there is no module \"%s\".", session->index + 1, module);
}

static gboolean
send_session (Session *session,
              GError **error)
{
  yaml_node_t *activities = belay_demo_yaml_get (session->document, session->node, "activities");
  g_autoptr (BelayDbCohort) cohort = NULL;
  gint64 heard;

  if (!find_place (session, &cohort, error) || !find_time (session, cohort, error))
    return FALSE;
  /* What lies ahead was not studied yet */
  if (session->at_us > belay_db_now (session->tx))
    return TRUE;

  for (guint i = 0; i < belay_demo_yaml_count (activities); i++)
    if (!send_activity (session, belay_demo_yaml_nth (session->document, activities, i), i, error))
      return FALSE;
  heard = MIN (session->at_us + HEARD_AFTER_US, belay_db_now (session->tx));

  return heard <= session->person->heard
         || (belay_db_person_set_heard (session->tx, session->person->id, heard, error)
             && belay_db_report_due_add (session->tx, session->person->id, error));
}

static DexFuture *
send_all (BelayDbTransaction *tx,
          gpointer user_data)
{
  yaml_document_t *document = user_data;
  yaml_node_t *sessions = belay_demo_yaml_get (document, yaml_document_get_root_node (document), "sessions");
  GError *error = NULL;

  belay_work_fold_listen (tx);
  for (guint i = 0; i < belay_demo_yaml_count (sessions) && error == NULL; i++)
    {
      Session session = {
        .document = document, .index = i, .node = belay_demo_yaml_nth (document, sessions, i), .tx = tx
      };

      send_session (&session, &error);
      g_clear_pointer (&session.person, belay_db_person_free);
      g_clear_pointer (&session.grants, belay_grants_unref);
    }

  return error == NULL ? dex_future_new_true () : dex_future_new_for_error (error);
}

/**
 * belay_demo_load_sessions:
 * @path: progress.yaml, as data/demo/README.md describes it
 *
 * Studies for the demo's people all that was before now.
 */
gboolean
belay_demo_load_sessions (BelayAdmin *self,
                          const char *path,
                          GError **error)
{
  yaml_document_t document;
  gboolean is_done;

  if (!belay_demo_yaml_load (path, &document, error))
    return FALSE;
  is_done = belay_admin_write (self, send_all, &document, error);
  yaml_document_delete (&document);

  return is_done;
}
