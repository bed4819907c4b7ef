/* belay-work-member.c: joining and leaving a cohort, with all the documents that follow from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-member.h"

#include "belay-db-learning.h"
#include "belay-db-people.h"
#include "belay-db-programmes.h"
#include "belay-db-streams.h"
#include "belay-documents.h"
#include "belay-work-publish.h"
#include "belay-work-report.h"

/* @membership: (out) (nullable) */
static gboolean
find_membership (BelayDbTransaction *tx,
                 const char *person,
                 const char *cohort,
                 BelayDbMembership **membership,
                 GError **error)
{
  g_autoptr (GPtrArray) list = belay_db_membership_list_of_person (tx, person, error);

  *membership = NULL;
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len && *membership == NULL; i++)
    if (g_str_equal (((BelayDbMembership *) list->pdata[i])->cohort, cohort))
      {
        *membership = g_ptr_array_index (list, i);
        list->pdata[i] = g_new0 (BelayDbMembership, 1);
      }

  return TRUE;
}

static gboolean
publish_pods (BelayDbTransaction *tx,
              const char *before,
              const char *after,
              GError **error)
{
  return (before == NULL || g_strcmp0 (before, after) == 0 || belay_work_publish_pod (tx, before, error))
         && (after == NULL || belay_work_publish_pod (tx, after, error));
}

/**
 * belay_work_member_publish:
 *
 * Writes again what others and they themselves see of a person.
 */
gboolean
belay_work_member_publish (BelayDbTransaction *tx,
                           const char *person,
                           GError **error)
{
  return belay_work_publish_person (tx, person, error) && belay_work_report_publish (tx, person, error);
}

/**
 * belay_work_member_put:
 * @pod: (nullable)
 * @buddy: (nullable)
 *
 * Makes a person a member of a cohort, or changes their pod and buddy in it.
 */
gboolean
belay_work_member_put (BelayDbTransaction *tx,
                       const char *person,
                       const char *cohort,
                       const char *pod,
                       const char *buddy,
                       GError **error)
{
  g_autoptr (BelayDbMembership) before = NULL;
  g_autoptr (BelayDbMembership) after = NULL;
  BelayDbMembership row = {
    .cohort = (char *) cohort, .person = (char *) person, .pod = (char *) pod, .buddy = (char *) buddy
  };

  if (!find_membership (tx, person, cohort, &before, error) || !belay_db_membership_put (tx, &row, error)
      || !find_membership (tx, person, cohort, &after, error))
    return FALSE;

  return belay_work_publish_cohort (tx, cohort, error)
         && publish_pods (tx, before != NULL ? before->pod : NULL, pod, error)
         && belay_work_publish_companion (tx, after, error) && belay_work_member_publish (tx, person, error)
         && (buddy == NULL || belay_work_publish_person (tx, buddy, error));
}

/**
 * belay_work_member_join:
 *
 * As belay_work_member_put(), but leaves a member who is there already as they are.
 */
gboolean
belay_work_member_join (BelayDbTransaction *tx,
                        const char *person,
                        const char *cohort,
                        const char *pod,
                        GError **error)
{
  g_autoptr (BelayDbMembership) before = NULL;

  if (!find_membership (tx, person, cohort, &before, error))
    return FALSE;

  return before != NULL || belay_work_member_put (tx, person, cohort, pod, NULL, error);
}

/**
 * belay_work_member_leave:
 *
 * Ends a membership. What was learnt stays; laptops are told to forget the rest.
 */
gboolean
belay_work_member_leave (BelayDbTransaction *tx,
                         const char *person,
                         const char *cohort,
                         GError **error)
{
  g_autoptr (BelayDbMembership) before = NULL;
  g_autofree char *own = belay_work_stream_name ("self", person);
  g_autofree char *shared = belay_work_stream_name ("cohort", cohort);

  if (!find_membership (tx, person, cohort, &before, error) || before == NULL)
    return before == NULL && (error == NULL || *error == NULL);

  return belay_db_membership_remove (tx, cohort, person, error)
         && belay_db_stream_remove (tx, own, BELAY_KIND_MEMBERSHIP, cohort, error)
         && belay_db_stream_remove (tx, shared, BELAY_KIND_COMPANION, person, error)
         && publish_pods (tx, before->pod, NULL, error) && belay_work_member_publish (tx, person, error);
}
