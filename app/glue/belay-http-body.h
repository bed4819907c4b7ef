/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How often larger than what was sent a body may become when it is unpacked. */
#define BELAY_HTTP_UNPACKED_TIMES 8

GBytes *belay_http_body_gunzip (GBytes *packed,
                                gsize most,
                                GError **error);
GBytes *belay_http_body_gzip (GBytes *plain);

G_END_DECLS
