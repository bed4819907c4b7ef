/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-launch.h"

G_BEGIN_DECLS

/* What can be satisfied by a launch: the course and the blocks that the activity lies in (cmi5 9.3.9). */
typedef struct
{
  char *id;        /* IRI that Belay gave it; never the publisher's */
  char *publisher; /* the publisher's IRI, or @id where there is none */
  gboolean is_course;
  GPtrArray *units; /* (element-type BelayLaunchGoalUnit) */
} BelayLaunchGoal;

typedef struct
{
  char *activity; /* IRI */
  BelayMoveOn move_on;
} BelayLaunchGoalUnit;

/* Unchanging; innermost block first, the course last. */
typedef struct
{
  GPtrArray *goals; /* (element-type BelayLaunchGoal) */
} BelayLaunchCourse;

BelayLaunchCourse *belay_launch_course_new (const BelayLaunchRequest *request);
void belay_launch_course_free (BelayLaunchCourse *self);

G_END_DECLS
