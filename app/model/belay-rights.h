/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-grants.h"

G_BEGIN_DECLS

/* Nobody but the people concerned sees figures of fewer people than this together. */
#define BELAY_AGGREGATE_LEAST 5

typedef enum
{
  BELAY_OBJECT_ORGANISATION, /* its name and public keys */
  BELAY_OBJECT_PERSON,       /* a person's own card: address, roles, manager */
  BELAY_OBJECT_MEMBERSHIP,   /* that a person is in a cohort */
  BELAY_OBJECT_COHORT,
  BELAY_OBJECT_POD,
  BELAY_OBJECT_PROGRAMME,
  BELAY_OBJECT_COURSE,     /* manifests and the files of a course package */
  BELAY_OBJECT_STATEMENT,  /* what was done, answered, watched */
  BELAY_OBJECT_STATE,      /* notes, suspend data, profiles */
  BELAY_OBJECT_PROGRESS,   /* activity by activity */
  BELAY_OBJECT_COMPANION,  /* the name and week of those who learn along */
  BELAY_OBJECT_REPORT,     /* completion, standing, time: what a manager sees */
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

const char *belay_object_to_string (BelayObject object);
const char *belay_act_to_string (BelayAct act);

gboolean belay_rights_allow (const BelayGrants *grants,
                             BelayAct act,
                             BelayObject object,
                             const BelayTarget *target);
const BelayRight *belay_rights_next (const BelayRight *previous);

G_END_DECLS
