/* belay-work-follow.c: which streams someone follows
 *
 * Every stream, also one that a laptop names by itself, is let through by the table of rights alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-follow.h"

#include <string.h>

#include "belay-db-people.h"
#include "belay-db-programmes.h"
#include "belay-wire.h"
#include "belay-work-grants.h"
#include "belay-work-publish.h"

static gboolean
may_follow_cohort (BelayDbTransaction *tx,
                   const BelayGrants *grants,
                   const char *id,
                   gboolean *may,
                   GError **error)
{
  g_autoptr (BelayDbCohort) cohort = NULL;

  if (!belay_db_cohort_get (tx, id, &cohort, error))
    return FALSE;

  /* All kinds of documents that are in it must be allowed */
  if (cohort != NULL)
    {
      BelayTarget target = { .cohort_id = cohort->id, .programme_id = cohort->programme };

      *may = belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_COHORT, target)
             && belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_PROGRAMME, target)
             && belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_COMPANION, target);
    }

  return TRUE;
}

static gboolean
may_follow_pod (BelayDbTransaction *tx,
                const BelayGrants *grants,
                const char *id,
                gboolean *may,
                GError **error)
{
  g_autoptr (BelayDbPod) pod = NULL;
  g_autoptr (BelayDbCohort) cohort = NULL;

  if (!belay_db_pod_get (tx, id, &pod, error))
    return FALSE;
  if (pod == NULL)
    return TRUE;
  if (!belay_db_cohort_get (tx, pod->cohort, &cohort, error))
    return FALSE;

  *may = belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_POD,
                            (BelayTarget) { .pod_id = pod->id,
                                            .cohort_id = pod->cohort,
                                            .programme_id = cohort != NULL ? cohort->programme : NULL });
  return TRUE;
}

/* A manager follows the stream of their own team alone */
static gboolean
may_follow_team (BelayDbTransaction *tx,
                 const BelayGrants *grants,
                 const char *id,
                 gboolean *may,
                 GError **error)
{
  g_autoptr (GPtrArray) reports = NULL;

  if (g_strcmp0 (id, belay_grants_get_person_id (grants)) != 0)
    return TRUE;
  reports = belay_db_report_list (tx, id, error);
  if (reports == NULL)
    return FALSE;

  *may = reports->len > 0;
  for (guint i = 0; i < reports->len; i++)
    *may = *may
           && belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_REPORT,
                                 (BelayTarget) { .person_id = g_ptr_array_index (reports, i) });

  return TRUE;
}

static gboolean
may_follow_self (BelayDbTransaction *tx,
                 const BelayGrants *grants,
                 const char *id)
{
  static const BelayObject objects[] = { BELAY_OBJECT_PERSON, BELAY_OBJECT_MEMBERSHIP, BELAY_OBJECT_PROGRESS,
                                         BELAY_OBJECT_STATE };

  if (g_strcmp0 (id, belay_grants_get_person_id (grants)) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    if (!belay_work_allows (tx, grants, BELAY_ACT_READ, objects[i], (BelayTarget) { .person_id = id }))
      return FALSE;

  return TRUE;
}

/**
 * belay_work_follow_may:
 * @may: (out): whether they may read all that is in @stream; not so where there is none of that name
 */
gboolean
belay_work_follow_may (BelayDbTransaction *tx,
                       const BelayGrants *grants,
                       const char *stream,
                       gboolean *may,
                       GError **error)
{
  const char *colon = strchr (stream, ':');
  const char *id = colon != NULL ? colon + 1 : NULL;

  *may = FALSE;
  if (g_str_equal (stream, "org"))
    *may = belay_work_allows (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_ORGANISATION, (BelayTarget) { 0 });
  else if (g_str_has_prefix (stream, "self:"))
    *may = may_follow_self (tx, grants, id);
  else if (g_str_has_prefix (stream, "cohort:"))
    return may_follow_cohort (tx, grants, id, may, error);
  else if (g_str_has_prefix (stream, "pod:"))
    return may_follow_pod (tx, grants, id, may, error);
  else if (g_str_has_prefix (stream, "team:"))
    return may_follow_team (tx, grants, id, may, error);

  return TRUE;
}

static void
add_name (GPtrArray *names,
          const char *kind,
          const char *id)
{
  char *name = belay_work_stream_name (kind, id);

  if (names->len < BELAY_WIRE_STREAMS_MOST && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, name);
  else
    g_free (name);
}

static gboolean
add_memberships (BelayDbTransaction *tx,
                 GPtrArray *names,
                 const char *person,
                 GError **error)
{
  g_autoptr (GPtrArray) memberships = belay_db_membership_list_of_person (tx, person, error);
  g_autoptr (GPtrArray) pods = memberships != NULL ? belay_db_pod_list_of_mentor (tx, person, error) : NULL;

  if (pods == NULL)
    return FALSE;
  for (guint i = 0; i < memberships->len; i++)
    {
      const BelayDbMembership *membership = g_ptr_array_index (memberships, i);

      add_name (names, "cohort", membership->cohort);
      if (membership->pod != NULL)
        add_name (names, "pod", membership->pod);
    }
  for (guint i = 0; i < pods->len; i++)
    {
      const BelayDbPod *pod = g_ptr_array_index (pods, i);

      add_name (names, "cohort", pod->cohort);
      add_name (names, "pod", pod->id);
    }

  return TRUE;
}

static gboolean
add_cohort (BelayDbTransaction *tx,
            GPtrArray *names,
            const char *cohort,
            gboolean with_pods,
            GError **error)
{
  g_autoptr (GPtrArray) pods = NULL;

  add_name (names, "cohort", cohort);
  if (!with_pods)
    return TRUE;
  pods = belay_db_pod_list (tx, cohort, error);
  for (guint i = 0; pods != NULL && i < pods->len; i++)
    add_name (names, "pod", ((BelayDbPod *) pods->pdata[i])->id);

  return pods != NULL;
}

/* Those who accompany cohorts by a grant: experts, HR, organisers; the last see the pods too */
static gboolean
add_accompanied (BelayDbTransaction *tx,
                 GPtrArray *names,
                 const BelayGrants *grants,
                 GError **error)
{
  static const BelayRole roles[] = { BELAY_ROLE_EXPERT, BELAY_ROLE_HR, BELAY_ROLE_MENTOR, BELAY_ROLE_ORGANISER };
  g_autoptr (GPtrArray) cohorts = NULL;
  gboolean has_any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    has_any = has_any || belay_grants_has_role (grants, roles[i]);
  if (!has_any)
    return TRUE;

  cohorts = belay_db_cohort_list (tx, error);
  if (cohorts == NULL)
    return FALSE;
  for (guint i = 0; i < cohorts->len; i++)
    if (!add_cohort (tx, names, ((BelayDbCohort *) cohorts->pdata[i])->id,
                     belay_grants_has_role (grants, BELAY_ROLE_ORGANISER), error))
      return FALSE;

  return TRUE;
}

/**
 * belay_work_follow_list:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the streams that they follow
 */
GPtrArray *
belay_work_follow_list (BelayDbTransaction *tx,
                        const BelayGrants *grants,
                        GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *person = belay_grants_get_person_id (grants);

  g_ptr_array_add (names, g_strdup ("org"));
  add_name (names, "self", person);
  if (belay_grants_has_role (grants, BELAY_ROLE_MANAGER))
    add_name (names, "team", person);
  if (!add_memberships (tx, names, person, error) || !add_accompanied (tx, names, grants, error))
    return NULL;

  for (guint i = names->len; i > 0; i--)
    {
      gboolean may;

      if (!belay_work_follow_may (tx, grants, g_ptr_array_index (names, i - 1), &may, error))
        return NULL;
      if (!may)
        g_ptr_array_remove_index (names, i - 1);
    }

  return g_steal_pointer (&names);
}
