/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "belay-database.h"
#include "belay-statement.h"

G_BEGIN_DECLS

/* What an LRS keeps, of one organisation, on one connection. Its operations are synchronous, belong to the
 * thread of that connection and happen inside the transaction that the caller has begun. */
typedef struct _BelayXapiStorage BelayXapiStorage;

/* A statement as it is kept. Borrowed for the time of a call. */
typedef struct
{
  const BelayStatement *statement; /* as received */
  const char *id;                  /* in lower case */
  const char *text;                /* as it is returned: with id, stored, timestamp, authority, version */
  gint64 serial;                   /* the storage's own order: grows with each statement */
  gint64 stored_us;
  const char *person_id; /* (nullable): the caller's, see BelayXapiCaller */
} BelayStoredStatement;

/* Returns %FALSE with an error to undo all of the request. */
typedef gboolean (*BelayXapiStoredFunc) (const BelayStoredStatement *stored,
                                         gpointer user_data,
                                         GError **error);

typedef enum
{
  BELAY_XAPI_DOCUMENT_STATE,
  BELAY_XAPI_DOCUMENT_AGENT_PROFILE,
  BELAY_XAPI_DOCUMENT_ACTIVITY_PROFILE,
} BelayXapiDocumentKind;

/* Which document. What a kind does not have is the empty string, never %NULL. */
typedef struct
{
  BelayXapiDocumentKind kind;
  char *agent;        /* as belay_agent_identify() writes it */
  char *activity;     /* IRI */
  char *registration; /* UUID in lower case */
  char *id;           /* stateId or profileId */
} BelayXapiDocumentKey;

typedef struct
{
  BelayXapiDocumentKey key;
  char *type;       /* media type */
  GBytes *contents; /* %NULL where the document was deleted */
  char *etag;       /* SHA-1 of the contents in hexadecimal, without quotes */
  gint64 updated_us;
} BelayXapiDocument;

/* Called for each document that a request has written or deleted (`contents` is %NULL then). */
typedef gboolean (*BelayXapiDocumentFunc) (const BelayXapiDocument *document,
                                           gpointer user_data,
                                           GError **error);

BelayXapiStorage *belay_xapi_sqlite_new (BelayDatabase *database,
                                         const char *organisation_id);
void belay_xapi_storage_free (BelayXapiStorage *self);
void belay_xapi_storage_set_stored_hook (BelayXapiStorage *self,
                                         BelayXapiStoredFunc hook,
                                         gpointer user_data);
void belay_xapi_storage_set_document_hook (BelayXapiStorage *self,
                                           BelayXapiDocumentFunc hook,
                                           gpointer user_data);

char *belay_xapi_storage_find_text (BelayXapiStorage *self,
                                    const char *statement_id,
                                    GError **error);
gboolean belay_xapi_storage_find_document (BelayXapiStorage *self,
                                           const BelayXapiDocumentKey *key,
                                           BelayXapiDocument **document,
                                           GError **error);
gboolean belay_xapi_storage_put_document (BelayXapiStorage *self,
                                          const BelayXapiDocumentKey *key,
                                          const char *type,
                                          GBytes *contents,
                                          gint64 updated_us,
                                          GError **error);
gboolean belay_xapi_storage_delete_document (BelayXapiStorage *self,
                                             const BelayXapiDocumentKey *key,
                                             gint64 updated_us,
                                             GError **error);

void belay_xapi_document_key_clear (BelayXapiDocumentKey *key);
void belay_xapi_document_free (BelayXapiDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayXapiStorage, belay_xapi_storage_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayXapiDocument, belay_xapi_document_free)

G_END_DECLS
