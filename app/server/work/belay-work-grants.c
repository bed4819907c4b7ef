/* belay-work-grants.c: who someone is now, and whether they may
 *
 * The only place where the server asks the table of rights. Grants come from what was granted, and from
 * where someone stands: who learns in a cohort, who manages, mentors or signs off whom.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-grants.h"

#include "belay-db-people.h"
#include "belay-db-programmes.h"
#include "belay-work-error.h"

static gboolean
add_learning (BelayDbTransaction *tx,
              BelayGrants *grants,
              const char *person,
              GError **error)
{
  g_autoptr (GPtrArray) memberships = belay_db_membership_list_of_person (tx, person, error);

  if (memberships == NULL)
    return FALSE;
  for (guint i = 0; i < memberships->len; i++)
    {
      const BelayDbMembership *membership = g_ptr_array_index (memberships, i);

      belay_grants_add (grants, BELAY_ROLE_LEARNER, BELAY_SCOPE_COHORT, membership->cohort);
      belay_grants_add (grants, BELAY_ROLE_LEARNER, BELAY_SCOPE_PROGRAMME, membership->programme);
      if (membership->pod != NULL)
        belay_grants_add (grants, BELAY_ROLE_LEARNER, BELAY_SCOPE_POD, membership->pod);
    }

  return TRUE;
}

static gboolean
add_accompanying (BelayDbTransaction *tx,
                  BelayGrants *grants,
                  const char *person,
                  GError **error)
{
  g_autoptr (GPtrArray) reports = belay_db_report_list (tx, person, error);
  g_autoptr (GPtrArray) buddies = reports != NULL ? belay_db_membership_list_of_buddy (tx, person, error) : NULL;

  if (buddies == NULL)
    return FALSE;
  for (guint i = 0; i < reports->len; i++)
    belay_grants_add (grants, BELAY_ROLE_MANAGER, BELAY_SCOPE_REPORTS, g_ptr_array_index (reports, i));
  for (guint i = 0; i < buddies->len; i++)
    belay_grants_add (grants, BELAY_ROLE_BUDDY, BELAY_SCOPE_BUDDY, ((BelayDbMembership *) buddies->pdata[i])->person);

  return TRUE;
}

static gboolean
add_cohort (BelayDbTransaction *tx,
            BelayGrants *grants,
            BelayRole role,
            const char *cohort_id,
            GError **error)
{
  g_autoptr (BelayDbCohort) cohort = NULL;

  if (!belay_db_cohort_get (tx, cohort_id, &cohort, error))
    return FALSE;
  belay_grants_add (grants, role, BELAY_SCOPE_COHORT, cohort_id);
  if (cohort != NULL)
    belay_grants_add (grants, role, BELAY_SCOPE_PROGRAMME, cohort->programme);

  return TRUE;
}

static gboolean
add_mentoring (BelayDbTransaction *tx,
               BelayGrants *grants,
               const char *person,
               GError **error)
{
  g_autoptr (GPtrArray) pods = belay_db_pod_list_of_mentor (tx, person, error);

  if (pods == NULL)
    return FALSE;
  for (guint i = 0; i < pods->len; i++)
    {
      const BelayDbPod *pod = g_ptr_array_index (pods, i);

      belay_grants_add (grants, BELAY_ROLE_MENTOR, BELAY_SCOPE_POD, pod->id);
      if (!add_cohort (tx, grants, BELAY_ROLE_MENTOR, pod->cohort, error))
        return FALSE;
    }

  return TRUE;
}

/* What is granted for the whole organisation holds for each programme and cohort in it */
static gboolean
add_everywhere (BelayDbTransaction *tx,
                BelayGrants *grants,
                BelayRole role,
                GError **error)
{
  g_autoptr (GPtrArray) programmes = belay_db_programme_list (tx, error);
  g_autoptr (GPtrArray) cohorts = programmes != NULL ? belay_db_cohort_list (tx, error) : NULL;

  if (cohorts == NULL)
    return FALSE;
  belay_grants_add (grants, role, BELAY_SCOPE_ORGANISATION, belay_db_get_organisation_id (tx));
  for (guint i = 0; i < programmes->len; i++)
    belay_grants_add (grants, role, BELAY_SCOPE_PROGRAMME, g_ptr_array_index (programmes, i));
  for (guint i = 0; i < cohorts->len; i++)
    belay_grants_add (grants, role, BELAY_SCOPE_COHORT, ((BelayDbCohort *) cohorts->pdata[i])->id);

  return TRUE;
}

static gboolean
add_granted (BelayDbTransaction *tx,
             BelayGrants *grants,
             const char *person,
             GError **error)
{
  g_autoptr (GPtrArray) granted = belay_db_grant_list (tx, person, error);

  if (granted == NULL)
    return FALSE;
  for (guint i = 0; i < granted->len; i++)
    {
      const BelayDbGrant *grant = g_ptr_array_index (granted, i);
      gboolean is_added = TRUE;
      BelayRole role;
      BelayScope scope;

      if (!belay_role_from_string (grant->role, &role) || !belay_scope_from_string (grant->scope, &scope))
        continue;
      if (scope == BELAY_SCOPE_COHORT)
        is_added = add_cohort (tx, grants, role, grant->scope_id, error);
      else if (scope == BELAY_SCOPE_ORGANISATION && role != BELAY_ROLE_ADMIN)
        is_added = add_everywhere (tx, grants, role, error);
      else
        belay_grants_add (grants, role, scope, grant->scope_id);
      if (!is_added)
        return FALSE;
    }

  return TRUE;
}

/**
 * belay_work_grants_load:
 *
 * Returns: (transfer full) (nullable): what @person may be asked about, at this moment
 */
BelayGrants *
belay_work_grants_load (BelayDbTransaction *tx,
                        const char *person,
                        GError **error)
{
  g_autoptr (BelayGrants) grants = belay_grants_new (belay_db_get_organisation_id (tx), person);

  if (!add_learning (tx, grants, person, error) || !add_accompanying (tx, grants, person, error)
      || !add_mentoring (tx, grants, person, error) || !add_granted (tx, grants, person, error))
    return NULL;

  return g_steal_pointer (&grants);
}

/**
 * belay_work_allows:
 * @target: without its organisation, which is this one
 */
gboolean
belay_work_allows (BelayDbTransaction *tx,
                   const BelayGrants *grants,
                   BelayAct act,
                   BelayObject object,
                   BelayTarget target)
{
  target.organisation_id = belay_db_get_organisation_id (tx);

  return belay_rights_allow (grants, act, object, &target);
}

/**
 * belay_work_may:
 *
 * As belay_work_allows(), with %BELAY_WORK_ERROR_FORBIDDEN where it is not allowed.
 */
gboolean
belay_work_may (BelayDbTransaction *tx,
                const BelayGrants *grants,
                BelayAct act,
                BelayObject object,
                BelayTarget target,
                GError **error)
{
  if (belay_work_allows (tx, grants, act, object, target))
    return TRUE;

  g_propagate_error (error,
                     belay_work_error_new_forbidden (belay_act_to_string (act), belay_object_to_string (object)));
  return FALSE;
}
