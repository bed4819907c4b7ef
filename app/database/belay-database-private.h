/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-database.h"

G_BEGIN_DECLS

/* What a kind of database must be able to do. Guards are in belay-database.c: here nothing is %NULL that
 * must not be. Instances begin with the two structs below, which belay-database.c fills in. */
typedef struct
{
  void (*close) (BelayDatabase *self);
  gboolean (*execute) (BelayDatabase *self, const char *sql, GError **error);
  gboolean (*begin) (BelayDatabase *self, GError **error);
  gboolean (*begin_reading) (BelayDatabase *self, GError **error);
  gboolean (*commit) (BelayDatabase *self, GError **error);
  gboolean (*is_in_transaction) (BelayDatabase *self);
  gint64 (*get_changes) (BelayDatabase *self);
  /* -1 with @error where it cannot be read */
  gint64 (*get_version) (BelayDatabase *self, GError **error);
  gboolean (*set_version) (BelayDatabase *self, gint64 version, GError **error);
  gboolean (*announce) (BelayDatabase *self, gint64 number, GError **error);
  gboolean (*get_announced) (BelayDatabase *self, gint64 *number, GError **error);

  BelayQuery *(*query_new) (BelayDatabase *self, const char *sql);
  void (*query_free) (BelayQuery *query);
  /* Without parameters and before its first row */
  void (*query_reset) (BelayQuery *query);
  void (*bind_int) (BelayQuery *query, int index, gint64 value);
  void (*bind_text) (BelayQuery *query, int index, const char *value);
  void (*bind_bytes) (BelayQuery *query, int index, GBytes *value);
  gboolean (*next) (BelayQuery *query, GError **error);
  gint64 (*get_int) (BelayQuery *query, int column);
  const char *(*get_text) (BelayQuery *query, int column);
  GBytes *(*dup_bytes) (BelayQuery *query, int column);
  gboolean (*is_null) (BelayQuery *query, int column);
} BelayDatabaseBackend;

struct _BelayDatabase
{
  const BelayDatabaseBackend *backend;
  GHashTable *queries; /* (owned) text -> (owned) BelayQuery */
};

struct _BelayQuery
{
  BelayDatabase *database; /* unowned */
};

void belay_database_init (BelayDatabase *self,
                          const BelayDatabaseBackend *backend);

G_END_DECLS
