/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-store.h"

G_BEGIN_DECLS

#define BELAY_TYPE_ACCOUNT_RECORD (belay_account_record_get_type ())

/* Who is signed in. */
typedef struct
{
  char *address;
  char *organisation_id;
  char *organisation_name;
  char *person_id;
  char *name;
  char *email;
  char *device_id;
  char *epoch;            /* (nullable) */
  gint64 last_contact_us; /* 0: never */
  gint64 quota_bytes;
  GPtrArray *keys; /* (element-type BelayOrganisationKey), owned: pinned */
} BelayAccountRecord;

GType belay_account_record_get_type (void) G_GNUC_CONST;
BelayAccountRecord *belay_account_record_new (void);
BelayAccountRecord *belay_account_record_copy (const BelayAccountRecord *self);
void belay_account_record_free (BelayAccountRecord *self);

DexFuture *belay_store_load_account (BelayStore *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_save_account (BelayStore *self,
                                     const BelayAccountRecord *record) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_store_set_quota (BelayStore *self,
                                  gint64 bytes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayAccountRecord, belay_account_record_free)

G_END_DECLS
