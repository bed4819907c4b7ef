/* bench-frame.c: preloaded into a GTK program, tells when its first frame with content was painted
 *
 * BENCH_BEGAN is the monotonic time at which the process was started, in microseconds; BENCH_CONTENT (optional)
 * the type of a widget that has to be on the screen for a frame to count. Prints the microseconds to
 * that frame; some time later, once all is still, the kilobytes of memory (PSS), and ends the process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define STILL_AFTER_MS 2000

static gboolean
shows (GtkWidget *widget,
       const char *type_name)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, type_name))
      return TRUE;

  return FALSE;
}

static gboolean
tell_memory_cb (gpointer data)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) || (line = strstr (text, "\nPss:")) == NULL)
    _exit (1);
  printf ("%ld\n", strtol (line + strlen ("\nPss:"), NULL, 10));
  fflush (stdout);
  _exit (0);

  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *frames,
                GtkWidget *window)
{
  static gboolean is_told;
  const char *content = g_getenv ("BENCH_CONTENT");
  gint64 began = g_ascii_strtoll (g_getenv ("BENCH_BEGAN"), NULL, 10);

  if (is_told || (content != NULL && !shows (window, content)))
    return;
  is_told = TRUE;
  printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - began);
  fflush (stdout);
  g_timeout_add (STILL_AFTER_MS, tell_memory_cb, NULL);
}

/* Instead of GTK's own, which it calls */
void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow *) = (void (*) (GtkWindow *)) dlsym (RTLD_NEXT, "gtk_window_present");

  present (window);
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (after_paint_cb),
                           window, 0);
}
