/* belay-scoring.c: the names of the rules by which progress is judged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-scoring.h"

static const char *const scoring_names[] = {
  [BELAY_SCORING_BEST] = "best",
  [BELAY_SCORING_LAST] = "last",
  [BELAY_SCORING_MEAN] = "mean",
};

/* cmi5's own spelling, so that manifests, launch data and programmes say it alike */
static const char *const move_on_names[] = {
  [BELAY_MOVE_ON_NOT_APPLICABLE] = "NotApplicable",
  [BELAY_MOVE_ON_PASSED] = "Passed",
  [BELAY_MOVE_ON_COMPLETED] = "Completed",
  [BELAY_MOVE_ON_COMPLETED_AND_PASSED] = "CompletedAndPassed",
  [BELAY_MOVE_ON_COMPLETED_OR_PASSED] = "CompletedOrPassed",
};

static int
find_name (const char *const *names,
           gsize count,
           const char *text)
{
  for (gsize i = 0; i < count; i++)
    {
      if (g_strcmp0 (names[i], text) == 0)
        return (int) i;
    }

  return -1;
}

/**
 * belay_scoring_to_string:
 *
 * Returns: (transfer none): the name that files and documents use
 */
const char *
belay_scoring_to_string (BelayScoring scoring)
{
  g_return_val_if_fail ((gsize) scoring < G_N_ELEMENTS (scoring_names), NULL);

  return scoring_names[scoring];
}

/**
 * belay_scoring_from_string:
 * @text: (nullable): a name
 * @scoring: (out): what it means; untouched where it means nothing
 *
 * Returns: whether @text is the name of a scoring
 */
gboolean
belay_scoring_from_string (const char *text,
                           BelayScoring *scoring)
{
  int found;

  g_return_val_if_fail (scoring != NULL, FALSE);

  found = find_name (scoring_names, G_N_ELEMENTS (scoring_names), text);
  if (found < 0)
    return FALSE;

  *scoring = (BelayScoring) found;
  return TRUE;
}

/**
 * belay_move_on_to_string:
 *
 * Returns: (transfer none): the name, as cmi5 §13.1.4 spells it
 */
const char *
belay_move_on_to_string (BelayMoveOn move_on)
{
  g_return_val_if_fail ((gsize) move_on < G_N_ELEMENTS (move_on_names), NULL);

  return move_on_names[move_on];
}

/**
 * belay_move_on_from_string:
 * @text: (nullable): a name as cmi5 §13.1.4 spells it
 * @move_on: (out): what it means; untouched where it means nothing
 *
 * Returns: whether @text is the name of a rule
 */
gboolean
belay_move_on_from_string (const char *text,
                           BelayMoveOn *move_on)
{
  int found;

  g_return_val_if_fail (move_on != NULL, FALSE);

  found = find_name (move_on_names, G_N_ELEMENTS (move_on_names), text);
  if (found < 0)
    return FALSE;

  *move_on = (BelayMoveOn) found;
  return TRUE;
}
