/* belay-sync-record.c: what the server's own record store tells to who has a key to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-record.h"

#include <libsoup/soup.h>
#include <string.h>
#include <yyjson.h>

struct _BelaySyncRecord
{
  BelayJourneyServer *server; /* unowned */
  SoupSession *session;
  char *authorization;
};

/**
 * belay_sync_record_new:
 * @server: lives longer; need not run
 */
BelaySyncRecord *
belay_sync_record_new (BelayJourneyServer *server)
{
  BelaySyncRecord *self = g_new0 (BelaySyncRecord, 1);
  g_autofree char *output = belay_journey_server_run (server, "key", "create", "test", NULL);
  const char *json = strchr (output, '{');
  yyjson_doc *document = yyjson_read_opts ((char *) json, strlen (json), YYJSON_READ_STOP_WHEN_DONE, NULL, NULL);
  yyjson_val *root = yyjson_doc_get_root (document);
  g_autofree char *pair = g_strdup_printf ("%s:%s", yyjson_get_str (yyjson_obj_get (root, "key")),
                                           yyjson_get_str (yyjson_obj_get (root, "secret")));
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));

  yyjson_doc_free (document);
  self->server = server;
  self->session = soup_session_new ();
  self->authorization = g_strconcat ("Basic ", encoded, NULL);

  return self;
}

void
belay_sync_record_free (BelaySyncRecord *self)
{
  g_object_unref (self->session);
  g_free (self->authorization);
  g_free (self);
}

static yyjson_doc *
read_page (BelaySyncRecord *self,
           const char *path)
{
  g_autofree char *address = g_strconcat (belay_journey_server_get_url (self->server), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  yyjson_doc *document;

  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Experience-API-Version", "1.0.3");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", self->authorization);
  body = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  document = yyjson_read (g_bytes_get_data (body, NULL), g_bytes_get_size (body), 0);
  g_assert_nonnull (document);

  return document;
}

/**
 * belay_sync_record_read:
 *
 * Returns: (transfer full): the id of each statement that the server has; the test fails where it has one twice
 */
GHashTable *
belay_sync_record_read (BelaySyncRecord *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_strdup ("/xapi/statements");

  while (path != NULL && *path != '\0')
    {
      yyjson_doc *page = read_page (self, path);
      yyjson_val *list = yyjson_obj_get (yyjson_doc_get_root (page), "statements");

      for (gsize i = 0; i < yyjson_arr_size (list); i++)
        {
          const char *id = yyjson_get_str (yyjson_obj_get (yyjson_arr_get (list, i), "id"));

          g_assert_true (g_hash_table_add (ids, g_strdup (id)));
        }
      g_set_str (&path, yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (page), "more")));
      yyjson_doc_free (page);
    }

  return ids;
}
