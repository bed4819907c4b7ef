/* belay-study-launch.c: opens one activity that is on this laptop, where it was left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-service-error-private.h"
#include "belay-store-downloads.h"
#include "belay-study-private.h"

typedef struct
{
  BelayStore *store;
  BelayContentHost *host;
  BelayStoreView *view;
  char *actor;
  char *person_id;
  char *module_id;
  char *activity_id;
} Launching;

static void
launching_free (gpointer data)
{
  Launching *launching = data;

  belay_store_unref (launching->store);
  g_object_unref (launching->host);
  belay_store_view_unref (launching->view);
  g_free (launching->actor);
  g_free (launching->person_id);
  g_free (launching->module_id);
  g_free (launching->activity_id);
  g_free (launching);
}

static DexFuture *
run_call (BelayXapiStorage *storage,
          BelayClock *clock,
          gpointer user_data)
{
  return belay_launch_call_run (user_data, storage, clock);
}

/* A #BelayLaunchAccess: what content says goes through the one writer */
static DexFuture *
access_store (BelayLaunchCall *call,
              gpointer user_data)
{
  BelayStore *store = user_data;

  return belay_store_with_xapi (store, run_call, call, (GDestroyNotify) belay_launch_call_free);
}

/* Returns: (transfer full) (element-type BelayLaunchUnit): borrows from @module */
static GArray *
list_units (const BelayModule *module)
{
  GArray *units = g_array_sized_new (FALSE, FALSE, sizeof (BelayLaunchUnit), module->activities->len);

  for (guint i = 0; i < module->activities->len; i++)
    {
      const BelayActivity *activity = g_ptr_array_index (module->activities, i);
      BelayLaunchUnit unit = { activity->key, activity->id, activity->move_on };

      g_array_append_val (units, unit);
    }

  return units;
}

static DexFuture *
launch_content (Launching *launching,
                const BelayManifest *manifest,
                const BelayModule *module,
                const BelayActivity *activity,
                const char *registration)
{
  g_autoptr (GArray) units = list_units (module);
  const char *actor = launching->actor;
  BelayLaunchRequest request = {
    .manifest = manifest,
    .activity_key = activity->key,
    .activity_id = activity->id,
    .registration = registration,
    .course_id = module->id,
    .units = (const BelayLaunchUnit *) (gconstpointer) units->data,
    .unit_count = units->len,
    .actor = actor,
    .authority = actor,
    .person_id = launching->person_id,
    .move_on = activity->move_on,
    .mastery = activity->mastery,
    .access = access_store,
    .user_data = launching->store,
  };
  g_autoptr (BelayLaunch) launch = NULL;
  g_autoptr (GError) error = NULL;

  launch = dex_await_object (belay_content_host_launch (launching->host, &request), &error);
  if (launch == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));

  return dex_future_new_take_object (
    belay_study_new (launch, launching->activity_id, launching->module_id, registration));
}

static DexFuture *
launch_fiber (gpointer data)
{
  Launching *launching = data;
  const BelayStoreView *view = launching->view;
  const BelayModule *module = belay_store_view_find_module (view, launching->module_id);
  const BelayActivity *activity = module != NULL ? belay_module_find_activity (module, launching->activity_id) : NULL;
  const BelayStoredDownload *download = belay_store_view_find_download (view, launching->module_id);
  const char *usable = download != NULL ? belay_stored_download_get_usable (download) : NULL;
  g_autoptr (BelayManifest) manifest = NULL;
  g_autofree char *registration = NULL;
  g_autoptr (GError) error = NULL;

  if (activity == NULL || usable == NULL)
    return dex_future_new_for_error (
      belay_service_error_new (BELAY_SERVICE_ERROR_NOT_DOWNLOADED, 0, "The module is not on this laptop"));

  manifest = dex_await_boxed (belay_store_load_manifest (launching->store, usable), &error);
  if (manifest == NULL)
    return dex_future_new_for_error (
      error != NULL ? belay_service_error_from (error)
                    : belay_service_error_new (BELAY_SERVICE_ERROR_NOT_DOWNLOADED, 0, "Its manifest is not here"));
  registration = dex_await_string (belay_store_begin_attempt (launching->store, module->id, FALSE), &error);
  if (registration == NULL)
    return dex_future_new_for_error (belay_service_error_from (error));

  return launch_content (launching, manifest, module, activity, registration);
}

/**
 * belay_study_launch:
 * @place: what it is studied with; its store must live until the launch has ended
 *
 * Returns: (transfer full): resolves to a #BelayStudy; rejects with a #BelayServiceError
 */
DexFuture *
belay_study_launch (const BelayStudyPlace *place,
                    const char *module_id,
                    const char *activity_id)
{
  Launching *launching;

  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);
  g_return_val_if_fail (activity_id != NULL, NULL);

  launching = g_new0 (Launching, 1);
  launching->store = belay_store_ref (place->store);
  launching->host = g_object_ref (place->host);
  launching->view = belay_store_view_ref (place->view);
  launching->actor =
    g_strdup_printf ("{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:uuid:%s\",\"name\":\"%s\"}}",
                     place->record->organisation_id, place->record->person_id);
  launching->person_id = g_strdup (place->record->person_id);
  launching->module_id = g_strdup (module_id);
  launching->activity_id = g_strdup (activity_id);

  return dex_scheduler_spawn (NULL, 0, launch_fiber, launching, launching_free);
}
