/* belay-people.c: people, groups and what is told about them
 *
 * The documents a server sends, as plain values. They hold what one audience may see, no more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-people.h"

G_DEFINE_BOXED_TYPE (BelayPersonCard, belay_person_card, belay_person_card_copy, belay_person_card_free)
G_DEFINE_BOXED_TYPE (BelayReport, belay_report, belay_report_copy, belay_report_free)

/**
 * belay_person_name_new:
 * @id: the person's UUID
 * @name: what they are called
 *
 * Returns: (transfer full): someone as others see them
 */
BelayPersonName *
belay_person_name_new (const char *id,
                       const char *name)
{
  BelayPersonName *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (BelayPersonName, 1);
  self->id = g_strdup (id);
  self->name = g_strdup (name);

  return self;
}

/**
 * belay_person_name_copy:
 * @self: (nullable)
 *
 * Returns: (transfer full) (nullable): a copy
 */
BelayPersonName *
belay_person_name_copy (const BelayPersonName *self)
{
  return self != NULL ? belay_person_name_new (self->id, self->name) : NULL;
}

void
belay_person_name_free (BelayPersonName *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static GPtrArray *
new_names (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) belay_person_name_free);
}

/**
 * belay_person_card_new:
 *
 * Returns: (transfer full): a card with no roles and no buddies
 */
BelayPersonCard *
belay_person_card_new (void)
{
  BelayPersonCard *self = g_new0 (BelayPersonCard, 1);

  self->roles = g_new0 (char *, 1);
  self->buddies = new_names ();

  return self;
}

/**
 * belay_person_card_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayPersonCard *
belay_person_card_copy (const BelayPersonCard *self)
{
  BelayPersonCard *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (BelayPersonCard, 1);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->roles = g_strdupv (self->roles);
  copy->manager = belay_person_name_copy (self->manager);
  copy->buddies = new_names ();
  for (guint i = 0; i < self->buddies->len; i++)
    g_ptr_array_add (copy->buddies, belay_person_name_copy (g_ptr_array_index (self->buddies, i)));
  copy->deputy = belay_person_name_copy (self->deputy);
  copy->time_zone = g_strdup (self->time_zone);

  return copy;
}

void
belay_person_card_free (BelayPersonCard *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_strfreev (self->roles);
  g_clear_pointer (&self->manager, belay_person_name_free);
  g_ptr_array_unref (self->buddies);
  g_clear_pointer (&self->deputy, belay_person_name_free);
  g_free (self->time_zone);
  g_free (self);
}

/**
 * belay_membership_new:
 *
 * Returns: (transfer full): a membership of nothing yet
 */
BelayMembership *
belay_membership_new (void)
{
  return g_new0 (BelayMembership, 1);
}

void
belay_membership_free (BelayMembership *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->cohort_id);
  g_free (self->programme_id);
  g_free (self->pod_id);
  g_clear_pointer (&self->buddy, belay_person_name_free);
  g_free (self);
}

/**
 * belay_cohort_new:
 *
 * Returns: (transfer full): a cohort with nothing set but an empty title
 */
BelayCohort *
belay_cohort_new (void)
{
  BelayCohort *self = g_new0 (BelayCohort, 1);

  self->title = belay_language_text_new ();

  return self;
}

/**
 * belay_cohort_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayCohort *
belay_cohort_copy (const BelayCohort *self)
{
  BelayCohort *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (BelayCohort, 1);
  copy->id = g_strdup (self->id);
  copy->programme_id = g_strdup (self->programme_id);
  copy->title = belay_language_text_copy (self->title);
  copy->starts = g_strdup (self->starts);
  copy->time_zone = g_strdup (self->time_zone);

  return copy;
}

void
belay_cohort_free (BelayCohort *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->programme_id);
  belay_language_text_free (self->title);
  g_free (self->starts);
  g_free (self->time_zone);
  g_free (self);
}

/**
 * belay_companion_new:
 *
 * Returns: (transfer full): someone in the first week
 */
BelayCompanion *
belay_companion_new (void)
{
  BelayCompanion *self = g_new0 (BelayCompanion, 1);

  self->week = 1;

  return self;
}

void
belay_companion_free (BelayCompanion *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * belay_pod_new:
 *
 * Returns: (transfer full): a pod without members
 */
BelayPod *
belay_pod_new (void)
{
  BelayPod *self = g_new0 (BelayPod, 1);

  self->title = belay_language_text_new ();
  self->members = new_names ();

  return self;
}

void
belay_pod_free (BelayPod *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->cohort_id);
  belay_language_text_free (self->title);
  g_clear_pointer (&self->mentor, belay_person_name_free);
  g_ptr_array_unref (self->members);
  g_free (self);
}

/**
 * belay_report_new:
 *
 * Returns: (transfer full): a report of someone who was never heard of
 */
BelayReport *
belay_report_new (void)
{
  BelayReport *self = g_new0 (BelayReport, 1);

  self->programme_title = belay_language_text_new ();
  self->term = 1;
  self->last_heard_us = -1;
  self->last_studied_us = -1;

  return self;
}

/**
 * belay_report_copy:
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
BelayReport *
belay_report_copy (const BelayReport *self)
{
  BelayReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->cohort_id = g_strdup (self->cohort_id);
  copy->programme_id = g_strdup (self->programme_id);
  copy->programme_title = belay_language_text_copy (self->programme_title);
  copy->buddy = g_strdup (self->buddy);

  return copy;
}

void
belay_report_free (BelayReport *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_free (self->cohort_id);
  g_free (self->programme_id);
  belay_language_text_free (self->programme_title);
  g_free (self->buddy);
  g_free (self);
}

/**
 * belay_organisation_key_new:
 * @id: by which signatures name it
 * @algorithm: `Ed25519`
 * @public_key: the key in base64url
 *
 * Returns: (transfer full): a key of the organisation
 */
BelayOrganisationKey *
belay_organisation_key_new (const char *id,
                            const char *algorithm,
                            const char *public_key)
{
  BelayOrganisationKey *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (algorithm != NULL, NULL);
  g_return_val_if_fail (public_key != NULL, NULL);

  self = g_new0 (BelayOrganisationKey, 1);
  self->id = g_strdup (id);
  self->algorithm = g_strdup (algorithm);
  self->public_key = g_strdup (public_key);

  return self;
}

void
belay_organisation_key_free (BelayOrganisationKey *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->algorithm);
  g_free (self->public_key);
  g_free (self);
}

/**
 * belay_organisation_new:
 *
 * Returns: (transfer full): an organisation without keys or allowed hosts
 */
BelayOrganisation *
belay_organisation_new (void)
{
  BelayOrganisation *self = g_new0 (BelayOrganisation, 1);

  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_organisation_key_free);
  self->allowed_hosts = g_new0 (char *, 1);

  return self;
}

void
belay_organisation_free (BelayOrganisation *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_ptr_array_unref (self->keys);
  g_strfreev (self->allowed_hosts);
  g_free (self);
}

/**
 * belay_state_version_new:
 *
 * Returns: (transfer full): a write of nothing
 */
BelayStateVersion *
belay_state_version_new (void)
{
  return g_new0 (BelayStateVersion, 1);
}

void
belay_state_version_free (BelayStateVersion *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->version);
  g_free (self->type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->device_id);
  g_free (self);
}

/**
 * belay_kept_state_new:
 *
 * Returns: (transfer full): a state that was never written
 */
BelayKeptState *
belay_kept_state_new (void)
{
  BelayKeptState *self = g_new0 (BelayKeptState, 1);

  self->beside = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_state_version_free);

  return self;
}

void
belay_kept_state_free (BelayKeptState *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  g_clear_pointer (&self->current, belay_state_version_free);
  g_ptr_array_unref (self->beside);
  g_free (self);
}
