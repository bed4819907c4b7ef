/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-clock.h"
#include "belay-id.h"
#include "belay-language-text.h"
#include "belay-text.h"
#include "belay-time.h"

#include <string.h>

static void
test_ids_of_events_sort_by_time (void)
{
  g_autoptr (BelayClock) clock = belay_clock_new_fixed (G_GINT64_CONSTANT (1700000000000000));
  g_autofree char *first = belay_id_new (clock);
  g_autofree char *second = NULL;

  belay_clock_advance (clock, 2000);
  second = belay_id_new (clock);

  g_assert_true (belay_id_is_valid (first));
  g_assert_cmpint (first[14], ==, '7');
  g_assert_cmpstr (first, <, second);
}

static void
test_derived_ids_match_the_rfc (void)
{
  /* RFC 9562, appendix A.4 */
  g_autofree char *id = belay_id_derive ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com");

  g_assert_cmpstr (id, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

static void
test_durations_are_read_as_iso_8601_says (void)
{
  static const struct
  {
    const char *text;
    gint64 centiseconds; /* -1: refused */
  } cases[] = {
    { "PT1H30M", 540000 }, { "PT1.5S", 150 },  { "P2W", 120960000 }, { "P1DT12H", 12960000 }, { "PT0S", 0 },
    { "PT4,25M", 25500 },  { "P", -1 },        { "PT", -1 },         { "P1H", -1 },           { "PT1M1H", -1 },
    { "1H", -1 },          { "PT1.5H1M", -1 }, { "P1DT", -1 },       { "PT-1S", -1 },         { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 centiseconds = -1;

      g_assert_cmpint (belay_time_parse_duration (cases[i].text, &centiseconds), ==, cases[i].centiseconds >= 0);
      g_assert_cmpint (centiseconds, ==, cases[i].centiseconds);
    }
}

static void
test_times_go_out_and_come_back (void)
{
  static const gint64 times[] = { 0, -1000, 1700000000123000, -62135596800000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = belay_time_format (times[i]);
      gint64 back = 1;

      g_assert_true (belay_time_parse (text, &back));
      g_assert_cmpint (back, ==, times[i]);
    }
}

static void
test_base64url_goes_out_and_comes_back (void)
{
  static const guint8 bytes[] = { 0xfb, 0xff, 0x00, 0x01 };
  g_autofree char *text = belay_text_base64url (bytes, sizeof bytes);
  g_autoptr (GBytes) back = belay_text_unbase64url (text);

  g_assert_cmpstr (text, ==, "-_8AAQ");
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), bytes, sizeof bytes);
  g_assert_null (belay_text_unbase64url ("a"));
  g_assert_null (belay_text_unbase64url ("a+b="));
}

static void
test_authored_text_falls_back_to_the_language_then_to_the_first (void)
{
  g_autoptr (BelayLanguageText) text = belay_language_text_new ();
  const char *swiss[] = { "de_CH.UTF-8", "C", NULL };
  const char *polish[] = { "pl", NULL };

  g_assert_cmpstr (belay_language_text_get (text, polish), ==, "");
  belay_language_text_set (text, "en", "The storm");
  belay_language_text_set (text, "de", "Der Sturm");

  g_assert_cmpstr (belay_language_text_get (text, swiss), ==, "Der Sturm");
  g_assert_cmpstr (belay_language_text_get (text, polish), ==, "The storm");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/ids-of-events-sort-by-time", test_ids_of_events_sort_by_time);
  g_test_add_func ("/base/derived-ids-match-the-rfc", test_derived_ids_match_the_rfc);
  g_test_add_func ("/base/durations-are-read-as-iso-8601-says", test_durations_are_read_as_iso_8601_says);
  g_test_add_func ("/base/times-go-out-and-come-back", test_times_go_out_and_come_back);
  g_test_add_func ("/base/base64url-goes-out-and-comes-back", test_base64url_goes_out_and_comes_back);
  g_test_add_func ("/base/authored-text-falls-back", test_authored_text_falls_back_to_the_language_then_to_the_first);

  return g_test_run ();
}
