/* belay-csv.c: tables as spreadsheets write them (RFC 4180)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-csv.h"

#include <gio/gio.h>
#include <string.h>

/* One field; @text moves to the comma or line end behind it. Returns: (nullable): %NULL where a quote is never closed
 */
static char *
take_field (const char **text)
{
  g_autoptr (GString) field = g_string_new (NULL);
  const char *at = *text;

  if (*at != '"')
    {
      gsize length = strcspn (at, ",\r\n");

      *text = at + length;
      return g_strndup (at, length);
    }

  for (at++; *at != '\0'; at++)
    {
      if (at[0] == '"' && at[1] == '"')
        at++;
      else if (at[0] == '"')
        break;
      g_string_append_c (field, *at);
    }
  if (*at != '"')
    return NULL;

  *text = at + 1;
  return g_string_free (g_steal_pointer (&field), FALSE);
}

static void
skip_line_end (const char **text)
{
  if (**text == '\r')
    (*text)++;
  if (**text == '\n')
    (*text)++;
}

static GPtrArray *
take_row (const char **text)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      char *field = take_field (text);

      if (field == NULL)
        return NULL;
      g_ptr_array_add (row, field);
      if (**text == ',')
        {
          (*text)++;
          continue;
        }
      if (**text != '\0' && **text != '\r' && **text != '\n')
        return NULL;
      skip_line_end (text);
      return g_steal_pointer (&row);
    }
}

/**
 * belay_csv_parse:
 * @text: UTF-8, with a line of column names first
 *
 * Returns: (transfer full) (nullable) (element-type GPtrArray): rows of fields, the names being the first
 */
GPtrArray *
belay_csv_parse (const char *text,
                 GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  while (*text != '\0')
    {
      GPtrArray *row = take_row (&text);

      if (row == NULL
          || (rows->len > 0 && row->len != ((GPtrArray *) rows->pdata[0])->len
              && !(row->len == 1 && *(char *) row->pdata[0] == '\0')))
        {
          g_clear_pointer (&row, g_ptr_array_unref);
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "Row %u does not have as many fields as there are columns, or a quote is not closed.",
                       rows->len + 1);
          return NULL;
        }
      if (row->len == 1 && *(char *) row->pdata[0] == '\0')
        g_ptr_array_unref (row);
      else
        g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}

/**
 * belay_csv_get:
 * @row: from 1; 0 are the names
 *
 * Returns: (transfer none) (nullable): the field; %NULL where it is empty or there is no such column
 */
const char *
belay_csv_get (GPtrArray *rows,
               guint row,
               const char *column)
{
  GPtrArray *names = g_ptr_array_index (rows, 0);

  for (guint i = 0; i < names->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (names, i), column) == 0)
      {
        const char *field = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, row), i);

        return *field != '\0' ? field : NULL;
      }

  return NULL;
}
