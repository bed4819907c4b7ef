/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"
#include "belay-xapi-storage.h"

G_BEGIN_DECLS

/* What a caller may do (1.0.3 Communication 4.2 has the like). */
typedef enum
{
  BELAY_XAPI_SCOPE_NONE = 0,
  BELAY_XAPI_SCOPE_WRITE_STATEMENTS = 1 << 0,
  BELAY_XAPI_SCOPE_READ_OWN = 1 << 1, /* statements with the caller's authority */
  BELAY_XAPI_SCOPE_READ_ALL = 1 << 2,
  BELAY_XAPI_SCOPE_STATE = 1 << 3,
  BELAY_XAPI_SCOPE_PROFILES = 1 << 4,
  BELAY_XAPI_SCOPE_DEFINE = 1 << 5, /* what its statements say of activities and verbs becomes canonical */
  BELAY_XAPI_SCOPE_ALL = (1 << 6) - 1,
} BelayXapiScopes;

typedef enum
{
  BELAY_XAPI_SPEAK_BOTH,  /* 2.0, and 1.0.x to who asks for it: `/xapi/` */
  BELAY_XAPI_SPEAK_1_0_3, /* `/xapi/1.0.3/` */
} BelayXapiSpeak;

/* What is accepted at most; 0 is the default of that limit. */
typedef struct
{
  gsize statement_bytes;  /* 256 KiB */
  gsize body_bytes;       /* 8 MiB */
  gsize attachment_bytes; /* 8 MiB */
  gsize document_bytes;   /* 1 MiB */
  guint batch;            /* 500 statements */
  guint page;             /* 100 statements */
} BelayXapiLimits;

/* Who calls, as the host has found out. All is borrowed. */
typedef struct
{
  const char *authority; /* JSON of the Agent, or Group of two, that becomes the statements' authority */
  BelayXapiScopes scopes;
  BelayXapiSpeak speak;
  BelayXapiLimits limits;
  const char *person_id; /* (nullable): handed to the stored hook */

  /* A launched activity may only speak of these; %NULL leaves it free */
  const char *limit_actor;        /* JSON of an Agent */
  const char *limit_registration; /* UUID */
  const char *limit_activity;     /* IRI: for state and activity profiles */
} BelayXapiCaller;

/* A request as HTTP brought it, after its Content-Encoding was undone. */
typedef struct
{
  const char *method;   /* in upper case */
  const char *endpoint; /* the path of the endpoint without a slash at its end, such as `/xapi`: for `more` links */
  const char *path;     /* what follows, without a slash at either end, not decoded: `statements` */
  const char *query;    /* (nullable): what follows `?`, not decoded */
  GHashTable *headers;  /* name in lower case -> value */
  GBytes *body;         /* (nullable) */
} BelayXapiRequest;

typedef struct
{
  char *name;
  char *value;
} BelayXapiHeader;

typedef struct
{
  guint status;
  GPtrArray *headers; /* (element-type BelayXapiHeader) */
  GBytes *body;       /* (nullable); of a HEAD request too: its length is to be told, it is not to be sent */
} BelayXapiReply;

typedef enum
{
  BELAY_XAPI_VERDICT_STORED,
  BELAY_XAPI_VERDICT_DUPLICATE, /* its id is known, with the same contents, or erased */
  BELAY_XAPI_VERDICT_DIFFERENT, /* its id is known with other contents */
  BELAY_XAPI_VERDICT_FORBIDDEN, /* outside the caller's scopes or limits */
  BELAY_XAPI_VERDICT_MALFORMED, /* of itself right, but not here (it voids what voids, or has unsent attachments) */
  BELAY_XAPI_VERDICT_FAILED,    /* with an error: undo the transaction */
} BelayXapiVerdict;

gboolean belay_xapi_request_writes (const BelayXapiRequest *request);
gboolean belay_xapi_request_find_authorization (const BelayXapiRequest *request,
                                                char **authorization);
BelayXapiReply *belay_xapi_handle (BelayXapiStorage *storage,
                                   const BelayXapiCaller *caller,
                                   const BelayXapiRequest *request,
                                   BelayClock *clock,
                                   GError **error);
BelayXapiVerdict belay_xapi_store (BelayXapiStorage *storage,
                                   const BelayXapiCaller *caller,
                                   const BelayStatement *statement,
                                   BelayClock *clock,
                                   BelayStatementProblem *problem,
                                   GError **error);

BelayXapiReply *belay_xapi_refuse (const BelayXapiRequest *request,
                                   BelayXapiSpeak speak,
                                   guint status,
                                   const char *sentence);
void belay_xapi_reply_free (BelayXapiReply *reply);
const char *belay_xapi_reply_get_header (const BelayXapiReply *reply,
                                         const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayXapiReply, belay_xapi_reply_free)

G_END_DECLS
