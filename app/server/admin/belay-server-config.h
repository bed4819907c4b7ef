/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a server is set up: by the configuration file, then the environment, then options; later ones win. */
typedef struct
{
  char *database;        /* sqlite:PATH or postgresql://… */
  char *content;         /* folder of manifests/ and blobs/ */
  char *keys;            /* folder of the organisation's keys */
  char *listen;          /* ADDRESS:PORT */
  char *address;         /* (nullable): how laptops reach it, such as https://learn.example.org */
  char *tls_certificate; /* (nullable): PEM */
  char *tls_key;         /* (nullable): PEM */
  char *origins;         /* (nullable): whose pages may use /xapi/ in a browser, with spaces between */
  gboolean log_requests;
} BelayServerConfig;

BelayServerConfig *belay_server_config_new (void);
void belay_server_config_free (BelayServerConfig *self);
gboolean belay_server_config_read_file (BelayServerConfig *self,
                                        const char *path,
                                        GError **error);
void belay_server_config_read_environment (BelayServerConfig *self);
gboolean belay_server_config_split_listen (const BelayServerConfig *self,
                                           char **address,
                                           guint16 *port,
                                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayServerConfig, belay_server_config_free)

G_END_DECLS
