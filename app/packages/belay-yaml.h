/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"

#include <yaml.h>

G_BEGIN_DECLS

/* An authored YAML file of a package, with the list to which its problems go. Aliases, and what is too deep or too
 * large, are problems. */
typedef struct _BelayYaml BelayYaml;

BelayYaml *belay_yaml_read (GBytes *bytes,
                            const char *file,
                            GPtrArray *problems);
void belay_yaml_free (BelayYaml *self);
yaml_node_t *belay_yaml_get_root (BelayYaml *self);
void belay_yaml_complain (BelayYaml *self, const yaml_node_t *node, const char *code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

void belay_yaml_check_members (BelayYaml *self,
                               yaml_node_t *map,
                               const char *const *allowed);
yaml_node_t *belay_yaml_find (BelayYaml *self,
                              yaml_node_t *map,
                              const char *name);
yaml_node_t *belay_yaml_need (BelayYaml *self,
                              yaml_node_t *map,
                              const char *name);
GPtrArray *belay_yaml_list (BelayYaml *self,
                            yaml_node_t *map,
                            const char *name);
const char *belay_yaml_text (BelayYaml *self,
                             yaml_node_t *node);
gboolean belay_yaml_number (BelayYaml *self,
                            yaml_node_t *node,
                            double *number);
gboolean belay_yaml_boolean (BelayYaml *self,
                             yaml_node_t *node);
BelayLanguageText *belay_yaml_language_text (BelayYaml *self,
                                             yaml_node_t *node,
                                             const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayYaml, belay_yaml_free)

G_END_DECLS
