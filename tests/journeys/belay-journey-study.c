/* belay-journey-study.c: studies a module as its content would, by HTTP alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-journey-study.h"

#include <libsoup/soup.h>
#include <string.h>
#include <yyjson.h>

#include "belay-programme-item.h"
#include "belay-test-support.h"
#include "belay-week-item.h"

#define VERBS "http://adlnet.gov/expapi/verbs/"
#define CATEGORY "https://w3id.org/xapi/cmi5/context/categories/"

typedef struct
{
  SoupSession *session;
  GHashTable *parameters; /* of the launch */
  char *authorization;
  yyjson_doc *launch_data;
} Content;

/* ---- futures ---- */

/**
 * belay_journey_await_object:
 * @future: (transfer full)
 *
 * Returns: (transfer full) (nullable): what it resolved to; the test fails where it was rejected
 */
gpointer
belay_journey_await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  gpointer object;

  belay_test_settle (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  object = g_value_dup_object (value);
  dex_unref (future);

  return object;
}

/**
 * belay_journey_await_error:
 * @future: (transfer full)
 *
 * Returns: (transfer full) (nullable): what it was rejected with
 */
GError *
belay_journey_await_error (DexFuture *future)
{
  GError *error = NULL;

  belay_test_settle (future);
  dex_future_get_value (future, &error);
  dex_unref (future);

  return error;
}

/* @future: (transfer full) */
void
belay_journey_await (DexFuture *future)
{
  g_autoptr (GError) error = belay_journey_await_error (future);

  g_assert_no_error (error);
}

/* ---- what is studied ---- */

/**
 * belay_journey_find_module:
 *
 * Returns: (transfer none) (nullable): the one module of the one programme
 */
BelayModuleItem *
belay_journey_find_module (BelayAccount *account)
{
  g_autoptr (BelayProgrammeItem) programme = g_list_model_get_item (belay_account_get_programmes (account), 0);
  g_autoptr (BelayWeekItem) week = NULL;
  g_autoptr (BelayModuleItem) module = NULL;

  if (programme == NULL)
    return NULL;
  week = g_list_model_get_item (belay_programme_item_get_weeks (programme), 0);
  module = week != NULL ? g_list_model_get_item (belay_week_item_get_modules (week), 0) : NULL;

  return module; /* the list holds it */
}

/* ---- requests ---- */

static void
store_result (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/* Returns: (transfer full): the body of the reply, which must be of @status */
static GBytes *
ask (Content *content,
     const char *method,
     const char *address,
     const char *text,
     guint status)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *body;

  g_assert_nonnull (message);
  if (text != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Experience-API-Version", "1.0.3");
  if (content->authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", content->authorization);

  soup_session_send_and_read_async (content->session, message, G_PRIORITY_DEFAULT, NULL, store_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (content->session, result, &error);
  g_assert_no_error (error);
  if (soup_message_get_status (message) != status)
    g_error ("%s %s: %u: %.*s", method, address, soup_message_get_status (message), (int) g_bytes_get_size (body),
             (const char *) g_bytes_get_data (body, NULL));

  return body;
}

static const char *
get_parameter (Content *content,
               const char *name)
{
  const char *value = g_hash_table_lookup (content->parameters, name);

  g_assert_nonnull (value);

  return value;
}

static void
fetch_token (Content *content)
{
  g_autoptr (GBytes) body = ask (content, "POST", get_parameter (content, "fetch"), NULL, 200);
  yyjson_doc *document = yyjson_read (g_bytes_get_data (body, NULL), g_bytes_get_size (body), 0);
  const char *token = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (document), "auth-token"));

  g_assert_nonnull (token);
  content->authorization = g_strconcat ("Basic ", token, NULL);
  yyjson_doc_free (document);
}

static char *
make_address (Content *content,
              const char *path)
{
  const char *endpoint = get_parameter (content, "endpoint");

  return g_strconcat (endpoint, g_str_has_suffix (endpoint, "/") ? "" : "/", path, NULL);
}

static void
read_launch_data (Content *content)
{
  g_autofree char *agent = g_uri_escape_string (get_parameter (content, "actor"), NULL, FALSE);
  g_autofree char *activity = g_uri_escape_string (get_parameter (content, "activityId"), NULL, FALSE);
  g_autofree char *path =
    g_strdup_printf ("activities/state?stateId=LMS.LaunchData&agent=%s&activityId=%s&registration=%s", agent, activity,
                     get_parameter (content, "registration"));
  g_autofree char *address = make_address (content, path);
  g_autoptr (GBytes) body = ask (content, "GET", address, NULL, 200);

  content->launch_data = yyjson_read (g_bytes_get_data (body, NULL), g_bytes_get_size (body), 0);
  g_assert_nonnull (yyjson_obj_get (yyjson_doc_get_root (content->launch_data), "contextTemplate"));
}

/* ---- statements ---- */

static void
add_category (yyjson_mut_doc *document,
              yyjson_mut_val *list,
              const char *name)
{
  yyjson_mut_val *item = yyjson_mut_arr_add_obj (document, list);
  g_autofree char *iri = g_strconcat (CATEGORY, name, NULL);

  yyjson_mut_obj_add_strcpy (document, item, "id", iri);
}

/* The launch's own context, with the registration and what kind of statement this is: one whose verb is
 * not cmi5's own is of no kind */
static yyjson_mut_val *
make_context (Content *content,
              yyjson_mut_doc *document,
              const char *verb)
{
  gboolean moves_on = g_str_equal (verb, "completed") || g_str_equal (verb, "passed");
  yyjson_val *launch_data = yyjson_doc_get_root (content->launch_data);
  yyjson_mut_val *context = yyjson_val_mut_copy (document, yyjson_obj_get (launch_data, "contextTemplate"));
  yyjson_mut_val *activities = yyjson_mut_obj_get (context, "contextActivities");
  yyjson_mut_val *category;

  yyjson_mut_obj_add_strcpy (document, context, "registration", get_parameter (content, "registration"));
  if (g_str_equal (verb, "experienced"))
    return context;
  if (activities == NULL)
    activities = yyjson_mut_obj_add_obj (document, context, "contextActivities");
  category = yyjson_mut_obj_get (activities, "category");
  if (category == NULL)
    category = yyjson_mut_obj_add_arr (document, activities, "category");
  add_category (document, category, "cmi5");
  if (moves_on)
    add_category (document, category, "moveon");

  return context;
}

static void
say (Content *content,
     const char *verb,
     const char *result)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  yyjson_mut_val *object;
  yyjson_mut_val *named;
  yyjson_doc *actor = yyjson_read (get_parameter (content, "actor"), strlen (get_parameter (content, "actor")), 0);
  yyjson_doc *parsed = result != NULL ? yyjson_read (result, strlen (result), 0) : NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *iri = g_strconcat (VERBS, verb, NULL);
  g_autofree char *address = NULL;
  g_autofree char *path = g_strconcat ("statements?statementId=", id, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autoptr (GBytes) body = NULL;
  char *text;

  yyjson_mut_doc_set_root (document, root);
  yyjson_mut_obj_add_str (document, root, "id", id);
  yyjson_mut_obj_add_val (document, root, "actor", yyjson_val_mut_copy (document, yyjson_doc_get_root (actor)));
  named = yyjson_mut_obj_add_obj (document, root, "verb");
  yyjson_mut_obj_add_str (document, named, "id", iri);
  object = yyjson_mut_obj_add_obj (document, root, "object");
  yyjson_mut_obj_add_str (document, object, "id", get_parameter (content, "activityId"));
  yyjson_mut_obj_add_str (document, root, "timestamp", time);
  if (parsed != NULL)
    yyjson_mut_obj_add_val (document, root, "result", yyjson_val_mut_copy (document, yyjson_doc_get_root (parsed)));
  yyjson_mut_obj_add_val (document, root, "context", make_context (content, document, verb));

  text = yyjson_mut_write (document, 0, NULL);
  address = make_address (content, path);
  body = ask (content, "PUT", address, text, 204);
  free (text);
  yyjson_mut_doc_free (document);
  yyjson_doc_free (actor);
  yyjson_doc_free (parsed);
}

/* Returns: (transfer full): the page */
static GBytes *
read_page (Content *content,
           const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  GBytes *page = ask (content, "GET", url, NULL, 200);

  g_assert_cmpuint (g_bytes_get_size (page), >, 0);
  content->parameters = soup_form_decode (g_uri_get_query (uri));

  return page;
}

static void
open_page (Content *content,
           const char *url)
{
  g_bytes_unref (read_page (content, url));
}

static void
content_clear (Content *content)
{
  g_object_unref (content->session);
  g_hash_table_unref (content->parameters);
  g_free (content->authorization);
  yyjson_doc_free (content->launch_data);
}

static void
study_activity (BelayAccount *account,
                BelayModuleItem *module,
                BelayActivityItem *activity,
                gboolean terminates)
{
  g_autoptr (BelayStudy) study = belay_journey_await_object (belay_account_launch (account, module, activity));
  Content content = { .session = soup_session_new () };

  open_page (&content, belay_study_get_url (study));
  fetch_token (&content);
  read_launch_data (&content);
  say (&content, "initialized", NULL);
  say (&content, "completed", "{\"completion\":true,\"duration\":\"PT1M\"}");
  say (&content, "passed", "{\"score\":{\"scaled\":0.9},\"success\":true,\"duration\":\"PT1M\"}");
  if (terminates)
    {
      say (&content, "terminated", "{\"duration\":\"PT2M\"}");
      belay_journey_await (belay_account_end_launch (account, study));
    }

  content_clear (&content);
}

/**
 * belay_journey_study:
 * @terminates: whether the content says goodbye, as it should
 *
 * Studies every activity of the one module to its end.
 */
void
belay_journey_study (BelayAccount *account,
                     gboolean terminates)
{
  BelayModuleItem *module = belay_journey_find_module (account);
  GListModel *activities = belay_module_item_get_activities (module);

  g_assert_cmpuint (g_list_model_get_n_items (activities), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (BelayActivityItem) activity = g_list_model_get_item (activities, i);

      study_activity (account, module, activity, terminates);
    }
}

/**
 * belay_journey_read_page:
 *
 * Returns: (transfer full): what the page of the one module's first activity says, as HTML
 */
char *
belay_journey_read_page (BelayAccount *account)
{
  BelayModuleItem *module = belay_journey_find_module (account);
  g_autoptr (BelayActivityItem) activity = g_list_model_get_item (belay_module_item_get_activities (module), 0);
  g_autoptr (BelayStudy) study = belay_journey_await_object (belay_account_launch (account, module, activity));
  Content content = { .session = soup_session_new () };
  g_autoptr (GBytes) page = read_page (&content, belay_study_get_url (study));

  belay_journey_await (belay_account_end_launch (account, study));
  content_clear (&content);

  return g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
}

/**
 * belay_journey_record:
 * @count: how many statements
 *
 * Says @count times, one after the other, that something was experienced in the module's first activity.
 *
 * Returns: the microseconds from the first request to the last reply
 */
gint64
belay_journey_record (BelayAccount *account,
                      guint count)
{
  BelayModuleItem *module = belay_journey_find_module (account);
  g_autoptr (BelayActivityItem) activity = g_list_model_get_item (belay_module_item_get_activities (module), 0);
  g_autoptr (BelayStudy) study = belay_journey_await_object (belay_account_launch (account, module, activity));
  Content content = { .session = soup_session_new () };
  gint64 began;
  gint64 took;

  open_page (&content, belay_study_get_url (study));
  fetch_token (&content);
  read_launch_data (&content);
  say (&content, "initialized", NULL);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < count; i++)
    say (&content, "experienced", NULL);
  took = g_get_monotonic_time () - began;
  belay_journey_await (belay_account_end_launch (account, study));
  content_clear (&content);

  return took;
}
