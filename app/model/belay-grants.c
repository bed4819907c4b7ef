/* belay-grants.c: what someone was made: learner here, mentor there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-grants.h"

typedef struct
{
  BelayRole role;
  BelayScope scope;
  char *id;
} Grant;

struct _BelayGrants
{
  gatomicrefcount references;
  char *organisation_id; /* %NULL: nobody is signed in */
  char *person_id;
  GArray *grants; /* of Grant */
};

static const char *const role_names[] = {
  [BELAY_ROLE_PERSON] = "person", [BELAY_ROLE_LEARNER] = "learner", [BELAY_ROLE_MANAGER] = "manager",
  [BELAY_ROLE_BUDDY] = "buddy",   [BELAY_ROLE_MENTOR] = "mentor",   [BELAY_ROLE_EXPERT] = "expert",
  [BELAY_ROLE_HR] = "hr",         [BELAY_ROLE_SPONSOR] = "sponsor", [BELAY_ROLE_ORGANISER] = "organiser",
  [BELAY_ROLE_ADMIN] = "admin",
};

static const char *const scope_names[] = {
  [BELAY_SCOPE_OWN] = "own",
  [BELAY_SCOPE_REPORTS] = "reports",
  [BELAY_SCOPE_BUDDY] = "buddy",
  [BELAY_SCOPE_POD] = "pod",
  [BELAY_SCOPE_COHORT] = "cohort",
  [BELAY_SCOPE_PROGRAMME] = "programme",
  [BELAY_SCOPE_ORGANISATION] = "organisation",
  [BELAY_SCOPE_ANYONE] = "anyone",
};

G_STATIC_ASSERT (G_N_ELEMENTS (role_names) == BELAY_N_ROLES);
G_STATIC_ASSERT (G_N_ELEMENTS (scope_names) == BELAY_N_SCOPES);

/**
 * belay_role_to_string:
 *
 * Returns: (transfer none): the name that documents and the shell use
 */
const char *
belay_role_to_string (BelayRole role)
{
  g_return_val_if_fail ((gsize) role < G_N_ELEMENTS (role_names), NULL);

  return role_names[role];
}

/**
 * belay_role_from_string:
 * @text: (nullable): a name
 * @role: (out): what it means; untouched where it means nothing
 *
 * Returns: whether @text is the name of a role
 */
gboolean
belay_role_from_string (const char *text,
                        BelayRole *role)
{
  g_return_val_if_fail (role != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (role_names); i++)
    {
      if (g_strcmp0 (role_names[i], text) == 0)
        {
          *role = (BelayRole) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * belay_scope_to_string:
 *
 * Returns: (transfer none): the name that databases and the shell use
 */
const char *
belay_scope_to_string (BelayScope scope)
{
  g_return_val_if_fail ((gsize) scope < G_N_ELEMENTS (scope_names), NULL);

  return scope_names[scope];
}

/**
 * belay_scope_from_string:
 * @text: (nullable): a name
 * @scope: (out): what it means; untouched where it means nothing
 *
 * Returns: whether @text is the name of a scope
 */
gboolean
belay_scope_from_string (const char *text,
                         BelayScope *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (scope_names); i++)
    {
      if (g_strcmp0 (scope_names[i], text) == 0)
        {
          *scope = (BelayScope) i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
grant_clear (gpointer data)
{
  Grant *grant = data;

  g_free (grant->id);
}

static BelayGrants *
grants_new (const char *organisation_id,
            const char *person_id)
{
  BelayGrants *self = g_new0 (BelayGrants, 1);

  g_atomic_ref_count_init (&self->references);
  self->organisation_id = g_strdup (organisation_id);
  self->person_id = g_strdup (person_id);
  self->grants = g_array_new (FALSE, FALSE, sizeof (Grant));
  g_array_set_clear_func (self->grants, grant_clear);

  return self;
}

/**
 * belay_grants_new:
 * @organisation_id: the organisation they are in
 * @person_id: who they are
 *
 * Returns: (transfer full): someone who is signed in and was granted nothing
 */
BelayGrants *
belay_grants_new (const char *organisation_id,
                  const char *person_id)
{
  g_return_val_if_fail (organisation_id != NULL, NULL);
  g_return_val_if_fail (person_id != NULL, NULL);

  return grants_new (organisation_id, person_id);
}

/**
 * belay_grants_new_nobody:
 *
 * Returns: (transfer full): someone who is not signed in
 */
BelayGrants *
belay_grants_new_nobody (void)
{
  return grants_new (NULL, NULL);
}

BelayGrants *
belay_grants_ref (BelayGrants *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_grants_unref (BelayGrants *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->organisation_id);
  g_free (self->person_id);
  g_array_unref (self->grants);
  g_free (self);
}

/**
 * belay_grants_add:
 * @role: not PERSON
 * @scope: not OWN and not ANYONE
 * @id: what of: the person who reports, the pod, the cohort, the programme, the organisation
 *
 * Adds a grant. Only those in force now are to be added: this knows no time.
 */
void
belay_grants_add (BelayGrants *self,
                  BelayRole role,
                  BelayScope scope,
                  const char *id)
{
  Grant grant;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->person_id != NULL);
  g_return_if_fail (role > BELAY_ROLE_PERSON && role < BELAY_N_ROLES);
  g_return_if_fail (scope > BELAY_SCOPE_OWN && scope < BELAY_SCOPE_ANYONE);
  g_return_if_fail (id != NULL);

  grant = (Grant) { role, scope, g_strdup (id) };
  g_array_append_val (self->grants, grant);
}

/**
 * belay_grants_get_person_id:
 *
 * Returns: (transfer none) (nullable): who they are; %NULL where nobody is signed in
 */
const char *
belay_grants_get_person_id (const BelayGrants *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->person_id;
}

/**
 * belay_grants_get_organisation_id:
 *
 * Returns: (transfer none) (nullable): where they are; %NULL where nobody is signed in
 */
const char *
belay_grants_get_organisation_id (const BelayGrants *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->organisation_id;
}

/**
 * belay_grants_has_role:
 *
 * Returns: whether they have @role anywhere; everyone who is signed in is a PERSON
 */
gboolean
belay_grants_has_role (const BelayGrants *self,
                       BelayRole role)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (role == BELAY_ROLE_PERSON)
    return self->person_id != NULL;

  for (guint i = 0; i < self->grants->len; i++)
    {
      if (g_array_index (self->grants, Grant, i).role == role)
        return TRUE;
    }

  return FALSE;
}

/**
 * belay_grants_holds:
 * @id: (nullable): the id of something in @scope
 *
 * Returns: whether they have @role for it
 */
gboolean
belay_grants_holds (const BelayGrants *self,
                    BelayRole role,
                    BelayScope scope,
                    const char *id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (id == NULL)
    return FALSE;

  for (guint i = 0; i < self->grants->len; i++)
    {
      const Grant *grant = &g_array_index (self->grants, Grant, i);

      if (grant->role == role && grant->scope == scope && g_strcmp0 (grant->id, id) == 0)
        return TRUE;
    }

  return FALSE;
}
