/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-statement-private.h"
#include "belay-xapi-handler.h"
#include "belay-xapi-storage-private.h"

G_BEGIN_DECLS

/* A request, understood: what all resources need to answer it. Borrowed but for what says so. */
typedef struct
{
  BelayXapiStorage *storage;
  const BelayXapiCaller *caller;
  const BelayXapiRequest *request;
  BelayClock *clock;
  BelayXapiVersion version;
  const char *method;     /* what is asked for, after the alternate syntax is undone; GET for HEAD */
  GHashTable *parameters; /* name -> value, decoded */
  GHashTable *headers;    /* name in lower case -> value */
  GBytes *body;           /* never %NULL */
  BelayXapiReply *reply;  /* owned: the answer so far */
  char *limit_actor;      /* (nullable) owned: identifier of the only agent it may speak of */
} BelayXapiCall;

/* All of these answer in call->reply, and return %FALSE with an error only where the database failed. */
gboolean belay_xapi_statements (BelayXapiCall *call,
                                GError **error);
gboolean belay_xapi_statements_get (BelayXapiCall *call,
                                    GError **error);
gboolean belay_xapi_documents (BelayXapiCall *call,
                               BelayXapiDocumentKind kind,
                               GError **error);
gboolean belay_xapi_agents (BelayXapiCall *call,
                            GError **error);
gboolean belay_xapi_activities (BelayXapiCall *call,
                                GError **error);
gboolean belay_xapi_about (BelayXapiCall *call,
                           GError **error);

/* Answering */
void belay_xapi_call_refuse (BelayXapiCall *call,
                             guint status,
                             const char *format,
                             ...) G_GNUC_PRINTF (3, 4);
void belay_xapi_call_refuse_problem (BelayXapiCall *call,
                                     const BelayStatementProblem *problem);
void belay_xapi_call_answer (BelayXapiCall *call,
                             guint status,
                             const char *type,
                             GBytes *body);
void belay_xapi_call_answer_text (BelayXapiCall *call,
                                  const char *type,
                                  const char *text);
void belay_xapi_call_set_header (BelayXapiCall *call,
                                 const char *name,
                                 const char *value);
void belay_xapi_call_set_modified (BelayXapiCall *call,
                                   gint64 time_us);
BelayXapiReply *belay_xapi_reply_new (void);
void belay_xapi_reply_set_header (BelayXapiReply *reply,
                                  const char *name,
                                  const char *value);

/* Asking */
gboolean belay_xapi_call_may (BelayXapiCall *call,
                              BelayXapiScopes scope);
gboolean belay_xapi_call_knows (BelayXapiCall *call,
                                const char *const *names);
gboolean belay_xapi_call_get_iri (BelayXapiCall *call,
                                  const char *name,
                                  const char **iri);
gboolean belay_xapi_call_get_uuid (BelayXapiCall *call,
                                   const char *name,
                                   char **uuid);
gboolean belay_xapi_call_get_time (BelayXapiCall *call,
                                   const char *name,
                                   gint64 *time_us);
gboolean belay_xapi_call_get_boolean (BelayXapiCall *call,
                                      const char *name,
                                      gboolean *value);
gboolean belay_xapi_call_get_agent (BelayXapiCall *call,
                                    const char *name,
                                    gboolean is_group_allowed,
                                    char **identifier);
gboolean belay_xapi_parse_form (const char *text,
                                gsize length,
                                GHashTable *parameters,
                                const char **problem);
gsize belay_xapi_limit (gsize asked,
                        gsize usual);

/* Storing */
BelayXapiVerdict belay_xapi_judge (BelayXapiStorage *storage,
                                   const BelayXapiCaller *caller,
                                   const BelayStatement *statement,
                                   const char *id,
                                   BelayStatementProblem *problem,
                                   GError **error);
gboolean belay_xapi_keep (BelayXapiStorage *storage,
                          const BelayXapiCaller *caller,
                          const BelayStatement *statement,
                          const char *id,
                          BelayClock *clock,
                          GError **error);
gboolean belay_xapi_define (BelayXapiStorage *storage,
                            yyjson_val *statement,
                            GError **error);

/* Attachments */
typedef struct
{
  char *type;     /* (nullable) */
  char *hash;     /* X-Experience-API-Hash, in lower case; (nullable) in the first part */
  char *encoding; /* Content-Transfer-Encoding, in lower case; (nullable) */
  GBytes *contents;
} BelayXapiPart;

GPtrArray *belay_multipart_parse (GBytes *body,
                                  const char *content_type,
                                  const char **problem);
GBytes *belay_multipart_write (GPtrArray *parts,
                               const char *boundary);
void belay_xapi_part_free (BelayXapiPart *part);
gboolean belay_statement_verify_signature (const BelayStatement *statement,
                                           GBytes *signature,
                                           const char **problem);

/* Formats */
char *belay_xapi_format_ids (const char *text);
gboolean belay_xapi_format_canonical (BelayXapiStorage *storage,
                                      const char *text,
                                      const char *accept_language,
                                      char **formatted,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayXapiPart, belay_xapi_part_free)

G_END_DECLS
