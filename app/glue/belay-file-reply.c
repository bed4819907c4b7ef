/* belay-file-reply.c: a file as the answer of a SoupServer, whole or in part
 *
 * SoupServer answers a Range by itself only where the whole body is in memory. Here the file is
 * read a piece at a time, each when the one before is on its way, so that a video of any length
 * costs the same memory and can be sought in. Ranges are those of RFC 9110 §14, one at a time:
 * a request for several is answered with the whole file, as that section allows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-file-reply.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES (64 * 1024)

typedef struct
{
  int fd;
  goffset at;
  goffset left;
  char *piece;
} Sending;

static void
sending_free (Sending *self)
{
  g_close (self->fd, NULL);
  g_free (self->piece);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* Puts the next piece into the message, or ends it. A file that became shorter ends the connection:
 * the reader must not take the part for the whole. */
static void
send_piece (SoupServerMessage *message,
            Sending *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize wanted = (gsize) MIN (self->left, PIECE_BYTES);
  gssize got;

  if (wanted == 0)
    {
      soup_message_body_complete (body);
      return;
    }

  do
    got = pread (self->fd, self->piece, wanted, self->at);
  while (got < 0 && errno == EINTR);
  if (got <= 0)
    {
      GSocket *socket = soup_server_message_get_socket (message);

      if (socket != NULL)
        g_socket_shutdown (socket, TRUE, TRUE, NULL);
      return;
    }

  self->at += got;
  self->left -= got;
  soup_message_body_append (body, SOUP_MEMORY_COPY, self->piece, (gsize) got);
  if (self->left == 0)
    soup_message_body_complete (body);
}

static gboolean
matches (SoupServerMessage *message,
         const char *header,
         const char *quoted_tag)
{
  const char *value = soup_message_headers_get_list (soup_server_message_get_request_headers (message), header);

  return value != NULL && quoted_tag != NULL && (g_str_equal (value, "*") || strstr (value, quoted_tag) != NULL);
}

/* Sets status and headers for the part that is asked for. Returns whether a body follows. */
static gboolean
choose_part (SoupServerMessage *message,
             goffset size,
             const char *quoted_tag,
             Sending *sending)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *told = soup_server_message_get_response_headers (message);
  SoupRange *ranges = NULL;
  gboolean is_current =
    soup_message_headers_get_one (asked, "If-Range") == NULL || matches (message, "If-Range", quoted_tag);
  int length = 0;

  sending->left = size;
  if (!is_current || !soup_message_headers_get_ranges (asked, size, &ranges, &length))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_message_headers_set_content_length (told, size);
      return TRUE;
    }

  if (length == 1)
    {
      goffset end = MIN (ranges[0].end, size - 1);
      goffset start = MAX (ranges[0].start, 0); /* negative where a suffix longer than the file is asked for */

      if (start > end)
        {
          g_autofree char *unsatisfied = g_strdup_printf ("bytes */%" G_GOFFSET_FORMAT, size);

          soup_message_headers_free_ranges (asked, ranges);
          soup_server_message_set_status (message, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, NULL);
          soup_message_headers_replace (told, "Content-Range", unsatisfied);
          soup_message_headers_set_content_length (told, 0);
          return FALSE;
        }
      sending->at = start;
      sending->left = end - start + 1;
      soup_message_headers_set_content_range (told, start, end, size);
    }
  soup_message_headers_free_ranges (asked, ranges);
  soup_server_message_set_status (message, length == 1 ? SOUP_STATUS_PARTIAL_CONTENT : SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_length (told, sending->left);

  return TRUE;
}

static void
describe (SoupServerMessage *message,
          const BelayFileReply *reply,
          const char *quoted_tag)
{
  SoupMessageHeaders *told = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (told, "Accept-Ranges", "bytes");
  soup_message_headers_set_content_type (told, reply->content_type, NULL);
  if (quoted_tag != NULL)
    soup_message_headers_replace (told, "ETag", quoted_tag);
  if (reply->cache_control != NULL)
    soup_message_headers_replace (told, "Cache-Control", reply->cache_control);
}

static Sending *
open_file (const char *path,
           goffset *size,
           GError **error)
{
  g_autoptr (Sending) sending = g_new0 (Sending, 1);
  struct stat status;

  sending->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (sending->fd < 0 || fstat (sending->fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      int reason = sending->fd < 0 ? errno : EINVAL;

      if (sending->fd < 0)
        g_free (g_steal_pointer (&sending));
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason), "The file %s cannot be read: %s", path,
                   g_strerror (reason));
      return NULL;
    }
  sending->piece = g_malloc (PIECE_BYTES);
  *size = status.st_size;

  return g_steal_pointer (&sending);
}

/**
 * belay_file_reply_send:
 * @message: a GET or HEAD that has its headers but no answer yet
 * @reply: what to send
 *
 * Answers @message with the file, with the range of it that the request names (206, or 416 where
 * that lies outside), or with 304 where the request's If-None-Match has @reply's tag. Reads as the
 * reader takes, and closes the file when @message is finished or hung up.
 *
 * Returns: whether the file could be opened; if not, @message is as it was
 */
gboolean
belay_file_reply_send (SoupServerMessage *message,
                       const BelayFileReply *reply,
                       GError **error)
{
  g_autoptr (Sending) sending = NULL;
  g_autofree char *quoted_tag = NULL;
  goffset size = 0;
  Sending *borrowed;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), FALSE);
  g_return_val_if_fail (reply != NULL && reply->path != NULL && reply->content_type != NULL, FALSE);

  sending = open_file (reply->path, &size, error);
  if (sending == NULL)
    return FALSE;

  quoted_tag = reply->tag != NULL ? g_strdup_printf ("\"%s\"", reply->tag) : NULL;
  describe (message, reply, quoted_tag);
  if (matches (message, "If-None-Match", quoted_tag))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return TRUE;
    }
  if (!choose_part (message, size, quoted_tag, sending))
    return TRUE;
  if (soup_server_message_get_method (message) == SOUP_METHOD_HEAD)
    return TRUE;

  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  borrowed = g_steal_pointer (&sending);
  g_object_set_data_full (G_OBJECT (message), "belay-file-reply", borrowed, (GDestroyNotify) sending_free);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (send_piece), borrowed);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (send_piece), borrowed);

  return TRUE;
}
