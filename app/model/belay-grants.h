/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

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

/* In which relation a person stands to a thing. A grant is a role in one scope: a mentor of a pod, a
 * manager of a person who reports to them. */
typedef enum
{
  BELAY_SCOPE_OWN,          /* it is their own; never granted */
  BELAY_SCOPE_REPORTS,      /* it is of one who reports to them: the id is that person's */
  BELAY_SCOPE_BUDDY,        /* it is of one whose buddy they are: the id is that person's */
  BELAY_SCOPE_POD,          /* it is in a pod of theirs */
  BELAY_SCOPE_COHORT,       /* it is in a cohort of theirs */
  BELAY_SCOPE_PROGRAMME,    /* it is in a programme of theirs */
  BELAY_SCOPE_ORGANISATION, /* it is in their organisation */
  BELAY_SCOPE_ANYONE,       /* nobody needs to be signed in; never granted */
  BELAY_N_SCOPES,
} BelayScope;

/* Who someone is: their person, organisation and the grants in force now. Not to be changed once
 * it is shared. */
typedef struct _BelayGrants BelayGrants;

const char *belay_role_to_string (BelayRole role);
gboolean belay_role_from_string (const char *text,
                                 BelayRole *role);
const char *belay_scope_to_string (BelayScope scope);
gboolean belay_scope_from_string (const char *text,
                                  BelayScope *scope);

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
gboolean belay_grants_holds (const BelayGrants *self,
                             BelayRole role,
                             BelayScope scope,
                             const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayGrants, belay_grants_unref)

G_END_DECLS
