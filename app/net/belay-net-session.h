/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "belay-net-error.h"

G_BEGIN_DECLS

#define BELAY_TYPE_NET_REPLY (belay_net_reply_get_type ())

/* An answer that is here whole, of whatever status. */
typedef struct
{
  guint status;
  GBytes *body;
  gint64 retry_after; /* seconds, 0 where not said */
} BelayNetReply;

GType belay_net_reply_get_type (void) G_GNUC_CONST;
BelayNetReply *belay_net_reply_copy (const BelayNetReply *self);
void belay_net_reply_free (BelayNetReply *self);

#define BELAY_TYPE_NET_STREAM (belay_net_stream_get_type ())

/* A file that is coming. */
typedef struct
{
  guint status; /* 200, 206, or what went wrong */
  GInputStream *body;
  gint64 offset;      /* of the first byte that comes */
  gint64 total;       /* size of the whole file, -1 where not said */
  gint64 retry_after; /* seconds, 0 where not said */
} BelayNetStream;

GType belay_net_stream_get_type (void) G_GNUC_CONST;
BelayNetStream *belay_net_stream_copy (const BelayNetStream *self);
void belay_net_stream_free (BelayNetStream *self);

/* Speaks to one server. */
typedef struct _BelayNetSession BelayNetSession;

BelayNetSession *belay_net_session_new (const char *address,
                                        guint wire_version,
                                        GError **error);
BelayNetSession *belay_net_session_ref (BelayNetSession *self);
void belay_net_session_unref (BelayNetSession *self);
void belay_net_session_set_token (BelayNetSession *self,
                                  const char *token);
void belay_net_session_set_timeout (BelayNetSession *self,
                                    guint seconds);
const char *belay_net_session_get_address (BelayNetSession *self);

DexFuture *belay_net_session_get (BelayNetSession *self, const char *path, gsize most, GCancellable *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_net_session_post (BelayNetSession *self,
                                   const char *path,
                                   GBytes *json,
                                   gsize most,
                                   GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_net_session_open (BelayNetSession *self, const char *path, gint64 from, GCancellable *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayNetReply, belay_net_reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayNetStream, belay_net_stream_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayNetSession, belay_net_session_unref)

G_END_DECLS
