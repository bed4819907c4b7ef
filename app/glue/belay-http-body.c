/* belay-http-body.c: bodies in gzip (RFC 1952), with a limit on what comes out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-http-body.h"

#define PIECE_BYTES (64 * 1024)

/* Runs all of @input through @converter. Stops with G_IO_ERROR_NO_SPACE beyond @most bytes. */
static GBytes *
convert (GConverter *converter,
         GBytes *input,
         gsize most,
         GError **error)
{
  g_autoptr (GByteArray) output = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gsize left;
  const guint8 *at = g_bytes_get_data (input, &left);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      gsize read = 0;
      gsize written = 0;

      result =
        g_converter_convert (converter, at, left, piece, PIECE_BYTES, G_CONVERTER_INPUT_AT_END, &read, &written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      at += read;
      left -= read;
      g_byte_array_append (output, piece, (guint) written);
      if (output->len > most)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       "The body becomes larger than %" G_GSIZE_FORMAT " bytes when it is unpacked.", most);
          return NULL;
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}

/**
 * belay_http_body_gunzip:
 * @most: bytes that may come out
 *
 * Returns: (transfer full) (nullable): what @packed holds; %NULL with %G_IO_ERROR_NO_SPACE where that is
 *   more than @most, or with another error where @packed is not whole gzip
 */
GBytes *
belay_http_body_gunzip (GBytes *packed,
                        gsize most,
                        GError **error)
{
  g_autoptr (GZlibDecompressor) converter = NULL;

  g_return_val_if_fail (packed != NULL, NULL);

  converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return convert (G_CONVERTER (converter), packed, most, error);
}

/**
 * belay_http_body_gzip:
 *
 * Returns: (transfer full): @plain in gzip
 */
GBytes *
belay_http_body_gzip (GBytes *plain)
{
  g_autoptr (GZlibCompressor) converter = NULL;

  g_return_val_if_fail (plain != NULL, NULL);

  /* Level 3: sync replies are JSON, where a higher one costs twice the time for a few per cent */
  converter = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 3);

  return convert (G_CONVERTER (converter), plain, G_MAXUINT32, NULL);
}
