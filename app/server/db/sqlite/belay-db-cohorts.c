/* belay-db-cohorts.c: who goes through a programme together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-programmes.h"
#include "belay-db-sqlite.h"

#define COHORT_COLUMNS "id, key, programme, title, starts, time_zone"
#define POD_COLUMNS "id, cohort, key, title, mentor"
#define MEMBERSHIP_SELECT                                                                                              \
  "SELECT membership.cohort, membership.person, membership.pod, membership.buddy, membership.week, cohort.programme"   \
  " FROM membership JOIN cohort ON cohort.organisation = membership.organisation AND cohort.id = membership.cohort"    \
  " WHERE membership.organisation = ?"

void
belay_db_cohort_free (BelayDbCohort *self)
{
  g_free (self->id);
  g_free (self->key);
  g_free (self->programme);
  g_free (self->title);
  g_free (self->starts);
  g_free (self->time_zone);
  g_free (self);
}

void
belay_db_pod_free (BelayDbPod *self)
{
  g_free (self->id);
  g_free (self->cohort);
  g_free (self->key);
  g_free (self->title);
  g_free (self->mentor);
  g_free (self);
}

void
belay_db_membership_free (BelayDbMembership *self)
{
  g_free (self->cohort);
  g_free (self->person);
  g_free (self->pod);
  g_free (self->buddy);
  g_free (self->programme);
  g_free (self);
}

typedef gpointer (*ReadRow) (BelayQuery *query);

static gpointer
read_cohort (BelayQuery *query)
{
  BelayDbCohort *cohort = g_new0 (BelayDbCohort, 1);

  cohort->id = belay_query_dup_text (query, 0);
  cohort->key = belay_query_dup_text (query, 1);
  cohort->programme = belay_query_dup_text (query, 2);
  cohort->title = belay_query_dup_text (query, 3);
  cohort->starts = belay_query_dup_text (query, 4);
  cohort->time_zone = belay_query_dup_text (query, 5);

  return cohort;
}

static gpointer
read_pod (BelayQuery *query)
{
  BelayDbPod *pod = g_new0 (BelayDbPod, 1);

  pod->id = belay_query_dup_text (query, 0);
  pod->cohort = belay_query_dup_text (query, 1);
  pod->key = belay_query_dup_text (query, 2);
  pod->title = belay_query_dup_text (query, 3);
  pod->mentor = belay_query_dup_text (query, 4);

  return pod;
}

static gpointer
read_membership (BelayQuery *query)
{
  BelayDbMembership *membership = g_new0 (BelayDbMembership, 1);

  membership->cohort = belay_query_dup_text (query, 0);
  membership->person = belay_query_dup_text (query, 1);
  membership->pod = belay_query_dup_text (query, 2);
  membership->buddy = belay_query_dup_text (query, 3);
  membership->week = belay_query_get_int (query, 4);
  membership->programme = belay_query_dup_text (query, 5);

  return membership;
}

static GPtrArray *
list_rows (BelayQuery *query,
           ReadRow read_row,
           GDestroyNotify free_row,
           GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    g_ptr_array_add (rows, read_row (query));

  return belay_sqlite_finish (query, FALSE, &local_error, error) ? g_steal_pointer (&rows) : NULL;
}

static gboolean
get_row (BelayQuery *query,
         ReadRow read_row,
         gpointer *row,
         GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *row = had_row ? read_row (query) : NULL;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

gboolean
belay_db_cohort_put (BelayDbTransaction *tx,
                     const BelayDbCohort *cohort,
                     GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO cohort (organisation, " COHORT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, id) DO UPDATE SET title = excluded.title,"
                           " starts = excluded.starts, time_zone = excluded.time_zone",
                           "otttttt", cohort->id, cohort->key, cohort->programme, cohort->title, cohort->starts,
                           cohort->time_zone);
}

gboolean
belay_db_cohort_get (BelayDbTransaction *tx,
                     const char *id,
                     BelayDbCohort **cohort,
                     GError **error)
{
  return get_row (belay_sqlite_query (tx, "SELECT " COHORT_COLUMNS " FROM cohort WHERE organisation = ? AND id = ?",
                                      "ot", id),
                  read_cohort, (gpointer *) cohort, error);
}

GPtrArray *
belay_db_cohort_list (BelayDbTransaction *tx,
                      GError **error)
{
  return list_rows (belay_sqlite_query (tx, "SELECT " COHORT_COLUMNS " FROM cohort WHERE organisation = ? ORDER BY key",
                                        "o"),
                    read_cohort, (GDestroyNotify) belay_db_cohort_free, error);
}

gboolean
belay_db_pod_put (BelayDbTransaction *tx,
                  const BelayDbPod *pod,
                  GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO pod (organisation, " POD_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, id) DO UPDATE SET title = excluded.title,"
                           " mentor = excluded.mentor",
                           "ottttt", pod->id, pod->cohort, pod->key, pod->title, pod->mentor);
}

gboolean
belay_db_pod_get (BelayDbTransaction *tx,
                  const char *id,
                  BelayDbPod **pod,
                  GError **error)
{
  return get_row (belay_sqlite_query (tx, "SELECT " POD_COLUMNS " FROM pod WHERE organisation = ? AND id = ?", "ot",
                                      id),
                  read_pod, (gpointer *) pod, error);
}

GPtrArray *
belay_db_pod_list (BelayDbTransaction *tx,
                   const char *cohort,
                   GError **error)
{
  return list_rows (belay_sqlite_query (tx,
                                        "SELECT " POD_COLUMNS " FROM pod WHERE organisation = ? AND cohort = ?"
                                        " ORDER BY key",
                                        "ot", cohort),
                    read_pod, (GDestroyNotify) belay_db_pod_free, error);
}

GPtrArray *
belay_db_pod_list_of_mentor (BelayDbTransaction *tx,
                             const char *mentor,
                             GError **error)
{
  return list_rows (belay_sqlite_query (tx, "SELECT " POD_COLUMNS " FROM pod WHERE organisation = ? AND mentor = ?",
                                        "ot", mentor),
                    read_pod, (GDestroyNotify) belay_db_pod_free, error);
}

gboolean
belay_db_membership_put (BelayDbTransaction *tx,
                         const BelayDbMembership *membership,
                         GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO membership (organisation, cohort, person, pod, buddy) VALUES (?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, cohort, person) DO UPDATE SET pod = excluded.pod,"
                           " buddy = excluded.buddy",
                           "otttt", membership->cohort, membership->person, membership->pod, membership->buddy);
}

gboolean
belay_db_membership_remove (BelayDbTransaction *tx,
                            const char *cohort,
                            const char *person,
                            GError **error)
{
  return belay_sqlite_run (tx, error, "DELETE FROM membership WHERE organisation = ? AND cohort = ? AND person = ?",
                           "ott", cohort, person);
}

gboolean
belay_db_membership_set_week (BelayDbTransaction *tx,
                              const char *cohort,
                              const char *person,
                              gint64 week,
                              GError **error)
{
  return belay_sqlite_run (tx, error,
                           "UPDATE membership SET week = ? WHERE organisation = ? AND cohort = ? AND person = ?",
                           "iott", week, cohort, person);
}

GPtrArray *
belay_db_membership_list_of_person (BelayDbTransaction *tx,
                                    const char *person,
                                    GError **error)
{
  return list_rows (belay_sqlite_query (tx, MEMBERSHIP_SELECT " AND membership.person = ? ORDER BY membership.cohort",
                                        "ot", person),
                    read_membership, (GDestroyNotify) belay_db_membership_free, error);
}

GPtrArray *
belay_db_membership_list_of_cohort (BelayDbTransaction *tx,
                                    const char *cohort,
                                    GError **error)
{
  return list_rows (belay_sqlite_query (tx, MEMBERSHIP_SELECT " AND membership.cohort = ? ORDER BY membership.person",
                                        "ot", cohort),
                    read_membership, (GDestroyNotify) belay_db_membership_free, error);
}

GPtrArray *
belay_db_membership_list_of_buddy (BelayDbTransaction *tx,
                                   const char *buddy,
                                   GError **error)
{
  return list_rows (belay_sqlite_query (tx, MEMBERSHIP_SELECT " AND membership.buddy = ? ORDER BY membership.person",
                                        "ot", buddy),
                    read_membership, (GDestroyNotify) belay_db_membership_free, error);
}
