/* belay-progress-json.c: the document of progress, and the state from which the fold goes on
 *
 * The document tells what people may see; the state, which stays in a database, all that was heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-documents.h"

#include "belay-json-reader.h"
#include "belay-json-writer.h"

#include <string.h>

#define ACTIVITIES_MOST 1000
#define ATTEMPTS_MOST 100000
#define SITTINGS_MOST 100000

static void
write_activity_members (BelayJsonWriter *writer,
                        const BelayActivityProgress *activity)
{
  belay_json_writer_add_text (writer, "id", activity->activity_id);
  belay_json_writer_add_boolean (writer, "satisfied", activity->satisfied);
  belay_json_writer_add_boolean (writer, "completed", activity->completed);
  belay_json_writer_add_boolean (writer, "passed", activity->passed);
  belay_json_writer_add_number_or_null (writer, "score", activity->score);
  belay_json_writer_add_number (writer, "attempts", activity->attempt_count);
  belay_json_writer_add_number (writer, "seconds", activity->seconds);
}

static void
write_members (BelayJsonWriter *writer,
               const BelayModuleProgress *self)
{
  belay_json_writer_add_number (writer, "version", self->version);
  belay_json_writer_add_number (writer, "completion", self->completion);
  belay_json_writer_add_time_or_null (writer, "completed", self->completed_us);
  belay_json_writer_add_number (writer, "seconds", self->seconds);
  belay_json_writer_add_time (writer, "last", self->last_us);
  belay_json_writer_add_number_or_null (writer, "score", self->score);
}

/**
 * belay_module_progress_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_module_progress_to_json (const BelayModuleProgress *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  write_members (writer, self);
  belay_json_writer_begin_array (writer, "activities");
  for (guint i = 0; i < self->activities->len; i++)
    {
      belay_json_writer_begin_object (writer, NULL);
      write_activity_members (writer, g_ptr_array_index (self->activities, i));
      belay_json_writer_end (writer);
    }
  belay_json_writer_end (writer);

  return belay_json_writer_finish (writer);
}

static void
read_members (BelayJsonReader *reader,
              BelayModuleProgress *self)
{
  self->version = belay_json_reader_get_number (reader, "version", 0, G_MAXINT64);
  self->completion = belay_json_reader_get_number (reader, "completion", 0, BELAY_ALL);
  self->completed_us = belay_json_reader_get_time_or_never (reader, "completed");
  self->seconds = belay_json_reader_get_number_or (reader, "seconds", 0, G_MAXINT64, 0);
  self->last_us = belay_json_reader_get_time_or_never (reader, "last");
  self->score = belay_json_reader_get_number_or (reader, "score", 0, BELAY_ALL, -1);
}

/* Begins the activity the reader is at; %NULL where it has no id. */
static BelayActivityProgress *
read_activity (BelayJsonReader *reader,
               BelayModuleProgress *self)
{
  g_autofree char *id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  BelayActivityProgress *activity;

  if (id == NULL)
    return NULL;

  activity = belay_module_progress_get_activity (self, id);
  activity->satisfied = belay_json_reader_get_boolean (reader, "satisfied", FALSE);
  activity->completed = belay_json_reader_get_boolean (reader, "completed", FALSE);
  activity->passed = belay_json_reader_get_boolean (reader, "passed", FALSE);
  activity->score = belay_json_reader_get_number_or (reader, "score", 0, BELAY_ALL, -1);
  activity->attempt_count = (guint) belay_json_reader_get_number_or (reader, "attempts", 0, ATTEMPTS_MOST, 0);
  activity->seconds = belay_json_reader_get_number_or (reader, "seconds", 0, G_MAXINT64, 0);

  return activity;
}

/**
 * belay_module_progress_from_json:
 * @module_id: the document's id
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it shows, without attempts, or %NULL and @error, a
 *   %BELAY_WIRE_ERROR
 */
BelayModuleProgress *
belay_module_progress_from_json (const char *module_id,
                                 const char *json,
                                 GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayModuleProgress) self = NULL;

  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = belay_json_reader_new (json, strlen (json));
  self = belay_module_progress_new (module_id);
  read_members (reader, self);
  belay_json_reader_begin (reader, "activities", ACTIVITIES_MOST);
  while (belay_json_reader_next (reader))
    read_activity (reader, self);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* A database keeps microseconds; RFC 3339 would lose digits, and with them the order. */
static void
write_attempt (BelayJsonWriter *writer,
               const BelayAttempt *attempt)
{
  belay_json_writer_begin_object (writer, NULL);
  belay_json_writer_add_text (writer, "registration", attempt->registration);
  belay_json_writer_add_number_or_null (writer, "first", attempt->first_us);
  belay_json_writer_add_number_or_null (writer, "completed", attempt->completed_us);
  belay_json_writer_add_number_or_null (writer, "passed", attempt->passed_us);
  belay_json_writer_add_number_or_null (writer, "waived", attempt->waived_us);
  belay_json_writer_add_number_or_null (writer, "scored", attempt->scored_us);
  belay_json_writer_add_text (writer, "scored_id", attempt->scored_id);
  belay_json_writer_add_number_or_null (writer, "score", attempt->score);
  belay_json_writer_begin_array (writer, "sittings");
  for (guint i = 0; i < attempt->sittings->len; i++)
    {
      const BelaySitting *sitting = g_ptr_array_index (attempt->sittings, i);

      belay_json_writer_begin_object (writer, NULL);
      belay_json_writer_add_text (writer, "id", sitting->id);
      belay_json_writer_add_number (writer, "seconds", sitting->seconds);
      belay_json_writer_end (writer);
    }
  belay_json_writer_end (writer);
  belay_json_writer_end (writer);
}

/**
 * belay_module_progress_to_state:
 *
 * Returns: (transfer full): all that the fold needs to go on, as a JSON object for a database
 */
char *
belay_module_progress_to_state (const BelayModuleProgress *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  write_members (writer, self);
  belay_json_writer_add_number_or_null (writer, "completed_us", self->completed_us);
  belay_json_writer_add_number_or_null (writer, "last_us", self->last_us);
  belay_json_writer_begin_array (writer, "activities");
  for (guint i = 0; i < self->activities->len; i++)
    {
      const BelayActivityProgress *activity = g_ptr_array_index (self->activities, i);

      belay_json_writer_begin_object (writer, NULL);
      write_activity_members (writer, activity);
      belay_json_writer_add_number_or_null (writer, "satisfied_us", activity->satisfied_us);
      belay_json_writer_begin_array (writer, "made_from");
      for (guint a = 0; a < activity->attempts->len; a++)
        write_attempt (writer, g_ptr_array_index (activity->attempts, a));
      belay_json_writer_end (writer);
      belay_json_writer_end (writer);
    }
  belay_json_writer_end (writer);

  return belay_json_writer_finish (writer);
}

static gint64
read_moment (BelayJsonReader *reader,
             const char *member)
{
  return belay_json_reader_get_number_or (reader, member, 0, G_MAXINT64, -1);
}

static void
read_sittings (BelayJsonReader *reader,
               BelayAttempt *attempt)
{
  belay_json_reader_begin (reader, "sittings", SITTINGS_MOST);
  while (belay_json_reader_next (reader))
    {
      g_autofree char *id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_NOT_EMPTY);
      gint64 seconds = belay_json_reader_get_number (reader, "seconds", 0, G_MAXINT64);

      if (id != NULL)
        belay_attempt_add_sitting (attempt, id, seconds);
    }
}

static void
read_attempts (BelayJsonReader *reader,
               BelayActivityProgress *activity)
{
  belay_json_reader_begin (reader, "made_from", ATTEMPTS_MOST);
  while (belay_json_reader_next (reader))
    {
      g_autofree char *registration = belay_json_reader_dup_text (reader, "registration", BELAY_TEXT_ANY);
      BelayAttempt *attempt;

      if (registration == NULL)
        return;
      attempt = belay_activity_progress_get_attempt (activity, registration);
      attempt->first_us = read_moment (reader, "first");
      attempt->completed_us = read_moment (reader, "completed");
      attempt->passed_us = read_moment (reader, "passed");
      attempt->waived_us = read_moment (reader, "waived");
      attempt->scored_us = read_moment (reader, "scored");
      attempt->scored_id = belay_json_reader_dup_text (reader, "scored_id", BELAY_TEXT_OPTIONAL);
      attempt->score = belay_json_reader_get_number_or (reader, "score", 0, BELAY_ALL, -1);
      read_sittings (reader, attempt);
    }
}

/**
 * belay_module_progress_from_state:
 * @module_id: the module's UUID
 * @json: what belay_module_progress_to_state() wrote
 *
 * Returns: (transfer full) (nullable): progress that can be folded on, or %NULL and @error, a
 *   %BELAY_WIRE_ERROR
 */
BelayModuleProgress *
belay_module_progress_from_state (const char *module_id,
                                  const char *json,
                                  GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayModuleProgress) self = NULL;

  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = belay_json_reader_new (json, strlen (json));
  self = belay_module_progress_new (module_id);
  read_members (reader, self);
  self->completed_us = read_moment (reader, "completed_us");
  self->last_us = read_moment (reader, "last_us");
  belay_json_reader_begin (reader, "activities", ACTIVITIES_MOST);
  while (belay_json_reader_next (reader))
    {
      BelayActivityProgress *activity = read_activity (reader, self);

      if (activity == NULL)
        break;
      activity->satisfied_us = read_moment (reader, "satisfied_us");
      read_attempts (reader, activity);
    }
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
