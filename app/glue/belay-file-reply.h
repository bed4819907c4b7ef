/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What is sent, and what is said about it. All strings are copied. */
typedef struct
{
  const char *path;          /* the file */
  const char *content_type;  /* said as it is */
  const char *tag;           /* (nullable): an ETag without its quotes */
  const char *cache_control; /* (nullable) */
} BelayFileReply;

gboolean belay_file_reply_send (SoupServerMessage *message,
                                const BelayFileReply *reply,
                                GError **error);

G_END_DECLS
