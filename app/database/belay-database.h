/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define BELAY_DATABASE_ERROR (belay_database_error_quark ())

typedef enum
{
  BELAY_DATABASE_ERROR_FAILED,
  BELAY_DATABASE_ERROR_FULL,       /* no room left on the disk */
  BELAY_DATABASE_ERROR_BUSY,       /* another process holds it */
  BELAY_DATABASE_ERROR_CORRUPT,    /* not a database, or damaged */
  BELAY_DATABASE_ERROR_NEWER,      /* written by a newer Belay */
  BELAY_DATABASE_ERROR_CONSTRAINT, /* a rule of the schema was broken */
} BelayDatabaseError;

GQuark belay_database_error_quark (void);

/* One connection; used by one thread at a time. */
typedef struct _BelayDatabase BelayDatabase;

/* A statement of that connection, prepared once and kept; borrowed until the next query of the same text. */
typedef struct _BelayQuery BelayQuery;

BelayDatabase *belay_database_open (const char *path,
                                    GError **error);
BelayDatabase *belay_database_open_read_only (const char *path,
                                              GError **error);
void belay_database_close (BelayDatabase *self);
sqlite3 *belay_database_get_handle (BelayDatabase *self);

gboolean belay_database_execute (BelayDatabase *self,
                                 const char *sql,
                                 GError **error);
gboolean belay_database_begin (BelayDatabase *self,
                               GError **error);
gboolean belay_database_begin_reading (BelayDatabase *self,
                                       GError **error);
gboolean belay_database_is_in_transaction (BelayDatabase *self);
gboolean belay_database_commit (BelayDatabase *self,
                                GError **error);
void belay_database_rollback (BelayDatabase *self);
gboolean belay_database_savepoint (BelayDatabase *self,
                                   GError **error);
gboolean belay_database_release (BelayDatabase *self,
                                 GError **error);
void belay_database_rollback_to_savepoint (BelayDatabase *self);
gint64 belay_database_get_changes (BelayDatabase *self);
gint64 belay_database_get_version (BelayDatabase *self,
                                   GError **error);
gboolean belay_database_set_version (BelayDatabase *self,
                                     gint64 version,
                                     GError **error);
gboolean belay_database_announce (BelayDatabase *self,
                                  gint64 number,
                                  GError **error);
gboolean belay_database_get_announced (BelayDatabase *self,
                                       gint64 *number,
                                       GError **error);

BelayQuery *belay_database_query (BelayDatabase *self,
                                  const char *sql);
void belay_query_bind_int (BelayQuery *self,
                           int index,
                           gint64 value);
void belay_query_bind_text (BelayQuery *self,
                            int index,
                            const char *value);
void belay_query_bind_bytes (BelayQuery *self,
                             int index,
                             GBytes *value);
gboolean belay_query_next (BelayQuery *self,
                           GError **error);
gboolean belay_query_run (BelayQuery *self,
                          GError **error);
gint64 belay_query_get_int (BelayQuery *self,
                            int column);
const char *belay_query_get_text (BelayQuery *self,
                                  int column);
char *belay_query_dup_text (BelayQuery *self,
                            int column);
GBytes *belay_query_dup_bytes (BelayQuery *self,
                               int column);
gboolean belay_query_is_null (BelayQuery *self,
                              int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDatabase, belay_database_close)

G_END_DECLS
