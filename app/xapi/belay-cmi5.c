/* belay-cmi5.c: what an LMS writes for cmi5 (quartz): the launch data, and its own statements
 *
 * Sections are those of the cmi5 specification.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-cmi5.h"

#include <string.h>

#include "belay-id.h"
#include "belay-time.h"

#define CONTEXT "https://w3id.org/xapi/cmi5/context/extensions/"
#define REASON "https://w3id.org/xapi/cmi5/result/extensions/reason"
#define TYPE_COURSE "https://w3id.org/xapi/cmi5/activitytype/course"
#define TYPE_BLOCK "https://w3id.org/xapi/cmi5/activitytype/block"

static const struct
{
  BelayCmi5Verb verb;
  const char *iri;
  const char *display;
} verbs[] = {
  { BELAY_CMI5_LAUNCHED, "http://adlnet.gov/expapi/verbs/launched", "launched" },
  { BELAY_CMI5_INITIALIZED, "http://adlnet.gov/expapi/verbs/initialized", "initialized" },
  { BELAY_CMI5_COMPLETED, "http://adlnet.gov/expapi/verbs/completed", "completed" },
  { BELAY_CMI5_PASSED, "http://adlnet.gov/expapi/verbs/passed", "passed" },
  { BELAY_CMI5_FAILED, "http://adlnet.gov/expapi/verbs/failed", "failed" },
  { BELAY_CMI5_ABANDONED, "https://w3id.org/xapi/adl/verbs/abandoned", "abandoned" },
  { BELAY_CMI5_WAIVED, "https://w3id.org/xapi/adl/verbs/waived", "waived" },
  { BELAY_CMI5_TERMINATED, "http://adlnet.gov/expapi/verbs/terminated", "terminated" },
  { BELAY_CMI5_SATISFIED, "https://w3id.org/xapi/adl/verbs/satisfied", "satisfied" },
};

/**
 * belay_cmi5_verb_from_iri:
 *
 * Returns: which of the verbs of §9.3 it is, or %BELAY_CMI5_OTHER
 */
BelayCmi5Verb
belay_cmi5_verb_from_iri (const char *iri)
{
  g_return_val_if_fail (iri != NULL, BELAY_CMI5_OTHER);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].iri, iri))
      return verbs[i].verb;

  return BELAY_CMI5_OTHER;
}

/**
 * belay_cmi5_verb_to_iri:
 *
 * Returns: (nullable): the verb's IRI; %NULL for %BELAY_CMI5_OTHER
 */
const char *
belay_cmi5_verb_to_iri (BelayCmi5Verb verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].verb == verb)
      return verbs[i].iri;

  return NULL;
}

/* Small parts of JSON */

static yyjson_mut_val *
add_object (yyjson_mut_doc *document,
            yyjson_mut_val *parent,
            const char *name)
{
  return yyjson_mut_obj_add_obj (document, parent, name);
}

static void
add_text (yyjson_mut_doc *document,
          yyjson_mut_val *parent,
          const char *name,
          const char *text)
{
  if (text != NULL)
    yyjson_mut_obj_add_strcpy (document, parent, name, text);
}

/* `0.8` for 8000: at most four decimal places (§10.2.4), in digits that no locale changes */
static void
add_share (yyjson_mut_doc *document,
           yyjson_mut_val *parent,
           const char *name,
           gint64 basis_points)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (basis_points < 0)
    return;

  g_ascii_formatd (text, sizeof text, "%.4g", (double) basis_points / 10000);
  yyjson_mut_obj_add_val (document, parent, name, yyjson_mut_rawcpy (document, text));
}

static void
add_activity (yyjson_mut_doc *document,
              yyjson_mut_val *activities,
              const char *list,
              const char *id)
{
  yyjson_mut_val *array = yyjson_mut_obj_get (activities, list);
  yyjson_mut_val *activity;

  if (array == NULL)
    array = yyjson_mut_obj_add_arr (document, activities, list);
  activity = yyjson_mut_arr_add_obj (document, array);
  yyjson_mut_obj_add_str (document, activity, "objectType", "Activity");
  add_text (document, activity, "id", id);
}

static char *
write_document (yyjson_mut_doc *document)
{
  g_autofree char *text = yyjson_mut_write (document, YYJSON_WRITE_NOFLAG, NULL);

  yyjson_mut_doc_free (document);

  return g_strdup (text);
}

/* §10.2.1: what every statement of the session has in its context */
static void
fill_template (yyjson_mut_doc *document,
               yyjson_mut_val *context,
               const BelayCmi5Launch *launch)
{
  yyjson_mut_val *activities = add_object (document, context, "contextActivities");
  yyjson_mut_val *extensions;

  add_activity (document, activities, "grouping", launch->publisher);
  extensions = add_object (document, context, "extensions");
  add_text (document, extensions, BELAY_CMI5_EXTENSION_SESSION, launch->session);
}

/**
 * belay_cmi5_launch_data:
 *
 * Makes the state document `LMS.LaunchData` (§10), to be written before the unit is launched.
 *
 * Returns: (transfer full): JSON
 */
char *
belay_cmi5_launch_data (const BelayCmi5Launch *launch)
{
  yyjson_mut_doc *document;
  yyjson_mut_val *data;

  g_return_val_if_fail (launch != NULL, NULL);

  document = yyjson_mut_doc_new (NULL);
  data = yyjson_mut_obj (document);
  yyjson_mut_doc_set_root (document, data);
  fill_template (document, add_object (document, data, "contextTemplate"), launch);
  add_text (document, data, "launchMode", launch->launch_mode);
  add_text (document, data, "launchMethod", launch->launch_method);
  if (launch->launch_parameters != NULL && *launch->launch_parameters != '\0')
    add_text (document, data, "launchParameters", launch->launch_parameters);
  add_share (document, data, "masteryScore", launch->mastery);
  add_text (document, data, "moveOn", launch->move_on);
  add_text (document, data, "returnURL", launch->return_url);
  if (launch->entitlement_key != NULL && *launch->entitlement_key != '\0')
    add_text (document, add_object (document, data, "entitlementKey"), "courseStructure", launch->entitlement_key);

  return write_document (document);
}

/* What all statements of the LMS have: §9.1 to 9.4, 9.6, 9.7. Sets @context and @result for the rest. */
typedef struct
{
  yyjson_mut_doc *document;
  yyjson_mut_val *statement;
  yyjson_mut_val *extensions; /* of the context */
} Draft;

static void
add_actor (Draft *draft,
           const char *actor)
{
  yyjson_doc *parsed = yyjson_read (actor, strlen (actor), YYJSON_READ_NUMBER_AS_RAW);

  g_return_if_fail (parsed != NULL);

  yyjson_mut_obj_add_val (draft->document, draft->statement, "actor",
                          yyjson_val_mut_copy (draft->document, yyjson_doc_get_root (parsed)));
  yyjson_doc_free (parsed);
}

static void
add_verb (Draft *draft,
          BelayCmi5Verb verb)
{
  yyjson_mut_val *object = add_object (draft->document, draft->statement, "verb");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].verb == verb)
      {
        yyjson_mut_obj_add_str (draft->document, object, "id", verbs[i].iri);
        yyjson_mut_obj_add_str (draft->document, add_object (draft->document, object, "display"), "en",
                                verbs[i].display);
      }
}

static void
add_context (Draft *draft,
             const BelayCmi5Launch *launch,
             gboolean is_judgement)
{
  yyjson_mut_val *context = add_object (draft->document, draft->statement, "context");
  yyjson_mut_val *activities;

  add_text (draft->document, context, "registration", launch->registration);
  fill_template (draft->document, context, launch);
  activities = yyjson_mut_obj_get (context, "contextActivities");
  add_activity (draft->document, activities, "category", BELAY_CMI5_CATEGORY);
  if (is_judgement)
    add_activity (draft->document, activities, "category", BELAY_CMI5_CATEGORY_MOVE_ON);
  draft->extensions = yyjson_mut_obj_get (context, "extensions");
}

static Draft
begin_statement (const BelayCmi5Launch *launch,
                 BelayCmi5Verb verb,
                 const char *object,
                 const char *type,
                 BelayClock *clock)
{
  g_autofree char *id = belay_id_new (clock);
  g_autofree char *time = belay_time_format (belay_clock_now_us (clock));
  Draft draft = { yyjson_mut_doc_new (NULL), NULL, NULL };
  yyjson_mut_val *activity;

  draft.statement = yyjson_mut_obj (draft.document);
  yyjson_mut_doc_set_root (draft.document, draft.statement);
  add_text (draft.document, draft.statement, "id", id);
  add_actor (&draft, launch->actor);
  add_verb (&draft, verb);
  activity = add_object (draft.document, draft.statement, "object");
  yyjson_mut_obj_add_str (draft.document, activity, "objectType", "Activity");
  add_text (draft.document, activity, "id", object);
  if (type != NULL)
    add_text (draft.document, add_object (draft.document, activity, "definition"), "type", type);
  add_context (&draft, launch, verb == BELAY_CMI5_WAIVED);
  add_text (draft.document, draft.statement, "timestamp", time);

  return draft;
}

/**
 * belay_cmi5_launched:
 *
 * Makes the "launched" statement (§9.3.1), to be stored before the unit is launched.
 *
 * Returns: (transfer full): JSON of a statement
 */
char *
belay_cmi5_launched (const BelayCmi5Launch *launch,
                     BelayClock *clock)
{
  Draft draft;

  g_return_val_if_fail (launch != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  draft = begin_statement (launch, BELAY_CMI5_LAUNCHED, launch->activity, NULL, clock);
  add_text (draft.document, draft.extensions, CONTEXT "launchmode", launch->launch_mode);
  add_text (draft.document, draft.extensions, CONTEXT "launchurl", launch->launch_url);
  add_text (draft.document, draft.extensions, CONTEXT "moveon", launch->move_on);
  if (launch->launch_parameters != NULL && *launch->launch_parameters != '\0')
    add_text (draft.document, draft.extensions, CONTEXT "launchparameters", launch->launch_parameters);
  add_share (draft.document, draft.extensions, CONTEXT "masteryscore", launch->mastery);

  return write_document (draft.document);
}

/**
 * belay_cmi5_abandoned:
 * @launch: of the session that ended without "terminated"
 * @seconds: its length, from "launched" to its last statement (§9.5.4.2)
 *
 * Makes the "abandoned" statement (§9.3.6).
 *
 * Returns: (transfer full): JSON of a statement
 */
char *
belay_cmi5_abandoned (const BelayCmi5Launch *launch,
                      gint64 seconds,
                      BelayClock *clock)
{
  g_autofree char *duration = NULL;
  Draft draft;

  g_return_val_if_fail (launch != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  duration = belay_time_format_duration (MAX (seconds, 0));
  draft = begin_statement (launch, BELAY_CMI5_ABANDONED, launch->activity, NULL, clock);
  add_text (draft.document, add_object (draft.document, draft.statement, "result"), "duration", duration);

  return write_document (draft.document);
}

/**
 * belay_cmi5_waived:
 * @launch: its session is a new one, made for this statement
 * @reason: `Tested Out`, `Equivalent AU`, `Equivalent Outside Activity` or `Administrative` (§9.5.5.2)
 *
 * Makes the "waived" statement (§9.3.7).
 *
 * Returns: (transfer full): JSON of a statement
 */
char *
belay_cmi5_waived (const BelayCmi5Launch *launch,
                   const char *reason,
                   BelayClock *clock)
{
  yyjson_mut_val *result;
  Draft draft;

  g_return_val_if_fail (launch != NULL, NULL);
  g_return_val_if_fail (reason != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  draft = begin_statement (launch, BELAY_CMI5_WAIVED, launch->activity, NULL, clock);
  result = add_object (draft.document, draft.statement, "result");
  yyjson_mut_obj_add_bool (draft.document, result, "success", true);
  yyjson_mut_obj_add_bool (draft.document, result, "completion", true);
  add_text (draft.document, add_object (draft.document, result, "extensions"), REASON, reason);

  return write_document (draft.document);
}

/**
 * belay_cmi5_satisfied:
 * @launch: of the session that satisfied it, or of a new one made for this statement
 * @object: IRI that the LMS gave the block or the course
 * @is_course: whether it is the course
 *
 * Makes the "satisfied" statement (§9.3.9).
 *
 * Returns: (transfer full): JSON of a statement
 */
char *
belay_cmi5_satisfied (const BelayCmi5Launch *launch,
                      const char *object,
                      gboolean is_course,
                      BelayClock *clock)
{
  Draft draft;

  g_return_val_if_fail (launch != NULL, NULL);
  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  draft = begin_statement (launch, BELAY_CMI5_SATISFIED, object, is_course ? TYPE_COURSE : TYPE_BLOCK, clock);

  return write_document (draft.document);
}
