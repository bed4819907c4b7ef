/* belay-learning-page.c: the HTML around what an author wrote
 *
 * Made once, at import: a page of a native module is launched like any other content, and speaks cmi5 by the scripts of
 * resources/learning, of which every package has its own copy, so that an old package plays as it always did.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-learning-page.h"

#include "belay-learning-resources.h"
#include "belay-markdown.h"
#include "belay-package-path.h"

#define RESOURCES "/org/belay/learning"
#define FOLDER "belay/"

/**
 * belay_learning_page_add_runtime:
 *
 * Adds the scripts and the style that every page needs, in the folder `belay`.
 *
 * Returns: whether they are there; with @error set only where this machine failed
 */
gboolean
belay_learning_page_add_runtime (BelayPackageFiles *files,
                                 GError **error)
{
  GResource *resource = belay_learning_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (files != NULL, FALSE);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *source = g_strconcat (RESOURCES "/", names[i], NULL);
      g_autofree char *target = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, source, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (!belay_package_files_add_bytes (files, target, bytes, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * belay_learning_page_make:
 * @language: what the text is written in
 * @title: the heading, unless @body begins with one
 * @script: which of our scripts runs it, such as `page.js`
 * @body: HTML
 *
 * Returns: (transfer full): a whole page
 */
GBytes *
belay_learning_page_make (const char *language,
                          const char *title,
                          const char *script,
                          const char *body)
{
  g_autofree char *safe_title = NULL;
  g_autofree char *safe_language = NULL;
  g_autofree char *heading = NULL;
  char *html;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (script != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  safe_title = g_markup_escape_text (title, -1);
  safe_language = g_markup_escape_text (language, -1);
  if (!g_str_has_prefix (body, BELAY_LEARNING_PAGE_ARTICLE "<h1>"))
    heading = g_strdup_printf ("<h1>%s</h1>\n", safe_title);
  html = g_strdup_printf ("<!DOCTYPE html>\n"
                          "<html lang=\"%s\" dir=\"auto\">\n"
                          "<head>\n"
                          "<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta name=\"color-scheme\" content=\"light dark\">\n"
                          "<title>%s</title>\n"
                          "<link rel=\"stylesheet\" href=\"" FOLDER "learning.css\">\n"
                          "<script type=\"module\" src=\"" FOLDER "%s\"></script>\n"
                          "</head>\n"
                          "<body aria-busy=\"true\">\n"
                          "<main>\n"
                          "%s"
                          "%s"
                          "</main>\n"
                          "</body>\n"
                          "</html>\n",
                          safe_language, safe_title, script, heading != NULL ? heading : "", body);

  return g_bytes_new_take (html, strlen (html));
}

static void
check_image (BelayPackageFiles *files,
             const char *where,
             const BelayMarkdownImage *image)
{
  g_autofree char *scheme = g_uri_parse_scheme (image->source);
  g_autofree char *path = belay_package_path_from_entry (image->source);
  GPtrArray *problems = belay_package_files_get_problems (files);

  if (scheme != NULL || g_str_has_prefix (image->source, "//"))
    belay_import_problems_add (problems, BELAY_IMPORT_PROBLEM, "image-remote", where,
                               "The picture “%s” lies outside the module, where nobody could see it offline.",
                               image->source);
  else if (path == NULL || !belay_package_files_has (files, path))
    belay_import_problems_add (problems, BELAY_IMPORT_PROBLEM, "file-missing", where,
                               "The module does not hold the picture “%s”.", image->source);
  if (!image->has_description)
    belay_import_problems_add (problems, BELAY_IMPORT_WARNING, "image-silent", where,
                               "The picture “%s” has no description for those who cannot see it.", image->source);
}

/**
 * belay_learning_page_markdown:
 * @where: the file it is from, for problems
 *
 * Returns: (transfer full): @markdown as HTML; problems are told where its pictures are not in the module
 */
char *
belay_learning_page_markdown (BelayPackageFiles *files,
                              const char *where,
                              const char *markdown,
                              gsize length)
{
  g_autoptr (GPtrArray) images = NULL;

  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (where != NULL, NULL);
  g_return_val_if_fail (markdown != NULL, NULL);

  if (!g_utf8_validate_len (markdown, length, NULL))
    {
      belay_import_problems_add (belay_package_files_get_problems (files), BELAY_IMPORT_PROBLEM, "text-not-utf8", where,
                                 "This text is not UTF-8.");
      return g_strdup ("");
    }

  images = belay_markdown_list_images (markdown, length);
  for (guint i = 0; i < images->len; i++)
    check_image (files, where, g_ptr_array_index (images, i));

  return belay_markdown_to_html (markdown, length);
}
