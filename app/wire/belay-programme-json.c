/* belay-programme-json.c: the document of a programme
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-documents.h"

#include "belay-json-reader.h"
#include "belay-json-writer.h"

#include <string.h>

#define TERMS_MOST 100
#define WEEKS_MOST 200
#define MODULES_MOST 200
#define ACTIVITIES_MOST 500
#define DAY_MOST 36600
#define WEIGHT_MOST G_GINT64_CONSTANT (1000000000)

static void
write_named (BelayJsonWriter *writer,
             const char *id,
             const char *key,
             const BelayLanguageText *title)
{
  belay_json_writer_add_text (writer, "id", id);
  belay_json_writer_add_text (writer, "key", key);
  belay_json_writer_add_language_text (writer, "title", title);
}

static void
write_requirements (BelayJsonWriter *writer,
                    gint64 completion)
{
  belay_json_writer_begin_object (writer, "requirements");
  belay_json_writer_add_number (writer, "completion", completion);
  belay_json_writer_end (writer);
}

static void
write_activity (BelayJsonWriter *writer,
                const BelayActivity *activity)
{
  belay_json_writer_begin_object (writer, NULL);
  write_named (writer, activity->id, activity->key, activity->title);
  belay_json_writer_add_text (writer, "kind", belay_activity_kind_to_string (activity->kind));
  belay_json_writer_add_number (writer, "seconds", activity->seconds);
  belay_json_writer_add_text (writer, "move_on", belay_move_on_to_string (activity->move_on));
  belay_json_writer_add_number_or_null (writer, "mastery", activity->mastery);
  belay_json_writer_add_number (writer, "weight", activity->weight);
  belay_json_writer_add_boolean (writer, "required", activity->required);
  belay_json_writer_end (writer);
}

static void
write_module (BelayJsonWriter *writer,
              const BelayModule *module)
{
  belay_json_writer_begin_object (writer, NULL);
  write_named (writer, module->id, module->key, module->title);
  belay_json_writer_add_language_text (writer, "summary", module->summary);
  belay_json_writer_add_number (writer, "seconds", module->seconds);
  belay_json_writer_add_boolean (writer, "required", module->required);
  belay_json_writer_add_number_or_null (writer, "due_day", module->due_day);
  belay_json_writer_add_text (writer, "course", module->course);
  belay_json_writer_add_text_or_null (writer, "manifest", module->manifest);
  belay_json_writer_add_number (writer, "bytes", (gint64) module->bytes);
  belay_json_writer_begin_array (writer, "activities");
  for (guint i = 0; i < module->activities->len; i++)
    write_activity (writer, g_ptr_array_index (module->activities, i));
  belay_json_writer_end (writer);
  belay_json_writer_end (writer);
}

static void
write_week (BelayJsonWriter *writer,
            const BelayWeek *week)
{
  belay_json_writer_begin_object (writer, NULL);
  belay_json_writer_add_text (writer, "id", week->id);
  belay_json_writer_add_text (writer, "key", week->key);
  belay_json_writer_add_number (writer, "number", week->number);
  belay_json_writer_add_language_text (writer, "title", week->title);
  belay_json_writer_add_language_text (writer, "story", week->story);
  belay_json_writer_begin_array (writer, "modules");
  for (guint i = 0; i < week->modules->len; i++)
    write_module (writer, g_ptr_array_index (week->modules, i));
  belay_json_writer_end (writer);
  belay_json_writer_end (writer);
}

static void
write_term (BelayJsonWriter *writer,
            const BelayTerm *term)
{
  belay_json_writer_begin_object (writer, NULL);
  write_named (writer, term->id, term->key, term->title);
  belay_json_writer_add_language_text (writer, "summary", term->summary);
  belay_json_writer_add_number_or_null (writer, "due_day", term->due_day);
  write_requirements (writer, term->completion_required);
  belay_json_writer_begin_array (writer, "weeks");
  for (guint i = 0; i < term->weeks->len; i++)
    write_week (writer, g_ptr_array_index (term->weeks, i));
  belay_json_writer_end (writer);
  belay_json_writer_end (writer);
}

/**
 * belay_programme_to_json:
 * @self: a programme whose ids are derived
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_programme_to_json (const BelayProgramme *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->id != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "id", self->id);
  belay_json_writer_add_text (writer, "key", self->key);
  belay_json_writer_add_number (writer, "version", self->version);
  belay_json_writer_add_language_text (writer, "title", self->title);
  belay_json_writer_add_language_text (writer, "summary", self->summary);
  belay_json_writer_add_text (writer, "scoring", belay_scoring_to_string (self->scoring));
  write_requirements (writer, self->completion_required);
  belay_json_writer_begin_array (writer, "terms");
  for (guint i = 0; i < self->terms->len; i++)
    write_term (writer, g_ptr_array_index (self->terms, i));
  belay_json_writer_end (writer);

  return belay_json_writer_finish (writer);
}

static void
take_text (BelayLanguageText **text,
           BelayLanguageText *read)
{
  belay_language_text_free (*text);
  *text = read;
}

static gint64
read_requirements (BelayJsonReader *reader)
{
  gint64 completion = BELAY_ALL;

  if (belay_json_reader_enter_optional (reader, "requirements"))
    {
      completion = belay_json_reader_get_number_or (reader, "completion", 0, BELAY_ALL, BELAY_ALL);
      belay_json_reader_leave (reader);
    }

  return completion;
}

static void
read_move_on (BelayJsonReader *reader,
              BelayActivity *activity)
{
  g_autofree char *text = belay_json_reader_dup_text (reader, "move_on", BELAY_TEXT_ANY);

  if (!belay_move_on_from_string (text, &activity->move_on))
    belay_json_reader_fail (reader, "move_on", "is not a rule to move on by");
}

static void
read_kind (BelayJsonReader *reader,
           BelayActivity *activity)
{
  g_autofree char *text = belay_json_reader_dup_text (reader, "kind", BELAY_TEXT_ANY);

  if (!belay_activity_kind_from_string (text, &activity->kind))
    belay_json_reader_fail (reader, "kind", "is not a kind of activity");
}

static BelayActivity *
read_activity (BelayJsonReader *reader)
{
  BelayActivity *activity = belay_activity_new ();

  activity->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  activity->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_KEY);
  take_text (&activity->title, belay_json_reader_dup_language_text (reader, "title"));
  read_kind (reader, activity);
  activity->seconds = belay_json_reader_get_number_or (reader, "seconds", 0, WEIGHT_MOST, 0);
  read_move_on (reader, activity);
  activity->mastery = belay_json_reader_get_number_or (reader, "mastery", 0, BELAY_ALL, -1);
  activity->weight = belay_json_reader_get_number_or (reader, "weight", 0, WEIGHT_MOST, 0);
  activity->required = belay_json_reader_get_boolean (reader, "required", TRUE);

  return activity;
}

static BelayModule *
read_module (BelayJsonReader *reader)
{
  BelayModule *module = belay_module_new ();

  module->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  module->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_KEY);
  take_text (&module->title, belay_json_reader_dup_language_text (reader, "title"));
  take_text (&module->summary, belay_json_reader_dup_language_text (reader, "summary"));
  module->seconds = belay_json_reader_get_number_or (reader, "seconds", 0, WEIGHT_MOST, 0);
  module->required = belay_json_reader_get_boolean (reader, "required", TRUE);
  module->due_day = belay_json_reader_get_number_or (reader, "due_day", 0, DAY_MOST, -1);
  module->course = belay_json_reader_dup_text (reader, "course", BELAY_TEXT_KEY);
  module->manifest = belay_json_reader_dup_text (reader, "manifest", BELAY_TEXT_OPTIONAL | BELAY_TEXT_SHA256);
  module->bytes = (guint64) belay_json_reader_get_number_or (reader, "bytes", 0, G_MAXINT64, 0);
  belay_json_reader_begin (reader, "activities", ACTIVITIES_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (module->activities, read_activity (reader));

  return module;
}

static BelayWeek *
read_week (BelayJsonReader *reader)
{
  BelayWeek *week = belay_week_new ();

  week->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  week->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_KEY);
  week->number = (guint) belay_json_reader_get_number (reader, "number", 1, TERMS_MOST * WEEKS_MOST);
  take_text (&week->title, belay_json_reader_dup_language_text (reader, "title"));
  take_text (&week->story, belay_json_reader_dup_language_text (reader, "story"));
  belay_json_reader_begin (reader, "modules", MODULES_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (week->modules, read_module (reader));

  return week;
}

static BelayTerm *
read_term (BelayJsonReader *reader)
{
  BelayTerm *term = belay_term_new ();

  term->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  term->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_KEY);
  take_text (&term->title, belay_json_reader_dup_language_text (reader, "title"));
  take_text (&term->summary, belay_json_reader_dup_language_text (reader, "summary"));
  term->due_day = belay_json_reader_get_number_or (reader, "due_day", 0, DAY_MOST, -1);
  term->completion_required = read_requirements (reader);
  belay_json_reader_begin (reader, "weeks", WEEKS_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (term->weeks, read_week (reader));

  return term;
}

/**
 * belay_programme_from_json:
 * @json: the document's body
 *
 * Returns: (transfer full) (nullable): the programme, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayProgramme *
belay_programme_from_json (const char *json,
                           GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayProgramme) self = NULL;
  g_autofree char *scoring = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  reader = belay_json_reader_new (json, strlen (json));
  self = belay_programme_new ();
  self->id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  self->key = belay_json_reader_dup_text (reader, "key", BELAY_TEXT_KEY);
  self->version = belay_json_reader_get_number (reader, "version", 0, G_MAXINT64);
  take_text (&self->title, belay_json_reader_dup_language_text (reader, "title"));
  take_text (&self->summary, belay_json_reader_dup_language_text (reader, "summary"));
  scoring = belay_json_reader_dup_text (reader, "scoring", BELAY_TEXT_ANY);
  if (!belay_scoring_from_string (scoring, &self->scoring))
    belay_json_reader_fail (reader, "scoring", "is not a rule of scoring");
  self->completion_required = read_requirements (reader);
  belay_json_reader_begin (reader, "terms", TERMS_MOST);
  while (belay_json_reader_next (reader))
    g_ptr_array_add (self->terms, read_term (reader));
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
