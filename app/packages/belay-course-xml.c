/* belay-course-xml.c: reading XML as strictly as the cmi5 schema would
 *
 * The rules of CourseStructure.xsd are told in code: a cursor goes through an element's children in the order of the
 * schema's sequence, and whatever it does not take is complained of. No network, no entities, no document types.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-course-xml.h"

#include "belay-import-problem.h"

#include <libxml/parser.h>
#include <string.h>

#define NAMESPACE "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
#define INSTANCE_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"

typedef xmlParserCtxt Parser;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parser, xmlFreeParserCtxt)

/**
 * belay_course_xml_complain:
 * @node: (nullable): where it is
 *
 * Adds a problem that names the file, the line and the element.
 */
void
belay_course_xml_complain (const char *file,
                           GPtrArray *problems,
                           const xmlNode *node,
                           const char *code,
                           const char *format,
                           ...)
{
  g_autofree char *where = NULL;
  g_autofree char *message = NULL;
  va_list arguments;

  g_return_if_fail (file != NULL);
  g_return_if_fail (problems != NULL);

  where = node == NULL ? g_strdup (file)
                       : g_strdup_printf ("%s:%ld %s", file, xmlGetLineNo (node), (const char *) node->name);
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  belay_import_problems_add (problems, BELAY_IMPORT_PROBLEM, code, where, "%s", message);
}

/**
 * belay_course_xml_parse:
 *
 * Returns: (transfer full) (nullable): the document; %NULL with a problem where it is not well-formed, or declares a
 *   document type, by which entities could come in
 */
xmlDoc *
belay_course_xml_parse (GBytes *xml,
                        const char *file,
                        GPtrArray *problems)
{
  g_autoptr (Parser) parser = xmlNewParserCtxt ();
  const xmlError *fault;
  xmlDoc *document;

  g_return_val_if_fail (xml != NULL, NULL);
  g_return_val_if_fail (parser != NULL, NULL);

  document = xmlCtxtReadMemory (parser, g_bytes_get_data (xml, NULL), (int) g_bytes_get_size (xml), file, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  if (parser->myDoc != NULL && document == NULL)
    g_clear_pointer (&parser->myDoc, xmlFreeDoc);
  if (document != NULL && xmlGetIntSubset (document) == NULL)
    return document;

  fault = xmlCtxtGetLastError (parser);
  if (document != NULL || (fault != NULL && fault->code == XML_ERR_ENTITY_LOOP))
    {
      belay_course_xml_complain (file, problems, NULL, "xml-doctype",
                                 "The file declares a document type or entities, which a cmi5 course has no use for.");
    }
  else
    {
      g_autofree char *where = g_strdup_printf ("%s:%d", file, fault != NULL ? fault->line : 1);
      g_autofree char *reason = g_strdup (fault != NULL && fault->message != NULL ? fault->message : "it is empty");

      belay_import_problems_add (problems, BELAY_IMPORT_PROBLEM, "xml-malformed", where, "This is not XML: %s.",
                                 g_strchomp (reason));
    }
  g_clear_pointer (&document, xmlFreeDoc);

  return NULL;
}

static gboolean
is_ours (const xmlNode *node,
         const char *name)
{
  return node->ns != NULL && xmlStrEqual (node->ns->href, (const xmlChar *) NAMESPACE)
         && (name == NULL || xmlStrEqual (node->name, (const xmlChar *) name));
}

/**
 * belay_course_xml_check_attributes:
 * @allowed: (array zero-terminated=1): the attributes that the element may have
 * @others_too: whether those of other namespaces may stand beside them
 */
void
belay_course_xml_check_attributes (const BelayCourseCursor *cursor,
                                   const char *const *allowed,
                                   gboolean others_too)
{
  g_return_if_fail (cursor != NULL);

  for (const xmlAttr *attribute = cursor->element->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;
      const xmlNs *ns = attribute->ns;
      gboolean is_fine;

      if (ns == NULL)
        is_fine = g_strv_contains (allowed, name);
      else if (xmlStrEqual (ns->href, (const xmlChar *) INSTANCE_NAMESPACE))
        is_fine = TRUE; /* a schema's hints may stand anywhere */
      else
        is_fine = others_too && !xmlStrEqual (ns->href, (const xmlChar *) NAMESPACE);
      if (!is_fine)
        belay_course_xml_complain (cursor->file, cursor->problems, cursor->element, "attribute-unknown",
                                   "The attribute “%s” has no place here.", name);
    }
}

/**
 * belay_course_xml_attribute:
 *
 * Returns: (transfer full) (nullable): the attribute without white space around it (§13.1)
 */
char *
belay_course_xml_attribute (const xmlNode *element,
                            const char *name)
{
  xmlChar *value = xmlGetNoNsProp (element, (const xmlChar *) name);
  char *text;

  if (value == NULL)
    return NULL;

  text = g_strstrip (g_strdup ((const char *) value));
  xmlFree (value);

  return text;
}

/**
 * belay_course_xml_text:
 *
 * Returns: (transfer full): the element's text without white space around it (§13.1)
 */
char *
belay_course_xml_text (xmlNode *element)
{
  xmlChar *value = xmlNodeGetContent (element);
  char *text = g_strstrip (g_strdup (value != NULL ? (const char *) value : ""));

  xmlFree (value);

  return text;
}

/* The next child element; text between elements is complained of. */
static xmlNode *
skip_to_element (const BelayCourseCursor *self,
                 xmlNode *node)
{
  for (; node != NULL; node = node->next)
    {
      if (node->type == XML_ELEMENT_NODE)
        return node;
      if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && !xmlIsBlankNode (node))
        belay_course_xml_complain (self->file, self->problems, self->element, "text-misplaced",
                                   "There is text where only elements may be.");
      if (node->type == XML_ENTITY_REF_NODE)
        belay_course_xml_complain (self->file, self->problems, self->element, "xml-doctype",
                                   "An entity is used, which a cmi5 course has no use for.");
    }

  return NULL;
}

/**
 * belay_course_cursor_new:
 * @element: whose children are walked; %NULL for the document's root is not allowed
 */
BelayCourseCursor
belay_course_cursor_new (const char *file,
                         GPtrArray *problems,
                         xmlNode *element)
{
  BelayCourseCursor self = { file, problems, element, NULL };

  self.next = skip_to_element (&self, element->children);

  return self;
}

/**
 * belay_course_cursor_take:
 *
 * Returns: (transfer none) (nullable): the next child, where it is of that name, and goes on; else %NULL
 */
xmlNode *
belay_course_cursor_take (BelayCourseCursor *self,
                          const char *name)
{
  xmlNode *taken = self->next;

  if (taken == NULL || !is_ours (taken, name))
    return NULL;

  self->next = skip_to_element (self, taken->next);

  return taken;
}

/**
 * belay_course_cursor_need:
 *
 * Returns: (transfer none) (nullable): as belay_course_cursor_take(); %NULL is complained of
 */
xmlNode *
belay_course_cursor_need (BelayCourseCursor *self,
                          const char *name)
{
  xmlNode *taken = belay_course_cursor_take (self, name);

  if (taken == NULL)
    belay_course_xml_complain (self->file, self->problems, self->element, "element-missing",
                               "It needs a <%s> here, in the order that cmi5 asks for.", name);

  return taken;
}

/**
 * belay_course_cursor_finish:
 * @others_too: whether elements of other namespaces may follow (§13.1.5)
 *
 * Complains of what is left.
 */
void
belay_course_cursor_finish (BelayCourseCursor *self,
                            gboolean others_too)
{
  while (self->next != NULL)
    {
      gboolean is_other = self->next->ns != NULL && !is_ours (self->next, NULL);

      if (!is_other || !others_too)
        belay_course_xml_complain (self->file, self->problems, self->next, "element-misplaced",
                                   "The element <%s> has no place here in <%s>.", (const char *) self->next->name,
                                   (const char *) self->element->name);
      self->next = skip_to_element (self, self->next->next);
    }
}
