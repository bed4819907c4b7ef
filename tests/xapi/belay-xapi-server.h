/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A server process with one key to its record store, on the kind of database that BELAY_TEST_DATABASE names. */
typedef struct _BelayXapiServer BelayXapiServer;

/* One answer */
typedef struct
{
  guint status;
  char *body;
  SoupMessageHeaders *headers;
} BelayXapiAnswer;

BelayXapiServer *belay_xapi_server_new (void);
void belay_xapi_server_free (BelayXapiServer *self);
BelayXapiAnswer *belay_xapi_server_ask (BelayXapiServer *self,
                                        const char *version,
                                        const char *method,
                                        const char *path,
                                        const char *body,
                                        ...) G_GNUC_NULL_TERMINATED;
const char *belay_xapi_server_get_authorization (BelayXapiServer *self);
void belay_xapi_answer_free (BelayXapiAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayXapiAnswer, belay_xapi_answer_free)

G_END_DECLS
