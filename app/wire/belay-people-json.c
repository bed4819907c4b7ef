/* belay-people-json.c: the documents about people and groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-people-json.h"

#include "belay-documents.h"
#include "belay-scoring.h"

#include <string.h>

#define KEYS_MOST 32
#define HOSTS_MOST 64
#define ROLES_MOST 32
#define BUDDIES_MOST 64
#define MEMBERS_MOST 500
#define COUNT_MOST 100000

/**
 * belay_organisation_keys_write:
 * @keys: (element-type BelayOrganisationKey): keys
 *
 * Writes them as the member `keys`.
 */
void
belay_organisation_keys_write (GPtrArray *keys,
                               BelayJsonWriter *writer)
{
  g_return_if_fail (keys != NULL);
  g_return_if_fail (writer != NULL);

  belay_json_writer_begin_array (writer, "keys");
  for (guint i = 0; i < keys->len; i++)
    {
      const BelayOrganisationKey *key = g_ptr_array_index (keys, i);

      belay_json_writer_begin_object (writer, NULL);
      belay_json_writer_add_text (writer, "id", key->id);
      belay_json_writer_add_text (writer, "algorithm", key->algorithm);
      belay_json_writer_add_text (writer, "public", key->public_key);
      belay_json_writer_end (writer);
    }
  belay_json_writer_end (writer);
}

/**
 * belay_organisation_keys_read:
 * @keys: (element-type BelayOrganisationKey): where to add what the member `keys` holds
 */
void
belay_organisation_keys_read (GPtrArray *keys,
                              BelayJsonReader *reader)
{
  g_return_if_fail (keys != NULL);
  g_return_if_fail (reader != NULL);

  belay_json_reader_begin (reader, "keys", KEYS_MOST);
  while (belay_json_reader_next (reader))
    {
      g_autofree char *id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_NOT_EMPTY);
      g_autofree char *algorithm = belay_json_reader_dup_text (reader, "algorithm", BELAY_TEXT_NOT_EMPTY);
      g_autofree char *public_key = belay_json_reader_dup_text (reader, "public", BELAY_TEXT_NOT_EMPTY);

      if (!belay_json_reader_has_failed (reader))
        g_ptr_array_add (keys, belay_organisation_key_new (id, algorithm, public_key));
    }
}

static void
write_name_members (BelayJsonWriter *writer,
                    const BelayPersonName *name)
{
  belay_json_writer_add_text (writer, "id", name->id);
  belay_json_writer_add_text (writer, "name", name->name);
  belay_json_writer_end (writer);
}

static void
write_name (BelayJsonWriter *writer,
            const char *member,
            const BelayPersonName *name)
{
  if (name == NULL)
    return;

  belay_json_writer_begin_object (writer, member);
  write_name_members (writer, name);
}

static void
write_names (BelayJsonWriter *writer,
             const char *member,
             const GPtrArray *names)
{
  belay_json_writer_begin_array (writer, member);
  for (guint i = 0; i < names->len; i++)
    {
      belay_json_writer_begin_object (writer, NULL);
      write_name_members (writer, g_ptr_array_index (names, i));
    }
  belay_json_writer_end (writer);
}

static BelayPersonName *
read_name_here (BelayJsonReader *reader)
{
  g_autofree char *id = belay_json_reader_dup_text (reader, "id", BELAY_TEXT_UUID);
  g_autofree char *name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);

  return id != NULL && name != NULL ? belay_person_name_new (id, name) : NULL;
}

static BelayPersonName *
read_name (BelayJsonReader *reader,
           const char *member)
{
  BelayPersonName *name;

  if (!belay_json_reader_enter_optional (reader, member))
    return NULL;

  name = read_name_here (reader);
  belay_json_reader_leave (reader);
  return name;
}

static void
read_names (BelayJsonReader *reader,
            const char *member,
            gsize most,
            GPtrArray *names)
{
  belay_json_reader_begin (reader, member, most);
  while (belay_json_reader_next (reader))
    {
      BelayPersonName *name = read_name_here (reader);

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
}

/* The document's own id stands outside its body. */
static BelayJsonReader *
begin (const char *json)
{
  return belay_json_reader_new (json, strlen (json));
}

/**
 * belay_organisation_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_organisation_to_json (const BelayOrganisation *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "name", self->name);
  belay_organisation_keys_write (self->keys, writer);
  belay_json_writer_add_texts (writer, "allowed_hosts", (const char *const *) self->allowed_hosts);

  return belay_json_writer_finish (writer);
}

/**
 * belay_organisation_from_json:
 * @id: of the document
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayOrganisation *
belay_organisation_from_json (const char *id,
                              const char *json,
                              GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayOrganisation) self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_organisation_new ();
  self->id = g_strdup (id);
  self->name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
  belay_organisation_keys_read (self->keys, reader);
  g_strfreev (self->allowed_hosts);
  self->allowed_hosts = belay_json_reader_dup_texts (reader, "allowed_hosts", HOSTS_MOST);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_person_card_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_person_card_to_json (const BelayPersonCard *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "name", self->name);
  belay_json_writer_add_text (writer, "email", self->email);
  belay_json_writer_add_texts (writer, "roles", (const char *const *) self->roles);
  write_name (writer, "manager", self->manager);
  write_names (writer, "buddies", self->buddies);
  write_name (writer, "deputy", self->deputy);
  belay_json_writer_add_text (writer, "time_zone", self->time_zone);

  return belay_json_writer_finish (writer);
}

/**
 * belay_person_card_from_json:
 * @id: of the document: the person's
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayPersonCard *
belay_person_card_from_json (const char *id,
                             const char *json,
                             GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayPersonCard) self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_person_card_new ();
  self->id = g_strdup (id);
  self->name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
  self->email = belay_json_reader_dup_text (reader, "email", BELAY_TEXT_OPTIONAL);
  g_strfreev (self->roles);
  self->roles = belay_json_reader_dup_texts (reader, "roles", ROLES_MOST);
  self->manager = read_name (reader, "manager");
  read_names (reader, "buddies", BUDDIES_MOST, self->buddies);
  self->deputy = read_name (reader, "deputy");
  self->time_zone = belay_json_reader_dup_text (reader, "time_zone", BELAY_TEXT_OPTIONAL);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_membership_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_membership_to_json (const BelayMembership *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "cohort", self->cohort_id);
  belay_json_writer_add_text (writer, "programme", self->programme_id);
  belay_json_writer_add_text (writer, "pod", self->pod_id);
  write_name (writer, "buddy", self->buddy);

  return belay_json_writer_finish (writer);
}

/**
 * belay_membership_from_json:
 * @json: the document's body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayMembership *
belay_membership_from_json (const char *json,
                            GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayMembership) self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_membership_new ();
  self->cohort_id = belay_json_reader_dup_text (reader, "cohort", BELAY_TEXT_UUID);
  self->programme_id = belay_json_reader_dup_text (reader, "programme", BELAY_TEXT_UUID);
  self->pod_id = belay_json_reader_dup_text (reader, "pod", BELAY_TEXT_OPTIONAL | BELAY_TEXT_UUID);
  self->buddy = read_name (reader, "buddy");
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_cohort_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_cohort_to_json (const BelayCohort *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "programme", self->programme_id);
  belay_json_writer_add_language_text (writer, "title", self->title);
  belay_json_writer_add_text (writer, "starts", self->starts);
  belay_json_writer_add_text (writer, "time_zone", self->time_zone);

  return belay_json_writer_finish (writer);
}

/**
 * belay_cohort_from_json:
 * @id: of the document: the cohort's
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayCohort *
belay_cohort_from_json (const char *id,
                        const char *json,
                        GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayCohort) self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_cohort_new ();
  self->id = g_strdup (id);
  self->programme_id = belay_json_reader_dup_text (reader, "programme", BELAY_TEXT_UUID);
  g_clear_pointer (&self->title, belay_language_text_free);
  self->title = belay_json_reader_dup_language_text (reader, "title");
  self->starts = belay_json_reader_dup_text (reader, "starts", BELAY_TEXT_DATE);
  self->time_zone = belay_json_reader_dup_text (reader, "time_zone", BELAY_TEXT_OPTIONAL);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_companion_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_companion_to_json (const BelayCompanion *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "name", self->name);
  belay_json_writer_add_number (writer, "week", self->week);

  return belay_json_writer_finish (writer);
}

/**
 * belay_companion_from_json:
 * @id: of the document: the person's
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayCompanion *
belay_companion_from_json (const char *id,
                           const char *json,
                           GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayCompanion) self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_companion_new ();
  self->id = g_strdup (id);
  self->name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
  self->week = (guint) belay_json_reader_get_number (reader, "week", 0, COUNT_MOST);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_pod_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_pod_to_json (const BelayPod *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "cohort", self->cohort_id);
  belay_json_writer_add_language_text (writer, "title", self->title);
  write_name (writer, "mentor", self->mentor);
  write_names (writer, "members", self->members);

  return belay_json_writer_finish (writer);
}

/**
 * belay_pod_from_json:
 * @id: of the document: the pod's
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayPod *
belay_pod_from_json (const char *id,
                     const char *json,
                     GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayPod) self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_pod_new ();
  self->id = g_strdup (id);
  self->cohort_id = belay_json_reader_dup_text (reader, "cohort", BELAY_TEXT_UUID);
  g_clear_pointer (&self->title, belay_language_text_free);
  self->title = belay_json_reader_dup_language_text (reader, "title");
  self->mentor = read_name (reader, "mentor");
  read_names (reader, "members", MEMBERS_MOST, self->members);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * belay_report_to_json:
 *
 * Returns: (transfer full): the body of its document
 */
char *
belay_report_to_json (const BelayReport *self)
{
  g_autoptr (BelayJsonWriter) writer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer = belay_json_writer_new ();
  belay_json_writer_add_text (writer, "name", self->name);
  belay_json_writer_add_text (writer, "cohort", self->cohort_id);
  belay_json_writer_add_text (writer, "programme", self->programme_id);
  belay_json_writer_add_language_text (writer, "programme_title", self->programme_title);
  belay_json_writer_add_number (writer, "term", self->term);
  belay_json_writer_add_number (writer, "completion", self->completion);
  belay_json_writer_add_number (writer, "expected", self->expected);
  belay_json_writer_add_number (writer, "modules_done", self->modules_done);
  belay_json_writer_add_number (writer, "modules", self->modules);
  belay_json_writer_begin_array (writer, "seconds_by_week");
  for (guint i = 0; i < BELAY_REPORT_WEEKS; i++)
    belay_json_writer_add_number (writer, NULL, self->seconds_by_week[i]);
  belay_json_writer_end (writer);
  belay_json_writer_add_time (writer, "last_heard", self->last_heard_us);
  belay_json_writer_add_time (writer, "last_studied", self->last_studied_us);
  belay_json_writer_add_text (writer, "buddy", self->buddy);

  return belay_json_writer_finish (writer);
}

static void
read_seconds_by_week (BelayJsonReader *reader,
                      BelayReport *self)
{
  guint count = 0;

  belay_json_reader_begin (reader, "seconds_by_week", BELAY_REPORT_WEEKS);
  while (belay_json_reader_next (reader))
    self->seconds_by_week[count++] = belay_json_reader_get_number (reader, NULL, 0, G_MAXINT64);
  if (count != BELAY_REPORT_WEEKS)
    belay_json_reader_fail (reader, "seconds_by_week", "does not have six weeks");
}

/**
 * belay_report_from_json:
 * @id: of the document: the person's
 * @json: its body
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL and @error, a %BELAY_WIRE_ERROR
 */
BelayReport *
belay_report_from_json (const char *id,
                        const char *json,
                        GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (BelayReport) self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  reader = begin (json);
  self = belay_report_new ();
  self->id = g_strdup (id);
  self->name = belay_json_reader_dup_text (reader, "name", BELAY_TEXT_ANY);
  self->cohort_id = belay_json_reader_dup_text (reader, "cohort", BELAY_TEXT_UUID);
  self->programme_id = belay_json_reader_dup_text (reader, "programme", BELAY_TEXT_UUID);
  g_clear_pointer (&self->programme_title, belay_language_text_free);
  self->programme_title = belay_json_reader_dup_language_text (reader, "programme_title");
  self->term = (guint) belay_json_reader_get_number (reader, "term", 0, COUNT_MOST);
  self->completion = belay_json_reader_get_number (reader, "completion", 0, BELAY_ALL);
  self->expected = belay_json_reader_get_number (reader, "expected", 0, BELAY_ALL);
  self->modules_done = (guint) belay_json_reader_get_number (reader, "modules_done", 0, COUNT_MOST);
  self->modules = (guint) belay_json_reader_get_number (reader, "modules", 0, COUNT_MOST);
  read_seconds_by_week (reader, self);
  self->last_heard_us = belay_json_reader_get_time_or_never (reader, "last_heard");
  self->last_studied_us = belay_json_reader_get_time_or_never (reader, "last_studied");
  self->buddy = belay_json_reader_dup_text (reader, "buddy", BELAY_TEXT_OPTIONAL);
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
