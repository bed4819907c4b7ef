/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One request, whole: its body is here, within the limit, and no longer compressed. */
typedef struct
{
  char *method;
  char *path;          /* percent-decoded */
  char *raw_path;      /* as it was sent */
  char *query;         /* (nullable): as it was sent */
  GHashTable *headers; /* lower-case name -> value, repeated ones joined by commas */
  GBytes *body;        /* never NULL */
  char *remote;        /* the peer's address, or what a proxy on this machine says it is */
  guint refusal;       /* 0, or the status that reading the body came to: 400, 413, 415 */
} BelayHttpRequest;

/* What is answered: bytes, or else a file. */
typedef struct
{
  guint status;
  SoupMessageHeaders *headers;
  GBytes *body;   /* (nullable) */
  char *file;     /* (nullable): a path; then `headers` has its Content-Type */
  char *file_tag; /* (nullable) */
} BelayHttpReply;

#define BELAY_TYPE_HTTP_REPLY (belay_http_reply_get_type ())

GType belay_http_reply_get_type (void) G_GNUC_CONST;
BelayHttpReply *belay_http_reply_new (guint status,
                                      const char *content_type,
                                      GBytes *body);
BelayHttpReply *belay_http_reply_new_file (const char *path,
                                           const char *content_type,
                                           const char *tag);
BelayHttpReply *belay_http_reply_copy (const BelayHttpReply *self);
void belay_http_reply_free (BelayHttpReply *self);

const char *belay_http_request_get_header (const BelayHttpRequest *self,
                                           const char *name);

/**
 * BelayHttpHandler:
 * @request: lives until the future is settled
 *
 * Called on the server's main context for each request.
 *
 * Returns: (transfer full): resolves to a %BELAY_TYPE_HTTP_REPLY; rejected, the server answers 500
 */
typedef DexFuture *(*BelayHttpHandler) (const BelayHttpRequest *request,
                                        gpointer user_data);

/* What the server asks before a body is read. */
typedef gsize (*BelayHttpLimit) (const char *path,
                                 gpointer user_data);

typedef struct _BelayHttpServer BelayHttpServer;

BelayHttpServer *belay_http_server_new (BelayHttpHandler handler,
                                        BelayHttpLimit limit,
                                        gpointer user_data);
gboolean belay_http_server_listen (BelayHttpServer *self,
                                   const char *address,
                                   guint16 port,
                                   GTlsCertificate *certificate,
                                   GError **error);
guint16 belay_http_server_get_port (BelayHttpServer *self);
guint belay_http_server_count_open (BelayHttpServer *self);
void belay_http_server_stop_listening (BelayHttpServer *self);
void belay_http_server_free (BelayHttpServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayHttpReply, belay_http_reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayHttpServer, belay_http_server_free)

G_END_DECLS
