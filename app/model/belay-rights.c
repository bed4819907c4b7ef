/* belay-rights.c: who may do what
 *
 * One table, asked by the server for every read and write, and by the app for what to show. What
 * it does not name is forbidden. The test of rights walks it, and tries all the rest as well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-rights.h"

#define RIGHT(role, object, act, scope)                                                                                \
  { BELAY_ROLE_##role, BELAY_OBJECT_##object, BELAY_ACT_##act, BELAY_SCOPE_##scope }

static const BelayRight table[] = {
  /* Who the server is stands on its door. */
  RIGHT (PERSON, ORGANISATION, READ, ANYONE),

  /* What is one's own is one's own: nobody else ever reads a statement, an answer or a note. */
  RIGHT (PERSON, PERSON, READ, OWN),
  RIGHT (PERSON, MEMBERSHIP, READ, OWN),
  RIGHT (PERSON, STATEMENT, READ, OWN),
  RIGHT (PERSON, STATEMENT, ADD, OWN),
  RIGHT (PERSON, STATE, READ, OWN),
  RIGHT (PERSON, STATE, ADD, OWN),
  RIGHT (PERSON, STATE, CHANGE, OWN),
  RIGHT (PERSON, STATE, REMOVE, OWN),
  RIGHT (PERSON, PROGRESS, READ, OWN),
  RIGHT (PERSON, REPORT, READ, OWN), /* "What others see of me" */

  /* Whoever learns along sees the programme, its courses, and who else is on the path. */
  RIGHT (LEARNER, COHORT, READ, COHORT),
  RIGHT (LEARNER, COMPANION, READ, COHORT),
  RIGHT (LEARNER, POD, READ, POD),
  RIGHT (LEARNER, PROGRAMME, READ, PROGRAMME),
  RIGHT (LEARNER, COURSE, READ, PROGRAMME),

  /* A manager sees status, never answers; and what their people study. */
  RIGHT (MANAGER, REPORT, READ, REPORTS),

  /* A buddy sees the evidence of those they sign off. */
  RIGHT (BUDDY, REPORT, READ, BUDDY),
  RIGHT (BUDDY, PROGRESS, READ, BUDDY),

  /* Those who accompany a cohort see its path and its people, as its learners do. */
  RIGHT (MENTOR, POD, READ, POD),
  RIGHT (MENTOR, COHORT, READ, COHORT),
  RIGHT (MENTOR, COMPANION, READ, COHORT),
  RIGHT (MENTOR, PROGRAMME, READ, PROGRAMME),
  RIGHT (MENTOR, COURSE, READ, PROGRAMME),
  RIGHT (EXPERT, COHORT, READ, COHORT),
  RIGHT (EXPERT, COMPANION, READ, COHORT),
  RIGHT (EXPERT, PROGRAMME, READ, PROGRAMME),
  RIGHT (EXPERT, COURSE, READ, PROGRAMME),
  RIGHT (HR, COHORT, READ, COHORT),
  RIGHT (HR, COMPANION, READ, COHORT),
  RIGHT (HR, PROGRAMME, READ, PROGRAMME),

  /* A sponsor sees figures, not names. */
  RIGHT (SPONSOR, PROGRAMME, READ, PROGRAMME),
  RIGHT (SPONSOR, COHORT, READ, PROGRAMME),
  RIGHT (SPONSOR, COMPLETION, READ, PROGRAMME),

  /* An organiser runs a programme. */
  RIGHT (ORGANISER, PROGRAMME, READ, PROGRAMME),
  RIGHT (ORGANISER, PROGRAMME, CHANGE, PROGRAMME),
  RIGHT (ORGANISER, COURSE, READ, PROGRAMME),
  RIGHT (ORGANISER, COURSE, ADD, PROGRAMME),
  RIGHT (ORGANISER, COHORT, READ, PROGRAMME),
  RIGHT (ORGANISER, COHORT, ADD, PROGRAMME),
  RIGHT (ORGANISER, COHORT, CHANGE, PROGRAMME),
  RIGHT (ORGANISER, MEMBERSHIP, READ, PROGRAMME),
  RIGHT (ORGANISER, MEMBERSHIP, ADD, PROGRAMME),
  RIGHT (ORGANISER, MEMBERSHIP, REMOVE, PROGRAMME),
  RIGHT (ORGANISER, POD, READ, PROGRAMME),
  RIGHT (ORGANISER, POD, ADD, PROGRAMME),
  RIGHT (ORGANISER, POD, CHANGE, PROGRAMME),
  RIGHT (ORGANISER, COMPANION, READ, PROGRAMME),
  RIGHT (ORGANISER, COMPLETION, READ, PROGRAMME),

  /* An administrator keeps the house, and reads nobody's learning. */
  RIGHT (ADMIN, ORGANISATION, CHANGE, ORGANISATION),
  RIGHT (ADMIN, PERSON, READ, ORGANISATION),
  RIGHT (ADMIN, PERSON, ADD, ORGANISATION),
  RIGHT (ADMIN, PERSON, CHANGE, ORGANISATION),
  RIGHT (ADMIN, PERSON, REMOVE, ORGANISATION),
  RIGHT (ADMIN, MEMBERSHIP, READ, ORGANISATION),
  RIGHT (ADMIN, MEMBERSHIP, ADD, ORGANISATION),
  RIGHT (ADMIN, MEMBERSHIP, CHANGE, ORGANISATION),
  RIGHT (ADMIN, MEMBERSHIP, REMOVE, ORGANISATION),
  RIGHT (ADMIN, COHORT, READ, ORGANISATION),
  RIGHT (ADMIN, COHORT, ADD, ORGANISATION),
  RIGHT (ADMIN, COHORT, CHANGE, ORGANISATION),
  RIGHT (ADMIN, POD, READ, ORGANISATION),
  RIGHT (ADMIN, POD, ADD, ORGANISATION),
  RIGHT (ADMIN, POD, CHANGE, ORGANISATION),
  RIGHT (ADMIN, PROGRAMME, READ, ORGANISATION),
  RIGHT (ADMIN, PROGRAMME, ADD, ORGANISATION),
  RIGHT (ADMIN, PROGRAMME, CHANGE, ORGANISATION),
  RIGHT (ADMIN, COURSE, READ, ORGANISATION),
  RIGHT (ADMIN, COURSE, ADD, ORGANISATION),
  RIGHT (ADMIN, COURSE, REMOVE, ORGANISATION),
};

#undef RIGHT

static const char *const object_names[] = {
  [BELAY_OBJECT_ORGANISATION] = "organisation",
  [BELAY_OBJECT_PERSON] = "person",
  [BELAY_OBJECT_MEMBERSHIP] = "membership",
  [BELAY_OBJECT_COHORT] = "cohort",
  [BELAY_OBJECT_POD] = "pod",
  [BELAY_OBJECT_PROGRAMME] = "programme",
  [BELAY_OBJECT_COURSE] = "course",
  [BELAY_OBJECT_STATEMENT] = "statement",
  [BELAY_OBJECT_STATE] = "state",
  [BELAY_OBJECT_PROGRESS] = "progress",
  [BELAY_OBJECT_COMPANION] = "companion",
  [BELAY_OBJECT_REPORT] = "report",
  [BELAY_OBJECT_COMPLETION] = "completion",
};

static const char *const act_names[] = {
  [BELAY_ACT_READ] = "read",
  [BELAY_ACT_ADD] = "add",
  [BELAY_ACT_CHANGE] = "change",
  [BELAY_ACT_REMOVE] = "remove",
};

G_STATIC_ASSERT (G_N_ELEMENTS (object_names) == BELAY_N_OBJECTS);
G_STATIC_ASSERT (G_N_ELEMENTS (act_names) == BELAY_N_ACTS);

/**
 * belay_object_to_string:
 *
 * Returns: (transfer none): the name that errors carry
 */
const char *
belay_object_to_string (BelayObject object)
{
  g_return_val_if_fail ((gsize) object < G_N_ELEMENTS (object_names), NULL);

  return object_names[object];
}

/**
 * belay_act_to_string:
 *
 * Returns: (transfer none): the name that errors carry
 */
const char *
belay_act_to_string (BelayAct act)
{
  g_return_val_if_fail ((gsize) act < G_N_ELEMENTS (act_names), NULL);

  return act_names[act];
}

static const char *
target_in_scope (const BelayTarget *target,
                 BelayScope scope)
{
  switch (scope)
    {
    case BELAY_SCOPE_OWN:
    case BELAY_SCOPE_REPORTS:
    case BELAY_SCOPE_BUDDY:
      return target->person_id;
    case BELAY_SCOPE_POD:
      return target->pod_id;
    case BELAY_SCOPE_COHORT:
      return target->cohort_id;
    case BELAY_SCOPE_PROGRAMME:
      return target->programme_id;
    case BELAY_SCOPE_ORGANISATION:
      return target->organisation_id;
    case BELAY_SCOPE_ANYONE:
    case BELAY_N_SCOPES:
    default:
      return NULL;
    }
}

static gboolean
right_applies (const BelayRight *right,
               const BelayGrants *grants,
               const BelayTarget *target)
{
  const char *id;

  if (right->scope == BELAY_SCOPE_ANYONE)
    return TRUE;
  if (belay_grants_get_person_id (grants) == NULL || target->organisation_id == NULL
      || g_strcmp0 (target->organisation_id, belay_grants_get_organisation_id (grants)) != 0)
    return FALSE;

  id = target_in_scope (target, right->scope);
  if (id == NULL)
    return FALSE;
  if (right->scope == BELAY_SCOPE_OWN)
    return g_strcmp0 (id, belay_grants_get_person_id (grants)) == 0 && belay_grants_has_role (grants, right->role);

  return belay_grants_holds (grants, right->role, right->scope, id);
}

/**
 * belay_rights_allow:
 * @grants: who asks
 * @act: what they want to do
 * @object: to what kind of thing
 * @target: to which one: where it belongs. What is unknown of it is %NULL and gives no right.
 *
 * Looks through the table of rights. Nothing of another organisation is ever allowed.
 *
 * Returns: whether they may
 */
gboolean
belay_rights_allow (const BelayGrants *grants,
                    BelayAct act,
                    BelayObject object,
                    const BelayTarget *target)
{
  g_return_val_if_fail (grants != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (table[i].act == act && table[i].object == object && right_applies (&table[i], grants, target))
        return TRUE;
    }

  return FALSE;
}

/**
 * belay_rights_next:
 * @previous: (nullable): a line of the table, or %NULL for the first
 *
 * Walks the table of rights, for those who want to see or to test all of it.
 *
 * Returns: (transfer none) (nullable): the next line, or %NULL after the last
 */
const BelayRight *
belay_rights_next (const BelayRight *previous)
{
  g_return_val_if_fail (previous == NULL || (previous >= table && previous < table + G_N_ELEMENTS (table)), NULL);

  if (previous == NULL)
    return table;

  return previous + 1 < table + G_N_ELEMENTS (table) ? previous + 1 : NULL;
}
