/* belay-database-postgresql.c: a connection to PostgreSQL
 *
 * Writers take turns: a transaction that writes first takes a lock that all of Belay's processes know, and
 * holds it until its commit. So sequence numbers become visible in their order, no reader steps over one that
 * commits late, and no two transactions wait for each other. A write thread gathers what waits for it into
 * one commit, which is what keeps this fast enough; readers never wait.
 *
 * A lost connection fails what was under way; the next transaction connects anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-database-postgresql.h"

#include <libpq-fe.h>
#include <string.h>

#include "belay-database-private.h"
#include "belay-postgresql-sql.h"

/* "belay" in ASCII: what writers lock */
#define WRITERS "422758769017"

/* Who hangs with the lock in hand is put out before others give up */
#define SETUP                                                                                                          \
  "SET client_min_messages = warning; SET standard_conforming_strings = on; SET lock_timeout = '60s';"                 \
  "SET idle_in_transaction_session_timeout = '45s'; SET bytea_output = hex; SET synchronous_commit = on"

/* Types as PostgreSQL numbers them (pg_type.dat) */
#define TYPE_UNKNOWN 0
#define TYPE_BYTES 17
#define TYPE_INT 20
#define TYPE_TEXT 25

typedef struct
{
  BelayDatabase database;
  PGconn *connection;
  guint connected; /* how many times; what was prepared before is gone */
  guint n_prepared;
  gint64 changes;
} PostgresqlDatabase;

typedef struct
{
  Oid type;
  char *text;    /* (nullable) */
  GBytes *bytes; /* (nullable) */
} Parameter;

typedef struct
{
  BelayQuery query;
  char *sql; /* translated */
  char *name;
  guint connected; /* under which connection it was prepared; 0 for none */
  GArray *parameters;
  PGresult *result; /* (nullable): before the first step */
  int row;
} PostgresqlQuery;

/* ---- errors ---- */

static BelayDatabaseError
error_code (const char *state)
{
  if (state == NULL || g_str_has_prefix (state, "08") || g_str_has_prefix (state, "57"))
    return BELAY_DATABASE_ERROR_BUSY;
  if (g_str_has_prefix (state, "23"))
    return BELAY_DATABASE_ERROR_CONSTRAINT;
  if (g_str_has_prefix (state, "53"))
    return BELAY_DATABASE_ERROR_FULL;
  if (g_str_has_prefix (state, "55") || g_str_has_prefix (state, "40"))
    return BELAY_DATABASE_ERROR_BUSY;
  if (g_str_has_prefix (state, "XX"))
    return BELAY_DATABASE_ERROR_CORRUPT;

  return BELAY_DATABASE_ERROR_FAILED;
}

/* @result: (nullable): %NULL where there was not even an answer */
static void
set_error (PostgresqlDatabase *self,
           const PGresult *result,
           GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *message = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  g_autofree char *told = g_strdup (message != NULL ? message : PQerrorMessage (self->connection));

  g_set_error (error, BELAY_DATABASE_ERROR, (int) error_code (state), "PostgreSQL said: %s", g_strstrip (told));
}

static gboolean
is_fine (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* ---- connection and transactions ---- */

static gboolean
run (PostgresqlDatabase *self,
     const char *sql,
     GError **error)
{
  PGresult *result = PQexec (self->connection, sql);
  gboolean is_done = is_fine (result);

  if (!is_done)
    set_error (self, result, error);
  PQclear (result);

  return is_done;
}

static gboolean
set_up (PostgresqlDatabase *self,
        GError **error)
{
  if (PQstatus (self->connection) != CONNECTION_OK)
    {
      g_autofree char *told = g_strdup (PQerrorMessage (self->connection));

      g_set_error (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_BUSY,
                   "PostgreSQL cannot be reached: %s. Is it running, and is the address right?", g_strstrip (told));
      return FALSE;
    }
  self->connected++;

  return run (self, SETUP, error);
}

static gboolean
reach (PostgresqlDatabase *self,
       GError **error)
{
  if (PQstatus (self->connection) == CONNECTION_OK)
    return TRUE;

  PQreset (self->connection);
  return set_up (self, error);
}

static void
postgresql_close (BelayDatabase *database)
{
  PQfinish (((PostgresqlDatabase *) database)->connection);
}

static gboolean
postgresql_execute (BelayDatabase *database,
                    const char *sql,
                    GError **error)
{
  guint n_parameters;
  g_autofree char *translated = belay_postgresql_translate (sql, &n_parameters);

  return run ((PostgresqlDatabase *) database, translated, error);
}

static gboolean
postgresql_is_in_transaction (BelayDatabase *database)
{
  PGTransactionStatusType status = PQtransactionStatus (((PostgresqlDatabase *) database)->connection);

  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

/* A connection may have been lost unseen while nobody used it: nothing is lost by trying once more */
static gboolean
begin (PostgresqlDatabase *self,
       const char *sql,
       GError **error)
{
  if (!reach (self, error))
    return FALSE;
  if (run (self, sql, NULL))
    return TRUE;
  if (postgresql_is_in_transaction (&self->database))
    run (self, "ROLLBACK", NULL);

  return reach (self, error) && run (self, sql, error);
}

static gboolean
postgresql_begin (BelayDatabase *database,
                  GError **error)
{
  PostgresqlDatabase *self = (PostgresqlDatabase *) database;

  if (begin (self, "BEGIN; SELECT pg_advisory_xact_lock (" WRITERS ")", error))
    return TRUE;

  if (postgresql_is_in_transaction (database))
    run (self, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
postgresql_begin_reading (BelayDatabase *database,
                          GError **error)
{
  return begin ((PostgresqlDatabase *) database, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
}

static gboolean
postgresql_commit (BelayDatabase *database,
                   GError **error)
{
  PostgresqlDatabase *self = (PostgresqlDatabase *) database;

  /* PostgreSQL answers COMMIT without an error also where it rolls back */
  if (PQtransactionStatus (self->connection) != PQTRANS_INTRANS)
    {
      g_set_error (
        error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_BUSY,
        "The transaction was undone before its end: the connection to PostgreSQL was lost, or a part failed.");
      return FALSE;
    }

  return run (self, "COMMIT", error);
}

static gint64
postgresql_get_changes (BelayDatabase *database)
{
  return ((PostgresqlDatabase *) database)->changes;
}

/* ---- schema and announcements ---- */

static gboolean
read_number (PostgresqlDatabase *self,
             const char *sql,
             gint64 *number,
             GError **error)
{
  PGresult *result = PQexec (self->connection, sql);
  gboolean is_done = is_fine (result);

  *number = 0;
  if (!is_done)
    set_error (self, result, error);
  else if (PQntuples (result) > 0)
    *number = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
  PQclear (result);

  return is_done;
}

static gint64
postgresql_get_version (BelayDatabase *database,
                        GError **error)
{
  PostgresqlDatabase *self = (PostgresqlDatabase *) database;
  gint64 has_table = 0;
  gint64 version = 0;

  if (!reach (self, error)
      || !read_number (self, "SELECT (to_regclass ('belay_schema') IS NOT NULL)::int", &has_table, error)
      || (has_table != 0 && !read_number (self, "SELECT version FROM belay_schema", &version, error)))
    return -1;

  return version;
}

/* A sequence is no part of a transaction: what is set is seen by all, at once and for good */
static gboolean
postgresql_set_version (BelayDatabase *database,
                        gint64 version,
                        GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("CREATE TABLE IF NOT EXISTS belay_schema (version BIGINT NOT NULL);"
                     "CREATE SEQUENCE IF NOT EXISTS belay_announced MINVALUE 0 START 0;"
                     "DELETE FROM belay_schema; INSERT INTO belay_schema VALUES (%" G_GINT64_FORMAT ")",
                     version);

  return run ((PostgresqlDatabase *) database, sql, error);
}

static gboolean
postgresql_announce (BelayDatabase *database,
                     gint64 number,
                     GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT setval ('belay_announced', %" G_GINT64_FORMAT ")", number);

  return run ((PostgresqlDatabase *) database, sql, error);
}

static gboolean
postgresql_get_announced (BelayDatabase *database,
                          gint64 *number,
                          GError **error)
{
  return read_number ((PostgresqlDatabase *) database, "SELECT last_value FROM belay_announced", number, error);
}

/* ---- queries ---- */

static void
clear_parameter (gpointer data)
{
  Parameter *parameter = data;

  parameter->type = TYPE_UNKNOWN;
  g_clear_pointer (&parameter->text, g_free);
  g_clear_pointer (&parameter->bytes, g_bytes_unref);
}

static BelayQuery *
postgresql_query_new (BelayDatabase *database,
                      const char *sql)
{
  PostgresqlDatabase *self = (PostgresqlDatabase *) database;
  PostgresqlQuery *query = g_new0 (PostgresqlQuery, 1);
  guint n_parameters;

  query->sql = belay_postgresql_translate (sql, &n_parameters);
  query->name = g_strdup_printf ("belay%u", ++self->n_prepared);
  query->parameters = g_array_sized_new (FALSE, TRUE, sizeof (Parameter), n_parameters);
  g_array_set_size (query->parameters, n_parameters);
  g_array_set_clear_func (query->parameters, clear_parameter);

  return &query->query;
}

static void
postgresql_query_free (BelayQuery *query)
{
  PostgresqlQuery *self = (PostgresqlQuery *) query;

  g_clear_pointer (&self->result, PQclear);
  g_array_unref (self->parameters);
  g_free (self->name);
  g_free (self->sql);
  g_free (self);
}

static void
postgresql_query_reset (BelayQuery *query)
{
  PostgresqlQuery *self = (PostgresqlQuery *) query;

  g_clear_pointer (&self->result, PQclear);
  for (guint i = 0; i < self->parameters->len; i++)
    clear_parameter (&g_array_index (self->parameters, Parameter, i));
}

static Parameter *
find_parameter (BelayQuery *query,
                int index,
                Oid type)
{
  PostgresqlQuery *self = (PostgresqlQuery *) query;
  Parameter *parameter;

  g_assert (index >= 1 && index <= (int) self->parameters->len);

  parameter = &g_array_index (self->parameters, Parameter, index - 1);
  clear_parameter (parameter);
  parameter->type = type;

  return parameter;
}

static void
postgresql_bind_int (BelayQuery *query,
                     int index,
                     gint64 value)
{
  find_parameter (query, index, TYPE_INT)->text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static void
postgresql_bind_text (BelayQuery *query,
                      int index,
                      const char *value)
{
  find_parameter (query, index, TYPE_TEXT)->text = g_strdup (value);
}

static void
postgresql_bind_bytes (BelayQuery *query,
                       int index,
                       GBytes *value)
{
  find_parameter (query, index, TYPE_BYTES)->bytes = value != NULL ? g_bytes_ref (value) : NULL;
}

static gboolean
prepare (PostgresqlDatabase *self,
         PostgresqlQuery *query,
         GError **error)
{
  g_autofree Oid *types = g_new0 (Oid, query->parameters->len + 1);
  PGresult *result;
  gboolean is_done;

  if (query->connected == self->connected)
    return TRUE;

  for (guint i = 0; i < query->parameters->len; i++)
    types[i] = g_array_index (query->parameters, Parameter, i).type;
  result = PQprepare (self->connection, query->name, query->sql, (int) query->parameters->len, types);
  is_done = is_fine (result);
  if (is_done)
    query->connected = self->connected;
  else
    set_error (self, result, error);
  PQclear (result);

  return is_done;
}

static PGresult *
execute (PostgresqlDatabase *self,
         PostgresqlQuery *query)
{
  guint n = query->parameters->len;
  g_autofree const char **values = g_new0 (const char *, n + 1);
  g_autofree int *lengths = g_new0 (int, n + 1);
  g_autofree int *formats = g_new0 (int, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const Parameter *parameter = &g_array_index (query->parameters, Parameter, i);
      gsize length = 0;

      values[i] = parameter->text;
      if (parameter->bytes == NULL)
        continue;
      values[i] = g_bytes_get_data (parameter->bytes, &length);
      if (values[i] == NULL)
        values[i] = "";
      lengths[i] = (int) length;
      formats[i] = 1;
    }

  return PQexecPrepared (self->connection, query->name, (int) n, values, lengths, formats, 0);
}

static gboolean
start (PostgresqlDatabase *self,
       PostgresqlQuery *query,
       GError **error)
{
  if (!prepare (self, query, error))
    return FALSE;

  query->result = execute (self, query);
  query->row = -1;
  if (is_fine (query->result))
    {
      self->changes = g_ascii_strtoll (PQcmdTuples (query->result), NULL, 10);
      return TRUE;
    }

  set_error (self, query->result, error);
  g_clear_pointer (&query->result, PQclear);
  return FALSE;
}

static gboolean
postgresql_next (BelayQuery *query,
                 GError **error)
{
  PostgresqlQuery *self = (PostgresqlQuery *) query;

  if (self->result == NULL && !start ((PostgresqlDatabase *) query->database, self, error))
    return FALSE;
  if (++self->row < PQntuples (self->result))
    return TRUE;

  g_clear_pointer (&self->result, PQclear);
  return FALSE;
}

static gboolean
postgresql_is_null (BelayQuery *query,
                    int column)
{
  PostgresqlQuery *self = (PostgresqlQuery *) query;

  return self->result == NULL || PQgetisnull (self->result, self->row, column);
}

static const char *
postgresql_get_text (BelayQuery *query,
                     int column)
{
  PostgresqlQuery *self = (PostgresqlQuery *) query;

  return postgresql_is_null (query, column) ? NULL : PQgetvalue (self->result, self->row, column);
}

static gint64
postgresql_get_int (BelayQuery *query,
                    int column)
{
  const char *text = postgresql_get_text (query, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static GBytes *
postgresql_dup_bytes (BelayQuery *query,
                      int column)
{
  const char *text = postgresql_get_text (query, column);
  gsize length = 0;
  unsigned char *bytes = text != NULL ? PQunescapeBytea ((const unsigned char *) text, &length) : NULL;

  return g_bytes_new_with_free_func (bytes, length, PQfreemem, bytes);
}

static const BelayDatabaseBackend postgresql_backend = {
  .close = postgresql_close,
  .execute = postgresql_execute,
  .begin = postgresql_begin,
  .begin_reading = postgresql_begin_reading,
  .commit = postgresql_commit,
  .is_in_transaction = postgresql_is_in_transaction,
  .get_changes = postgresql_get_changes,
  .get_version = postgresql_get_version,
  .set_version = postgresql_set_version,
  .announce = postgresql_announce,
  .get_announced = postgresql_get_announced,
  .query_new = postgresql_query_new,
  .query_free = postgresql_query_free,
  .query_reset = postgresql_query_reset,
  .bind_int = postgresql_bind_int,
  .bind_text = postgresql_bind_text,
  .bind_bytes = postgresql_bind_bytes,
  .next = postgresql_next,
  .get_int = postgresql_get_int,
  .get_text = postgresql_get_text,
  .dup_bytes = postgresql_dup_bytes,
  .is_null = postgresql_is_null,
};

/**
 * belay_database_is_postgresql:
 *
 * Returns: whether @uri is of PostgreSQL's kind
 */
gboolean
belay_database_is_postgresql (const char *uri)
{
  g_return_val_if_fail (uri != NULL, FALSE);

  return g_str_has_prefix (uri, "postgresql://") || g_str_has_prefix (uri, "postgres://");
}

/**
 * belay_database_open_postgresql:
 * @uri: `postgresql://[user[:password]@][host][:port]/database[?parameters]`, as libpq takes it
 *
 * Opens a connection that reads and writes. What the password file or the environment of libpq say counts too.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with a #BelayDatabaseError
 */
BelayDatabase *
belay_database_open_postgresql (const char *uri,
                                GError **error)
{
  const char *const keywords[] = { "dbname", "client_encoding", "application_name", "connect_timeout", NULL };
  const char *const values[] = { uri, "UTF8", "belay", "10", NULL };
  PostgresqlDatabase *postgresql;
  g_autoptr (BelayDatabase) self = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  postgresql = g_new0 (PostgresqlDatabase, 1);
  self = &postgresql->database;
  belay_database_init (self, &postgresql_backend);
  postgresql->connection = PQconnectdbParams (keywords, values, 1);
  if (!set_up (postgresql, error))
    return NULL;

  return g_steal_pointer (&self);
}
