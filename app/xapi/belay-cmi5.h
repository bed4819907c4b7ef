/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"
#include "belay-statement.h"

G_BEGIN_DECLS

#define BELAY_CMI5_CATEGORY "https://w3id.org/xapi/cmi5/context/categories/cmi5"
#define BELAY_CMI5_CATEGORY_MOVE_ON "https://w3id.org/xapi/cmi5/context/categories/moveon"
#define BELAY_CMI5_EXTENSION_SESSION "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
#define BELAY_CMI5_LAUNCH_DATA "LMS.LaunchData"

/* All that is said about one launch of an assignable unit. Borrowed. */
typedef struct
{
  const char *actor;             /* JSON of the Agent, which must have an account (cmi5 8.1.2) */
  const char *activity;          /* IRI that the LMS gave the unit: the `activityId` of the launch */
  const char *registration;      /* UUID */
  const char *session;           /* the LMS's id of this launch */
  const char *publisher;         /* the unit's id in the course structure: goes to `grouping` */
  const char *launch_mode;       /* Normal, Browse or Review */
  const char *launch_method;     /* AnyWindow or OwnWindow */
  const char *launch_parameters; /* (nullable) */
  const char *launch_url;        /* (nullable): where the unit was opened, without its launch token */
  const char *move_on;           /* as cmi5 writes it: CompletedOrPassed … */
  gint64 mastery;                /* basis points, or -1 where there is none */
  const char *entitlement_key;   /* (nullable) */
  const char *return_url;        /* (nullable) */
} BelayCmi5Launch;

typedef enum
{
  BELAY_CMI5_OTHER, /* not one of the verbs that cmi5 defines */
  BELAY_CMI5_LAUNCHED,
  BELAY_CMI5_INITIALIZED,
  BELAY_CMI5_COMPLETED,
  BELAY_CMI5_PASSED,
  BELAY_CMI5_FAILED,
  BELAY_CMI5_ABANDONED,
  BELAY_CMI5_WAIVED,
  BELAY_CMI5_TERMINATED,
  BELAY_CMI5_SATISFIED,
} BelayCmi5Verb;

/* What is known of a session and its registration: enough to judge the next statement. Plain value, starts as zeroes.
 */
typedef struct
{
  gboolean is_initialized;
  gboolean is_terminated;
  gboolean is_abandoned;
  gboolean has_completed; /* in any session of the registration */
  gboolean has_passed;    /* in any session of the registration */
  gboolean has_failed;    /* in this session */
} BelayCmi5Session;

BelayCmi5Verb belay_cmi5_verb_from_iri (const char *iri);
const char *belay_cmi5_verb_to_iri (BelayCmi5Verb verb);
BelayCmi5Verb belay_cmi5_get_verb (const BelayStatement *statement);

char *belay_cmi5_launch_data (const BelayCmi5Launch *launch);
char *belay_cmi5_launched (const BelayCmi5Launch *launch,
                           BelayClock *clock);
char *belay_cmi5_abandoned (const BelayCmi5Launch *launch,
                            gint64 seconds,
                            BelayClock *clock);
char *belay_cmi5_waived (const BelayCmi5Launch *launch,
                         const char *reason,
                         BelayClock *clock);
char *belay_cmi5_satisfied (const BelayCmi5Launch *launch,
                            const char *object,
                            gboolean is_course,
                            BelayClock *clock);

gboolean belay_cmi5_session_check (const BelayCmi5Session *self,
                                   const BelayCmi5Launch *launch,
                                   const BelayStatement *statement,
                                   BelayStatementProblem *problem);
void belay_cmi5_session_add (BelayCmi5Session *self,
                             BelayCmi5Verb verb);

G_END_DECLS
