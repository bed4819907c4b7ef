/* belay-journey-course.c: a module made for one test: a page, and a film of any size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-journey-course.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
save (const char *folder,
      const char *name,
      const char *data,
      gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

static const char captions[] = "WEBVTT\n\n00:00.000 --> 00:01.000\nA rope is thrown.\n";

static void
write_film (const char *folder,
            gsize bytes)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree guint32 *film = g_new (guint32, bytes / sizeof (guint32) + 1);

  for (gsize i = 0; i <= bytes / sizeof (guint32); i++)
    film[i] = g_rand_int (rand);
  save (folder, "film.vtt", captions, strlen (captions));
  save (folder, "film.webm", (const char *) film, bytes);
}

/**
 * belay_journey_course_make:
 * @words: what its page says
 * @film_bytes: 0 for no film
 *
 * Returns: (transfer full): its folder
 */
char *
belay_journey_course_make (const char *words,
                           gsize film_bytes)
{
  char *folder = g_dir_make_tmp ("belay-course-XXXXXX", NULL);
  g_autoptr (GString) module = g_string_new ("title: A rope\nactivities:\n  - key: read\n    kind: page\n"
                                             "    title: Read about the rope\n    minutes: 2\n    file: read.md\n");

  g_assert_nonnull (folder);
  if (film_bytes > 0)
    {
      g_string_append (module, "  - key: film\n    kind: video\n    title: A rope is thrown\n    minutes: 1\n"
                               "    file: film.webm\n"
                               "    captions:\n      - {language: en, label: English, file: film.vtt}\n");
      write_film (folder, film_bytes);
    }
  save (folder, "module.yaml", module->str, module->len);
  belay_journey_course_rewrite (folder, words);

  return folder;
}

/* Its page says something else from now on */
void
belay_journey_course_rewrite (const char *folder,
                              const char *words)
{
  g_autofree char *page = g_strdup_printf ("# A rope\n\n%s\n", words);

  save (folder, "read.md", page, strlen (page));
}

void
belay_journey_course_remove (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}
