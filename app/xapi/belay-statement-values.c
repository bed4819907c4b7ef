/* belay-statement-values.c: the plain values that statements and parameters are made of
 *
 * Each kind is told once, here; the table of belay-statement-rules.c says where each may stand.
 * Section numbers are those of xAPI 1.0.3, part two, which 2.0 keeps in substance.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-statement-values.h"

#include <string.h>

#include "belay-id.h"
#include "belay-time.h"

/* A string without U+0000, which no identifier has and C would end at. */
static const char *
plain_text (yyjson_val *value)
{
  const char *text = yyjson_get_str (value);

  return text != NULL && strlen (text) == yyjson_get_len (value) ? text : NULL;
}

static gboolean
is_text (yyjson_val *value,
         BelayXapiVersion version)
{
  return yyjson_is_str (value);
}

static gboolean
is_name (yyjson_val *value,
         BelayXapiVersion version)
{
  const char *text = plain_text (value);

  return text != NULL && *text != '\0';
}

static gboolean
is_boolean (yyjson_val *value,
            BelayXapiVersion version)
{
  return yyjson_is_bool (value);
}

/* Numbers are read as raw text, so that their digits survive. */
static gboolean
is_number (yyjson_val *value,
           BelayXapiVersion version)
{
  return yyjson_is_raw (value) || yyjson_is_num (value);
}

static gboolean
is_scaled (yyjson_val *value,
           BelayXapiVersion version)
{
  double number;

  if (!is_number (value, version))
    return FALSE;

  number = belay_value_number (value);
  return number >= -1.0 && number <= 1.0;
}

static gboolean
is_length (yyjson_val *value,
           BelayXapiVersion version)
{
  double number;

  if (!is_number (value, version))
    return FALSE;

  number = belay_value_number (value);
  return number >= 0 && number <= 9007199254740992.0 && number == (double) (gint64) number;
}

/**
 * belay_value_is_iri:
 *
 * Returns: whether @text has a scheme, something behind it, and none of the characters that RFC 3987
 *   keeps out of every part
 */
gboolean
belay_value_is_iri (const char *text)
{
  const char *colon;

  g_return_val_if_fail (text != NULL, FALSE);

  colon = strchr (text, ':');
  if (colon == NULL || colon[1] == '\0' || !g_ascii_isalpha (*text))
    return FALSE;
  for (const char *p = text; p < colon; p++)
    if (!g_ascii_isalnum (*p) && strchr ("+-.", *p) == NULL)
      return FALSE;
  for (const char *p = colon; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || *p == 0x7f || strchr ("<>\"{}|\\^`", *p) != NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_iri (yyjson_val *value,
        BelayXapiVersion version)
{
  const char *text = plain_text (value);

  return text != NULL && belay_value_is_iri (text);
}

static gboolean
is_mailto (yyjson_val *value,
           BelayXapiVersion version)
{
  const char *text = plain_text (value);
  const char *at;

  if (text == NULL || !g_str_has_prefix (text, "mailto:") || !belay_value_is_iri (text))
    return FALSE;

  at = strrchr (text, '@');
  return at != NULL && at > text + strlen ("mailto:") && at[1] != '\0';
}

static gboolean
is_hexadecimal (const char *text)
{
  return text != NULL && text[strspn (text, "0123456789abcdefABCDEF")] == '\0';
}

static gboolean
is_sha1 (yyjson_val *value,
         BelayXapiVersion version)
{
  const char *text = plain_text (value);

  return is_hexadecimal (text) && strlen (text) == 40;
}

/* SHA-224, 256, 384 and 512 */
static gboolean
is_sha2 (yyjson_val *value,
         BelayXapiVersion version)
{
  const char *text = plain_text (value);
  gsize length = text != NULL ? strlen (text) : 0;

  return is_hexadecimal (text) && (length == 56 || length == 64 || length == 96 || length == 128);
}

static gboolean
is_uuid (yyjson_val *value,
         BelayXapiVersion version)
{
  return belay_id_is_valid (plain_text (value));
}

/* `+01:00`, and in ISO 8601 alone also `+0100` and `+01`; never minus zero (RFC 3339 §4.3 gives it
 * the meaning "unknown"). */
static gboolean
is_offset (const char *text,
           BelayXapiVersion version)
{
  gsize length = strlen (text);
  gboolean is_long = length == 6 && text[3] == ':';
  gboolean is_short = version == BELAY_XAPI_VERSION_1_0_3 && (length == 5 || length == 3);

  if (g_ascii_strcasecmp (text, "Z") == 0)
    return TRUE;
  if ((*text != '+' && *text != '-') || (!is_long && !is_short))
    return FALSE;

  return *text == '+' || strpbrk (text, "123456789") != NULL;
}

/**
 * belay_value_is_time:
 * @time_us: (out) (optional): the time in microseconds since 1970 UTC
 *
 * Returns: whether @text is a date and time of RFC 3339, for 2.0; or of ISO 8601's extended format, where
 *   the zone may be missing, for 1.0.3 (§4.5)
 */
gboolean
belay_value_is_time (const char *text,
                     BelayXapiVersion version,
                     gint64 *time_us)
{
  static const char shape[] = "0000-00-00T00:00:00";
  const char *rest;
  gint64 parsed;

  g_return_val_if_fail (text != NULL, FALSE);

  for (gsize i = 0; shape[i] != '\0'; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : g_ascii_toupper (text[i]) != shape[i])
      return FALSE;
  rest = text + strlen (shape);
  if (*rest == '.')
    {
      gsize digits = strspn (rest + 1, "0123456789");

      if (digits == 0)
        return FALSE;
      rest += digits + 1;
    }
  if (*rest == '\0' ? version != BELAY_XAPI_VERSION_1_0_3 : !is_offset (rest, version))
    return FALSE;

  return belay_time_parse (text, time_us != NULL ? time_us : &parsed);
}

/**
 * belay_value_time_to_utc:
 * @text: a time that belay_value_is_time() has accepted
 *
 * Returns: (transfer full): the same instant in UTC, with all of its digits of a second
 */
char *
belay_value_time_to_utc (const char *text)
{
  g_autofree char *whole = NULL;
  const char *fraction;
  gint64 time_us = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (!belay_time_parse (text, &time_us))
    return g_strdup (text);

  /* Offsets are whole minutes, so what stands behind the seconds is the same in every zone */
  whole = belay_time_format (time_us - ((time_us % BELAY_SECOND_US) + BELAY_SECOND_US) % BELAY_SECOND_US);
  whole[strlen ("0000-00-00T00:00:00")] = '\0';
  fraction = strchr (text, '.');
  if (fraction == NULL)
    return g_strconcat (whole, ".000Z", NULL);

  return g_strdup_printf ("%s.%.*sZ", whole, (int) strspn (fraction + 1, "0123456789"), fraction + 1);
}

static gboolean
is_timestamp (yyjson_val *value,
              BelayXapiVersion version)
{
  const char *text = plain_text (value);

  return text != NULL && belay_value_is_time (text, version, NULL);
}

/* ISO 8601 §4.4.3.2: weeks stand alone */
static gboolean
has_weeks_alone (const char *text)
{
  const char *weeks = strchr (text, 'W');

  return weeks == NULL || (weeks[1] == '\0' && strspn (text + 1, "0123456789.,") == (gsize) (weeks - text) - 1);
}

static gboolean
is_duration (yyjson_val *value,
             BelayXapiVersion version)
{
  const char *text = plain_text (value);
  gint64 centiseconds;

  return text != NULL && has_weeks_alone (text) && belay_time_parse_duration (text, &centiseconds);
}

static gboolean
is_letters (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalpha (*text))
      return FALSE;

  return TRUE;
}

static gboolean
is_region (const char *part,
           gsize length)
{
  return (length == 2 && is_letters (part)) || (length == 3 && strspn (part, "0123456789") == 3);
}

/* The parts behind the language in the order of RFC 5646 §2.1; each moves @parts on. */
static gboolean
are_subtags (char **parts)
{
  int extended = 0;

  while (*parts != NULL && extended < 3 && strlen (*parts) == 3 && is_letters (*parts))
    parts++, extended++;
  if (*parts != NULL && strlen (*parts) == 4 && is_letters (*parts))
    parts++;
  if (*parts != NULL && is_region (*parts, strlen (*parts)))
    parts++;
  while (*parts != NULL && (strlen (*parts) >= 5 || (strlen (*parts) == 4 && g_ascii_isdigit (**parts))))
    parts++;
  /* Extensions and private use: a single letter or digit, and what belongs to it */
  while (*parts != NULL && strlen (*parts) == 1)
    {
      gsize least = g_ascii_tolower (**parts) == 'x' ? 1 : 2;

      if (parts[1] == NULL || strlen (parts[1]) < least)
        return FALSE;
      for (parts++; *parts != NULL && strlen (*parts) >= least;)
        parts++;
    }

  return *parts == NULL;
}

/**
 * belay_value_is_language:
 *
 * Returns: whether the parts of @text have the lengths and the order of RFC 5646; not whether they are
 *   registered
 */
gboolean
belay_value_is_language (const char *text)
{
  g_auto (GStrv) parts = NULL;
  gsize first;

  g_return_val_if_fail (text != NULL, FALSE);

  parts = g_strsplit (text, "-", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      gsize length = strlen (*part);

      if (length < 1 || length > 8)
        return FALSE;
      for (const char *p = *part; *p != '\0'; p++)
        if (!g_ascii_isalnum (*p))
          return FALSE;
    }
  if (parts[0] == NULL || !is_letters (parts[0]))
    return FALSE;

  first = strlen (parts[0]);
  if (first == 1)
    return strchr ("xXiI", parts[0][0]) != NULL && parts[1] != NULL;

  return are_subtags (parts + 1);
}

static gboolean
is_language (yyjson_val *value,
             BelayXapiVersion version)
{
  const char *text = plain_text (value);

  return text != NULL && belay_value_is_language (text);
}

/* RFC 2045 §5.1: two tokens with a slash, and perhaps parameters */
static gboolean
is_media_type (yyjson_val *value,
               BelayXapiVersion version)
{
  static const char token[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`{|}~";
  const char *text = plain_text (value);
  gsize type = text != NULL ? strspn (text, token) : 0;
  gsize subtype;

  if (type == 0 || text[type] != '/')
    return FALSE;

  /* It will be written into a header */
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;

  subtype = strspn (text + type + 1, token);
  return subtype > 0 && strchr ("; ", text[type + 1 + subtype]) != NULL;
}

/* §2.4.10: 1.0 or 1.0.x; 2.0 takes its own and those */
static gboolean
is_version (yyjson_val *value,
            BelayXapiVersion version)
{
  const char *text = plain_text (value);
  const char *patch;

  if (text == NULL)
    return FALSE;
  if (g_str_equal (text, "1.0"))
    return TRUE;
  if (!g_str_has_prefix (text, "1.0.") && !(version == BELAY_XAPI_VERSION_2_0 && g_str_has_prefix (text, "2.0.")))
    return FALSE;

  patch = text + strlen ("1.0.");
  return *patch != '\0' && patch[strspn (patch, "0123456789")] == '\0';
}

static gboolean
is_interaction (yyjson_val *value,
                BelayXapiVersion version)
{
  static const char *const types[] = { "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance",
                                       "sequencing", "likert", "numeric", "other",        NULL };
  const char *text = plain_text (value);

  return text != NULL && g_strv_contains (types, text);
}

static gboolean
is_anything (yyjson_val *value,
             BelayXapiVersion version)
{
  return TRUE;
}

const BelayStatementKind BELAY_KIND_TEXT = { "must be a string", "2.2", is_text };
const BelayStatementKind BELAY_KIND_NAME = { "must be a string that is not empty", "2.2", is_name };
const BelayStatementKind BELAY_KIND_BOOLEAN = { "must be true or false", "2.2", is_boolean };
const BelayStatementKind BELAY_KIND_NUMBER = { "must be a number", "2.2", is_number };
const BelayStatementKind BELAY_KIND_SCALED = { "must be a number from -1 to 1", "2.4.5.1", is_scaled };
const BelayStatementKind BELAY_KIND_LENGTH = { "must be a whole number that is not negative", "2.4.11", is_length };
const BelayStatementKind BELAY_KIND_IRI = { "must be an IRI with a scheme", "4.3", is_iri };
const BelayStatementKind BELAY_KIND_IRL = { "must be an IRL with a scheme", "4.3", is_iri };
const BelayStatementKind BELAY_KIND_MAILTO = { "must be mailto: and a mail address", "2.4.2.3", is_mailto };
const BelayStatementKind BELAY_KIND_SHA1 = { "must be 40 hexadecimal digits", "2.4.2.3", is_sha1 };
const BelayStatementKind BELAY_KIND_SHA2 = { "must be a SHA-2 hash in hexadecimal digits", "2.4.11", is_sha2 };
const BelayStatementKind BELAY_KIND_UUID = { "must be a UUID", "4.4", is_uuid };
const BelayStatementKind BELAY_KIND_TIMESTAMP = { "must be a date and time such as 2026-01-31T09:30:00.000Z", "4.5",
                                                  is_timestamp };
const BelayStatementKind BELAY_KIND_DURATION = { "must be a duration such as PT1H30M", "4.6", is_duration };
const BelayStatementKind BELAY_KIND_LANGUAGE = { "must be a language tag such as en-GB", "4.2", is_language };
const BelayStatementKind BELAY_KIND_MEDIA_TYPE = { "must be a media type such as text/plain", "2.4.11", is_media_type };
const BelayStatementKind BELAY_KIND_VERSION = { "must be a version of xAPI that is spoken here", "2.4.10", is_version };
const BelayStatementKind BELAY_KIND_INTERACTION = { "must be one of the types of interaction", "2.4.4.1",
                                                    is_interaction };
const BelayStatementKind BELAY_KIND_ANYTHING = { "may be anything", "4.1", is_anything };

/**
 * belay_value_number:
 * @value: a number, raw or not
 */
double
belay_value_number (yyjson_val *value)
{
  return yyjson_is_raw (value) ? g_ascii_strtod (yyjson_get_raw (value), NULL) : yyjson_get_num (value);
}

/**
 * belay_value_member_text:
 *
 * Returns: (nullable) (transfer none): the string @name of @object, where there are both
 */
const char *
belay_value_member_text (yyjson_val *object,
                         const char *name)
{
  return yyjson_get_str (yyjson_obj_get (object, name));
}
