/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-bar-scale.h"
#include "belay-path-layout.h"

static void
test_every_stop_of_the_path_lies_inside (void)
{
  for (guint stops = 1; stops < 30; stops++)
    {
      g_autoptr (BelayPathLayout) layout = belay_path_layout_new (stops, 360, 90, 20, FALSE);

      for (guint i = 0; i < stops; i++)
        {
          BelayPathPoint stop = belay_path_layout_get_stop (layout, i);

          g_assert_cmpfloat (stop.x, >=, 20);
          g_assert_cmpfloat (stop.x, <=, 340);
          g_assert_cmpfloat (stop.y, >=, 0);
          g_assert_cmpfloat (stop.y, <=, 90);
        }
    }
}

static void
test_the_path_is_whole_and_smooth (void)
{
  g_autoptr (BelayPathLayout) layout = belay_path_layout_new (7, 720, 80, 30, FALSE);

  for (guint i = 0; i + 1 < 7; i++)
    {
      BelayPathStretch stretch = belay_path_layout_get_stretch (layout, i);
      BelayPathPoint stop = belay_path_layout_get_stop (layout, i);

      g_assert_cmpfloat (stretch.from.x, ==, stop.x);
      g_assert_cmpfloat (stretch.from_control.y, ==, stretch.from.y);
      g_assert_cmpfloat (stretch.to_control.y, ==, stretch.to.y);
      g_assert_cmpfloat (stretch.to.x, >, stretch.from.x);
    }
}

static void
test_right_to_left_mirrors_the_path (void)
{
  g_autoptr (BelayPathLayout) forth = belay_path_layout_new (6, 600, 80, 30, FALSE);
  g_autoptr (BelayPathLayout) back = belay_path_layout_new (6, 600, 80, 30, TRUE);

  for (guint i = 0; i < 6; i++)
    {
      BelayPathPoint one = belay_path_layout_get_stop (forth, i);
      BelayPathPoint other = belay_path_layout_get_stop (back, i);

      g_assert_cmpfloat_with_epsilon (one.x + other.x, 600, 0.001);
      g_assert_cmpfloat (one.y, ==, other.y);
    }
}

static void
test_companions_stand_over_their_stop_and_apart (void)
{
  g_autoptr (BelayPathLayout) layout = belay_path_layout_new (3, 600, 80, 30, FALSE);
  BelayPathPoint stop = belay_path_layout_get_stop (layout, 1);
  BelayPathPoint left = belay_path_layout_get_companion (layout, 1, 0, 3, 20);
  BelayPathPoint middle = belay_path_layout_get_companion (layout, 1, 1, 3, 20);
  BelayPathPoint right = belay_path_layout_get_companion (layout, 1, 2, 3, 20);

  g_assert_cmpfloat (middle.x, ==, stop.x);
  g_assert_cmpfloat (middle.y, <, stop.y - 20);
  g_assert_cmpfloat (middle.x - left.x, >=, 20);
  g_assert_cmpfloat (right.x - middle.x, >=, 20);
}

static void
test_a_name_keeps_clear_of_the_line_beside_its_stop (void)
{
  g_autoptr (BelayPathLayout) layout = belay_path_layout_new (6, 320, 78, 32, FALSE);

  for (guint stop = 0; stop < belay_path_layout_get_size (layout); stop++)
    {
      BelayPathPoint middle = belay_path_layout_get_stop (layout, stop);
      double narrow = belay_path_layout_get_name_top (layout, stop, 0, 12);
      double wide = belay_path_layout_get_name_top (layout, stop, 60, 12);

      g_assert_cmpfloat_with_epsilon (narrow, middle.y + 12, 0.001);
      g_assert_cmpfloat (wide, >=, narrow);
      /* Where the path comes from below or goes there, the name has to make room */
      if (stop > 0 && belay_path_layout_get_stop (layout, stop - 1).y > middle.y + 4)
        g_assert_cmpfloat (wide, >, narrow);
    }
}

static void
test_companions_keep_clear_of_the_line_and_of_their_neighbours (void)
{
  g_autoptr (BelayPathLayout) layout = belay_path_layout_new (6, 300, 80, 30, FALSE);
  double room = belay_path_layout_get_room (layout);

  for (guint stop = 0; stop < 6; stop++)
    {
      BelayPathPoint first = belay_path_layout_get_companion (layout, stop, 0, 3, 28);
      BelayPathPoint last = belay_path_layout_get_companion (layout, stop, 2, 3, 28);

      g_assert_cmpfloat (last.x - first.x + 28, <=, room);
      for (guint near = MAX (stop, 1) - 1; near <= MIN (stop + 1, 5); near++)
        {
          BelayPathPoint other = belay_path_layout_get_stop (layout, near);

          if (other.x >= first.x - 14 && other.x <= last.x + 14)
            g_assert_cmpfloat (first.y + 14, <, other.y);
        }
      if (stop < 5)
        {
          BelayPathStretch stretch = belay_path_layout_get_stretch (layout, stop);

          /* Halfway in the first half of the stretch; its controls lie level with its ends */
          g_assert_cmpfloat (first.y + 14, <, stretch.from.y * 27.0 / 32 + stretch.to.y * 5.0 / 32);
        }
    }
}

static void
test_bars_stand_on_the_floor_and_nothing_is_still_seen (void)
{
  BelayBar none = belay_bar_scale_place (0, 6, 0, 3600, 100, 30, FALSE);
  BelayBar little = belay_bar_scale_place (1, 6, 1, 3600, 100, 30, FALSE);
  BelayBar most = belay_bar_scale_place (5, 6, 9999, 3600, 100, 30, FALSE);

  g_assert_cmpfloat (none.height, >, 0);
  g_assert_cmpfloat (little.height, >, none.height);
  g_assert_cmpfloat (most.height, ==, 30);
  g_assert_cmpfloat_with_epsilon (none.y + none.height, 30, 0.001);
  g_assert_cmpfloat_with_epsilon (most.x + most.width, 100, 0.001);
}

static void
test_bars_mirror (void)
{
  BelayBar oldest = belay_bar_scale_place (0, 6, 5, 10, 100, 30, TRUE);
  BelayBar newest = belay_bar_scale_place (5, 6, 5, 10, 100, 30, TRUE);

  g_assert_cmpfloat (oldest.x, >, newest.x);
  g_assert_cmpfloat (newest.x, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/every-stop-of-the-path-lies-inside", test_every_stop_of_the_path_lies_inside);
  g_test_add_func ("/geometry/the-path-is-whole-and-smooth", test_the_path_is_whole_and_smooth);
  g_test_add_func ("/geometry/right-to-left-mirrors-the-path", test_right_to_left_mirrors_the_path);
  g_test_add_func ("/geometry/companions-stand-over-their-stop-and-apart",
                   test_companions_stand_over_their_stop_and_apart);
  g_test_add_func ("/geometry/a-name-keeps-clear-of-the-line-beside-its-stop",
                   test_a_name_keeps_clear_of_the_line_beside_its_stop);
  g_test_add_func ("/geometry/companions-keep-clear-of-the-line-and-of-their-neighbours",
                   test_companions_keep_clear_of_the_line_and_of_their_neighbours);
  g_test_add_func ("/geometry/bars-stand-on-the-floor-and-nothing-is-still-seen",
                   test_bars_stand_on_the_floor_and_nothing_is_still_seen);
  g_test_add_func ("/geometry/bars-mirror", test_bars_mirror);

  return g_test_run ();
}
