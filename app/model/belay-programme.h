/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-module.h"

G_BEGIN_DECLS

#define BELAY_TYPE_WEEK (belay_week_get_type ())
#define BELAY_TYPE_TERM (belay_term_get_type ())
#define BELAY_TYPE_PROGRAMME (belay_programme_get_type ())

/* All members are owned by their struct and may be set freely. Ids are %NULL until
 * belay_programme_derive_ids() made them. */

typedef struct
{
  char *id; /* UUIDv5 (programme, "week/" key) */
  char *key;
  guint number; /* from 1, through the whole programme */
  BelayLanguageText *title;
  BelayLanguageText *story; /* the quest of the week */
  GPtrArray *modules;       /* (element-type BelayModule), owned */
} BelayWeek;

typedef struct
{
  char *id; /* UUIDv5 (programme, "term/" key) */
  char *key;
  BelayLanguageText *title;
  BelayLanguageText *summary;
  gint64 due_day;             /* days after the cohort's start, -1: none */
  gint64 completion_required; /* basis points */
  GPtrArray *weeks;           /* (element-type BelayWeek), owned */
} BelayTerm;

typedef struct
{
  char *id; /* UUIDv5 (organisation, "programme/" key) */
  char *key;
  gint64 version; /* counted by the server, from 1; 0 before the first apply */
  BelayLanguageText *title;
  BelayLanguageText *summary;
  BelayScoring scoring;
  gint64 completion_required; /* basis points */
  GPtrArray *terms;           /* (element-type BelayTerm), owned */
} BelayProgramme;

GType belay_week_get_type (void) G_GNUC_CONST;
BelayWeek *belay_week_new (void);
BelayWeek *belay_week_copy (const BelayWeek *self);
void belay_week_free (BelayWeek *self);

GType belay_term_get_type (void) G_GNUC_CONST;
BelayTerm *belay_term_new (void);
BelayTerm *belay_term_copy (const BelayTerm *self);
void belay_term_free (BelayTerm *self);

GType belay_programme_get_type (void) G_GNUC_CONST;
BelayProgramme *belay_programme_new (void);
BelayProgramme *belay_programme_copy (const BelayProgramme *self);
void belay_programme_free (BelayProgramme *self);

void belay_programme_derive_ids (BelayProgramme *self,
                                 const char *organisation_id);
void belay_module_derive_ids (BelayModule *self,
                              const char *programme_id);
BelayModule *belay_programme_find_module (const BelayProgramme *self,
                                          const char *module_id);
BelayModule *belay_programme_find_module_by_key (const BelayProgramme *self,
                                                 const char *key);
BelayActivity *belay_programme_find_activity (const BelayProgramme *self,
                                              const char *activity_id,
                                              BelayModule **module);
GPtrArray *belay_programme_list_modules (const BelayProgramme *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayWeek, belay_week_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayTerm, belay_term_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayProgramme, belay_programme_free)

G_END_DECLS
