/* belay-statement-fact.c: what a statement means to progress
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-fact.h"

#include <math.h>
#include <string.h>

#include "belay-cmi5.h"
#include "belay-id.h"
#include "belay-statement-values.h"
#include "belay-time.h"

#define ACTIVITY_PREFIX "urn:uuid:"
#define MASTERY "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"

/* A share of one in basis points; -1 where there is none. */
static gint64
read_share (yyjson_val *value)
{
  if (value == NULL || !(yyjson_is_raw (value) || yyjson_is_num (value)))
    return -1;

  return (gint64) lround (CLAMP (belay_value_number (value), 0.0, 1.0) * 10000);
}

static int
read_claim (yyjson_val *value)
{
  return yyjson_is_bool (value) ? yyjson_get_bool (value) : -1;
}

static gint64
read_duration (yyjson_val *result)
{
  const char *text = belay_value_member_text (result, "duration");
  gint64 centiseconds;

  if (text == NULL || !belay_time_parse_duration (text, &centiseconds))
    return -1;

  return centiseconds / 100;
}

/**
 * belay_statement_to_fact:
 * @self: a statement with an id
 * @fact: (out caller-allocates): cleared first; belay_learning_fact_init() must have been called on it
 *
 * Tells @self in the terms of progress, where its object is an activity of a programme, `urn:uuid:` and the
 * activity's id. The time is 0 where it has no timestamp: give it that of its arrival.
 *
 * Returns: whether it is such a statement; if not, @fact is left empty
 */
gboolean
belay_statement_to_fact (const BelayStatement *self,
                         BelayLearningFact *fact)
{
  const char *activity;
  yyjson_val *value, *result, *context;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (fact != NULL, FALSE);

  belay_learning_fact_clear (fact);
  activity = belay_statement_get_activity (self);
  if (activity == NULL || belay_statement_get_id (self) == NULL || belay_statement_is_voiding (self)
      || !g_str_has_prefix (activity, ACTIVITY_PREFIX) || !belay_id_is_valid (activity + strlen (ACTIVITY_PREFIX)))
    return FALSE;

  value = belay_statement_get_value (self);
  result = yyjson_obj_get (value, "result");
  context = yyjson_obj_get (value, "context");
  fact->id = g_strdup (belay_statement_get_id (self));
  fact->activity_id = g_ascii_strdown (activity + strlen (ACTIVITY_PREFIX), -1);
  fact->registration = g_strdup (belay_statement_get_registration (self));
  fact->kind = belay_fact_kind_from_verb (belay_statement_get_verb (self));
  fact->time_us = belay_statement_get_timestamp (self) != G_MININT64 ? belay_statement_get_timestamp (self) : 0;
  fact->score = read_share (yyjson_obj_get (yyjson_obj_get (result, "score"), "scaled"));
  fact->mastery = read_share (yyjson_obj_get (yyjson_obj_get (context, "extensions"), MASTERY));
  fact->seconds = read_duration (result);
  fact->completion = read_claim (yyjson_obj_get (result, "completion"));
  fact->success = read_claim (yyjson_obj_get (result, "success"));

  return TRUE;
}
