/* belay-markdown.c: Markdown to HTML, without any HTML of the author's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-markdown.h"

#include <md4c-html.h>
#include <string.h>

#define DIALECT (MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS)

static void
append_html (const MD_CHAR *text,
             MD_SIZE length,
             void *data)
{
  g_string_append_len (data, text, length);
}

/**
 * belay_markdown_to_html:
 * @markdown: CommonMark with tables and strikethrough; HTML in it is shown as text
 *
 * Returns: (transfer full): a fragment of HTML
 */
char *
belay_markdown_to_html (const char *markdown,
                        gsize length)
{
  g_autoptr (GString) html = g_string_new (NULL);

  g_return_val_if_fail (markdown != NULL, NULL);

  if (md_html (markdown, length, append_html, html, DIALECT, MD_HTML_FLAG_SKIP_UTF8_BOM) != 0)
    g_error ("md4c ran out of memory");

  return g_string_free (g_steal_pointer (&html), FALSE);
}

typedef struct
{
  GPtrArray *images;
  BelayMarkdownImage *open; /* (nullable): the image whose description is being read */
} Listing;

static void
image_free (gpointer data)
{
  BelayMarkdownImage *image = data;

  g_free (image->source);
  g_free (image);
}

static int
pass_block (MD_BLOCKTYPE type,
            void *detail,
            void *data)
{
  return 0;
}

static int
enter_span (MD_SPANTYPE type,
            void *detail,
            void *data)
{
  Listing *listing = data;
  const MD_SPAN_IMG_DETAIL *image = detail;

  if (type != MD_SPAN_IMG)
    return 0;

  listing->open = g_new0 (BelayMarkdownImage, 1);
  listing->open->source = g_strndup (image->src.text, image->src.size);
  g_ptr_array_add (listing->images, listing->open);

  return 0;
}

static int
leave_span (MD_SPANTYPE type,
            void *detail,
            void *data)
{
  Listing *listing = data;

  if (type == MD_SPAN_IMG)
    listing->open = NULL;

  return 0;
}

static int
see_text (MD_TEXTTYPE type,
          const MD_CHAR *text,
          MD_SIZE length,
          void *data)
{
  Listing *listing = data;

  if (listing->open != NULL && length > 0)
    listing->open->has_description = TRUE;

  return 0;
}

/**
 * belay_markdown_list_images:
 *
 * Returns: (transfer full) (element-type BelayMarkdownImage): the pictures that the text shows
 */
GPtrArray *
belay_markdown_list_images (const char *markdown,
                            gsize length)
{
  const MD_PARSER parser = { .flags = DIALECT,
                             .enter_block = pass_block,
                             .leave_block = pass_block,
                             .enter_span = enter_span,
                             .leave_span = leave_span,
                             .text = see_text };
  Listing listing = { g_ptr_array_new_with_free_func (image_free), NULL };

  g_return_val_if_fail (markdown != NULL, NULL);

  if (md_parse (markdown, length, &parser, &listing) != 0)
    g_error ("md4c ran out of memory");

  return listing.images;
}
