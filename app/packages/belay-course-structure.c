/* belay-course-structure.c: cmi5.xml: the course structure of cmi5 (§13), checked against schema and text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-course-structure.h"

#include "belay-course-xml.h"
#include "belay-import-problem.h"

#include <string.h>

#define MASTERY_DECIMALS 4

typedef struct
{
  const char *file;
  GPtrArray *problems;
  BelayCourseStructure *structure;
  GHashTable *ids;        /* id → what has it, over course, blocks, units and objectives */
  GHashTable *objectives; /* the ids of objectives */
  GPtrArray *blocks;      /* (element-type utf8): ids of those that are open, outermost first */
} Reading;

typedef xmlDoc Document;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, xmlFreeDoc)

static void
unit_free (gpointer data)
{
  BelayCourseUnit *unit = data;

  g_free (unit->id);
  g_clear_pointer (&unit->title, belay_language_text_free);
  g_free (unit->url);
  g_free (unit->launch_parameters);
  g_free (unit->entitlement_key);
  g_free (unit->launch_method);
  g_strfreev (unit->blocks);
  g_free (unit);
}

void
belay_course_structure_free (BelayCourseStructure *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_clear_pointer (&self->title, belay_language_text_free);
  g_ptr_array_unref (self->units);
  g_free (self);
}

static BelayCourseCursor
cursor_for (Reading *reading,
            xmlNode *element)
{
  return belay_course_cursor_new (reading->file, reading->problems, element);
}

#define COMPLAIN(reading, node, ...) belay_course_xml_complain ((reading)->file, (reading)->problems, node, __VA_ARGS__)

/* An IRI has a scheme, and neither white space nor the delimiters that RFC 3987 leaves out. */
static gboolean
is_iri (const char *text)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);

  return scheme != NULL && text[strlen (scheme) + 1] != '\0' && strpbrk (text, " \t\r\n<>\"{}|\\^`") == NULL;
}

/* xs:language */
static gboolean
is_language (const char *text)
{
  return g_regex_match_simple ("^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$", text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

static char *
read_id (Reading *reading,
         xmlNode *element)
{
  g_autofree char *id = belay_course_xml_attribute (element, "id");
  const char *other;

  if (id == NULL || !is_iri (id))
    {
      COMPLAIN (reading, element, "id-not-iri",
                "It needs an “id” that is an IRI, such as https://example.org/course/1.");
      return NULL;
    }

  other = g_hash_table_lookup (reading->ids, id);
  if (other != NULL)
    COMPLAIN (reading, element, "id-twice", "The id “%s” is already that of a <%s>.", id, other);
  g_hash_table_insert (reading->ids, g_strdup (id), g_strdup ((const char *) element->name));

  return g_steal_pointer (&id);
}

static void
read_language_string (Reading *reading,
                      xmlNode *element,
                      BelayLanguageText *text)
{
  static const char *const allowed[] = { "lang", NULL };
  BelayCourseCursor cursor = { reading->file, reading->problems, element, NULL };
  g_autofree char *language = belay_course_xml_attribute (element, "lang");
  g_autofree char *words = belay_course_xml_text (element);

  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  if (xmlChildElementCount (element) > 0)
    COMPLAIN (reading, element, "element-misplaced", "A <langstring> holds plain text only.");
  if (language != NULL && !is_language (language))
    COMPLAIN (reading, element, "language-unknown", "“%s” is not a language tag.", language);
  else
    belay_language_text_set (text, language != NULL ? language : "und", words);
}

/* textType */
static BelayLanguageText *
read_text (Reading *reading,
           xmlNode *element)
{
  static const char *const allowed[] = { NULL };
  g_autoptr (BelayLanguageText) text = belay_language_text_new ();
  BelayCourseCursor cursor;
  xmlNode *child;

  if (element == NULL)
    return g_steal_pointer (&text);

  cursor = cursor_for (reading, element);
  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  child = belay_course_cursor_need (&cursor, "langstring");
  for (; child != NULL; child = belay_course_cursor_take (&cursor, "langstring"))
    read_language_string (reading, child, text);
  belay_course_cursor_finish (&cursor, TRUE);

  return g_steal_pointer (&text);
}

static void
check_text (Reading *reading,
            xmlNode *element)
{
  g_autoptr (BelayLanguageText) text = read_text (reading, element);
}

static void
read_course (Reading *reading,
             xmlNode *element)
{
  static const char *const allowed[] = { "id", NULL };
  BelayCourseCursor cursor = cursor_for (reading, element);

  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  reading->structure->id = read_id (reading, element);
  reading->structure->title = read_text (reading, belay_course_cursor_need (&cursor, "title"));
  check_text (reading, belay_course_cursor_need (&cursor, "description"));
  belay_course_cursor_finish (&cursor, TRUE);
}

/* Its two children may stand in either order (xs:all). */
static void
read_objective (Reading *reading,
                xmlNode *element)
{
  static const char *const allowed[] = { "id", NULL };
  BelayCourseCursor cursor = cursor_for (reading, element);
  g_autofree char *id = read_id (reading, element);
  xmlNode *description = belay_course_cursor_take (&cursor, "description");

  belay_course_xml_check_attributes (&cursor, allowed, FALSE);
  check_text (reading, belay_course_cursor_need (&cursor, "title"));
  check_text (reading, description != NULL ? description : belay_course_cursor_need (&cursor, "description"));
  belay_course_cursor_finish (&cursor, FALSE);
  if (id != NULL)
    g_hash_table_add (reading->objectives, g_steal_pointer (&id));
}

static void
read_objectives (Reading *reading,
                 xmlNode *element)
{
  static const char *const allowed[] = { NULL };
  BelayCourseCursor cursor = cursor_for (reading, element);
  xmlNode *child = belay_course_cursor_need (&cursor, "objective");

  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  for (; child != NULL; child = belay_course_cursor_take (&cursor, "objective"))
    read_objective (reading, child);
  belay_course_cursor_finish (&cursor, TRUE);
}

static void
read_objective_reference (Reading *reading,
                          xmlNode *element)
{
  static const char *const allowed[] = { "idref", NULL };
  BelayCourseCursor cursor = cursor_for (reading, element);
  g_autofree char *id = belay_course_xml_attribute (element, "idref");

  belay_course_xml_check_attributes (&cursor, allowed, FALSE);
  belay_course_cursor_finish (&cursor, FALSE);
  if (id != NULL && !g_hash_table_contains (reading->objectives, id))
    {
      g_autofree char *where = g_strdup_printf ("%s:%ld objective", reading->file, xmlGetLineNo (element));

      belay_import_problems_add (reading->problems, BELAY_IMPORT_WARNING, "objective-unknown", where,
                                 "The course has no objective “%s”.", id);
    }
}

static void
read_objective_references (Reading *reading,
                           BelayCourseCursor *parent)
{
  static const char *const allowed[] = { NULL };
  xmlNode *element = belay_course_cursor_take (parent, "objectives");
  BelayCourseCursor cursor;
  xmlNode *child;

  if (element == NULL)
    return;

  cursor = cursor_for (reading, element);
  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  child = belay_course_cursor_need (&cursor, "objective");
  for (; child != NULL; child = belay_course_cursor_take (&cursor, "objective"))
    read_objective_reference (reading, child);
  belay_course_cursor_finish (&cursor, TRUE);
}

/* xs:decimal from 0 to 1, as basis points; -1 where it is none. No floating point: 0.3 must stay 3000. */
static gint64
parse_mastery (const char *text,
               gboolean *is_too_precise)
{
  gint64 whole = 0;
  gint64 fraction = 0;
  guint decimals = 0;
  const char *at = text + (text[0] == '+');
  guint digits = 0;

  for (; g_ascii_isdigit (*at); at++, digits++)
    whole = MIN (whole * 10 + (*at - '0'), 10);
  if (*at == '.')
    at++;
  for (; g_ascii_isdigit (*at) && at > text && strchr (text, '.') != NULL; at++, digits++)
    {
      if (decimals < MASTERY_DECIMALS)
        fraction = fraction * 10 + (*at - '0');
      else if (*at != '0')
        *is_too_precise = TRUE;
      decimals++;
    }
  for (; decimals < MASTERY_DECIMALS; decimals++)
    fraction *= 10;
  if (digits == 0 || *at != '\0' || whole * BELAY_ALL + fraction > BELAY_ALL || (whole == 1 && *is_too_precise))
    return -1;

  return whole * BELAY_ALL + fraction;
}

static gint64
read_mastery (Reading *reading,
              xmlNode *element)
{
  g_autofree char *text = belay_course_xml_attribute (element, "masteryScore");
  gboolean is_too_precise = FALSE;
  gint64 mastery;

  if (text == NULL)
    return -1;

  mastery = parse_mastery (text, &is_too_precise);
  if (mastery < 0)
    COMPLAIN (reading, element, "mastery-wrong", "The masteryScore “%s” is not a decimal number from 0 to 1.", text);
  else if (is_too_precise)
    COMPLAIN (reading, element, "mastery-wrong", "The masteryScore “%s” has more than four decimals.", text);

  return mastery;
}

static void
read_unit_attributes (Reading *reading,
                      xmlNode *element,
                      BelayCourseUnit *unit)
{
  g_autofree char *move_on = belay_course_xml_attribute (element, "moveOn");

  unit->id = read_id (reading, element);
  unit->mastery = read_mastery (reading, element);
  if (move_on != NULL && !belay_move_on_from_string (move_on, &unit->move_on))
    COMPLAIN (reading, element, "move-on-wrong",
              "The moveOn “%s” is none of NotApplicable, Passed, Completed, CompletedAndPassed and CompletedOrPassed.",
              move_on);

  unit->launch_method = belay_course_xml_attribute (element, "launchMethod");
  if (unit->launch_method == NULL)
    unit->launch_method = g_strdup ("AnyWindow");
  else if (!g_str_equal (unit->launch_method, "AnyWindow") && !g_str_equal (unit->launch_method, "OwnWindow"))
    COMPLAIN (reading, element, "launch-method-wrong", "The launchMethod “%s” is neither AnyWindow nor OwnWindow.",
              unit->launch_method);
}

static char *
read_url (Reading *reading,
          xmlNode *element)
{
  static const char *const allowed[] = { NULL };
  BelayCourseCursor cursor;
  g_autofree char *url = NULL;

  if (element == NULL)
    return NULL;

  cursor = (BelayCourseCursor) { reading->file, reading->problems, element, NULL };
  belay_course_xml_check_attributes (&cursor, allowed, FALSE);
  url = belay_course_xml_text (element);
  if (xmlChildElementCount (element) > 0)
    COMPLAIN (reading, element, "element-misplaced", "A <url> holds an address only.");
  if (url[0] == '\0')
    COMPLAIN (reading, element, "url-empty", "The <url> is empty; it must name the page that the unit starts with.");

  return g_steal_pointer (&url);
}

static GStrv
list_open_blocks (Reading *reading)
{
  GStrvBuilder *builder = g_strv_builder_new ();

  for (guint i = 0; i < reading->blocks->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (reading->blocks, i));

  return g_strv_builder_unref_to_strv (builder);
}

static void
read_unit (Reading *reading,
           xmlNode *element)
{
  static const char *const allowed[] = { "id", "moveOn", "masteryScore", "launchMethod", "activityType", NULL };
  BelayCourseCursor cursor = cursor_for (reading, element);
  BelayCourseUnit *unit = g_new0 (BelayCourseUnit, 1);
  xmlNode *child;

  g_ptr_array_add (reading->structure->units, unit);
  unit->line = xmlGetLineNo (element);
  unit->blocks = list_open_blocks (reading);
  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  read_unit_attributes (reading, element, unit);
  unit->title = read_text (reading, belay_course_cursor_need (&cursor, "title"));
  check_text (reading, belay_course_cursor_need (&cursor, "description"));
  read_objective_references (reading, &cursor);
  unit->url = read_url (reading, belay_course_cursor_need (&cursor, "url"));
  child = belay_course_cursor_take (&cursor, "launchParameters");
  unit->launch_parameters = child != NULL ? belay_course_xml_text (child) : g_strdup ("");
  child = belay_course_cursor_take (&cursor, "entitlementKey");
  unit->entitlement_key = child != NULL ? belay_course_xml_text (child) : NULL;
  belay_course_cursor_finish (&cursor, TRUE);
}

static void read_members (Reading *reading,
                          BelayCourseCursor *cursor);

static void
read_block (Reading *reading,
            xmlNode *element)
{
  static const char *const allowed[] = { "id", NULL };
  BelayCourseCursor cursor = cursor_for (reading, element);
  g_autofree char *id = read_id (reading, element);

  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  check_text (reading, belay_course_cursor_need (&cursor, "title"));
  check_text (reading, belay_course_cursor_need (&cursor, "description"));
  read_objective_references (reading, &cursor);
  if (id != NULL)
    g_ptr_array_add (reading->blocks, id);
  read_members (reading, &cursor);
  if (id != NULL)
    g_ptr_array_set_size (reading->blocks, (int) reading->blocks->len - 1);
  belay_course_cursor_finish (&cursor, TRUE);
}

/* Units and blocks, mixed, at least one. libxml2 bounds how deep elements nest, and so how deep this goes. */
static void
read_members (Reading *reading,
              BelayCourseCursor *cursor)
{
  guint count = 0;

  for (;; count++)
    {
      xmlNode *child = belay_course_cursor_take (cursor, "au");

      if (child != NULL)
        {
          read_unit (reading, child);
          continue;
        }
      child = belay_course_cursor_take (cursor, "block");
      if (child == NULL)
        break;
      read_block (reading, child);
    }

  if (count == 0)
    COMPLAIN (reading, cursor->element, "element-missing", "It needs at least one <au> or <block> here.");
}

static void
read_root (Reading *reading,
           xmlNode *root)
{
  static const char *const allowed[] = { NULL };
  BelayCourseCursor cursor = cursor_for (reading, root);
  xmlNode *child;

  belay_course_xml_check_attributes (&cursor, allowed, TRUE);
  child = belay_course_cursor_need (&cursor, "course");
  if (child != NULL)
    read_course (reading, child);
  child = belay_course_cursor_take (&cursor, "objectives");
  if (child != NULL)
    read_objectives (reading, child);
  read_members (reading, &cursor);
  belay_course_cursor_finish (&cursor, TRUE);
}

static gboolean
root_is_right (Reading *reading,
               xmlDoc *document)
{
  xmlNode holder = { .type = XML_ELEMENT_NODE, .name = (const xmlChar *) "document", .children = document->children };
  BelayCourseCursor cursor = { reading->file, reading->problems, &holder, xmlDocGetRootElement (document) };
  xmlNode *root = cursor.next;

  if (root != NULL && belay_course_cursor_take (&cursor, "courseStructure") != NULL)
    return TRUE;

  COMPLAIN (reading, root, "not-cmi5", "The root is not the <courseStructure> of cmi5 in its own namespace.");

  return FALSE;
}

/**
 * belay_course_structure_read:
 * @xml: a course structure
 * @file: its name, for problems
 * @problems: (element-type BelayImportProblem): where to tell what is wrong
 *
 * Checks all that CourseStructure.xsd and §13 of the specification ask of it.
 *
 * Returns: (transfer full) (nullable): the structure, to be used only where no problem was told
 */
BelayCourseStructure *
belay_course_structure_read (GBytes *xml,
                             const char *file,
                             GPtrArray *problems)
{
  g_autoptr (Document) document = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) objectives = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (BelayCourseStructure) self = NULL;
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  Reading reading = { file, problems, NULL, ids, objectives, blocks };

  g_return_val_if_fail (xml != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  document = belay_course_xml_parse (xml, file, problems);
  if (document == NULL || !root_is_right (&reading, document))
    return NULL;

  self = g_new0 (BelayCourseStructure, 1);
  self->units = g_ptr_array_new_with_free_func (unit_free);
  reading.structure = self;
  read_root (&reading, xmlDocGetRootElement (document));

  return belay_import_problems_are_fatal (problems) ? NULL : g_steal_pointer (&self);
}
