/* belay-db-people.c: the organisation, its people and their grants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-db-people.h"

#include "belay-db-sqlite.h"

void
belay_db_organisation_free (BelayDbOrganisation *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->epoch);
  g_free (self);
}

BelayDbPerson *
belay_db_person_copy (const BelayDbPerson *self)
{
  BelayDbPerson *copy = g_new0 (BelayDbPerson, 1);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->time_zone = g_strdup (self->time_zone);
  copy->heard = self->heard;

  return copy;
}

void
belay_db_person_free (BelayDbPerson *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->time_zone);
  g_free (self);
}

void
belay_db_grant_free (BelayDbGrant *self)
{
  g_free (self->role);
  g_free (self->scope);
  g_free (self->scope_id);
  g_free (self);
}

/**
 * belay_db_organisation_add:
 *
 * Begins the database's organisation, in a new epoch.
 */
gboolean
belay_db_organisation_add (BelayDbTransaction *tx,
                           const char *id,
                           const char *name,
                           const char *epoch,
                           GError **error)
{
  if (!belay_sqlite_run (tx, error, "INSERT INTO organisation (id, name, epoch, made) VALUES (?, ?, ?, ?)", "ttti", id,
                         name, epoch, belay_db_now (tx)))
    return FALSE;

  g_set_str (&tx->organisation, id);
  return TRUE;
}

gboolean
belay_db_organisation_get (BelayDbTransaction *tx,
                           BelayDbOrganisation **organisation,
                           GError **error)
{
  BelayQuery *query = belay_sqlite_query (tx, "SELECT id, name, epoch FROM organisation WHERE id = ?", "o");
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *organisation = NULL;
  if (had_row)
    {
      *organisation = g_new0 (BelayDbOrganisation, 1);
      (*organisation)->id = belay_query_dup_text (query, 0);
      (*organisation)->name = belay_query_dup_text (query, 1);
      (*organisation)->epoch = belay_query_dup_text (query, 2);
    }

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

/**
 * belay_db_person_put:
 *
 * Adds a person, or changes the name and time zone of the one with that id.
 */
gboolean
belay_db_person_put (BelayDbTransaction *tx,
                     const BelayDbPerson *person,
                     GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO person (organisation, id, name, email, time_zone, made)"
                           " VALUES (?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT (organisation, id) DO UPDATE SET name = excluded.name,"
                           " time_zone = excluded.time_zone",
                           "otttti", person->id, person->name, person->email, person->time_zone, belay_db_now (tx));
}

static BelayDbPerson *
read_person (BelayQuery *query)
{
  BelayDbPerson *person = g_new0 (BelayDbPerson, 1);

  person->id = belay_query_dup_text (query, 0);
  person->name = belay_query_dup_text (query, 1);
  person->email = belay_query_dup_text (query, 2);
  person->time_zone = belay_query_dup_text (query, 3);
  person->heard = belay_query_get_int (query, 4);

  return person;
}

static gboolean
read_one_person (BelayQuery *query,
                 BelayDbPerson **person,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean had_row = belay_query_next (query, &local_error);

  *person = had_row ? read_person (query) : NULL;

  return belay_sqlite_finish (query, had_row, &local_error, error);
}

gboolean
belay_db_person_get (BelayDbTransaction *tx,
                     const char *id,
                     BelayDbPerson **person,
                     GError **error)
{
  return read_one_person (belay_sqlite_query (tx,
                                              "SELECT id, name, email, time_zone, heard FROM person"
                                              " WHERE organisation = ? AND id = ?",
                                              "ot", id),
                          person, error);
}

/**
 * belay_db_person_get_by_email:
 * @email: in lower case
 */
gboolean
belay_db_person_get_by_email (BelayDbTransaction *tx,
                              const char *email,
                              BelayDbPerson **person,
                              GError **error)
{
  return read_one_person (belay_sqlite_query (tx,
                                              "SELECT id, name, email, time_zone, heard FROM person"
                                              " WHERE organisation = ? AND email = ?",
                                              "ot", email),
                          person, error);
}

/**
 * belay_db_person_list:
 *
 * Returns: (transfer full) (nullable) (element-type BelayDbPerson): all, by name
 */
GPtrArray *
belay_db_person_list (BelayDbTransaction *tx,
                      GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_db_person_free);
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT id, name, email, time_zone, heard FROM person"
                                          " WHERE organisation = ? ORDER BY name, id",
                                          "o");
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    g_ptr_array_add (people, read_person (query));

  return belay_sqlite_finish (query, FALSE, &local_error, error) ? g_steal_pointer (&people) : NULL;
}

gboolean
belay_db_person_set_heard (BelayDbTransaction *tx,
                           const char *id,
                           gint64 heard,
                           GError **error)
{
  return belay_sqlite_run (tx, error, "UPDATE person SET heard = ? WHERE organisation = ? AND id = ?", "iot", heard,
                           id);
}

/**
 * belay_db_grant_add:
 * @scope_id: of the pod, cohort, programme or organisation; "" where the scope needs none
 */
gboolean
belay_db_grant_add (BelayDbTransaction *tx,
                    const char *person,
                    const char *role,
                    const char *scope,
                    const char *scope_id,
                    GError **error)
{
  return belay_sqlite_run (tx, error,
                           "INSERT INTO role_grant (organisation, person, role, scope, scope_id, since)"
                           " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM role_grant"
                           " WHERE organisation = ?1 AND person = ?2 AND role = ?3 AND scope = ?4 AND scope_id = ?5"
                           " AND (until IS NULL OR until > ?6))",
                           "otttti", person, role, scope, scope_id, belay_db_now (tx));
}

/**
 * belay_db_grant_list:
 *
 * Returns: (transfer full) (nullable) (element-type BelayDbGrant): those in force now
 */
GPtrArray *
belay_db_grant_list (BelayDbTransaction *tx,
                     const char *person,
                     GError **error)
{
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_db_grant_free);
  BelayQuery *query = belay_sqlite_query (tx,
                                          "SELECT DISTINCT role, scope, scope_id FROM role_grant WHERE organisation = ?"
                                          " AND person = ? AND since <= ?3 AND (until IS NULL OR until > ?3)",
                                          "oti", person, belay_db_now (tx));
  g_autoptr (GError) local_error = NULL;

  while (belay_query_next (query, &local_error))
    {
      BelayDbGrant *grant = g_new0 (BelayDbGrant, 1);

      grant->role = belay_query_dup_text (query, 0);
      grant->scope = belay_query_dup_text (query, 1);
      grant->scope_id = belay_query_dup_text (query, 2);
      g_ptr_array_add (grants, grant);
    }

  return belay_sqlite_finish (query, FALSE, &local_error, error) ? g_steal_pointer (&grants) : NULL;
}

/**
 * belay_db_manager_set:
 * @manager: (nullable): from now on; what was before stays known
 */
gboolean
belay_db_manager_set (BelayDbTransaction *tx,
                      const char *person,
                      const char *manager,
                      GError **error)
{
  g_autofree char *before = NULL;

  if (!belay_db_manager_get (tx, person, &before, error))
    return FALSE;
  if (g_strcmp0 (before, manager) == 0)
    return TRUE;
  if (!belay_sqlite_run (tx, error,
                         "UPDATE reports_to SET until = ? WHERE organisation = ? AND person = ? AND until IS NULL",
                         "iot", belay_db_now (tx), person))
    return FALSE;

  return manager == NULL
         || belay_sqlite_run (tx, error,
                              "INSERT INTO reports_to (organisation, person, manager, since) VALUES (?, ?, ?, ?)",
                              "otti", person, manager, belay_db_now (tx));
}

gboolean
belay_db_manager_get (BelayDbTransaction *tx,
                      const char *person,
                      char **manager,
                      GError **error)
{
  return belay_sqlite_get_text (belay_sqlite_query (tx,
                                                    "SELECT manager FROM reports_to WHERE organisation = ?"
                                                    " AND person = ? AND until IS NULL",
                                                    "ot", person),
                                manager, error);
}

/**
 * belay_db_report_list:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of those who report to @manager now
 */
GPtrArray *
belay_db_report_list (BelayDbTransaction *tx,
                      const char *manager,
                      GError **error)
{
  return belay_sqlite_list_texts (belay_sqlite_query (tx,
                                                      "SELECT person FROM reports_to WHERE organisation = ?"
                                                      " AND manager = ? AND until IS NULL ORDER BY person",
                                                      "ot", manager),
                                  error);
}
