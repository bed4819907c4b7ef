/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-people.h"
#include "belay-programme.h"
#include "belay-progress.h"
#include "belay-wire.h"

G_BEGIN_DECLS

/* Kinds of documents, as BelayDocument.kind says them. */
#define BELAY_KIND_ORGANISATION "organisation"
#define BELAY_KIND_PERSON "person"
#define BELAY_KIND_MEMBERSHIP "membership"
#define BELAY_KIND_PROGRESS "progress"
#define BELAY_KIND_STATE "state"
#define BELAY_KIND_COHORT "cohort"
#define BELAY_KIND_PROGRAMME "programme"
#define BELAY_KIND_COMPANION "companion"
#define BELAY_KIND_POD "pod"
#define BELAY_KIND_REPORT "report"

/* Each pair turns a value into the JSON body of its document and back. Where the body does not hold
 * the id, it is the document's, and handed in. */
char *belay_programme_to_json (const BelayProgramme *self);
BelayProgramme *belay_programme_from_json (const char *json,
                                           GError **error);

char *belay_module_progress_to_json (const BelayModuleProgress *self);
BelayModuleProgress *belay_module_progress_from_json (const char *module_id,
                                                      const char *json,
                                                      GError **error);

/* All that the fold needs to go on, for a database: more than the document tells. */
char *belay_module_progress_to_state (const BelayModuleProgress *self);
BelayModuleProgress *belay_module_progress_from_state (const char *module_id,
                                                       const char *json,
                                                       GError **error);

char *belay_organisation_to_json (const BelayOrganisation *self);
BelayOrganisation *belay_organisation_from_json (const char *id,
                                                 const char *json,
                                                 GError **error);
char *belay_person_card_to_json (const BelayPersonCard *self);
BelayPersonCard *belay_person_card_from_json (const char *id,
                                              const char *json,
                                              GError **error);
char *belay_membership_to_json (const BelayMembership *self);
BelayMembership *belay_membership_from_json (const char *json,
                                             GError **error);
char *belay_cohort_to_json (const BelayCohort *self);
BelayCohort *belay_cohort_from_json (const char *id,
                                     const char *json,
                                     GError **error);
char *belay_companion_to_json (const BelayCompanion *self);
BelayCompanion *belay_companion_from_json (const char *id,
                                           const char *json,
                                           GError **error);
char *belay_pod_to_json (const BelayPod *self);
BelayPod *belay_pod_from_json (const char *id,
                               const char *json,
                               GError **error);
char *belay_report_to_json (const BelayReport *self);
BelayReport *belay_report_from_json (const char *id,
                                     const char *json,
                                     GError **error);
char *belay_kept_state_to_json (const BelayKeptState *self);
BelayKeptState *belay_kept_state_from_json (const char *json,
                                            GError **error);

G_END_DECLS
