/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"
#include "belay-manifest.h"
#include "belay-programme.h"

G_BEGIN_DECLS

/* Operations on courses, programmes, cohorts, pods and their members. */

typedef struct
{
  char *id;
  char *key;
  char *programme;
  char *title; /* JSON: a language map */
  char *starts;
  char *time_zone;
} BelayDbCohort;

typedef struct
{
  char *id;
  char *cohort;
  char *key;
  char *title;  /* JSON: a language map */
  char *mentor; /* (nullable) */
} BelayDbPod;

typedef struct
{
  char *cohort;
  char *person;
  char *pod;   /* (nullable) */
  char *buddy; /* (nullable) */
  gint64 week; /* the companions were told of */
  char *programme;
} BelayDbMembership;

void belay_db_cohort_free (BelayDbCohort *self);
void belay_db_pod_free (BelayDbPod *self);
void belay_db_membership_free (BelayDbMembership *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbCohort, belay_db_cohort_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbPod, belay_db_pod_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbMembership, belay_db_membership_free)

gboolean belay_db_course_put (BelayDbTransaction *tx,
                              const BelayManifest *manifest,
                              const char *hash,
                              GError **error);
gboolean belay_db_course_get (BelayDbTransaction *tx,
                              const char *key,
                              char **manifest,
                              gint64 *bytes,
                              GError **error);
GPtrArray *belay_db_manifest_list (BelayDbTransaction *tx,
                                   GError **error);
GPtrArray *belay_db_manifest_programmes (BelayDbTransaction *tx,
                                         const char *manifest,
                                         GError **error);
GPtrArray *belay_db_blob_programmes (BelayDbTransaction *tx,
                                     const char *blob,
                                     GError **error);
gboolean belay_db_blob_get_type (BelayDbTransaction *tx,
                                 const char *blob,
                                 char **type,
                                 GError **error);

gboolean belay_db_programme_put (BelayDbTransaction *tx,
                                 const BelayProgramme *programme,
                                 GError **error);
const BelayProgramme *belay_db_programme_get (BelayDbTransaction *tx,
                                              const char *id,
                                              GError **error);
GPtrArray *belay_db_programme_list_since (BelayDbTransaction *tx,
                                          const char *id,
                                          gint64 since,
                                          GError **error);
gboolean belay_db_programme_version (BelayDbTransaction *tx,
                                     const char *id,
                                     gint64 *version,
                                     GError **error);
GPtrArray *belay_db_programme_list (BelayDbTransaction *tx,
                                    GError **error);
gboolean belay_db_activity_get (BelayDbTransaction *tx,
                                const char *activity,
                                char **module,
                                char **programme,
                                GError **error);

gboolean belay_db_cohort_put (BelayDbTransaction *tx,
                              const BelayDbCohort *cohort,
                              GError **error);
gboolean belay_db_cohort_get (BelayDbTransaction *tx,
                              const char *id,
                              BelayDbCohort **cohort,
                              GError **error);
GPtrArray *belay_db_cohort_list (BelayDbTransaction *tx,
                                 GError **error);
gboolean belay_db_pod_put (BelayDbTransaction *tx,
                           const BelayDbPod *pod,
                           GError **error);
gboolean belay_db_pod_get (BelayDbTransaction *tx,
                           const char *id,
                           BelayDbPod **pod,
                           GError **error);
GPtrArray *belay_db_pod_list (BelayDbTransaction *tx,
                              const char *cohort,
                              GError **error);
GPtrArray *belay_db_pod_list_of_mentor (BelayDbTransaction *tx,
                                        const char *mentor,
                                        GError **error);

gboolean belay_db_membership_put (BelayDbTransaction *tx,
                                  const BelayDbMembership *membership,
                                  GError **error);
gboolean belay_db_membership_remove (BelayDbTransaction *tx,
                                     const char *cohort,
                                     const char *person,
                                     GError **error);
gboolean belay_db_membership_set_week (BelayDbTransaction *tx,
                                       const char *cohort,
                                       const char *person,
                                       gint64 week,
                                       GError **error);
GPtrArray *belay_db_membership_list_of_person (BelayDbTransaction *tx,
                                               const char *person,
                                               GError **error);
GPtrArray *belay_db_membership_list_of_cohort (BelayDbTransaction *tx,
                                               const char *cohort,
                                               GError **error);
GPtrArray *belay_db_membership_list_of_buddy (BelayDbTransaction *tx,
                                              const char *buddy,
                                              GError **error);

G_END_DECLS
