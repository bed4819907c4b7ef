/* belay-json-writer.c: writes JSON for the other side
 *
 * What is embedded goes in as the text it is. Text that is not UTF-8 is mended rather than refused:
 * one bad name in an imported list must not stop everybody's sync.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-json-writer.h"

#include "belay-time.h"

#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

struct _BelayJsonWriter
{
  yyjson_mut_doc *document;
  GPtrArray *stack; /* of yyjson_mut_val; the last is what is being written */
};

/**
 * belay_json_writer_new:
 *
 * Returns: (transfer full): a writer inside a new object
 */
BelayJsonWriter *
belay_json_writer_new (void)
{
  BelayJsonWriter *self = g_new0 (BelayJsonWriter, 1);
  yyjson_mut_val *root;

  self->document = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (self->document);
  yyjson_mut_doc_set_root (self->document, root);
  self->stack = g_ptr_array_new ();
  g_ptr_array_add (self->stack, root);

  return self;
}

void
belay_json_writer_free (BelayJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  yyjson_mut_doc_free (self->document);
  g_ptr_array_unref (self->stack);
  g_free (self);
}

/**
 * belay_json_writer_finish:
 *
 * Returns: (transfer full): the object as JSON
 */
char *
belay_json_writer_finish (BelayJsonWriter *self)
{
  char *written;
  char *text;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->stack->len == 1, NULL);

  written = yyjson_mut_write (self->document, YYJSON_WRITE_NOFLAG, &length);
  if (written == NULL)
    g_error ("There is not enough memory to write a message");

  text = g_strndup (written, length);
  free (written);
  return text;
}

/**
 * belay_json_writer_finish_bytes:
 *
 * Returns: (transfer full): the object as JSON
 */
GBytes *
belay_json_writer_finish_bytes (BelayJsonWriter *self)
{
  char *text = belay_json_writer_finish (self);

  return g_bytes_new_take (text, strlen (text));
}

/* Takes @value under a name where we are in an object, and without one in an array. */
static void
add (BelayJsonWriter *self,
     const char *member,
     yyjson_mut_val *value)
{
  yyjson_mut_val *into = g_ptr_array_index (self->stack, self->stack->len - 1);

  g_assert ((member != NULL) == yyjson_mut_is_obj (into));

  if (member != NULL)
    yyjson_mut_obj_add (into, yyjson_mut_strcpy (self->document, member), value);
  else
    yyjson_mut_arr_append (into, value);
}

/**
 * belay_json_writer_begin_object:
 * @member: (nullable): its name, %NULL in an array
 *
 * Begins an object; what is added until belay_json_writer_end() goes into it.
 */
void
belay_json_writer_begin_object (BelayJsonWriter *self,
                                const char *member)
{
  yyjson_mut_val *object;

  g_return_if_fail (self != NULL);

  object = yyjson_mut_obj (self->document);
  add (self, member, object);
  g_ptr_array_add (self->stack, object);
}

/**
 * belay_json_writer_begin_array:
 * @member: (nullable): its name, %NULL in an array
 *
 * Begins an array; what is added until belay_json_writer_end() goes into it.
 */
void
belay_json_writer_begin_array (BelayJsonWriter *self,
                               const char *member)
{
  yyjson_mut_val *array;

  g_return_if_fail (self != NULL);

  array = yyjson_mut_arr (self->document);
  add (self, member, array);
  g_ptr_array_add (self->stack, array);
}

/**
 * belay_json_writer_end:
 *
 * Ends the object or array that was begun last.
 */
void
belay_json_writer_end (BelayJsonWriter *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->stack->len > 1);

  g_ptr_array_set_size (self->stack, (int) self->stack->len - 1);
}

static yyjson_mut_val *
make_text (BelayJsonWriter *self,
           const char *text)
{
  g_autofree char *mended = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    mended = g_utf8_make_valid (text, -1);

  return yyjson_mut_strcpy (self->document, mended != NULL ? mended : text);
}

/**
 * belay_json_writer_add_text:
 * @member: (nullable): its name, %NULL in an array
 * @text: (nullable): what to add; %NULL adds nothing
 */
void
belay_json_writer_add_text (BelayJsonWriter *self,
                            const char *member,
                            const char *text)
{
  g_return_if_fail (self != NULL);

  if (text != NULL)
    add (self, member, make_text (self, text));
}

/**
 * belay_json_writer_add_text_or_null:
 * @member: (nullable): its name, %NULL in an array
 * @text: (nullable): what to add; %NULL adds null
 */
void
belay_json_writer_add_text_or_null (BelayJsonWriter *self,
                                    const char *member,
                                    const char *text)
{
  g_return_if_fail (self != NULL);

  add (self, member, text != NULL ? make_text (self, text) : yyjson_mut_null (self->document));
}

/**
 * belay_json_writer_add_number:
 * @member: (nullable): its name, %NULL in an array
 * @number: what to add
 */
void
belay_json_writer_add_number (BelayJsonWriter *self,
                              const char *member,
                              gint64 number)
{
  g_return_if_fail (self != NULL);

  add (self, member, yyjson_mut_sint (self->document, number));
}

/**
 * belay_json_writer_add_number_or_null:
 * @member: (nullable): its name, %NULL in an array
 * @number: what to add; below 0 adds null
 */
void
belay_json_writer_add_number_or_null (BelayJsonWriter *self,
                                      const char *member,
                                      gint64 number)
{
  g_return_if_fail (self != NULL);

  add (self, member, number >= 0 ? yyjson_mut_sint (self->document, number) : yyjson_mut_null (self->document));
}

/**
 * belay_json_writer_add_boolean:
 * @member: (nullable): its name, %NULL in an array
 * @value: what to add
 */
void
belay_json_writer_add_boolean (BelayJsonWriter *self,
                               const char *member,
                               gboolean value)
{
  g_return_if_fail (self != NULL);

  add (self, member, yyjson_mut_bool (self->document, value));
}

/**
 * belay_json_writer_add_time:
 * @member: (nullable): its name, %NULL in an array
 * @time_us: microseconds since 1970 UTC; below 0 adds nothing
 */
void
belay_json_writer_add_time (BelayJsonWriter *self,
                            const char *member,
                            gint64 time_us)
{
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);

  if (time_us < 0)
    return;

  text = belay_time_format (time_us);
  add (self, member, make_text (self, text));
}

/**
 * belay_json_writer_add_time_or_null:
 * @member: (nullable): its name, %NULL in an array
 * @time_us: microseconds since 1970 UTC; below 0 adds null
 */
void
belay_json_writer_add_time_or_null (BelayJsonWriter *self,
                                    const char *member,
                                    gint64 time_us)
{
  g_return_if_fail (self != NULL);

  if (time_us >= 0)
    belay_json_writer_add_time (self, member, time_us);
  else
    add (self, member, yyjson_mut_null (self->document));
}

/**
 * belay_json_writer_add_language_text:
 * @member: its name
 * @text: what to add, as an object from language tag to text
 */
void
belay_json_writer_add_language_text (BelayJsonWriter *self,
                                     const char *member,
                                     const BelayLanguageText *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  belay_json_writer_begin_object (self, member);
  for (guint i = 0; i < belay_language_text_get_size (text); i++)
    {
      const char *language;
      const char *words = belay_language_text_get_nth (text, i, &language);

      belay_json_writer_add_text (self, language, words);
    }
  belay_json_writer_end (self);
}

/**
 * belay_json_writer_add_texts:
 * @member: its name
 * @texts: (nullable) (array zero-terminated=1): what to add; %NULL is an empty array
 */
void
belay_json_writer_add_texts (BelayJsonWriter *self,
                             const char *member,
                             const char *const *texts)
{
  g_return_if_fail (self != NULL);

  belay_json_writer_begin_array (self, member);
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    belay_json_writer_add_text (self, NULL, texts[i]);
  belay_json_writer_end (self);
}

/**
 * belay_json_writer_add_base64:
 * @member: its name
 * @bytes: what to add, in base64
 */
void
belay_json_writer_add_base64 (BelayJsonWriter *self,
                              const char *member,
                              GBytes *bytes)
{
  g_autofree char *text = NULL;
  const guchar *data;
  gsize length;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL);

  data = g_bytes_get_data (bytes, &length);
  text = g_base64_encode (data, length);
  add (self, member, make_text (self, text));
}

/**
 * belay_json_writer_add_json:
 * @member: (nullable): its name, %NULL in an array
 * @json: an object as JSON
 *
 * Adds it as it is written, once it was seen to be an object: order and digits stay. Where it is
 * none, nothing is added, since it would spoil all that is around it.
 *
 * Returns: whether it was added
 */
gboolean
belay_json_writer_add_json (BelayJsonWriter *self,
                            const char *member,
                            const char *json)
{
  yyjson_doc *read;
  gboolean is_object;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  read = yyjson_read (json, strlen (json), YYJSON_READ_NUMBER_AS_RAW);
  is_object = read != NULL && yyjson_is_obj (yyjson_doc_get_root (read));
  yyjson_doc_free (read);
  if (!is_object)
    return FALSE;

  add (self, member, yyjson_mut_rawcpy (self->document, json));
  return TRUE;
}
