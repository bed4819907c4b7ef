/* belay-statement-fact.c: what a statement says about progress
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-fact.h"

#include <math.h>
#include <string.h>

#include "belay-id.h"
#include "belay-scoring.h"
#include "belay-time.h"

#define ACTIVITY_PREFIX "urn:uuid:"

/* -1 where it is not said */
static int
read_claim (yyjson_val *result, const char *member)
{
  yyjson_val *claim = yyjson_obj_get (result, member);

  return yyjson_is_bool (claim) ? yyjson_get_bool (claim) : -1;
}

static gint64
read_score (yyjson_val *result)
{
  yyjson_val *scaled = yyjson_obj_get (yyjson_obj_get (result, "score"), "scaled");

  if (!yyjson_is_num (scaled))
    return -1;

  return CLAMP (llround (yyjson_get_num (scaled) * BELAY_ALL), 0, BELAY_ALL);
}

static gint64
read_seconds (yyjson_val *result)
{
  const char *duration = yyjson_get_str (yyjson_obj_get (result, "duration"));
  gint64 centiseconds;

  return duration != NULL && belay_time_parse_duration (duration, &centiseconds) ? centiseconds / 100 : -1;
}

/**
 * belay_statement_to_fact:
 * @fact: (inout): an initialised one, filled where it returns %TRUE
 *
 * Reads what counts for progress: of an activity of ours (whose IRI is `urn:uuid:` and its id), in a
 * registration. Statements about anything else say nothing about progress.
 *
 * Returns: whether @self is such a statement
 */
gboolean
belay_statement_to_fact (const BelayStatement *self,
                         BelayLearningFact *fact)
{
  const char *activity;
  const char *registration;
  yyjson_val *result;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (fact != NULL, FALSE);

  activity = belay_statement_get_activity (self);
  registration = belay_statement_get_registration (self);
  if (activity == NULL || registration == NULL || belay_statement_get_id (self) == NULL
      || !g_str_has_prefix (activity, ACTIVITY_PREFIX) || !belay_id_is_valid (activity + strlen (ACTIVITY_PREFIX)))
    return FALSE;

  result = yyjson_obj_get (belay_statement_get_value (self), "result");
  g_free (fact->id);
  fact->id = g_ascii_strdown (belay_statement_get_id (self), -1);
  g_free (fact->activity_id);
  fact->activity_id = g_ascii_strdown (activity + strlen (ACTIVITY_PREFIX), -1);
  g_free (fact->registration);
  fact->registration = g_ascii_strdown (registration, -1);
  fact->kind = belay_fact_kind_from_verb (belay_statement_get_verb (self));
  fact->time_us = belay_statement_get_timestamp (self);
  fact->score = read_score (result);
  fact->seconds = read_seconds (result);
  fact->completion = read_claim (result, "completion");
  fact->success = read_claim (result, "success");

  return TRUE;
}
