/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-programme.h"

G_BEGIN_DECLS

/* How someone stands in a programme. "Not heard from" is an unknown state, never a bad one. */
typedef enum
{
  BELAY_STANDING_ON_TRACK,
  BELAY_STANDING_BEHIND,
  BELAY_STANDING_NOT_HEARD_FROM,
  BELAY_STANDING_FINISHED,
} BelayStanding;

typedef struct
{
  gint64 completion;  /* basis points of the required modules, weighted by their length */
  guint modules_done; /* required modules at 10,000 */
  guint modules;      /* required modules */
} BelayProgrammeTotals;

/* completion in basis points of the module with this id */
typedef gint64 (*BelayCompletionLookup) (const char *module_id,
                                         gpointer user_data);

BelayProgrammeTotals belay_programme_total (const BelayProgramme *self,
                                            BelayCompletionLookup lookup,
                                            gpointer user_data);
BelayProgrammeTotals belay_term_total (const BelayTerm *self,
                                       BelayCompletionLookup lookup,
                                       gpointer user_data);
gint64 belay_programme_expected_on_day (const BelayProgramme *self,
                                        gint64 day);
guint belay_programme_week_on_day (const BelayProgramme *self,
                                   gint64 day);
guint belay_programme_term_on_day (const BelayProgramme *self,
                                   gint64 day);
guint belay_programme_week_reached (const BelayProgramme *self,
                                    BelayCompletionLookup lookup,
                                    gpointer user_data);
gboolean belay_day_number (const char *starts,
                           const char *time_zone,
                           gint64 now_us,
                           gint64 *day);
BelayStanding belay_standing_of (gint64 completion,
                                 gint64 expected,
                                 gint64 last_heard_us,
                                 gint64 now_us);

G_END_DECLS
