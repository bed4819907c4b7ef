/* belay-work-xapi.c: a request to the LRS, in a transaction, for a caller whose scopes are known
 *
 * A person's own device may write and read its person's statements and documents, and nobody else's. Another
 * system has the scopes that its key was made with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-work-xapi.h"

#include <string.h>

#include "belay-db-people.h"
#include "belay-token.h"
#include "belay-work-error.h"
#include "belay-work-fold.h"
#include "belay-work-grants.h"
#include "belay-work-up.h"

#define DEVICE_SCOPES                                                                                                  \
  (BELAY_XAPI_SCOPE_WRITE_STATEMENTS | BELAY_XAPI_SCOPE_READ_OWN | BELAY_XAPI_SCOPE_STATE | BELAY_XAPI_SCOPE_PROFILES)

typedef struct
{
  BelayServerContext *context;
  BelayWorkXapiCall *call;
} Job;

static BelayWorkXapiReply *
reply_ref (BelayWorkXapiReply *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

static void
reply_unref (BelayWorkXapiReply *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  belay_xapi_reply_free (self->reply);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (BelayWorkXapiReply, belay_work_xapi_reply, reply_ref, reply_unref)

void
belay_work_xapi_call_free (BelayWorkXapiCall *self)
{
  g_free (self->person);
  g_free (self->credential);
  g_free (self->secret);
  g_free (self->method);
  g_free (self->endpoint);
  g_free (self->path);
  g_free (self->query);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
job_free (Job *self)
{
  belay_work_xapi_call_free (self->call);
  g_free (self);
}

static gboolean
is_secret (const BelayDbCredential *credential,
           const char *secret)
{
  g_autofree char *hash = belay_token_hash (secret);

  /* Hashes of random secrets: how long the comparison takes tells nothing that helps */
  return g_str_equal (hash, credential->secret_hash);
}

static BelayXapiScopes
parse_scopes (const char *text)
{
  static const struct
  {
    const char *name;
    BelayXapiScopes scope;
  } names[] = { { "all", BELAY_XAPI_SCOPE_ALL },           { "write", BELAY_XAPI_SCOPE_WRITE_STATEMENTS },
                { "read-own", BELAY_XAPI_SCOPE_READ_OWN }, { "read", BELAY_XAPI_SCOPE_READ_ALL },
                { "state", BELAY_XAPI_SCOPE_STATE },       { "profiles", BELAY_XAPI_SCOPE_PROFILES },
                { "define", BELAY_XAPI_SCOPE_DEFINE } };
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  BelayXapiScopes scopes = BELAY_XAPI_SCOPE_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strv_contains ((const char *const *) words, names[i].name))
      scopes |= names[i].scope;

  return scopes;
}

/* @authority: (out): JSON that @caller borrows */
static gboolean
admit_system (BelayDbTransaction *tx,
              const BelayWorkXapiCall *call,
              BelayXapiCaller *caller,
              char **authority,
              GError **error)
{
  g_autoptr (BelayDbCredential) credential = NULL;

  if (!belay_db_credential_get (tx, call->credential, &credential, error))
    return FALSE;
  if (credential == NULL || !is_secret (credential, call->secret))
    {
      g_propagate_error (error, belay_work_error_new (BELAY_WORK_ERROR_UNAUTHENTICATED, NULL, NULL));
      return FALSE;
    }

  *authority =
    g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"key:%s\"}}",
                     belay_db_get_organisation_id (tx), credential->id);
  caller->authority = *authority;
  caller->scopes = parse_scopes (credential->scopes);

  return TRUE;
}

static gboolean
admit_person (BelayDbTransaction *tx,
              const BelayWorkXapiCall *call,
              BelayXapiCaller *caller,
              char **authority,
              GError **error)
{
  g_autoptr (BelayGrants) grants = belay_work_grants_load (tx, call->person, error);
  BelayTarget own = { .person_id = call->person };

  if (grants == NULL || !belay_work_may (tx, grants, BELAY_ACT_READ, BELAY_OBJECT_STATEMENT, own, error)
      || !belay_work_may (tx, grants, BELAY_ACT_ADD, BELAY_OBJECT_STATEMENT, own, error)
      || !belay_work_may (tx, grants, BELAY_ACT_CHANGE, BELAY_OBJECT_STATE, own, error))
    return FALSE;

  *authority = belay_work_agent_json (tx, call->person);
  caller->authority = *authority;
  caller->limit_actor = *authority;
  caller->person_id = call->person;
  caller->scopes = DEVICE_SCOPES;

  return TRUE;
}

static DexFuture *
handle (BelayDbTransaction *tx,
        gpointer user_data)
{
  Job *job = user_data;
  const BelayWorkXapiCall *call = job->call;
  BelayXapiRequest request = { .method = call->method,
                               .endpoint = call->endpoint,
                               .path = call->path,
                               .query = call->query,
                               .headers = call->headers,
                               .body = call->body };
  BelayXapiCaller caller = { .speak = call->speak };
  g_autofree char *authority = NULL;
  BelayWorkXapiReply *reply;
  GError *error = NULL;
  gboolean is_admitted;

  is_admitted = call->person != NULL ? admit_person (tx, call, &caller, &authority, &error)
                                     : admit_system (tx, call, &caller, &authority, &error);
  if (!is_admitted)
    return dex_future_new_for_error (error);

  belay_work_fold_listen (tx);
  reply = g_new0 (BelayWorkXapiReply, 1);
  g_atomic_ref_count_init (&reply->references);
  reply->reply = belay_xapi_handle (belay_db_get_statements (tx), &caller, &request, belay_db_get_clock (tx), &error);
  if (reply->reply == NULL)
    {
      g_free (reply);
      return dex_future_new_for_error (error);
    }

  return dex_future_new_take_boxed (BELAY_TYPE_XAPI_REPLY, reply);
}

/**
 * belay_work_xapi:
 * @call: (transfer full)
 *
 * Returns: (transfer full): resolves, after the commit, to a %BELAY_TYPE_XAPI_REPLY
 */
DexFuture *
belay_work_xapi (BelayServerContext *context,
                 BelayWorkXapiCall *call)
{
  BelayXapiRequest request = { .method = call->method, .path = call->path, .query = call->query };
  Job *job = g_new0 (Job, 1);

  job->context = context;
  job->call = call;
  if (belay_xapi_request_writes (&request))
    return belay_db_write (context->db, handle, job, (GDestroyNotify) job_free);

  return belay_db_read (context->db, handle, job, (GDestroyNotify) job_free);
}
