/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"

G_BEGIN_DECLS

#define BELAY_TYPE_PERSON_CARD (belay_person_card_get_type ())
#define BELAY_TYPE_REPORT (belay_report_get_type ())

#define BELAY_REPORT_WEEKS 6

/* The documents about people. Members are owned by their struct; (nullable) ones may be %NULL. */

typedef struct
{
  char *id;
  char *name;
} BelayPersonName;

typedef struct
{
  char *id;
  char *name;
  char *email;
  GStrv roles;              /* names as belay_role_to_string() gives them */
  BelayPersonName *manager; /* (nullable) */
  GPtrArray *buddies;       /* (element-type BelayPersonName), owned: those who sign this person off */
  BelayPersonName *deputy;  /* (nullable) */
  char *time_zone;          /* IANA name */
} BelayPersonCard;

typedef struct
{
  char *cohort_id;
  char *programme_id;
  char *pod_id;           /* (nullable) */
  BelayPersonName *buddy; /* (nullable) */
} BelayMembership;

typedef struct
{
  char *id;
  char *programme_id;
  BelayLanguageText *title;
  char *starts; /* YYYY-MM-DD: day 0 */
  char *time_zone;
} BelayCohort;

typedef struct
{
  char *id; /* of the person */
  char *name;
  guint week; /* they are in, from 1 */
} BelayCompanion;

typedef struct
{
  char *id;
  char *cohort_id;
  BelayLanguageText *title;
  BelayPersonName *mentor; /* (nullable) */
  GPtrArray *members;      /* (element-type BelayPersonName), owned */
} BelayPod;

/* What a manager sees of one who reports to them, for one cohort. */
typedef struct
{
  char *id; /* of the person */
  char *name;
  char *cohort_id;
  char *programme_id;
  BelayLanguageText *programme_title;
  guint term; /* from 1 */
  gint64 completion;
  gint64 expected; /* basis points by today's plan */
  guint modules_done;
  guint modules;
  gint64 seconds_by_week[BELAY_REPORT_WEEKS]; /* studied, oldest first */
  gint64 last_heard_us;                       /* -1: never */
  gint64 last_studied_us;                     /* -1: never */
  char *buddy;                                /* (nullable): name */
} BelayReport;

typedef struct
{
  char *id;
  char *algorithm;  /* "Ed25519" */
  char *public_key; /* base64url */
} BelayOrganisationKey;

typedef struct
{
  char *id;
  char *name;
  GPtrArray *keys; /* (element-type BelayOrganisationKey), owned */
  GStrv allowed_hosts;
} BelayOrganisation;

/* One write of a keyed state (notes, suspend data). */
typedef struct
{
  char *version; /* the id of the write */
  char *type;    /* content type */
  GBytes *body;
  char *device_id;
  gint64 made_us;
  gint64 received_us;
} BelayStateVersion;

typedef struct
{
  char *key;
  BelayStateVersion *current;
  GPtrArray *beside; /* (element-type BelayStateVersion), owned: kept because it was not seen */
} BelayKeptState;

BelayPersonName *belay_person_name_new (const char *id,
                                        const char *name);
BelayPersonName *belay_person_name_copy (const BelayPersonName *self);
void belay_person_name_free (BelayPersonName *self);

GType belay_person_card_get_type (void) G_GNUC_CONST;
BelayPersonCard *belay_person_card_new (void);
BelayPersonCard *belay_person_card_copy (const BelayPersonCard *self);
void belay_person_card_free (BelayPersonCard *self);

BelayMembership *belay_membership_new (void);
void belay_membership_free (BelayMembership *self);

BelayCohort *belay_cohort_new (void);
BelayCohort *belay_cohort_copy (const BelayCohort *self);
void belay_cohort_free (BelayCohort *self);

BelayCompanion *belay_companion_new (void);
void belay_companion_free (BelayCompanion *self);

BelayPod *belay_pod_new (void);
void belay_pod_free (BelayPod *self);

GType belay_report_get_type (void) G_GNUC_CONST;
BelayReport *belay_report_new (void);
BelayReport *belay_report_copy (const BelayReport *self);
void belay_report_free (BelayReport *self);

BelayOrganisationKey *belay_organisation_key_new (const char *id,
                                                  const char *algorithm,
                                                  const char *public_key);
void belay_organisation_key_free (BelayOrganisationKey *self);

BelayOrganisation *belay_organisation_new (void);
void belay_organisation_free (BelayOrganisation *self);

BelayStateVersion *belay_state_version_new (void);
void belay_state_version_free (BelayStateVersion *self);

BelayKeptState *belay_kept_state_new (void);
void belay_kept_state_free (BelayKeptState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayPersonName, belay_person_name_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayPersonCard, belay_person_card_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayMembership, belay_membership_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayCohort, belay_cohort_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayCompanion, belay_companion_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayPod, belay_pod_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayReport, belay_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayOrganisationKey, belay_organisation_key_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayOrganisation, belay_organisation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStateVersion, belay_state_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayKeptState, belay_kept_state_free)

G_END_DECLS
