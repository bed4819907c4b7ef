/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

DexFuture *belay_soup_send (SoupSession *session,
                            SoupMessage *message,
                            GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_stream_read_all (GInputStream *stream,
                                  gsize most,
                                  GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_stream_read_some (GInputStream *stream,
                                   gsize most,
                                   GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
