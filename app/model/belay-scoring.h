/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The rules in this room run on the server and on every laptop. A number changes whenever one of
 * them gives another result than before, so that each side knows whose word to show. */
#define BELAY_RULES_VERSION 1

/* Shares are basis points: integers that are the same on every machine. */
#define BELAY_ALL 10000

/* Which attempt's score counts. */
typedef enum
{
  BELAY_SCORING_BEST,
  BELAY_SCORING_LAST,
  BELAY_SCORING_MEAN,
} BelayScoring;

/* What must have happened for an activity to count (cmi5 §13.1.4, moveOn). */
typedef enum
{
  BELAY_MOVE_ON_NOT_APPLICABLE,
  BELAY_MOVE_ON_PASSED,
  BELAY_MOVE_ON_COMPLETED,
  BELAY_MOVE_ON_COMPLETED_AND_PASSED,
  BELAY_MOVE_ON_COMPLETED_OR_PASSED,
} BelayMoveOn;

const char *belay_scoring_to_string (BelayScoring scoring);
gboolean belay_scoring_from_string (const char *text,
                                    BelayScoring *scoring);
const char *belay_move_on_to_string (BelayMoveOn move_on);
gboolean belay_move_on_from_string (const char *text,
                                    BelayMoveOn *move_on);

G_END_DECLS
