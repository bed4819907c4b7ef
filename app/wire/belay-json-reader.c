/* belay-json-reader.c: reads the other side's JSON, and never trusts it
 *
 * Everything is checked as it is read: what it is, how large it is. The first fault stays, with the
 * path to it, and all that is read after it is empty; so the code that reads a message is a list of
 * its members and asks once, at the end. Numbers are kept as the text they came in, so that what is
 * embedded goes on as it was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-json-reader.h"

#include "belay-id.h"
#include "belay-text.h"
#include "belay-time.h"
#include "belay-wire-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

#define LANGUAGES_MOST 100
#define LANGUAGE_TAG_MOST 35 /* RFC 5646 §4.4.1 */

typedef struct
{
  yyjson_val *value;
  const char *name; /* of the member; %NULL for the element of an array, and for the root */
  gsize index;
  gboolean is_element;
  yyjson_arr_iter elements; /* where value is an array that is being walked */
  yyjson_obj_iter members;  /* where value is an object that is being walked */
} Frame;

struct _BelayJsonReader
{
  yyjson_doc *document;
  GArray *frames; /* of Frame; the last is where we are */
  GError *error;
};

static char *
describe_place (const BelayJsonReader *self,
                const char *member)
{
  GString *path = g_string_new (NULL);

  for (guint i = 1; i < self->frames->len; i++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, i);

      if (frame->is_element)
        g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", frame->index);
      else
        g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", frame->name);
    }
  if (member != NULL)
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", member);

  return g_string_free_and_steal (path);
}

static void
fail (BelayJsonReader *self,
      const char *member,
      BelayWireErrorCode code,
      gint64 most,
      const char *rule)
{
  g_autofree char *where = NULL;

  if (self->error != NULL)
    return;

  where = describe_place (self, member);
  self->error = belay_wire_error_new (code, where, most, rule);
}

static Frame *
get_frame (const BelayJsonReader *self)
{
  return &g_array_index (self->frames, Frame, self->frames->len - 1);
}

static void
push (BelayJsonReader *self,
      yyjson_val *value,
      const char *name)
{
  Frame frame = { .value = value, .name = name };

  g_array_append_val (self->frames, frame);
}

static void
push_element (BelayJsonReader *self,
              yyjson_val *value,
              gsize index)
{
  Frame frame = { .value = value, .index = index, .is_element = TRUE };

  g_array_append_val (self->frames, frame);
}

/* yyjson reads any depth; the code that walks what was read must not. */
static gboolean
is_too_deep (const char *text,
             gsize length)
{
  guint depth = 0;
  gboolean is_in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (is_in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            is_in_string = FALSE;
        }
      else if (text[i] == '"')
        is_in_string = TRUE;
      else if (text[i] == '{' || text[i] == '[')
        {
          if (++depth > BELAY_WIRE_NESTING_MOST)
            return TRUE;
        }
      else if ((text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }

  return FALSE;
}

static yyjson_val *
parse (BelayJsonReader *self,
       const char *text,
       gsize length)
{
  yyjson_read_err problem;

  if (length > BELAY_WIRE_BODY_UNPACKED_MOST)
    {
      fail (self, NULL, BELAY_WIRE_ERROR_TOO_LARGE, BELAY_WIRE_BODY_UNPACKED_MOST, "is too large");
      return NULL;
    }
  if (is_too_deep (text, length))
    {
      fail (self, NULL, BELAY_WIRE_ERROR_MALFORMED, 0, "is nested too deeply");
      return NULL;
    }

  /* with flags that change nothing in place, yyjson does not write to its input */
  self->document = yyjson_read_opts ((char *) text, length, YYJSON_READ_NUMBER_AS_RAW, NULL, &problem);
  if (self->document == NULL)
    {
      fail (self, NULL, BELAY_WIRE_ERROR_MALFORMED, 0, "is not JSON");
      return NULL;
    }
  if (!yyjson_is_obj (yyjson_doc_get_root (self->document)))
    {
      fail (self, NULL, BELAY_WIRE_ERROR_MALFORMED, 0, "is not an object");
      return NULL;
    }

  return yyjson_doc_get_root (self->document);
}

/**
 * belay_json_reader_new:
 * @text: JSON, which need not end in a NUL; it may be freed at once
 * @length: of @text in bytes
 *
 * Begins to read an object. That it is none, or over a limit, is told by belay_json_reader_finish().
 *
 * Returns: (transfer full): a reader inside the object
 */
BelayJsonReader *
belay_json_reader_new (const char *text,
                       gsize length)
{
  BelayJsonReader *self;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  self = g_new0 (BelayJsonReader, 1);
  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  push (self, parse (self, text != NULL ? text : "", length), NULL);

  return self;
}

/**
 * belay_json_reader_new_bytes:
 * @bytes: JSON
 *
 * Returns: (transfer full): as belay_json_reader_new()
 */
BelayJsonReader *
belay_json_reader_new_bytes (GBytes *bytes)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);

  return belay_json_reader_new (text, length);
}

void
belay_json_reader_free (BelayJsonReader *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->document, yyjson_doc_free);
  g_array_unref (self->frames);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * belay_json_reader_finish:
 * @error: (out): %BELAY_WIRE_ERROR of the first fault that was met
 *
 * Returns: whether all that was asked for was there and right
 */
gboolean
belay_json_reader_finish (BelayJsonReader *self,
                          GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}

/**
 * belay_json_reader_has_failed:
 *
 * Returns: whether a fault was met
 */
gboolean
belay_json_reader_has_failed (const BelayJsonReader *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->error != NULL;
}

/**
 * belay_json_reader_fail:
 * @member: (nullable): a member of where the reader is, or %NULL for that itself
 * @rule: what it should have been, to be read after its path, such as "is not a number"
 *
 * Tells of a fault that the reader's caller found.
 */
void
belay_json_reader_fail (BelayJsonReader *self,
                        const char *member,
                        const char *rule)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (rule != NULL);

  fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, rule);
}

/* The member, or where the reader is itself; %NULL where it is missing or null. */
static yyjson_val *
look_up (BelayJsonReader *self,
         const char *member)
{
  yyjson_val *value;

  if (self->error != NULL)
    return NULL;

  value = get_frame (self)->value;
  if (member != NULL)
    value = yyjson_obj_get (value, member);

  return yyjson_is_null (value) ? NULL : value;
}

static yyjson_val *
look_up_needed (BelayJsonReader *self,
                const char *member)
{
  yyjson_val *value = look_up (self, member);

  if (value == NULL)
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is missing");

  return value;
}

/**
 * belay_json_reader_has:
 *
 * Returns: whether @member is there and not null
 */
gboolean
belay_json_reader_has (BelayJsonReader *self,
                       const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return look_up (self, member) != NULL;
}

/**
 * belay_json_reader_is_number:
 *
 * Returns: whether @member is there and a number
 */
gboolean
belay_json_reader_is_number (BelayJsonReader *self,
                             const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return yyjson_is_raw (look_up (self, member));
}

/**
 * belay_json_reader_enter:
 * @member: must be an object
 *
 * Goes into it, until belay_json_reader_leave(). To be left only where this returned %TRUE.
 *
 * Returns: whether it could be entered
 */
gboolean
belay_json_reader_enter (BelayJsonReader *self,
                         const char *member)
{
  yyjson_val *value;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  value = look_up_needed (self, member);
  if (value == NULL)
    return FALSE;
  if (!yyjson_is_obj (value))
    {
      fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not an object");
      return FALSE;
    }

  push (self, value, member);
  return TRUE;
}

/**
 * belay_json_reader_enter_optional:
 * @member: an object, or missing, or null
 *
 * Returns: whether it was there and was entered, as belay_json_reader_enter() does
 */
gboolean
belay_json_reader_enter_optional (BelayJsonReader *self,
                                  const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return belay_json_reader_has (self, member) && belay_json_reader_enter (self, member);
}

/**
 * belay_json_reader_leave:
 *
 * Goes back to where belay_json_reader_enter() was called.
 */
void
belay_json_reader_leave (BelayJsonReader *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->frames->len > 1);

  g_array_set_size (self->frames, self->frames->len - 1);
}

/**
 * belay_json_reader_begin:
 * @member: must be an array, or be missing: then it is empty
 * @most: of elements
 *
 * Begins to walk it; belay_json_reader_next() goes from element to element.
 */
void
belay_json_reader_begin (BelayJsonReader *self,
                         const char *member,
                         gsize most)
{
  yyjson_val *value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (member != NULL);

  value = look_up (self, member);
  if (value != NULL && !yyjson_is_arr (value))
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not an array");
  else if (yyjson_arr_size (value) > most)
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "has too many elements");

  push (self, value, member);
  if (self->error == NULL && value != NULL)
    yyjson_arr_iter_init (value, &get_frame (self)->elements);
}

/**
 * belay_json_reader_next:
 *
 * Goes to the next element of the array that belay_json_reader_begin() began. After the last, the
 * reader is where that was called.
 *
 * Returns: whether there is one
 */
gboolean
belay_json_reader_next (BelayJsonReader *self)
{
  Frame *array;
  yyjson_val *element;
  gsize index = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->frames->len > 1, FALSE);

  if (self->error != NULL)
    return FALSE;

  if (get_frame (self)->is_element)
    {
      index = get_frame (self)->index + 1;
      belay_json_reader_leave (self);
    }

  array = get_frame (self);
  element = array->value != NULL ? yyjson_arr_iter_next (&array->elements) : NULL;
  if (element == NULL)
    {
      belay_json_reader_leave (self);
      return FALSE;
    }

  push_element (self, element, index);
  return TRUE;
}

/**
 * belay_json_reader_begin_members:
 * @member: must be an object, or be missing: then it is empty
 * @most: of members
 *
 * Begins to walk it; belay_json_reader_next_member() goes from member to member.
 */
void
belay_json_reader_begin_members (BelayJsonReader *self,
                                 const char *member,
                                 gsize most)
{
  yyjson_val *value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (member != NULL);

  value = look_up (self, member);
  if (value != NULL && !yyjson_is_obj (value))
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not an object");
  else if (yyjson_obj_size (value) > most)
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "has too many members");

  push (self, value, member);
  if (self->error == NULL && value != NULL)
    yyjson_obj_iter_init (value, &get_frame (self)->members);
}

/**
 * belay_json_reader_next_member:
 *
 * Tells the name of the next member of the object that belay_json_reader_begin_members() began,
 * which can then be read by that name. After the last, the reader is where that was called.
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
belay_json_reader_next_member (BelayJsonReader *self)
{
  Frame *object;
  yyjson_val *key;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->frames->len > 1, NULL);

  if (self->error != NULL)
    return NULL;

  object = get_frame (self);
  key = object->value != NULL ? yyjson_obj_iter_next (&object->members) : NULL;
  if (key == NULL)
    {
      belay_json_reader_leave (self);
      return NULL;
    }

  return yyjson_get_str (key);
}

static gboolean
is_date (const char *text)
{
  int year, month, day;

  return strlen (text) == 10 && strspn (text, "0123456789-") == 10
         && sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3 && text[4] == '-' && text[7] == '-' && year > 0
         && month > 0 && day > 0 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
is_public_key (const char *text)
{
  g_autoptr (GBytes) bytes = belay_text_unbase64url (text);

  return bytes != NULL && g_bytes_get_size (bytes) == 32;
}

/* What @text breaks, or %NULL */
static const char *
find_broken_rule (const char *text,
                  BelayTextRule rule)
{
  if (rule & BELAY_TEXT_UUID && !belay_id_is_valid (text))
    return "is not a UUID";
  if (rule & BELAY_TEXT_KEY && !belay_text_is_key (text))
    return "is not a key";
  if (rule & BELAY_TEXT_SHA256 && !belay_text_is_sha256 (text))
    return "is not a SHA-256";
  if (rule & BELAY_TEXT_DATE && !is_date (text))
    return "is not a date";
  if (rule & BELAY_TEXT_PUBLIC_KEY && !is_public_key (text))
    return "is not the base64url of 32 bytes";
  if (rule & BELAY_TEXT_NOT_EMPTY && *text == '\0')
    return "is empty";

  return NULL;
}

static const char *
get_text (BelayJsonReader *self,
          const char *member,
          yyjson_val *value,
          gsize most)
{
  const char *text = yyjson_get_str (value);

  if (text == NULL)
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not a text");
  else if (yyjson_get_len (value) > most)
    fail (self, member, BELAY_WIRE_ERROR_TOO_LARGE, (gint64) most, "is too long");
  else if (strlen (text) != yyjson_get_len (value))
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "has a NUL in it");
  else
    return text;

  return NULL;
}

/**
 * belay_json_reader_dup_text:
 * @member: (nullable): a member, or %NULL for the element the reader is at
 * @rule: what it must be
 *
 * Returns: (transfer full) (nullable): the text; %NULL where it is optional and not there, or wrong
 */
char *
belay_json_reader_dup_text (BelayJsonReader *self,
                            const char *member,
                            BelayTextRule rule)
{
  yyjson_val *value;
  const char *text;
  const char *broken;
  gsize most = rule & BELAY_TEXT_LONG ? BELAY_WIRE_STATE_MOST / 3 * 4 + 4 : BELAY_WIRE_STRING_MOST;

  g_return_val_if_fail (self != NULL, NULL);

  value = rule & BELAY_TEXT_OPTIONAL ? look_up (self, member) : look_up_needed (self, member);
  if (value == NULL)
    return NULL;
  text = get_text (self, member, value, most);
  if (text == NULL)
    return NULL;

  broken = find_broken_rule (text, rule);
  if (broken != NULL)
    {
      fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, broken);
      return NULL;
    }

  return rule & BELAY_TEXT_UUID ? g_ascii_strdown (text, -1) : g_strdup (text);
}

static gint64
read_number (BelayJsonReader *self,
             const char *member,
             yyjson_val *value,
             gint64 least,
             gint64 most)
{
  gint64 number;

  if (!yyjson_is_raw (value))
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not a number");
  else if (!g_ascii_string_to_signed (yyjson_get_raw (value), 10, least, most, &number, NULL))
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not a whole number within its limits");
  else
    return number;

  return least;
}

/**
 * belay_json_reader_get_number:
 * @least: smallest number allowed
 * @most: largest number allowed
 *
 * Returns: the whole number, @least where it is wrong
 */
gint64
belay_json_reader_get_number (BelayJsonReader *self,
                              const char *member,
                              gint64 least,
                              gint64 most)
{
  yyjson_val *value;

  g_return_val_if_fail (self != NULL, least);

  value = look_up_needed (self, member);

  return value != NULL ? read_number (self, member, value, least, most) : least;
}

/**
 * belay_json_reader_get_number_or:
 * @least: smallest number allowed
 * @most: largest number allowed
 * @otherwise: what is meant where it is missing or null
 *
 * Returns: the whole number
 */
gint64
belay_json_reader_get_number_or (BelayJsonReader *self,
                                 const char *member,
                                 gint64 least,
                                 gint64 most,
                                 gint64 otherwise)
{
  yyjson_val *value;

  g_return_val_if_fail (self != NULL, otherwise);

  value = look_up (self, member);

  return value != NULL ? read_number (self, member, value, least, most) : otherwise;
}

/**
 * belay_json_reader_get_boolean:
 * @otherwise: what is meant where it is missing or null
 *
 * Returns: true or false
 */
gboolean
belay_json_reader_get_boolean (BelayJsonReader *self,
                               const char *member,
                               gboolean otherwise)
{
  yyjson_val *value;

  g_return_val_if_fail (self != NULL, otherwise);

  value = look_up (self, member);
  if (value != NULL && !yyjson_is_bool (value))
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is neither true nor false");

  return value != NULL ? yyjson_get_bool (value) : otherwise;
}

/**
 * belay_json_reader_get_time:
 *
 * Returns: the time in microseconds since 1970 UTC; 0 where it is wrong
 */
gint64
belay_json_reader_get_time (BelayJsonReader *self,
                            const char *member)
{
  gint64 time_us = belay_json_reader_get_time_or_never (self, member);

  if (time_us < 0)
    fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is missing");

  return MAX (time_us, 0);
}

/**
 * belay_json_reader_get_time_or_never:
 *
 * Returns: the time in microseconds since 1970 UTC; -1 where it is missing, null or wrong
 */
gint64
belay_json_reader_get_time_or_never (BelayJsonReader *self,
                                     const char *member)
{
  g_autofree char *text = NULL;
  gint64 time_us;

  g_return_val_if_fail (self != NULL, -1);

  text = belay_json_reader_dup_text (self, member, BELAY_TEXT_OPTIONAL);
  if (text == NULL)
    return -1;
  /* the epoch's own second is as early as anything here can be */
  if (!belay_time_parse (text, &time_us) || time_us < 0)
    {
      fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not a time");
      return -1;
    }

  return time_us;
}

/**
 * belay_json_reader_dup_language_text:
 * @member: an object from language tag to text; missing is empty
 *
 * Returns: (transfer full): the text, never %NULL
 */
BelayLanguageText *
belay_json_reader_dup_language_text (BelayJsonReader *self,
                                     const char *member)
{
  g_autoptr (BelayLanguageText) text = belay_language_text_new ();
  const char *language;

  g_return_val_if_fail (self != NULL, g_steal_pointer (&text));

  belay_json_reader_begin_members (self, member, LANGUAGES_MOST);
  while ((language = belay_json_reader_next_member (self)) != NULL)
    {
      g_autofree char *value = NULL;

      if (*language == '\0' || strlen (language) > LANGUAGE_TAG_MOST)
        fail (self, language, BELAY_WIRE_ERROR_MALFORMED, 0, "is not a language tag");
      value = belay_json_reader_dup_text (self, language, BELAY_TEXT_ANY);
      if (value != NULL)
        belay_language_text_set (text, language, value);
    }

  return g_steal_pointer (&text);
}

/**
 * belay_json_reader_dup_texts:
 * @member: an array of texts; missing is empty
 * @most: of texts
 *
 * Returns: (transfer full): the texts, never %NULL
 */
GStrv
belay_json_reader_dup_texts (BelayJsonReader *self,
                             const char *member,
                             gsize most)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  belay_json_reader_begin (self, member, most);
  while (belay_json_reader_next (self))
    {
      char *text = belay_json_reader_dup_text (self, NULL, BELAY_TEXT_ANY);

      if (text != NULL)
        g_strv_builder_take (builder, text);
    }

  return g_strv_builder_end (builder);
}

/**
 * belay_json_reader_dup_object:
 * @member: must be an object
 * @most: bytes of JSON
 *
 * Returns: (transfer full) (nullable): the object as JSON again, with its members in their order and
 *   its numbers digit by digit as they came
 */
char *
belay_json_reader_dup_object (BelayJsonReader *self,
                              const char *member,
                              gsize most)
{
  yyjson_val *value;
  char *written;
  char *text;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  value = look_up_needed (self, member);
  if (value == NULL)
    return NULL;
  if (!yyjson_is_obj (value))
    {
      fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not an object");
      return NULL;
    }

  written = yyjson_val_write (value, YYJSON_WRITE_NOFLAG, &length);
  if (written == NULL || length > most)
    {
      fail (self, member, BELAY_WIRE_ERROR_TOO_LARGE, (gint64) most, "is too large");
      free (written);
      return NULL;
    }

  text = g_strndup (written, length);
  free (written);
  return text;
}

static gboolean
is_base64 (const char *text,
           gsize length)
{
  gsize digits = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return length % 4 == 0 && length - digits <= 2 && strspn (text + digits, "=") == length - digits;
}

/**
 * belay_json_reader_dup_base64:
 * @member: must be a text in base64 (RFC 4648 §4)
 * @most: bytes
 *
 * Returns: (transfer full) (nullable): what it stands for
 */
GBytes *
belay_json_reader_dup_base64 (BelayJsonReader *self,
                              const char *member,
                              gsize most)
{
  g_autofree char *text = NULL;
  gsize length;
  guchar *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  text = belay_json_reader_dup_text (self, member, BELAY_TEXT_LONG);
  if (text == NULL)
    return NULL;

  length = strlen (text);
  if (!is_base64 (text, length))
    {
      fail (self, member, BELAY_WIRE_ERROR_MALFORMED, 0, "is not base64");
      return NULL;
    }

  bytes = g_base64_decode (text, &length);
  if (length > most)
    {
      fail (self, member, BELAY_WIRE_ERROR_TOO_LARGE, (gint64) most, "is too large");
      g_free (bytes);
      return NULL;
    }

  return g_bytes_new_take (bytes, length);
}

/**
 * belay_json_reader_get_depth:
 *
 * Returns: how deep the reader is, for belay_json_reader_recover()
 */
guint
belay_json_reader_get_depth (const BelayJsonReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->frames->len;
}

/**
 * belay_json_reader_recover:
 * @depth: where to go on, as belay_json_reader_get_depth() said there
 *
 * Forgets a fault, so that one bad item does not spoil the rest.
 *
 * Returns: (transfer full) (nullable): the fault, or %NULL where there was none
 */
GError *
belay_json_reader_recover (BelayJsonReader *self,
                           guint depth)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (depth <= self->frames->len, NULL);

  g_array_set_size (self->frames, depth);

  return g_steal_pointer (&self->error);
}
