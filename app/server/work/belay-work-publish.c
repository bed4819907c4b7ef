/* belay-work-publish.c: what the database knows, written as documents for those who may see it
 *
 * Each function makes the documents of one thing anew from its rows, into the streams of its audiences. A
 * document that says what was said before is not written, so publishing once too often costs nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-publish.h"

#include "belay-db-people.h"
#include "belay-db-streams.h"
#include "belay-documents.h"
#include "belay-work-grants.h"
#include "belay-work-organisation.h"
#include "belay-work-title.h"

/**
 * belay_work_stream_name:
 * @kind: `self`, `cohort`, `pod`, `team`, `buddy` or `organiser`
 */
char *
belay_work_stream_name (const char *kind,
                        const char *id)
{
  return g_strconcat (kind, ":", id, NULL);
}

static gboolean
put (BelayDbTransaction *tx,
     const char *stream_kind,
     const char *stream_id,
     const char *kind,
     const char *id,
     const char *body,
     GError **error)
{
  g_autofree char *stream = belay_work_stream_name (stream_kind, stream_id);

  return belay_db_stream_put (tx, stream, kind, id, body, error);
}

/* @name: (out) (nullable): %NULL where @id is, or where nobody has it */
static gboolean
name_person (BelayDbTransaction *tx,
             const char *id,
             BelayPersonName **name,
             GError **error)
{
  g_autoptr (BelayDbPerson) person = NULL;

  *name = NULL;
  if (id == NULL)
    return TRUE;
  if (!belay_db_person_get (tx, id, &person, error))
    return FALSE;
  if (person != NULL)
    *name = belay_person_name_new (person->id, person->name);

  return TRUE;
}

gboolean
belay_work_publish_organisation (BelayDbTransaction *tx,
                                 BelayServerKeys *keys,
                                 GError **error)
{
  g_autoptr (BelayDbOrganisation) row = NULL;
  g_autoptr (BelayOrganisation) organisation = belay_organisation_new ();
  g_autofree char *body = NULL;

  if (!belay_work_organisation (tx, &row, error))
    return FALSE;
  g_set_str (&organisation->id, row->id);
  g_set_str (&organisation->name, row->name);
  g_ptr_array_add (organisation->keys, belay_organisation_key_new (belay_server_keys_get_id (keys), "Ed25519",
                                                                   belay_server_keys_get_public (keys)));
  body = belay_organisation_to_json (organisation);

  return belay_db_stream_put (tx, "org", BELAY_KIND_ORGANISATION, row->id, body, error);
}

static GStrv
name_roles (BelayGrants *grants)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (int role = BELAY_ROLE_LEARNER; role < BELAY_N_ROLES; role++)
    if (belay_grants_has_role (grants, (BelayRole) role))
      g_ptr_array_add (names, g_strdup (belay_role_to_string ((BelayRole) role)));
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static gboolean
publish_membership (BelayDbTransaction *tx,
                    const BelayDbMembership *row,
                    BelayPersonCard *card,
                    GError **error)
{
  g_autoptr (BelayMembership) membership = belay_membership_new ();
  g_autofree char *body = NULL;

  g_set_str (&membership->cohort_id, row->cohort);
  g_set_str (&membership->programme_id, row->programme);
  g_set_str (&membership->pod_id, row->pod);
  if (!name_person (tx, row->buddy, &membership->buddy, error))
    return FALSE;
  if (membership->buddy != NULL)
    g_ptr_array_add (card->buddies, belay_person_name_copy (membership->buddy));
  body = belay_membership_to_json (membership);

  return put (tx, "self", row->person, BELAY_KIND_MEMBERSHIP, row->cohort, body, error);
}

/**
 * belay_work_publish_person:
 *
 * Writes a person's own card and memberships for themselves.
 */
gboolean
belay_work_publish_person (BelayDbTransaction *tx,
                           const char *person,
                           GError **error)
{
  g_autoptr (BelayDbPerson) row = NULL;
  g_autoptr (BelayGrants) grants = NULL;
  g_autoptr (GPtrArray) memberships = NULL;
  g_autoptr (BelayPersonCard) card = belay_person_card_new ();
  g_autofree char *manager = NULL;
  g_autofree char *body = NULL;

  if (!belay_db_person_get (tx, person, &row, error) || row == NULL)
    return row != NULL;
  grants = belay_work_grants_load (tx, person, error);
  memberships = grants != NULL ? belay_db_membership_list_of_person (tx, person, error) : NULL;
  if (memberships == NULL || !belay_db_manager_get (tx, person, &manager, error)
      || !name_person (tx, manager, &card->manager, error))
    return FALSE;

  g_set_str (&card->id, row->id);
  g_set_str (&card->name, row->name);
  g_set_str (&card->email, row->email);
  g_set_str (&card->time_zone, row->time_zone);
  g_strfreev (card->roles);
  card->roles = name_roles (grants);
  for (guint i = 0; i < memberships->len; i++)
    if (!publish_membership (tx, g_ptr_array_index (memberships, i), card, error))
      return FALSE;
  body = belay_person_card_to_json (card);

  return put (tx, "self", person, BELAY_KIND_PERSON, person, body, error);
}

static gboolean
publish_programme_to (BelayDbTransaction *tx,
                      const BelayDbCohort *cohort,
                      GError **error)
{
  GError *local_error = NULL;
  const BelayProgramme *programme = belay_db_programme_get (tx, cohort->programme, &local_error);
  g_autofree char *body = NULL;

  if (programme == NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }
  body = belay_programme_to_json (programme);

  return put (tx, "cohort", cohort->id, BELAY_KIND_PROGRAMME, programme->id, body, error);
}

/**
 * belay_work_publish_cohort:
 *
 * Writes a cohort and its programme for all who go through it.
 */
gboolean
belay_work_publish_cohort (BelayDbTransaction *tx,
                           const char *cohort,
                           GError **error)
{
  g_autoptr (BelayDbCohort) row = NULL;
  g_autoptr (BelayCohort) value = belay_cohort_new ();
  g_autofree char *body = NULL;

  if (!belay_db_cohort_get (tx, cohort, &row, error) || row == NULL)
    return row != NULL;

  g_set_str (&value->id, row->id);
  g_set_str (&value->programme_id, row->programme);
  g_set_str (&value->starts, row->starts);
  g_set_str (&value->time_zone, row->time_zone);
  g_clear_pointer (&value->title, belay_language_text_free);
  value->title = belay_work_title_from_json (row->title);
  body = belay_cohort_to_json (value);

  return put (tx, "cohort", row->id, BELAY_KIND_COHORT, row->id, body, error) && publish_programme_to (tx, row, error);
}

/**
 * belay_work_publish_programme:
 *
 * Writes the newest version of a programme for each of its cohorts.
 */
gboolean
belay_work_publish_programme (BelayDbTransaction *tx,
                              const char *programme,
                              GError **error)
{
  g_autoptr (GPtrArray) cohorts = belay_db_cohort_list (tx, error);

  if (cohorts == NULL)
    return FALSE;
  for (guint i = 0; i < cohorts->len; i++)
    {
      const BelayDbCohort *cohort = g_ptr_array_index (cohorts, i);

      if (g_str_equal (cohort->programme, programme) && !publish_programme_to (tx, cohort, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_pod_members (BelayDbTransaction *tx,
                 const BelayDbPod *row,
                 BelayPod *pod,
                 GError **error)
{
  g_autoptr (GPtrArray) memberships = belay_db_membership_list_of_cohort (tx, row->cohort, error);

  if (memberships == NULL)
    return FALSE;
  for (guint i = 0; i < memberships->len; i++)
    {
      const BelayDbMembership *membership = g_ptr_array_index (memberships, i);
      BelayPersonName *name = NULL;

      if (g_strcmp0 (membership->pod, row->id) != 0)
        continue;
      if (!name_person (tx, membership->person, &name, error))
        return FALSE;
      if (name != NULL)
        g_ptr_array_add (pod->members, name);
    }

  return TRUE;
}

gboolean
belay_work_publish_pod (BelayDbTransaction *tx,
                        const char *pod,
                        GError **error)
{
  g_autoptr (BelayDbPod) row = NULL;
  g_autoptr (BelayPod) value = belay_pod_new ();
  g_autofree char *body = NULL;

  if (!belay_db_pod_get (tx, pod, &row, error) || row == NULL)
    return row != NULL;

  g_set_str (&value->id, row->id);
  g_set_str (&value->cohort_id, row->cohort);
  g_clear_pointer (&value->title, belay_language_text_free);
  value->title = belay_work_title_from_json (row->title);
  if (!name_person (tx, row->mentor, &value->mentor, error) || !add_pod_members (tx, row, value, error))
    return FALSE;
  body = belay_pod_to_json (value);

  return put (tx, "pod", row->id, BELAY_KIND_POD, row->id, body, error);
}

/**
 * belay_work_publish_companion:
 *
 * Tells a cohort the name of one of them and the week they are in.
 */
gboolean
belay_work_publish_companion (BelayDbTransaction *tx,
                              const BelayDbMembership *membership,
                              GError **error)
{
  g_autoptr (BelayDbPerson) person = NULL;
  g_autoptr (BelayCompanion) companion = belay_companion_new ();
  g_autofree char *body = NULL;

  if (!belay_db_person_get (tx, membership->person, &person, error) || person == NULL)
    return person != NULL;

  g_set_str (&companion->id, person->id);
  g_set_str (&companion->name, person->name);
  companion->week = (guint) membership->week;
  body = belay_companion_to_json (companion);

  return put (tx, "cohort", membership->cohort, BELAY_KIND_COMPANION, person->id, body, error);
}

gboolean
belay_work_publish_progress (BelayDbTransaction *tx,
                             const char *person,
                             const BelayModuleProgress *progress,
                             GError **error)
{
  g_autofree char *body = belay_module_progress_to_json (progress);

  return put (tx, "self", person, BELAY_KIND_PROGRESS, progress->module_id, body, error);
}
