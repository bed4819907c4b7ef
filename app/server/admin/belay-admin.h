/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-db-people.h"
#include "belay-db-programmes.h"
#include "belay-server-config.h"
#include "belay-server-context.h"

G_BEGIN_DECLS

/* One run of the command line. */
typedef struct
{
  BelayServerConfig *config;
  BelayServerContext context;
} BelayAdmin;

/* A command's words, and what they did: the exit status, with an error where it is not 0. */
typedef gboolean (*BelayAdminCommand) (BelayAdmin *admin,
                                       int argc,
                                       char *argv[],
                                       GError **error);

void belay_admin_free (BelayAdmin *self);
gboolean belay_admin_open (BelayAdmin *self,
                           GError **error);
gpointer belay_admin_wait (DexFuture *future,
                           GError **error);
gboolean belay_admin_write (BelayAdmin *self,
                            BelayDbWork work,
                            gpointer user_data,
                            GError **error);
gboolean belay_admin_read (BelayAdmin *self,
                           BelayDbWork work,
                           gpointer user_data,
                           GError **error);
gboolean belay_admin_parse (const GOptionEntry *entries,
                            const char *words,
                            const char *summary,
                            int *argc,
                            char ***argv,
                            int least,
                            GError **error);
gboolean belay_admin_fail (GError **error,
                           const char *format,
                           ...) G_GNUC_PRINTF (2, 3);

gboolean belay_admin_init (BelayAdmin *self,
                           int argc,
                           char *argv[],
                           GError **error);
gboolean belay_admin_person (BelayAdmin *self,
                             int argc,
                             char *argv[],
                             GError **error);
gboolean belay_admin_course (BelayAdmin *self,
                             int argc,
                             char *argv[],
                             GError **error);
gboolean belay_admin_programme (BelayAdmin *self,
                                int argc,
                                char *argv[],
                                GError **error);
gboolean belay_admin_cohort (BelayAdmin *self,
                             int argc,
                             char *argv[],
                             GError **error);
gboolean belay_admin_key (BelayAdmin *self,
                          int argc,
                          char *argv[],
                          GError **error);
gboolean belay_admin_backup (BelayAdmin *self,
                             int argc,
                             char *argv[],
                             GError **error);
gboolean belay_admin_restore (BelayAdmin *self,
                              int argc,
                              char *argv[],
                              GError **error);
gboolean belay_admin_check (BelayAdmin *self,
                            int argc,
                            char *argv[],
                            GError **error);
gboolean belay_admin_demo (BelayAdmin *self,
                           int argc,
                           char *argv[],
                           GError **error);
gboolean belay_admin_serve (BelayAdmin *self,
                            int argc,
                            char *argv[],
                            GError **error);

/* Parts of the commands that the demo uses as well. */
gboolean belay_admin_do_init (BelayAdmin *self,
                              const char *name,
                              GError **error);
gboolean belay_admin_do_import_quietly (BelayAdmin *self,
                                        const char *path,
                                        const char *key,
                                        GError **error);
gboolean belay_admin_do_apply_programme (BelayAdmin *self,
                                         const char *path,
                                         gboolean force,
                                         GError **error);
char *belay_admin_do_cohort_code (BelayAdmin *self,
                                  const char *cohort_key,
                                  gint64 uses,
                                  gint64 days,
                                  GError **error);
char *belay_admin_do_key (BelayAdmin *self,
                          const char *name,
                          const char *scopes,
                          char **secret,
                          GError **error);

typedef struct
{
  char *name;
  char *email;
  char *roles;         /* (nullable): separated by spaces */
  char *manager;       /* (nullable): email */
  char *cohort;        /* (nullable): key */
  char *pod;           /* (nullable): key */
  char *buddy;         /* (nullable): email */
  char *time_zone;     /* (nullable) */
  char *password_hash; /* (nullable) */
} BelayAdminPerson;

void belay_admin_person_free (BelayAdminPerson *self);
GPtrArray *belay_admin_read_people (const char *path,
                                    GError **error);
gboolean belay_admin_do_put_people (BelayAdmin *self,
                                    GPtrArray *people,
                                    GError **error);
gboolean belay_admin_find_cohort (BelayDbTransaction *tx,
                                  const char *key,
                                  BelayDbCohort **cohort,
                                  GError **error);

typedef struct
{
  char *key;
  char *programme; /* key */
  char *title;     /* JSON: a language map */
  char *starts;    /* YYYY-MM-DD */
  char *time_zone;
} BelayAdminCohort;

gboolean belay_admin_do_put_cohort (BelayAdmin *self,
                                    const BelayAdminCohort *cohort,
                                    GError **error);
gboolean belay_admin_do_put_pod (BelayAdmin *self,
                                 const char *cohort,
                                 const char *key,
                                 const char *title,
                                 const char *mentor,
                                 GError **error);

G_END_DECLS
