/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

/* Walks through the children of an element in the order that a schema's sequence asks for. */
typedef struct
{
  const char *file;
  GPtrArray *problems;
  xmlNode *element;
  xmlNode *next;
} BelayCourseCursor;

xmlDoc *belay_course_xml_parse (GBytes *xml,
                                const char *file,
                                GPtrArray *problems);
void belay_course_xml_complain (const char *file,
                                GPtrArray *problems,
                                const xmlNode *node,
                                const char *code,
                                const char *format,
                                ...) G_GNUC_PRINTF (5, 6);
void belay_course_xml_check_attributes (const BelayCourseCursor *cursor,
                                        const char *const *allowed,
                                        gboolean others_too);
char *belay_course_xml_attribute (const xmlNode *element,
                                  const char *name);
char *belay_course_xml_text (xmlNode *element);

BelayCourseCursor belay_course_cursor_new (const char *file,
                                           GPtrArray *problems,
                                           xmlNode *element);
xmlNode *belay_course_cursor_take (BelayCourseCursor *self,
                                   const char *name);
xmlNode *belay_course_cursor_need (BelayCourseCursor *self,
                                   const char *name);
void belay_course_cursor_finish (BelayCourseCursor *self,
                                 gboolean others_too);

G_END_DECLS
