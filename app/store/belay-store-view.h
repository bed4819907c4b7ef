/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-people.h"
#include "belay-programme.h"
#include "belay-progress.h"
#include "belay-store-downloads.h"
#include "belay-store.h"

G_BEGIN_DECLS

/* A programme as one cohort of this person runs it. */
typedef struct
{
  BelayMembership *membership;
  BelayCohort *cohort;
  BelayProgramme *programme;
} BelayStoreEnrolment;

/* How far the person is in a module, and where that is. */
typedef struct
{
  BelayModuleProgress *progress; /* the server's word with what is newer here laid over it */
  guint waiting;                 /* facts of it that are only here */
  guint on_the_way;
} BelayStoreModule;

/* One line of the sync page. */
typedef struct
{
  char *id;
  int kind;    /* 0 statement, 1 command, 2 state */
  int receipt; /* 0 here, 1 on its way, 2 refused, 3 the server has it */
  gint64 made_us;
  char *activity_id; /* (nullable) */
  char *verb;        /* (nullable) */
  char *code;        /* (nullable) */
  char *parameters;  /* (nullable) */
} BelayStoreLine;

#define BELAY_TYPE_STORE_VIEW (belay_store_view_get_type ())

/* All that an account shows, as the database had it at one moment. */
typedef struct
{
  BelayPersonCard *person; /* (nullable): before the first sync */
  GPtrArray *enrolments;   /* (element-type BelayStoreEnrolment) */
  GHashTable *modules;     /* id -> BelayStoreModule */
  GPtrArray *downloads;    /* (element-type BelayStoredDownload) */
  GPtrArray *reports;      /* (element-type BelayReport) */
  GPtrArray *companions;   /* (element-type BelayCompanion) */
  GPtrArray *recent;       /* (element-type BelayStoreLine): newest first */
  GPtrArray *refused;      /* (element-type BelayStoreLine): newest first */
  guint waiting;
  guint on_the_way;
  gint64 last_contact_us;
  gint64 quota_bytes;
} BelayStoreView;

GType belay_store_view_get_type (void) G_GNUC_CONST;
BelayStoreView *belay_store_view_ref (BelayStoreView *self);
void belay_store_view_unref (BelayStoreView *self);
const BelayModule *belay_store_view_find_module (const BelayStoreView *self,
                                                 const char *module_id);
const BelayStoredDownload *belay_store_view_find_download (const BelayStoreView *self,
                                                           const char *module_id);

DexFuture *belay_store_load_view (BelayStore *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_begin_attempt (BelayStore *self,
                                      const char *module_id,
                                      gboolean anew) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStoreView, belay_store_view_unref)

G_END_DECLS
