/* belay-server-config.c: how a server is set up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-server-config.h"

#include <gio/gio.h>
#include <string.h>

#define GROUP "server"
#define STATE_FOLDER "/var/lib/belay"

/* Each setting has one name: `tls-key` in the file, BELAY_TLS_KEY in the environment, --tls-key as an option. */
typedef struct
{
  const char *name;
  gsize offset;
} Setting;

static const Setting settings[] = {
  { "database", G_STRUCT_OFFSET (BelayServerConfig, database) },
  { "content", G_STRUCT_OFFSET (BelayServerConfig, content) },
  { "keys", G_STRUCT_OFFSET (BelayServerConfig, keys) },
  { "listen", G_STRUCT_OFFSET (BelayServerConfig, listen) },
  { "address", G_STRUCT_OFFSET (BelayServerConfig, address) },
  { "tls-certificate", G_STRUCT_OFFSET (BelayServerConfig, tls_certificate) },
  { "tls-key", G_STRUCT_OFFSET (BelayServerConfig, tls_key) },
  { "origins", G_STRUCT_OFFSET (BelayServerConfig, origins) },
};

static char **
get_member (BelayServerConfig *self,
            const Setting *setting)
{
  return G_STRUCT_MEMBER_P (self, setting->offset);
}

/**
 * belay_server_config_new:
 *
 * Returns: (transfer full): what holds where nothing else is said
 */
BelayServerConfig *
belay_server_config_new (void)
{
  BelayServerConfig *self = g_new0 (BelayServerConfig, 1);

  self->database = g_strdup ("sqlite:" STATE_FOLDER "/belay.sqlite");
  self->content = g_strdup (STATE_FOLDER "/content");
  self->keys = g_strdup (STATE_FOLDER "/keys");
  self->listen = g_strdup ("127.0.0.1:8080");
  self->log_requests = TRUE;

  return self;
}

void
belay_server_config_free (BelayServerConfig *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_free (*get_member (self, &settings[i]));
  g_free (self);
}

static gboolean
is_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].name, name))
      return TRUE;

  return g_str_equal (name, "log-requests");
}

static gboolean
check_names (GKeyFile *file,
             const char *path,
             GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, GROUP, NULL, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!is_known (names[i]))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: there is no setting \"%s\".", path, names[i]);
        return FALSE;
      }

  return TRUE;
}

/**
 * belay_server_config_read_file:
 * @path: a key file with a group `[server]`
 *
 * Returns: whether it could be read; a setting of an unknown name is an error, for it is a slip
 */
gboolean
belay_server_config_read_file (BelayServerConfig *self,
                               const char *path,
                               GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (!check_names (file, path, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *value = g_key_file_get_string (file, GROUP, settings[i].name, NULL);

      if (value != NULL)
        g_set_str (get_member (self, &settings[i]), g_strstrip (value));
    }
  if (g_key_file_has_key (file, GROUP, "log-requests", NULL))
    self->log_requests = g_key_file_get_boolean (file, GROUP, "log-requests", NULL);

  return TRUE;
}

static const char *
get_variable (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);
  g_autofree char *variable = g_strconcat ("BELAY_", g_strdelimit (upper, "-", '_'), NULL);

  return g_getenv (variable);
}

void
belay_server_config_read_environment (BelayServerConfig *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const char *value = get_variable (settings[i].name);

      if (value != NULL)
        g_set_str (get_member (self, &settings[i]), value);
    }
  if (get_variable ("log-requests") != NULL)
    self->log_requests = g_str_equal (get_variable ("log-requests"), "true");
}

/**
 * belay_server_config_split_listen:
 * @address: (out) (transfer full)
 */
gboolean
belay_server_config_split_listen (const BelayServerConfig *self,
                                  char **address,
                                  guint16 *port,
                                  GError **error)
{
  const char *colon = strrchr (self->listen, ':');
  guint64 number;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &number, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "\"%s\" is not ADDRESS:PORT, such as 127.0.0.1:8080 or [::]:443.", self->listen);
      return FALSE;
    }

  *port = (guint16) number;
  *address = g_strndup (self->listen, (gsize) (colon - self->listen));
  if (g_str_has_prefix (*address, "[") && g_str_has_suffix (*address, "]"))
    {
      g_autofree char *bracketed = g_steal_pointer (address);

      *address = g_strndup (bracketed + 1, strlen (bracketed) - 2);
    }

  return TRUE;
}
