/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <yaml.h>

G_BEGIN_DECLS

gboolean belay_demo_yaml_load (const char *path,
                               yaml_document_t *document,
                               GError **error);
yaml_node_t *belay_demo_yaml_get (yaml_document_t *document,
                                  yaml_node_t *map,
                                  const char *key);
const char *belay_demo_yaml_get_text (yaml_document_t *document,
                                      yaml_node_t *map,
                                      const char *key);
gint64 belay_demo_yaml_get_int (yaml_document_t *document,
                                yaml_node_t *map,
                                const char *key,
                                gint64 otherwise);
guint belay_demo_yaml_count (yaml_node_t *list);
yaml_node_t *belay_demo_yaml_nth (yaml_document_t *document,
                                  yaml_node_t *list,
                                  guint index);
char *belay_demo_yaml_get_title (yaml_document_t *document,
                                 yaml_node_t *map,
                                 const char *key);

G_END_DECLS
