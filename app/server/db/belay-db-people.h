/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db.h"

G_BEGIN_DECLS

/* Operations on the organisation, its people, and how they prove who they are. Each returns whether it
 * could be done; a thing that is not there is no error: it comes out as %NULL. */

typedef struct
{
  char *id;
  char *name;
  char *epoch;
} BelayDbOrganisation;

typedef struct
{
  char *id;
  char *name;
  char *email;
  char *time_zone;
  gint64 heard; /* -1: never */
} BelayDbPerson;

typedef struct
{
  char *id;
  char *person;
  char *name;
  char *public_key;
  gint64 expires;
} BelayDbDevice;

typedef struct
{
  char *cohort; /* (nullable) */
  char *pod;    /* (nullable) */
} BelayDbJoinCode;

typedef struct
{
  char *id;
  char *secret_hash;
  char *name;
  char *scopes;
} BelayDbCredential;

typedef struct
{
  char *role;
  char *scope;
  char *scope_id;
} BelayDbGrant;

void belay_db_organisation_free (BelayDbOrganisation *self);
BelayDbPerson *belay_db_person_copy (const BelayDbPerson *self);
void belay_db_person_free (BelayDbPerson *self);
void belay_db_device_free (BelayDbDevice *self);
void belay_db_join_code_free (BelayDbJoinCode *self);
void belay_db_credential_free (BelayDbCredential *self);
void belay_db_grant_free (BelayDbGrant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbOrganisation, belay_db_organisation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbPerson, belay_db_person_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbDevice, belay_db_device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbJoinCode, belay_db_join_code_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbCredential, belay_db_credential_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDbGrant, belay_db_grant_free)

gboolean belay_db_organisation_add (BelayDbTransaction *tx,
                                    const char *id,
                                    const char *name,
                                    const char *epoch,
                                    GError **error);
gboolean belay_db_organisation_get (BelayDbTransaction *tx,
                                    BelayDbOrganisation **organisation,
                                    GError **error);

gboolean belay_db_person_put (BelayDbTransaction *tx,
                              const BelayDbPerson *person,
                              GError **error);
gboolean belay_db_person_get (BelayDbTransaction *tx,
                              const char *id,
                              BelayDbPerson **person,
                              GError **error);
gboolean belay_db_person_get_by_email (BelayDbTransaction *tx,
                                       const char *email,
                                       BelayDbPerson **person,
                                       GError **error);
GPtrArray *belay_db_person_list (BelayDbTransaction *tx,
                                 GError **error);
gboolean belay_db_person_set_heard (BelayDbTransaction *tx,
                                    const char *id,
                                    gint64 heard,
                                    GError **error);

gboolean belay_db_password_put (BelayDbTransaction *tx,
                                const char *email,
                                const char *person,
                                const char *hash,
                                GError **error);
gboolean belay_db_password_get (BelayDbTransaction *tx,
                                const char *email,
                                char **person,
                                char **hash,
                                GError **error);

gboolean belay_db_device_put (BelayDbTransaction *tx,
                              const BelayDbDevice *device,
                              const char *token_hash,
                              GError **error);
gboolean belay_db_device_get (BelayDbTransaction *tx,
                              const char *id,
                              BelayDbDevice **device,
                              GError **error);
gboolean belay_db_device_get_by_token (BelayDbTransaction *tx,
                                       const char *token_hash,
                                       BelayDbDevice **device,
                                       GError **error);
gboolean belay_db_device_extend (BelayDbTransaction *tx,
                                 const char *id,
                                 gint64 expires,
                                 GError **error);
gboolean belay_db_device_sign_out (BelayDbTransaction *tx,
                                   const char *id,
                                   GError **error);

gboolean belay_db_grant_add (BelayDbTransaction *tx,
                             const char *person,
                             const char *role,
                             const char *scope,
                             const char *scope_id,
                             GError **error);
GPtrArray *belay_db_grant_list (BelayDbTransaction *tx,
                                const char *person,
                                GError **error);
gboolean belay_db_manager_set (BelayDbTransaction *tx,
                               const char *person,
                               const char *manager,
                               GError **error);
gboolean belay_db_manager_get (BelayDbTransaction *tx,
                               const char *person,
                               char **manager,
                               GError **error);
GPtrArray *belay_db_report_list (BelayDbTransaction *tx,
                                 const char *manager,
                                 GError **error);

gboolean belay_db_join_code_add (BelayDbTransaction *tx,
                                 const char *code_hash,
                                 const char *cohort,
                                 const char *pod,
                                 gint64 uses,
                                 gint64 expires,
                                 GError **error);
gboolean belay_db_join_code_take (BelayDbTransaction *tx,
                                  const char *code_hash,
                                  BelayDbJoinCode **code,
                                  GError **error);

gboolean belay_db_throttle_count (BelayDbTransaction *tx,
                                  const char *subject,
                                  gint64 *failures,
                                  gint64 *seconds_left,
                                  GError **error);
gboolean belay_db_throttle_add (BelayDbTransaction *tx,
                                const char *subject,
                                GError **error);
gboolean belay_db_throttle_clear (BelayDbTransaction *tx,
                                  const char *subject,
                                  GError **error);

gboolean belay_db_credential_add (BelayDbTransaction *tx,
                                  const BelayDbCredential *credential,
                                  GError **error);
gboolean belay_db_credential_get (BelayDbTransaction *tx,
                                  const char *id,
                                  BelayDbCredential **credential,
                                  GError **error);

G_END_DECLS
