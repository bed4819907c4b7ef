/* belay-statement-rules.c: what a statement may hold, as a table
 *
 * Read the shapes from the bottom up: a statement, its context, its result, its objects, its people.
 * Each member says how often it stands there, of what kind it is, and whether it must be there.
 * What a shape demands beyond its members (one identifier and no more, say) is in its `also`.
 * Sections are those of xAPI 1.0.3, part two; what only 2.0 has is marked so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-rules.h"

#include <string.h>

#include "belay-statement-values.h"

#define VOIDED "http://adlnet.gov/expapi/verbs/voided"

/* Where the check is, told only when something is wrong. */
typedef struct _Place Place;
struct _Place
{
  const Place *above;
  const char *name; /* of a member, or NULL for an element */
  gsize index;
};

typedef struct
{
  BelayXapiVersion version;
  BelayStatementProblem *problem;
} Check;

typedef enum
{
  ONE,
  MANY,
  ONE_OR_MANY, /* §2.4.6.2: a single activity stands for an array of it */
} HowMany;

typedef enum
{
  OPTIONAL = 0,
  REQUIRED = 1 << 0,
  NOT_EMPTY = 1 << 1,
  SINCE_2_0 = 1 << 2,
} Demand;

typedef struct _Shape Shape;

typedef struct
{
  const char *name;
  HowMany how_many;
  const BelayStatementKind *kind; /* of a plain value, else ... */
  const Shape *shape;             /* ... of an object */
  guint demand;
} Member;

typedef struct
{
  const char *object_type;
  const Shape *shape;
} Choice;

/* An object: one of several by its objectType, or a map of any keys of a kind, or the members it may have. */
struct _Shape
{
  const char *what; /* "must be …" */
  const char *section;
  const Choice *choices; /* the first is for who has no objectType */
  const BelayStatementKind *keys;
  const BelayStatementKind *values;
  const Member *members;
  const char *object_type; /* what objectType must say, where the members have one */
  gboolean (*also) (const Check *check, yyjson_val *object, const Place *place);
};

/* Telling what is wrong */

static void
append_place (GString *path,
              const Place *place)
{
  if (place == NULL)
    return;

  append_place (path, place->above);
  if (place->name == NULL)
    g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", place->index);
  else if (*place->name != '\0')
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", place->name);
}

static gboolean
refuse (const Check *check,
        const Place *place,
        const char *rule,
        const char *section)
{
  g_autoptr (GString) path = g_string_new (NULL);

  append_place (path, place);
  belay_statement_problem_set (check->problem, path->str, rule, section);

  return FALSE;
}

static gboolean
refuse_member (const Check *check,
               const Place *above,
               const char *name,
               const char *rule,
               const char *section)
{
  Place place = { above, name, 0 };

  return refuse (check, &place, rule, section);
}

/* What shapes demand beyond their members */

static guint
count_identifiers (yyjson_val *object)
{
  static const char *const identifiers[] = { "mbox", "mbox_sha1sum", "openid", "account" };
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    count += yyjson_obj_get (object, identifiers[i]) != NULL;

  return count;
}

static gboolean
agent_also (const Check *check,
            yyjson_val *object,
            const Place *place)
{
  return count_identifiers (object) == 1
         || refuse (check, place, "must have exactly one of mbox, mbox_sha1sum, openid and account", "2.4.2.1");
}

static gboolean
group_also (const Check *check,
            yyjson_val *object,
            const Place *place)
{
  guint identifiers = count_identifiers (object);

  if (identifiers > 1)
    return refuse (check, place, "must not have more than one of mbox, mbox_sha1sum, openid and account", "2.4.2.2");
  if (identifiers == 0 && yyjson_obj_get (object, "member") == NULL)
    return refuse_member (check, place, "member", "must be there in a group without an identifier", "2.4.2.2");

  return TRUE;
}

static gboolean
identified_group_also (const Check *check,
                       yyjson_val *object,
                       const Place *place)
{
  return count_identifiers (object) == 1
         || refuse (check, place, "must have exactly one of mbox, mbox_sha1sum, openid and account", "2.4.2.2");
}

static gboolean
authority_group_also (const Check *check,
                      yyjson_val *object,
                      const Place *place)
{
  return yyjson_arr_size (yyjson_obj_get (object, "member")) == 2
         || refuse_member (check, place, "member", "must be two agents: the application and the person", "2.4.9");
}

static gboolean
components_differ (const Check *check,
                   yyjson_val *array,
                   const Place *place)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  size_t i, most;
  yyjson_val *component;

  yyjson_arr_foreach (array, i, most, component)
  {
    if (!g_hash_table_add (seen, (gpointer) belay_value_member_text (component, "id")))
      {
        Place element = { place, NULL, i };

        return refuse_member (check, &element, "id", "must not be that of another component", "2.4.4.1");
      }
  }

  return TRUE;
}

/* §2.4.4.1: which lists of components go with which type of interaction */
static gboolean
definition_also (const Check *check,
                 yyjson_val *object,
                 const Place *place)
{
  static const struct
  {
    const char *member;
    const char *types;
  } lists[] = {
    { "choices", "|choice|sequencing|" }, { "scale", "|likert|" },      { "source", "|matching|" },
    { "target", "|matching|" },           { "steps", "|performance|" }, { "correctResponsesPattern", NULL }
  };
  const char *type = belay_value_member_text (object, "interactionType");
  g_autofree char *marked = type != NULL ? g_strconcat ("|", type, "|", NULL) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      yyjson_val *list = yyjson_obj_get (object, lists[i].member);
      Place member = { place, lists[i].member, 0 };

      if (list == NULL)
        continue;
      if (type == NULL)
        return refuse_member (check, place, "interactionType", "must be there with parts of an interaction", "2.4.4.1");
      if (lists[i].types == NULL)
        continue;
      if (strstr (lists[i].types, marked) == NULL)
        return refuse (check, &member, "must not stand with this type of interaction", "2.4.4.1");
      if (!components_differ (check, list, &member))
        return FALSE;
    }

  return TRUE;
}

static gboolean
score_also (const Check *check,
            yyjson_val *object,
            const Place *place)
{
  yyjson_val *raw = yyjson_obj_get (object, "raw");
  yyjson_val *min = yyjson_obj_get (object, "min");
  yyjson_val *max = yyjson_obj_get (object, "max");

  if (min != NULL && max != NULL && belay_value_number (min) >= belay_value_number (max))
    return refuse_member (check, place, "min", "must be less than max", "2.4.5.1");
  if (raw != NULL && min != NULL && belay_value_number (raw) < belay_value_number (min))
    return refuse_member (check, place, "raw", "must not be less than min", "2.4.5.1");
  if (raw != NULL && max != NULL && belay_value_number (raw) > belay_value_number (max))
    return refuse_member (check, place, "raw", "must not be more than max", "2.4.5.1");

  return TRUE;
}

static gboolean
is_of_type (yyjson_val *object,
            const char *type)
{
  return g_strcmp0 (belay_value_member_text (object, "objectType"), type) == 0;
}

/* What both a statement and a SubStatement demand: §2.3.2, §2.4.6 */
static gboolean
statement_also (const Check *check,
                yyjson_val *statement,
                const Place *place)
{
  static const char *const of_activities[] = { "revision", "platform" };
  yyjson_val *object = yyjson_obj_get (statement, "object");
  yyjson_val *context = yyjson_obj_get (statement, "context");
  const char *verb = belay_value_member_text (yyjson_obj_get (statement, "verb"), "id");
  gboolean is_activity = yyjson_obj_get (object, "objectType") == NULL || is_of_type (object, "Activity");
  Place context_place = { place, "context", 0 };

  if (g_strcmp0 (verb, VOIDED) == 0 && !is_of_type (object, "StatementRef"))
    return refuse_member (check, place, "object", "must be a StatementRef in a statement that voids", "2.3.2");

  for (guint i = 0; i < G_N_ELEMENTS (of_activities); i++)
    if (!is_activity && yyjson_obj_get (context, of_activities[i]) != NULL)
      return refuse_member (check, &context_place, of_activities[i],
                            "must not be there unless the object is an Activity", "2.4.6");

  return TRUE;
}

/* Maps: §4.1, §4.2 */

static const Shape extensions = {
  .what = "must be an object of extensions",
  .section = "4.1",
  .keys = &BELAY_KIND_IRI,
  .values = &BELAY_KIND_ANYTHING,
};

static const Shape language_map = {
  .what = "must be an object from language tags to strings",
  .section = "4.2",
  .keys = &BELAY_KIND_LANGUAGE,
  .values = &BELAY_KIND_TEXT,
};

/* People: §2.4.2 */

static const Member account_members[] = {
  { "homePage", ONE, &BELAY_KIND_IRL, NULL, REQUIRED },
  { "name", ONE, &BELAY_KIND_NAME, NULL, REQUIRED },
  { 0 },
};
static const Shape account = { .what = "must be an account", .section = "2.4.2.4", .members = account_members };

#define IDENTIFIERS                                                                                                    \
  { "name", ONE, &BELAY_KIND_TEXT, NULL, OPTIONAL }, { "mbox", ONE, &BELAY_KIND_MAILTO, NULL, OPTIONAL },              \
    { "mbox_sha1sum", ONE, &BELAY_KIND_SHA1, NULL, OPTIONAL }, { "openid", ONE, &BELAY_KIND_IRI, NULL, OPTIONAL },     \
  {                                                                                                                    \
    "account", ONE, NULL, &account, OPTIONAL                                                                           \
  }

static const Member agent_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, OPTIONAL },
  IDENTIFIERS,
  { 0 },
};
static const Shape agent = {
  .what = "must be an Agent",
  .section = "2.4.2.1",
  .members = agent_members,
  .object_type = "Agent",
  .also = agent_also,
};

static const Member group_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, REQUIRED },
  IDENTIFIERS,
  { "member", MANY, NULL, &agent, OPTIONAL },
  { 0 },
};
static const Shape group = {
  .what = "must be a Group",
  .section = "2.4.2.2",
  .members = group_members,
  .object_type = "Group",
  .also = group_also,
};
static const Shape identified_group = {
  .what = "must be a Group with an identifier",
  .section = "2.4.2.2",
  .members = group_members,
  .object_type = "Group",
  .also = identified_group_also,
};
static const Shape authority_group = {
  .what = "must be a Group of two agents",
  .section = "2.4.9",
  .members = group_members,
  .object_type = "Group",
  .also = authority_group_also,
};

static const Choice actor_choices[] = { { "Agent", &agent }, { "Group", &group }, { 0 } };
static const Shape actor = { .what = "must be an Agent or a Group", .section = "2.4.2", .choices = actor_choices };

static const Choice identified_choices[] = { { "Agent", &agent }, { "Group", &identified_group }, { 0 } };
static const Shape identified = { .what = "must be an Agent, or a Group with an identifier",
                                  .section = "2.1.3",
                                  .choices = identified_choices };

static const Choice authority_choices[] = { { "Agent", &agent }, { "Group", &authority_group }, { 0 } };
static const Shape authority = { .what = "must be an Agent, or a Group of two",
                                 .section = "2.4.9",
                                 .choices = authority_choices };

/* What it was about: §2.4.3, §2.4.4 */

static const Member verb_members[] = {
  { "id", ONE, &BELAY_KIND_IRI, NULL, REQUIRED },
  { "display", ONE, NULL, &language_map, OPTIONAL },
  { 0 },
};
static const Shape verb = { .what = "must be a verb", .section = "2.4.3", .members = verb_members };

static const Member component_members[] = {
  { "id", ONE, &BELAY_KIND_NAME, NULL, REQUIRED },
  { "description", ONE, NULL, &language_map, OPTIONAL },
  { 0 },
};
static const Shape component = { .what = "must be a component of an interaction",
                                 .section = "2.4.4.1",
                                 .members = component_members };

static const Member definition_members[] = {
  { "name", ONE, NULL, &language_map, OPTIONAL },
  { "description", ONE, NULL, &language_map, OPTIONAL },
  { "type", ONE, &BELAY_KIND_IRI, NULL, OPTIONAL },
  { "moreInfo", ONE, &BELAY_KIND_IRL, NULL, OPTIONAL },
  { "extensions", ONE, NULL, &extensions, OPTIONAL },
  { "interactionType", ONE, &BELAY_KIND_INTERACTION, NULL, OPTIONAL },
  { "correctResponsesPattern", MANY, &BELAY_KIND_TEXT, NULL, OPTIONAL },
  { "choices", MANY, NULL, &component, OPTIONAL },
  { "scale", MANY, NULL, &component, OPTIONAL },
  { "source", MANY, NULL, &component, OPTIONAL },
  { "target", MANY, NULL, &component, OPTIONAL },
  { "steps", MANY, NULL, &component, OPTIONAL },
  { 0 },
};
static const Shape definition = {
  .what = "must be the definition of an Activity",
  .section = "2.4.4.1",
  .members = definition_members,
  .also = definition_also,
};

static const Member activity_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, OPTIONAL },
  { "id", ONE, &BELAY_KIND_IRI, NULL, REQUIRED },
  { "definition", ONE, NULL, &definition, OPTIONAL },
  { 0 },
};
static const Shape activity = { .what = "must be an Activity",
                                .section = "2.4.4.1",
                                .members = activity_members,
                                .object_type = "Activity" };

static const Member statement_ref_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, REQUIRED },
  { "id", ONE, &BELAY_KIND_UUID, NULL, REQUIRED },
  { 0 },
};
static const Shape statement_ref = {
  .what = "must be a StatementRef",
  .section = "2.4.4.3",
  .members = statement_ref_members,
  .object_type = "StatementRef",
};

/* What came of it: §2.4.5 */

static const Member score_members[] = {
  { "scaled", ONE, &BELAY_KIND_SCALED, NULL, OPTIONAL },
  { "raw", ONE, &BELAY_KIND_NUMBER, NULL, OPTIONAL },
  { "min", ONE, &BELAY_KIND_NUMBER, NULL, OPTIONAL },
  { "max", ONE, &BELAY_KIND_NUMBER, NULL, OPTIONAL },
  { 0 },
};
static const Shape score = { .what = "must be a score",
                             .section = "2.4.5.1",
                             .members = score_members,
                             .also = score_also };

static const Member result_members[] = {
  { "score", ONE, NULL, &score, OPTIONAL },
  { "success", ONE, &BELAY_KIND_BOOLEAN, NULL, OPTIONAL },
  { "completion", ONE, &BELAY_KIND_BOOLEAN, NULL, OPTIONAL },
  { "response", ONE, &BELAY_KIND_TEXT, NULL, OPTIONAL },
  { "duration", ONE, &BELAY_KIND_DURATION, NULL, OPTIONAL },
  { "extensions", ONE, NULL, &extensions, OPTIONAL },
  { 0 },
};
static const Shape result = { .what = "must be a result", .section = "2.4.5", .members = result_members };

/* Where it belongs: §2.4.6 */

static const Member context_activities_members[] = {
  { "parent", ONE_OR_MANY, NULL, &activity, OPTIONAL },
  { "grouping", ONE_OR_MANY, NULL, &activity, OPTIONAL },
  { "category", ONE_OR_MANY, NULL, &activity, OPTIONAL },
  { "other", ONE_OR_MANY, NULL, &activity, OPTIONAL },
  { 0 },
};
static const Shape context_activities = { .what = "must be an object of context activities",
                                          .section = "2.4.6.2",
                                          .members = context_activities_members };

static const Member context_agent_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, REQUIRED },
  { "agent", ONE, NULL, &agent, REQUIRED },
  { "relevantTypes", MANY, &BELAY_KIND_IRI, NULL, NOT_EMPTY },
  { 0 },
};
static const Shape context_agent = {
  .what = "must be a contextAgent",
  .section = "2.0: 4.2.6",
  .members = context_agent_members,
  .object_type = "contextAgent",
};

static const Member context_group_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, REQUIRED },
  { "group", ONE, NULL, &group, REQUIRED },
  { "relevantTypes", MANY, &BELAY_KIND_IRI, NULL, NOT_EMPTY },
  { 0 },
};
static const Shape context_group = {
  .what = "must be a contextGroup",
  .section = "2.0: 4.2.6",
  .members = context_group_members,
  .object_type = "contextGroup",
};

static const Member context_members[] = {
  { "registration", ONE, &BELAY_KIND_UUID, NULL, OPTIONAL },
  { "instructor", ONE, NULL, &actor, OPTIONAL },
  { "team", ONE, NULL, &group, OPTIONAL },
  { "contextActivities", ONE, NULL, &context_activities, OPTIONAL },
  { "contextAgents", MANY, NULL, &context_agent, SINCE_2_0 },
  { "contextGroups", MANY, NULL, &context_group, SINCE_2_0 },
  { "revision", ONE, &BELAY_KIND_TEXT, NULL, OPTIONAL },
  { "platform", ONE, &BELAY_KIND_TEXT, NULL, OPTIONAL },
  { "language", ONE, &BELAY_KIND_LANGUAGE, NULL, OPTIONAL },
  { "statement", ONE, NULL, &statement_ref, OPTIONAL },
  { "extensions", ONE, NULL, &extensions, OPTIONAL },
  { 0 },
};
static const Shape context = { .what = "must be a context", .section = "2.4.6", .members = context_members };

/* What goes with it: §2.4.11 */

static const Member attachment_members[] = {
  { "usageType", ONE, &BELAY_KIND_IRI, NULL, REQUIRED }, { "display", ONE, NULL, &language_map, REQUIRED },
  { "description", ONE, NULL, &language_map, OPTIONAL }, { "contentType", ONE, &BELAY_KIND_MEDIA_TYPE, NULL, REQUIRED },
  { "length", ONE, &BELAY_KIND_LENGTH, NULL, REQUIRED }, { "sha2", ONE, &BELAY_KIND_SHA2, NULL, REQUIRED },
  { "fileUrl", ONE, &BELAY_KIND_IRL, NULL, OPTIONAL },   { 0 },
};
static const Shape attachment = { .what = "must be an attachment", .section = "2.4.11", .members = attachment_members };

/* Statements: §2.4; a SubStatement has no object of its own kind: §2.4.4.3 */

static const Choice sub_object_choices[] = {
  { "Activity", &activity }, { "Agent", &agent }, { "Group", &group }, { "StatementRef", &statement_ref }, { 0 },
};
static const Shape sub_object = {
  .what = "must be an Activity, Agent, Group or StatementRef",
  .section = "2.4.4.3",
  .choices = sub_object_choices,
};

#define PARTS(object_shape)                                                                                            \
  { "actor", ONE, NULL, &actor, REQUIRED }, { "verb", ONE, NULL, &verb, REQUIRED },                                    \
    { "object", ONE, NULL, object_shape, REQUIRED }, { "result", ONE, NULL, &result, OPTIONAL },                       \
    { "context", ONE, NULL, &context, OPTIONAL }, { "timestamp", ONE, &BELAY_KIND_TIMESTAMP, NULL, OPTIONAL },         \
  {                                                                                                                    \
    "attachments", MANY, NULL, &attachment, OPTIONAL                                                                   \
  }

static const Member sub_statement_members[] = {
  { "objectType", ONE, &BELAY_KIND_TEXT, NULL, REQUIRED },
  PARTS (&sub_object),
  { 0 },
};
static const Shape sub_statement = {
  .what = "must be a SubStatement",
  .section = "2.4.4.3",
  .members = sub_statement_members,
  .object_type = "SubStatement",
  .also = statement_also,
};

static const Choice object_choices[] = {
  { "Activity", &activity },
  { "Agent", &agent },
  { "Group", &group },
  { "SubStatement", &sub_statement },
  { "StatementRef", &statement_ref },
  { 0 },
};
static const Shape object_of_statement = {
  .what = "must be an Activity, Agent, Group, SubStatement or StatementRef",
  .section = "2.4.4",
  .choices = object_choices,
};

static const Member statement_members[] = {
  { "id", ONE, &BELAY_KIND_UUID, NULL, OPTIONAL },          PARTS (&object_of_statement),
  { "stored", ONE, &BELAY_KIND_TIMESTAMP, NULL, OPTIONAL }, { "authority", ONE, NULL, &authority, OPTIONAL },
  { "version", ONE, &BELAY_KIND_VERSION, NULL, OPTIONAL },  { 0 },
};
static const Shape statement = { .what = "must be a statement",
                                 .section = "2.4",
                                 .members = statement_members,
                                 .also = statement_also };

/* Walking the table */

static gboolean check_object (const Check *check,
                              const Shape *shape,
                              yyjson_val *value,
                              const Place *place);

static gboolean
check_value (const Check *check,
             const Member *member,
             yyjson_val *value,
             const Place *place)
{
  if (member->shape != NULL)
    return check_object (check, member->shape, value, place);
  if (!member->kind->holds (value, check->version))
    return refuse (check, place, member->kind->rule, member->kind->section);

  return TRUE;
}

static gboolean
check_elements (const Check *check,
                const Member *member,
                yyjson_val *array,
                const Place *place)
{
  size_t i, most;
  yyjson_val *element;

  if ((member->demand & NOT_EMPTY) && yyjson_arr_size (array) == 0)
    return refuse (check, place, "must not be empty", "2.2");

  yyjson_arr_foreach (array, i, most, element)
  {
    Place element_place = { place, NULL, i };

    if (!check_value (check, member, element, &element_place))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_member (const Check *check,
              const Member *member,
              yyjson_val *value,
              const Place *place)
{
  if (yyjson_is_null (value))
    return refuse (check, place, "must not be null", "2.2");
  if (member->how_many == MANY && !yyjson_is_arr (value))
    return refuse (check, place, "must be an array", "2.2");
  if (member->how_many != ONE && yyjson_is_arr (value))
    return check_elements (check, member, value, place);

  return check_value (check, member, value, place);
}

static const Member *
find_member (const Check *check,
             const Member *members,
             const char *name)
{
  for (const Member *member = members; member->name != NULL; member++)
    if (g_str_equal (member->name, name))
      return (member->demand & SINCE_2_0) && check->version != BELAY_XAPI_VERSION_2_0 ? NULL : member;

  return NULL;
}

static gboolean
check_members (const Check *check,
               const Shape *shape,
               yyjson_val *object,
               const Place *place)
{
  size_t i, most;
  yyjson_val *key, *value;

  yyjson_obj_foreach (object, i, most, key, value)
  {
    const Member *member = find_member (check, shape->members, yyjson_get_str (key));
    Place member_place = { place, yyjson_get_str (key), 0 };

    if (member == NULL)
      return refuse (check, &member_place, "is not a property that the standard knows here", "2.2");
    if (!check_member (check, member, value, &member_place))
      return FALSE;
    if (shape->object_type != NULL && g_str_equal (member->name, "objectType")
        && !yyjson_equals_str (value, shape->object_type))
      return refuse (check, &member_place, "does not say what stands here", shape->section);
  }

  for (const Member *member = shape->members; member->name != NULL; member++)
    if ((member->demand & REQUIRED) && yyjson_obj_get (object, member->name) == NULL)
      return refuse_member (check, place, member->name, "must be there", shape->section);

  return shape->also == NULL || shape->also (check, object, place);
}

static gboolean
check_map (const Check *check,
           const Shape *shape,
           yyjson_val *object,
           const Place *place)
{
  size_t i, most;
  yyjson_val *key, *value;

  yyjson_obj_foreach (object, i, most, key, value)
  {
    Place member_place = { place, yyjson_get_str (key), 0 };

    if (!shape->keys->holds (key, check->version))
      return refuse (check, &member_place,
                     shape->keys == &BELAY_KIND_IRI ? "is a key that must be an IRI"
                                                    : "is a key that must be a language tag",
                     shape->keys->section);
    if (!shape->values->holds (value, check->version))
      return refuse (check, &member_place, shape->values->rule, shape->section);
  }

  return TRUE;
}

static gboolean
check_choice (const Check *check,
              const Shape *shape,
              yyjson_val *object,
              const Place *place)
{
  yyjson_val *type = yyjson_obj_get (object, "objectType");

  if (type == NULL)
    return check_members (check, shape->choices[0].shape, object, place);
  for (const Choice *choice = shape->choices; choice->object_type != NULL; choice++)
    if (yyjson_equals_str (type, choice->object_type))
      return check_members (check, choice->shape, object, place);

  return refuse_member (check, place, "objectType", "does not say what may stand here", shape->section);
}

static gboolean
check_object (const Check *check,
              const Shape *shape,
              yyjson_val *value,
              const Place *place)
{
  if (!yyjson_is_obj (value))
    return refuse (check, place, shape->what, shape->section);
  if (shape->choices != NULL)
    return check_choice (check, shape, value, place);
  if (shape->keys != NULL)
    return check_map (check, shape, value, place);

  return check_members (check, shape, value, place);
}

/* What holds for all JSON: no member twice, no depth without end */

static gboolean check_json (const Check *check,
                            yyjson_val *value,
                            const Place *place,
                            guint depth);

static gboolean
check_json_object (const Check *check,
                   yyjson_val *object,
                   const Place *place,
                   guint depth)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  size_t i, most;
  yyjson_val *key, *value;

  yyjson_obj_foreach (object, i, most, key, value)
  {
    Place member_place = { place, yyjson_get_str (key), 0 };

    if (strlen (yyjson_get_str (key)) != yyjson_get_len (key))
      return refuse (check, &member_place, "has U+0000 in its name", "2.2");
    if (!g_hash_table_add (seen, (gpointer) yyjson_get_str (key)))
      return refuse (check, &member_place, "must not be there twice", "2.2");
    if (yyjson_is_ctn (value) && !check_json (check, value, &member_place, depth + 1))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_json (const Check *check,
            yyjson_val *value,
            const Place *place,
            guint depth)
{
  size_t i, most;
  yyjson_val *element;

  if (depth > BELAY_STATEMENT_DEPTH_MOST)
    return refuse (check, NULL, "is nested too deeply", "2.2");
  if (yyjson_is_obj (value))
    return check_json_object (check, value, place, depth);

  yyjson_arr_foreach (value, i, most, element)
  {
    Place element_place = { place, NULL, i };

    if (yyjson_is_ctn (element) && !check_json (check, element, &element_place, depth + 1))
      return FALSE;
  }

  return TRUE;
}

/**
 * belay_rules_check_json:
 * @where: the path that problems begin with; may be empty
 *
 * Returns: whether no object within @value has a member twice, and none is nested deeper than
 *   %BELAY_STATEMENT_DEPTH_MOST
 */
gboolean
belay_rules_check_json (yyjson_val *value,
                        const char *where,
                        BelayStatementProblem *problem)
{
  Check check = { BELAY_XAPI_VERSION_2_0, problem };
  Place place = { NULL, where, 0 };

  g_return_val_if_fail (where != NULL, FALSE);
  g_return_val_if_fail (problem != NULL, FALSE);

  return check_json (&check, value, &place, 0);
}

/**
 * belay_rules_check:
 * @where: the path that problems begin with; may be empty
 * @problem: set where @value breaks a rule
 *
 * Returns: whether @value, which belay_rules_check_json() has accepted, keeps @rules
 */
gboolean
belay_rules_check (BelayRules rules,
                   yyjson_val *value,
                   const char *where,
                   BelayXapiVersion version,
                   BelayStatementProblem *problem)
{
  static const Shape *const shapes[] = {
    [BELAY_RULES_STATEMENT] = &statement,
    [BELAY_RULES_ACTOR] = &identified,
    [BELAY_RULES_AGENT] = &agent,
  };
  Check check = { version, problem };
  Place place = { NULL, where, 0 };

  g_return_val_if_fail (rules < G_N_ELEMENTS (shapes), FALSE);
  g_return_val_if_fail (where != NULL, FALSE);
  g_return_val_if_fail (problem != NULL, FALSE);

  return check_object (&check, shapes[rules], value, &place);
}
