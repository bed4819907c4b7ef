/* belay-parameters.c: what a code is about
 *
 * The wire carries codes and parameters, never sentences. In memory the parameters are a GVariant,
 * which any room can hold without knowing the wire.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-parameters.h"

#include "belay-parameters-private.h"

#include <string.h>

#define PARAMETERS_MOST 16

/**
 * belay_parameters_new_text:
 * @name: of the parameter
 * @text: its value
 *
 * Returns: (transfer full): one parameter, not floating
 */
GVariant *
belay_parameters_new_text (const char *name,
                           const char *text)
{
  GVariantDict dict;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, name, "s", text);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * belay_parameters_new_number:
 * @name: of the parameter
 * @number: its value
 *
 * Returns: (transfer full): one parameter, not floating
 */
GVariant *
belay_parameters_new_number (const char *name,
                             gint64 number)
{
  GVariantDict dict;

  g_return_val_if_fail (name != NULL, NULL);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, name, "x", number);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * belay_parameters_new_two_texts:
 *
 * Returns: (transfer full): two parameters, such as act and object, not floating
 */
GVariant *
belay_parameters_new_two_texts (const char *first_name,
                                const char *first_text,
                                const char *second_name,
                                const char *second_text)
{
  GVariantDict dict;

  g_return_val_if_fail (first_name != NULL && second_name != NULL, NULL);
  g_return_val_if_fail (first_text != NULL && second_text != NULL, NULL);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, first_name, "s", first_text);
  g_variant_dict_insert (&dict, second_name, "s", second_text);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * belay_parameters_get_text:
 * @parameters: (nullable): parameters
 * @name: of one of them
 *
 * Returns: (transfer none) (nullable): its text; %NULL where there is none of that name
 */
const char *
belay_parameters_get_text (GVariant *parameters,
                           const char *name)
{
  const char *text = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (parameters != NULL)
    g_variant_lookup (parameters, name, "&s", &text);

  return text;
}

/**
 * belay_parameters_get_number:
 * @parameters: (nullable): parameters
 * @name: of one of them
 * @otherwise: what to return where there is no number of that name
 *
 * Returns: its number
 */
gint64
belay_parameters_get_number (GVariant *parameters,
                             const char *name,
                             gint64 otherwise)
{
  gint64 number = otherwise;

  g_return_val_if_fail (name != NULL, otherwise);

  if (parameters != NULL)
    g_variant_lookup (parameters, name, "x", &number);

  return number;
}

/**
 * belay_parameters_write:
 * @parameters: (nullable): parameters; %NULL writes none
 *
 * Writes them as the members of the object that @writer is in. They are in the order of their
 * names, so that equal parameters are equal text.
 */
void
belay_parameters_write (GVariant *parameters,
                        BelayJsonWriter *writer)
{
  g_autoptr (GPtrArray) names = NULL;
  GVariantIter iter;
  const char *name;

  g_return_if_fail (writer != NULL);

  if (parameters == NULL)
    return;
  g_return_if_fail (g_variant_is_of_type (parameters, G_VARIANT_TYPE_VARDICT));

  names = g_ptr_array_new ();
  g_variant_iter_init (&iter, parameters);
  while (g_variant_iter_next (&iter, "{&s@v}", &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (parameters, g_ptr_array_index (names, i), NULL);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        belay_json_writer_add_text (writer, g_ptr_array_index (names, i), g_variant_get_string (value, NULL));
      else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        belay_json_writer_add_number (writer, g_ptr_array_index (names, i), g_variant_get_int64 (value));
    }
}

static void
read_parameter (BelayJsonReader *reader,
                const char *name,
                GVariantDict *dict)
{
  if (belay_json_reader_is_number (reader, name))
    {
      g_variant_dict_insert (dict, name, "x", belay_json_reader_get_number (reader, name, G_MININT64, G_MAXINT64));
    }
  else
    {
      g_autofree char *text = belay_json_reader_dup_text (reader, name, BELAY_TEXT_OPTIONAL);

      if (text != NULL)
        g_variant_dict_insert (dict, name, "s", text);
    }
}

/**
 * belay_parameters_read:
 * @reader: inside an object
 * @member: the member that holds the parameters: an object, or missing
 *
 * Returns: (transfer full) (nullable): the parameters, not floating; %NULL where there are none
 */
GVariant *
belay_parameters_read (BelayJsonReader *reader,
                       const char *member)
{
  GVariantDict dict;
  const char *name;

  g_return_val_if_fail (reader != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  if (!belay_json_reader_has (reader, member))
    return NULL;

  g_variant_dict_init (&dict, NULL);
  belay_json_reader_begin_members (reader, member, PARAMETERS_MOST);
  while ((name = belay_json_reader_next_member (reader)) != NULL)
    read_parameter (reader, name, &dict);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * belay_parameters_to_json:
 * @parameters: (nullable): parameters
 *
 * Returns: (transfer full): them as a JSON object, for a database
 */
char *
belay_parameters_to_json (GVariant *parameters)
{
  g_autoptr (BelayJsonWriter) writer = belay_json_writer_new ();

  belay_parameters_write (parameters, writer);

  return belay_json_writer_finish (writer);
}

/**
 * belay_parameters_from_json:
 * @json: what belay_parameters_to_json() wrote
 *
 * Returns: (transfer full) (nullable): the parameters, not floating; %NULL and @error set where it
 *   cannot be read
 */
GVariant *
belay_parameters_from_json (const char *json,
                            GError **error)
{
  g_autoptr (BelayJsonReader) reader = NULL;
  g_autoptr (GVariant) parameters = NULL;
  g_autofree char *wrapped = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  wrapped = g_strdup_printf ("{\"parameters\":%s}", json);
  reader = belay_json_reader_new (wrapped, strlen (wrapped));
  parameters = belay_parameters_read (reader, "parameters");
  if (!belay_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&parameters);
}
