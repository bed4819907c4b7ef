/* belay-secret.c: the desktop's secret service as futures
 *
 * Where none runs, or none answers, each future rejects: the caller knows another place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-secret.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  .name = "org.belay.Belay",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "name", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static void
stored (GObject *object,
        GAsyncResult *result,
        gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, error);
}

static void
looked_up (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_string (promise, g_strdup (secret));
  secret_password_free (secret);
}

static void
cleared (GObject *object,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;
  gboolean removed = secret_password_clear_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boolean (promise, removed);
}

/**
 * belay_secret_store:
 * @name: what to ask for it by
 * @label: what a person sees in their list of secrets
 *
 * Returns: (transfer full): resolves to %TRUE once the secret service has it
 */
DexFuture *
belay_secret_store (const char *name,
                    const char *label,
                    const char *secret)
{
  DexPromise *promise;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  promise = dex_promise_new ();
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, secret, NULL, stored, dex_ref (promise), "name",
                         name, NULL);

  return DEX_FUTURE (promise);
}

/**
 * belay_secret_lookup:
 *
 * Returns: (transfer full): resolves to the secret, or to %NULL where there is none of that name
 */
DexFuture *
belay_secret_lookup (const char *name)
{
  DexPromise *promise;

  g_return_val_if_fail (name != NULL, NULL);

  promise = dex_promise_new ();
  secret_password_lookup (&schema, NULL, looked_up, dex_ref (promise), "name", name, NULL);

  return DEX_FUTURE (promise);
}

/**
 * belay_secret_clear:
 *
 * Returns: (transfer full): resolves to whether there was one to forget
 */
DexFuture *
belay_secret_clear (const char *name)
{
  DexPromise *promise;

  g_return_val_if_fail (name != NULL, NULL);

  promise = dex_promise_new ();
  secret_password_clear (&schema, NULL, cleared, dex_ref (promise), "name", name, NULL);

  return DEX_FUTURE (promise);
}
