/* belay-server-keys.c: the organisation's keys: Ed25519 for manifests, RSA-3072 for badges
 *
 * They are made once, at init, into files that only the server's user can read, and are not in the
 * database or its backups: who finds a backup cannot sign anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-server-keys.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sys/stat.h>
#include <unistd.h>

#include "belay-signature.h"

#define MANIFEST_KEY "manifests-ed25519.pem"
#define BADGE_KEY "badges-rsa.pem"
#define BADGE_KEY_BITS 3072

struct _BelayServerKeys
{
  BelaySigningKey *manifests;
  GPtrArray *pinned; /* (element-type BelayPublicKey): the public half of the same */
};

static gboolean
fail (GError **error,
      int reason,
      const char *what,
      const char *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason), "%s %s: %s", what, path, g_strerror (reason));
  return FALSE;
}

/* Never replaces a key: what it signed could not be believed any more */
static gboolean
make_badge_key (const char *path,
                GError **error)
{
  EVP_PKEY *key = EVP_RSA_gen (BADGE_KEY_BITS);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  int reason = errno;
  gboolean is_written = key != NULL && file != NULL
                        && PEM_write_PKCS8PrivateKey (file, key, NULL, NULL, 0, NULL, NULL) == 1 && fflush (file) == 0
                        && fsync (fd) == 0;

  if (file != NULL)
    fclose (file);
  EVP_PKEY_free (key);

  return is_written || fail (error, reason != 0 ? reason : EIO, "The key could not be written to", path);
}

/**
 * belay_server_keys_generate:
 * @folder: made, for its owner alone, where it is missing
 *
 * Returns: whether both keys are there now; keys that were there already stay
 */
gboolean
belay_server_keys_generate (const char *folder,
                            GError **error)
{
  g_autofree char *manifest_path = g_build_filename (folder, MANIFEST_KEY, NULL);
  g_autofree char *badge_path = g_build_filename (folder, BADGE_KEY, NULL);
  g_autoptr (BelaySigningKey) key = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, errno, "The folder for keys could not be made at", folder);

  if (!g_file_test (manifest_path, G_FILE_TEST_EXISTS))
    {
      key = belay_signing_key_generate ();
      if (!belay_signing_key_save (key, manifest_path, error))
        return FALSE;
    }

  return g_file_test (badge_path, G_FILE_TEST_EXISTS) || make_badge_key (badge_path, error);
}

/**
 * belay_server_keys_load:
 *
 * Returns: (transfer full) (nullable): the key that signs manifests
 */
BelayServerKeys *
belay_server_keys_load (const char *folder,
                        GError **error)
{
  g_autofree char *path = g_build_filename (folder, MANIFEST_KEY, NULL);
  g_autoptr (BelayServerKeys) self = g_new0 (BelayServerKeys, 1);
  BelayPublicKey *public_half;

  self->manifests = belay_signing_key_load (path, error);
  if (self->manifests == NULL)
    return NULL;

  self->pinned = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_public_key_free);
  public_half = belay_public_key_new (belay_signing_key_get_id (self->manifests),
                                      belay_signing_key_get_public (self->manifests), error);
  if (public_half == NULL)
    return NULL;
  g_ptr_array_add (self->pinned, public_half);

  return g_steal_pointer (&self);
}

void
belay_server_keys_free (BelayServerKeys *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->manifests, belay_signing_key_free);
  g_clear_pointer (&self->pinned, g_ptr_array_unref);
  g_free (self);
}

const char *
belay_server_keys_get_id (BelayServerKeys *self)
{
  return belay_signing_key_get_id (self->manifests);
}

/* Returns: (transfer none): the public half in base64url */
const char *
belay_server_keys_get_public (BelayServerKeys *self)
{
  return belay_signing_key_get_public (self->manifests);
}

/* Returns: (transfer full): a JWS of @payload in compact serialisation */
char *
belay_server_keys_sign (BelayServerKeys *self,
                        GBytes *payload)
{
  return belay_jws_sign_ed25519 (self->manifests, belay_signing_key_get_id (self->manifests), payload);
}

/**
 * belay_server_keys_has_signed:
 * @payload: (out) (optional) (transfer full): what was signed
 */
gboolean
belay_server_keys_has_signed (BelayServerKeys *self,
                              const char *jws,
                              GBytes **payload)
{
  g_autoptr (GBytes) signed_payload = belay_jws_verify (jws, self->pinned, NULL);
  gboolean is_ours = signed_payload != NULL;

  if (payload != NULL)
    *payload = g_steal_pointer (&signed_payload);

  return is_ours;
}

static void
check_file (const char *folder,
            const char *name,
            GPtrArray *problems)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  if (stat (path, &status) != 0)
    g_ptr_array_add (problems, g_strdup_printf ("The key %s cannot be read: %s", path, g_strerror (errno)));
  else if ((status.st_mode & 077) != 0)
    g_ptr_array_add (problems, g_strdup_printf ("The key %s can be read by others. Run: chmod 600 %s", path, path));
}

/**
 * belay_server_keys_check:
 * @problems: (element-type utf8): sentences are added to it
 *
 * Returns: whether nothing was found
 */
gboolean
belay_server_keys_check (const char *folder,
                         GPtrArray *problems)
{
  guint before = problems->len;

  check_file (folder, MANIFEST_KEY, problems);
  check_file (folder, BADGE_KEY, problems);

  return problems->len == before;
}
