/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"
#include "belay-scoring.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACTIVITY (belay_activity_get_type ())
#define BELAY_TYPE_MODULE (belay_module_get_type ())

typedef enum
{
  BELAY_ACTIVITY_PAGE,
  BELAY_ACTIVITY_QUIZ,
  BELAY_ACTIVITY_VIDEO,
  BELAY_ACTIVITY_CMI5,
} BelayActivityKind;

/* One launchable part of a module. All members are owned by the struct and may be set freely. */
typedef struct
{
  char *id; /* UUIDv5 (module, "activity/" key); %NULL until derived */
  char *key;
  BelayLanguageText *title;
  BelayActivityKind kind;
  gint64 seconds; /* how long it takes, as its author says */
  BelayMoveOn move_on;
  gint64 mastery; /* basis points, -1: none */
  gint64 weight;  /* its share of the module, relative to the others */
  gboolean required;
} BelayActivity;

/* What a learner studies in one or a few blocks: the activities of one course package. */
typedef struct
{
  char *id; /* UUIDv5 (programme, "module/" key); %NULL until derived */
  char *key;
  BelayLanguageText *title;
  BelayLanguageText *summary;
  gint64 seconds;
  gboolean required;
  gint64 due_day;        /* days after the cohort's start (day 0), -1: none */
  char *course;          /* the key of the course package it is made from */
  char *manifest;        /* (nullable): SHA-256 of the course's manifest, once imported */
  guint64 bytes;         /* to download */
  GPtrArray *activities; /* (element-type BelayActivity), owned */
} BelayModule;

const char *belay_activity_kind_to_string (BelayActivityKind kind);
gboolean belay_activity_kind_from_string (const char *text,
                                          BelayActivityKind *kind);

GType belay_activity_get_type (void) G_GNUC_CONST;
BelayActivity *belay_activity_new (void);
BelayActivity *belay_activity_copy (const BelayActivity *self);
void belay_activity_free (BelayActivity *self);

GType belay_module_get_type (void) G_GNUC_CONST;
BelayModule *belay_module_new (void);
BelayModule *belay_module_copy (const BelayModule *self);
void belay_module_free (BelayModule *self);
BelayActivity *belay_module_find_activity (const BelayModule *self,
                                           const char *activity_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayActivity, belay_activity_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayModule, belay_module_free)

G_END_DECLS
