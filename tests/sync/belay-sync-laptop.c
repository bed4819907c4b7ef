/* belay-sync-laptop.c: a person's database and the step engine over it
 *
 * It signs in as the application does. From then on the test alone says when the server is asked, and
 * what time it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-laptop.h"

#include "belay-account-manager.h"
#include "belay-journey-server.h"
#include "belay-secret-keeper.h"
#include "belay-store-account.h"
#include "belay-sync-report.h"
#include "belay-sync-schedule.h"
#include "belay-test-support.h"
#include "belay-wire.h"
#include "belay-xapi-handler.h"

#define VERBS "http://adlnet.gov/expapi/verbs/"

struct _BelaySyncLaptop
{
  char *folder; /* of the account */
  BelayClock *clock;
  BelayStore *store;
  BelayAccountRecord *record;
  BelaySyncStatus *status;
  BelaySyncSchedule *schedule;
  BelaySyncOutcome *outcome; /* (nullable): of the last round */
};

/* @future: (transfer full). Returns: (transfer full): what it resolved to, boxed or a string */
static gpointer
settle (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  gpointer result = NULL;

  belay_test_settle (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  if (G_VALUE_HOLDS_BOXED (value))
    result = g_value_dup_boxed (value);
  else if (G_VALUE_HOLDS_STRING (value))
    result = g_value_dup_string (value);
  dex_unref (future);

  return result;
}

static void
sign_in (const char *folder,
         const char *url,
         const char *email)
{
  g_autoptr (BelayAccountManager) manager = belay_account_manager_new (folder, folder, NULL);
  g_autoptr (BelayServerInfo) info = settle (belay_account_manager_find_server (manager, url));

  g_autoptr (BelaySyncReport) report = NULL;

  settle (belay_account_manager_sign_in (manager, info, email, BELAY_JOURNEY_PASSWORD));
  report = settle (belay_account_sync_now (belay_account_manager_get_account (manager)));
  settle (belay_account_manager_close (manager));
}

static DexFuture *
keep_outcome (const BelaySyncOutcome *outcome,
              gpointer user_data)
{
  BelaySyncLaptop *self = user_data;

  g_clear_pointer (&self->outcome, belay_sync_outcome_free);
  self->outcome = belay_sync_outcome_copy (outcome);

  return dex_future_new_true ();
}

static void
connect_engine (BelaySyncLaptop *self)
{
  g_autofree char *token = settle (belay_secret_find (self->folder, self->record->device_id, BELAY_KEPT_TOKEN));
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayNetSession) session = belay_net_session_new (self->record->address, BELAY_WIRE_VERSION, &error);
  g_autoptr (BelaySyncEngine) engine = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (token);
  belay_net_session_set_token (session, token);
  belay_net_session_set_timeout (session, 1);
  engine = belay_sync_engine_new (self->store, session);
  self->status = belay_sync_status_new ();
  self->schedule = belay_sync_schedule_new (engine, self->status, keep_outcome, self);
}

/**
 * belay_sync_laptop_new:
 * @folder: for all that the laptop keeps
 * @url: of the server, or of the wire to it
 *
 * Returns: (transfer full): a laptop whose person has signed in and knows their programme
 */
BelaySyncLaptop *
belay_sync_laptop_new (const char *folder,
                       const char *url,
                       const char *email)
{
  BelaySyncLaptop *self = g_new0 (BelaySyncLaptop, 1);

  sign_in (folder, url, email);
  self->folder = g_build_filename (folder, "account", NULL);
  self->clock = belay_clock_new_fixed (g_get_real_time ());
  self->store = settle (belay_store_open (self->folder, self->clock));
  self->record = settle (belay_store_load_account (self->store));
  connect_engine (self);

  return self;
}

void
belay_sync_laptop_free (BelaySyncLaptop *self)
{
  belay_sync_schedule_stop (self->schedule);
  belay_sync_schedule_unref (self->schedule);
  g_object_unref (self->status);
  g_clear_pointer (&self->outcome, belay_sync_outcome_free);
  belay_account_record_free (self->record);
  belay_store_unref (self->store);
  belay_clock_unref (self->clock);
  g_free (self->folder);
  g_free (self);
}

BelayStore *
belay_sync_laptop_get_store (BelaySyncLaptop *self)
{
  return self->store;
}

void
belay_sync_laptop_set_clock (BelaySyncLaptop *self,
                             gint64 now_us)
{
  belay_clock_advance (self->clock, now_us - belay_clock_now_us (self->clock));
}

/* ---- what is done here ---- */

typedef struct
{
  char *actor;
  char *person_id;
  char *text;
} Saying;

static void
saying_free (gpointer data)
{
  Saying *saying = data;

  g_free (saying->actor);
  g_free (saying->person_id);
  g_free (saying->text);
  g_free (saying);
}

static DexFuture *
store_statement (BelayXapiStorage *storage,
                 BelayClock *clock,
                 gpointer user_data)
{
  const Saying *saying = user_data;
  g_auto (BelayStatementProblem) problem = { 0 };
  g_autoptr (BelayStatement) statement = belay_statement_parse (saying->text, -1, BELAY_XAPI_VERSION_2_0, &problem);
  BelayXapiCaller caller = { 0 };
  GError *error = NULL;

  if (statement == NULL)
    g_error ("%s %s: %s", problem.where, problem.rule, saying->text);
  caller.authority = saying->actor;
  caller.scopes = BELAY_XAPI_SCOPE_WRITE_STATEMENTS;
  caller.person_id = saying->person_id;
  if (belay_xapi_store (storage, &caller, statement, clock, &problem, &error) == BELAY_XAPI_VERDICT_FAILED)
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

/* The first activity of the one module */
static char *
find_activity (BelaySyncLaptop *self)
{
  g_autoptr (BelayStoreView) view = belay_sync_laptop_look (self);
  const BelayStoreEnrolment *enrolment;
  const BelayTerm *term;
  const BelayWeek *week;
  const BelayModule *module;

  g_assert_cmpuint (view->enrolments->len, ==, 1);
  enrolment = g_ptr_array_index (view->enrolments, 0);
  term = g_ptr_array_index (enrolment->programme->terms, 0);
  week = g_ptr_array_index (term->weeks, 0);
  module = g_ptr_array_index (week->modules, 0);

  return g_strdup (((const BelayActivity *) g_ptr_array_index (module->activities, 0))->id);
}

/**
 * belay_sync_laptop_say:
 * @verb: the last part of an ADL verb
 * @result: (nullable): JSON
 *
 * Does something in the module's first activity, as content tells of it.
 *
 * Returns: (transfer full): the statement's id
 */
char *
belay_sync_laptop_say (BelaySyncLaptop *self,
                       const char *verb,
                       const char *result)
{
  return belay_sync_laptop_say_as (self, self->record->person_id, verb, result);
}

/**
 * belay_sync_laptop_say_as:
 * @person_id: who is said to have done it
 *
 * As belay_sync_laptop_say(), in the name of anybody.
 */
char *
belay_sync_laptop_say_as (BelaySyncLaptop *self,
                          const char *person_id,
                          const char *verb,
                          const char *result)
{
  g_autofree char *activity = find_activity (self);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *time = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (belay_clock_now_us (self->clock) / G_USEC_PER_SEC);
  Saying *saying = g_new0 (Saying, 1);

  time = g_date_time_format_iso8601 (now);
  saying->person_id = g_strdup (self->record->person_id);
  saying->actor =
    g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                     self->record->organisation_id, person_id);
  saying->text = g_strdup_printf ("{\"id\":\"%s\",\"actor\":%s,\"verb\":{\"id\":\"" VERBS
                                  "%s\"},\"object\":{\"id\":\"urn:uuid:%s\"},"
                                  "\"timestamp\":\"%s\"%s%s}",
                                  id, saying->actor, verb, activity, time, result != NULL ? ",\"result\":" : "",
                                  result != NULL ? result : "");
  settle (belay_store_with_xapi (self->store, store_statement, saying, saying_free));

  return g_steal_pointer (&id);
}

/**
 * belay_sync_laptop_sync:
 *
 * Returns: (transfer full): how one round went
 */
BelaySyncReport *
belay_sync_laptop_sync (BelaySyncLaptop *self)
{
  return settle (belay_sync_schedule_now (self->schedule));
}

const BelaySyncOutcome *
belay_sync_laptop_get_outcome (BelaySyncLaptop *self)
{
  return self->outcome;
}

/**
 * belay_sync_laptop_look:
 *
 * Returns: (transfer full): what the person would be shown
 */
BelayStoreView *
belay_sync_laptop_look (BelaySyncLaptop *self)
{
  return settle (belay_store_load_view (self->store));
}

/**
 * belay_sync_laptop_find_progress:
 *
 * Returns: (transfer none) (nullable): how far the person is in the one module
 */
const BelayModuleProgress *
belay_sync_laptop_find_progress (BelayStoreView *view)
{
  GHashTableIter iter;
  gpointer module;

  g_hash_table_iter_init (&iter, view->modules);
  while (g_hash_table_iter_next (&iter, NULL, &module))
    if (((BelayStoreModule *) module)->progress != NULL)
      return ((BelayStoreModule *) module)->progress;

  return NULL;
}
