/* belay-statement-compare.c: whether two statements say the same
 *
 * §2.3.1: what a store may have changed is no difference, and everything else is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-private.h"

#include <string.h>

#include "belay-statement-values.h"

static gboolean values_match (const char *name,
                              yyjson_val *a,
                              yyjson_val *b);

/* What is no part of the immutable statement: what the store sets, and what belongs to the IRI */
static gboolean
is_ignored (const char *object_name,
            const char *name,
            yyjson_val *object)
{
  if (g_strcmp0 (object_name, "verb") == 0)
    return g_str_equal (name, "display");
  if (g_str_equal (name, "definition"))
    return yyjson_obj_get (object, "id") != NULL;

  return FALSE;
}

static gboolean
is_covered (const char *object_name,
            yyjson_val *object,
            yyjson_val *other)
{
  size_t i, most;
  yyjson_val *key, *value;

  yyjson_obj_foreach (object, i, most, key, value)
  {
    const char *name = yyjson_get_str (key);

    if (!is_ignored (object_name, name, object) && !values_match (name, value, yyjson_obj_get (other, name)))
      return FALSE;
  }

  return TRUE;
}

static gboolean
arrays_match (const char *name,
              yyjson_val *a,
              yyjson_val *b)
{
  size_t i, most;
  yyjson_val *element;

  if (yyjson_arr_size (a) != yyjson_arr_size (b))
    return FALSE;
  yyjson_arr_foreach (a, i, most, element) if (!values_match (name, element, yyjson_arr_get (b, i))) return FALSE;

  return TRUE;
}

/* Members of a group have no order (§2.4.2.2). Both have the same number, so it is enough to find each. */
static gboolean
members_match (yyjson_val *a,
               yyjson_val *b)
{
  size_t i, j, most, most_b;
  yyjson_val *one, *other;

  if (yyjson_arr_size (a) != yyjson_arr_size (b))
    return FALSE;
  yyjson_arr_foreach (a, i, most, one)
  {
    gboolean is_found = FALSE;

    yyjson_arr_foreach (b, j, most_b, other) is_found = is_found || values_match ("member[]", one, other);
    if (!is_found)
      return FALSE;
  }

  return TRUE;
}

/* Beyond a hundredth of a second durations are alike (§4.6). */
static char *
cut_duration (const char *text)
{
  const char *point = strpbrk (text, ".,");
  gsize digits;

  if (point == NULL)
    return g_strdup (text);

  digits = strspn (point + 1, "0123456789");
  return g_strdup_printf ("%.*s%s", (int) (point + 1 + MIN (digits, 2) - text), text, point + 1 + digits);
}

static gboolean
texts_match (const char *name,
             yyjson_val *a,
             yyjson_val *b)
{
  static const char *const without_case[] = { "id", "registration", "mbox_sha1sum", "sha2", "language", NULL };
  const char *one = yyjson_get_str (a);
  const char *other = yyjson_get_str (b);
  gint64 one_us, other_us;

  if (yyjson_equals (a, b))
    return TRUE;
  if (g_str_equal (name, "duration"))
    {
      g_autofree char *one_cut = cut_duration (one);
      g_autofree char *other_cut = cut_duration (other);
      return g_str_equal (one_cut, other_cut);
    }
  if (g_str_equal (name, "timestamp"))
    return belay_value_is_time (one, BELAY_XAPI_VERSION_1_0_3, &one_us)
           && belay_value_is_time (other, BELAY_XAPI_VERSION_1_0_3, &other_us) && one_us == other_us;
  if (g_str_equal (name, "mbox") && strrchr (one, '@') != NULL && strrchr (other, '@') != NULL)
    return strrchr (one, '@') - one == strrchr (other, '@') - other
           && strncmp (one, other, (gsize) (strrchr (one, '@') - one)) == 0
           && g_ascii_strcasecmp (strrchr (one, '@'), strrchr (other, '@')) == 0;
  /* An id is an IRI, which has case, or a UUID, which has none */
  if (g_str_equal (name, "id") && strchr (one, ':') != NULL)
    return FALSE;

  return g_strv_contains (without_case, name) && g_ascii_strcasecmp (one, other) == 0;
}

static gboolean
values_match (const char *name,
              yyjson_val *a,
              yyjson_val *b)
{
  /* A single context activity is stored as an array of it (§2.4.6.2) */
  if (yyjson_is_obj (a) && yyjson_is_arr (b) && yyjson_arr_size (b) == 1)
    return values_match (name, a, yyjson_arr_get_first (b));
  if (yyjson_is_arr (a) && yyjson_is_obj (b) && yyjson_arr_size (a) == 1)
    return values_match (name, yyjson_arr_get_first (a), b);
  if (a == NULL || b == NULL || yyjson_get_type (a) != yyjson_get_type (b))
    return FALSE;
  if (yyjson_is_obj (a))
    return is_covered (name, a, b) && is_covered (name, b, a);
  if (yyjson_is_arr (a))
    return g_str_equal (name, "member") ? members_match (a, b) : arrays_match (name, a, b);
  if (yyjson_is_raw (a))
    return yyjson_equals (a, b) || belay_value_number (a) == belay_value_number (b);
  if (yyjson_is_str (a))
    return texts_match (name, a, b);

  return yyjson_equals (a, b);
}

static gboolean
parts_match (yyjson_val *a,
             yyjson_val *b,
             const char *const *parts)
{
  for (; *parts != NULL; parts++)
    {
      yyjson_val *one = yyjson_obj_get (a, *parts);
      yyjson_val *two = yyjson_obj_get (b, *parts);

      if ((one != NULL || two != NULL) && !values_match (*parts, one, two))
        return FALSE;
    }

  return TRUE;
}

static gboolean
times_match (const BelayStatement *self,
             const BelayStatement *other)
{
  return belay_statement_get_timestamp (self) == G_MININT64 || belay_statement_get_timestamp (other) == G_MININT64
         || belay_statement_get_timestamp (self) == belay_statement_get_timestamp (other);
}

/**
 * belay_statement_matches:
 *
 * Compares by the rules of §2.3.1: without id, stored, authority and version, without what a verb is displayed
 * as and an activity is defined as, and without the timestamp where one of them has none.
 *
 * Returns: whether both say the same
 */
gboolean
belay_statement_matches (const BelayStatement *self,
                         const BelayStatement *other)
{
  static const char *const parts[] = { "actor", "verb", "object", "result", "context", "attachments", NULL };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return parts_match (belay_statement_get_value (self), belay_statement_get_value (other), parts)
         && times_match (self, other);
}

/**
 * belay_statement_matches_payload:
 * @payload: what was signed, before the signature was attached
 *
 * Returns: whether @self is @payload with a signature (§2.6)
 */
gboolean
belay_statement_matches_payload (const BelayStatement *self,
                                 const BelayStatement *payload)
{
  static const char *const parts[] = { "actor", "verb", "object", "result", "context", NULL };
  const char *id = belay_statement_get_id (self);
  const char *payload_id = belay_statement_get_id (payload);

  return parts_match (belay_statement_get_value (self), belay_statement_get_value (payload), parts)
         && times_match (self, payload) && (id == NULL || payload_id == NULL || g_str_equal (id, payload_id));
}
