/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-sync-item.h"

G_BEGIN_DECLS

typedef struct
{
  char *stream;
  gint64 cursor;
} BelayStreamCursor;

/* What a laptop sends in one step. */
typedef struct
{
  char *device_id;
  gint64 time_us; /* the laptop's clock */
  char *epoch;    /* (nullable): the last one seen */
  gint64 rules;
  gint64 budget;      /* bytes of documents wanted at most; decoded into its limits */
  GPtrArray *cursors; /* (element-type BelayStreamCursor), owned */
  GPtrArray *up;      /* (element-type BelayUpItem), owned */
} BelaySyncRequest;

/* What happened in one stream since the cursor. */
typedef struct
{
  char *stream;
  gint64 from;
  gint64 to;
  GPtrArray *documents; /* (element-type BelayDocument), owned; by sequence */
} BelayStreamDown;

/* What the server answers. */
typedef struct
{
  char *epoch;
  gint64 time_us;
  gint64 rules;
  GPtrArray *verdicts; /* (element-type BelayVerdict), owned; one for each item up, in its order */
  GPtrArray *streams;  /* (element-type BelayStreamDown), owned */
  GPtrArray *left;     /* (element-type utf8), owned: streams to purge */
  gboolean more;
} BelaySyncReply;

BelaySyncRequest *belay_sync_request_new (void);
void belay_sync_request_free (BelaySyncRequest *self);
void belay_sync_request_add_cursor (BelaySyncRequest *self,
                                    const char *stream,
                                    gint64 cursor);
gint64 belay_sync_request_get_cursor (const BelaySyncRequest *self,
                                      const char *stream);
GBytes *belay_sync_request_encode (const BelaySyncRequest *self,
                                   GError **error);
BelaySyncRequest *belay_sync_request_decode (GBytes *bytes,
                                             GError **error);

BelayStreamDown *belay_stream_down_new (const char *stream,
                                        gint64 from,
                                        gint64 to);
void belay_stream_down_free (BelayStreamDown *self);

BelaySyncReply *belay_sync_reply_new (void);
void belay_sync_reply_free (BelaySyncReply *self);
GBytes *belay_sync_reply_encode (const BelaySyncReply *self,
                                 GError **error);
BelaySyncReply *belay_sync_reply_decode (GBytes *bytes,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncRequest, belay_sync_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayStreamDown, belay_stream_down_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelaySyncReply, belay_sync_reply_free)

G_END_DECLS
