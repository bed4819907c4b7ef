/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nobody but the people concerned sees figures of fewer people than this together. */
#define BELAY_AGGREGATE_LEAST 5

typedef enum
{
  BELAY_ROLE_PERSON, /* everyone who is signed in; never granted */
  BELAY_ROLE_LEARNER,
  BELAY_ROLE_MANAGER,
  BELAY_ROLE_BUDDY,
  BELAY_ROLE_MENTOR,
  BELAY_ROLE_EXPERT,
  BELAY_ROLE_HR,
  BELAY_ROLE_SPONSOR,
  BELAY_ROLE_ORGANISER,
  BELAY_ROLE_ADMIN,
  BELAY_N_ROLES,
} BelayRole;

typedef enum
{
  BELAY_OBJECT_ORGANISATION, /* its name and public keys */
  BELAY_OBJECT_PERSON,       /* a person's own card: address, roles, manager */
  BELAY_OBJECT_MEMBERSHIP,   /* that a person is in a cohort */
  BELAY_OBJECT_COHORT,
  BELAY_OBJECT_POD,
  BELAY_OBJECT_PROGRAMME,
  BELAY_OBJECT_COURSE,    /* manifests and the files of a course package */
  BELAY_OBJECT_STATEMENT, /* what was done, answered, watched */
  BELAY_OBJECT_STATE,     /* notes, suspend data, profiles */
  BELAY_OBJECT_PROGRESS,  /* activity by activity */
  BELAY_OBJECT_COMPANION, /* the name and week of those who learn along */
  BELAY_OBJECT_REPORT,    /* completion, standing, time: what a manager sees */
  BELAY_OBJECT_COMPLETION, /* figures of a cohort together, from BELAY_AGGREGATE_LEAST people on */
  BELAY_N_OBJECTS,
} BelayObject;

typedef enum
{
  BELAY_ACT_READ,
  BELAY_ACT_ADD,
  BELAY_ACT_CHANGE,
  BELAY_ACT_REMOVE,
  BELAY_N_ACTS,
} BelayAct;

/* In which relation the person must stand to the object. */
typedef enum
{
  BELAY_SCOPE_OWN,          /* it is their own */
  BELAY_SCOPE_REPORTS,      /* it is of one who reports to them */
  BELAY_SCOPE_BUDDY,        /* it is of one whose buddy they are */
  BELAY_SCOPE_POD,          /* it is in a pod of theirs */
  BELAY_SCOPE_COHORT,       /* it is in a cohort of theirs */
  BELAY_SCOPE_PROGRAMME,    /* it is in a programme of theirs */
  BELAY_SCOPE_ORGANISATION, /* it is in their organisation */
  BELAY_SCOPE_ANYONE,       /* nobody needs to be signed in */
  BELAY_N_SCOPES,
} BelayScope;

/* One line of the table of rights. */
typedef struct
{
  BelayRole role;
  BelayObject object;
  BelayAct act;
  BelayScope scope;
} BelayRight;

/* What is to be read or written: all that is known of where it belongs. %NULL where it belongs to none. */
typedef struct
{
  const char *organisation_id;
  const char *person_id; /* whose it is */
  const char *pod_id;
  const char *cohort_id;
  const char *programme_id;
} BelayTarget;

/* Who someone is: their person, organisation and the grants in force now. */
typedef struct _BelayGrants BelayGrants;

const char *belay_role_to_string (BelayRole role);
gboolean belay_role_from_string (const char *text,
                                 BelayRole *role);
const char *belay_object_to_string (BelayObject object);
const char *belay_act_to_string (BelayAct act);
const char *belay_scope_to_string (BelayScope scope);

BelayGrants *belay_grants_new (const char *organisation_id,
                               const char *person_id);
BelayGrants *belay_grants_new_nobody (void);
BelayGrants *belay_grants_ref (BelayGrants *self);
void belay_grants_unref (BelayGrants *self);
void belay_grants_add (BelayGrants *self,
                       BelayRole role,
                       BelayScope scope,
                       const char *id);
const char *belay_grants_get_person_id (const BelayGrants *self);
const char *belay_grants_get_organisation_id (const BelayGrants *self);
gboolean belay_grants_has_role (const BelayGrants *self,
                                BelayRole role);

gboolean belay_rights_allow (const BelayGrants *grants,
                             BelayAct act,
                             BelayObject object,
                             const BelayTarget *target);
const BelayRight *belay_rights_next (const BelayRight *previous);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayGrants, belay_grants_unref)

G_END_DECLS
