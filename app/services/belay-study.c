/* belay-study.c: one activity that is being studied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-study-private.h"

#include "belay-service-error-private.h"

struct _BelayStudy
{
  GObject parent_instance;

  BelayLaunch *launch;
  char *activity_id;
  char *module_id;
  char *registration;
};

G_DEFINE_FINAL_TYPE (BelayStudy, belay_study, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_URL,
  PROP_RETURN_URL,
  PROP_PORT,
  PROP_ACTIVITY_ID,
  PROP_MODULE_ID,
  PROP_REGISTRATION,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint lost_signal;

static void
belay_study_finalize (GObject *object)
{
  BelayStudy *self = BELAY_STUDY (object);

  g_clear_object (&self->launch);
  g_free (self->activity_id);
  g_free (self->module_id);
  g_free (self->registration);

  G_OBJECT_CLASS (belay_study_parent_class)->finalize (object);
}

static void
belay_study_get_property (GObject *object,
                          guint property_id,
                          GValue *value,
                          GParamSpec *pspec)
{
  BelayStudy *self = BELAY_STUDY (object);

  switch (property_id)
    {
    case PROP_URL:
      g_value_set_string (value, belay_study_get_url (self));
      break;
    case PROP_RETURN_URL:
      g_value_set_string (value, belay_study_get_return_url (self));
      break;
    case PROP_PORT:
      g_value_set_uint (value, belay_study_get_port (self));
      break;
    case PROP_ACTIVITY_ID:
      g_value_set_string (value, self->activity_id);
      break;
    case PROP_MODULE_ID:
      g_value_set_string (value, self->module_id);
      break;
    case PROP_REGISTRATION:
      g_value_set_string (value, self->registration);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_study_class_init (BelayStudyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_study_finalize;
  object_class->get_property = belay_study_get_property;

  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  properties[PROP_RETURN_URL] = g_param_spec_string ("return-url", NULL, NULL, NULL, flags);
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  properties[PROP_ACTIVITY_ID] = g_param_spec_string ("activity-id", NULL, NULL, NULL, flags);
  properties[PROP_MODULE_ID] = g_param_spec_string ("module-id", NULL, NULL, NULL, flags);
  properties[PROP_REGISTRATION] = g_param_spec_string ("registration", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  lost_signal = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_ERROR);
}

static void
belay_study_init (BelayStudy *self)
{
}

static void
lost_cb (BelayStudy *self,
         const GError *cause)
{
  g_autoptr (GError) error = belay_service_error_from (cause);

  g_signal_emit (self, lost_signal, 0, error);
}

/**
 * belay_study_new:
 * @launch: (transfer none): what serves the activity
 *
 * Returns: (transfer full): the study of it
 */
BelayStudy *
belay_study_new (BelayLaunch *launch,
                 const char *activity_id,
                 const char *module_id,
                 const char *registration)
{
  BelayStudy *self;

  g_return_val_if_fail (BELAY_IS_LAUNCH (launch), NULL);

  self = g_object_new (BELAY_TYPE_STUDY, NULL);
  self->launch = g_object_ref (launch);
  self->activity_id = g_strdup (activity_id);
  self->module_id = g_strdup (module_id);
  self->registration = g_strdup (registration);
  g_signal_connect_object (launch, "lost", G_CALLBACK (lost_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* Returns: (transfer none) */
BelayLaunch *
belay_study_get_launch (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return self->launch;
}

const char *
belay_study_get_url (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return belay_launch_get_url (self->launch);
}

const char *
belay_study_get_return_url (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return belay_launch_get_return_url (self->launch);
}

guint16
belay_study_get_port (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), 0);

  return belay_launch_get_port (self->launch);
}

const char *
belay_study_get_activity_id (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return self->activity_id;
}

const char *
belay_study_get_module_id (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return self->module_id;
}

const char *
belay_study_get_registration (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return self->registration;
}
