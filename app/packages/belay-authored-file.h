/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-file-problem.h"
#include "belay-language-text.h"

#include <yaml.h>

G_BEGIN_DECLS

#define BELAY_AUTHORED_FILE_MOST (1024 * 1024)

/* For the code of this room alone: a YAML file that a person wrote, and what is wrong with it. */
typedef struct _BelayAuthoredFile BelayAuthoredFile;

BelayAuthoredFile *belay_authored_file_new (GBytes *bytes,
                                            GPtrArray *problems);
void belay_authored_file_free (BelayAuthoredFile *self);
yaml_node_t *belay_authored_file_get_root (BelayAuthoredFile *self);
void belay_authored_file_complain (BelayAuthoredFile *self,
                                   const yaml_node_t *node,
                                   gboolean is_warning,
                                   const char *code,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (5, 6);
gboolean belay_authored_file_check_map (BelayAuthoredFile *self,
                                        yaml_node_t *node,
                                        const char *const *members);
yaml_node_t *belay_authored_file_find (BelayAuthoredFile *self,
                                       yaml_node_t *map,
                                       const char *member);
yaml_node_t *belay_authored_file_need (BelayAuthoredFile *self,
                                       yaml_node_t *map,
                                       const char *member);
const char *belay_authored_file_get_text (BelayAuthoredFile *self,
                                          yaml_node_t *node);
gboolean belay_authored_file_get_number (BelayAuthoredFile *self,
                                         yaml_node_t *node,
                                         gint64 least,
                                         gint64 most,
                                         gint64 *number);
gboolean belay_authored_file_get_share (BelayAuthoredFile *self,
                                        yaml_node_t *node,
                                        gint64 *basis_points);
gboolean belay_authored_file_get_boolean (BelayAuthoredFile *self,
                                          yaml_node_t *node,
                                          gboolean *value);
void belay_authored_file_fill_language_text (BelayAuthoredFile *self,
                                             yaml_node_t *node,
                                             const char *language,
                                             BelayLanguageText *text);
gboolean belay_authored_file_is_language (const char *text);
guint belay_authored_file_count_items (const yaml_node_t *list);
yaml_node_t *belay_authored_file_get_item (BelayAuthoredFile *self,
                                           const yaml_node_t *list,
                                           guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayAuthoredFile, belay_authored_file_free)

G_END_DECLS
