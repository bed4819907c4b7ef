/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-server-context.h"
#include "belay-xapi-handler.h"

G_BEGIN_DECLS

#define BELAY_TYPE_XAPI_REPLY (belay_work_xapi_reply_get_type ())

/* Who calls the LRS: a person's device, or another system by its key and secret. */
typedef struct
{
  char *person;     /* (nullable) */
  char *credential; /* (nullable) */
  char *secret;     /* (nullable) */
  BelayXapiSpeak speak;
  char *method;
  char *endpoint;
  char *path;
  char *query; /* (nullable) */
  GHashTable *headers;
  GBytes *body;
} BelayWorkXapiCall;

/* A reply that can be handed from the database's thread. */
typedef struct
{
  gatomicrefcount references;
  BelayXapiReply *reply;
} BelayWorkXapiReply;

GType belay_work_xapi_reply_get_type (void) G_GNUC_CONST;
void belay_work_xapi_call_free (BelayWorkXapiCall *self);
DexFuture *belay_work_xapi (BelayServerContext *context,
                            BelayWorkXapiCall *call) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayWorkXapiCall, belay_work_xapi_call_free)

G_END_DECLS
