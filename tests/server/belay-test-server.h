/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A belay-server process with the demo organisation, and what its ready line says. Its database is the one of
 * BELAY_TEST_DATABASE where that is set, else a new SQLite file. */
typedef struct _BelayTestServer BelayTestServer;

typedef struct
{
  guint status;
  char *body; /* ends with a zero */
} BelayTestReply;

BelayTestServer *belay_test_server_new (void);
void belay_test_server_free (BelayTestServer *self);
void belay_test_server_start (BelayTestServer *self);
int belay_test_server_stop (BelayTestServer *self);
const char *belay_test_server_get_password (BelayTestServer *self);
const char *belay_test_server_get_log (BelayTestServer *self);
char *belay_test_server_basic (BelayTestServer *self);
GPtrArray *belay_test_server_list_people (BelayTestServer *self);
BelayTestReply *belay_test_server_ask (BelayTestServer *self,
                                       const char *method,
                                       const char *path,
                                       const char *authorization,
                                       const char *body);
void belay_test_reply_free (BelayTestReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayTestServer, belay_test_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayTestReply, belay_test_reply_free)

G_END_DECLS
