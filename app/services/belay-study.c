/* belay-study.c: one activity that is being studied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-study-private.h"

struct _BelayStudy
{
  GObject parent_instance;

  char *url;
  char *return_url;
  guint16 port;
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

static void
belay_study_finalize (GObject *object)
{
  BelayStudy *self = BELAY_STUDY (object);

  g_free (self->url);
  g_free (self->return_url);
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
      g_value_set_string (value, self->url);
      break;
    case PROP_RETURN_URL:
      g_value_set_string (value, self->return_url);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
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
}

static void
belay_study_init (BelayStudy *self)
{
}

BelayStudy *
belay_study_new (const char *url,
                 const char *return_url,
                 guint16 port,
                 const char *activity_id,
                 const char *module_id,
                 const char *registration)
{
  BelayStudy *self = g_object_new (BELAY_TYPE_STUDY, NULL);

  self->url = g_strdup (url);
  self->return_url = g_strdup (return_url);
  self->port = port;
  self->activity_id = g_strdup (activity_id);
  self->module_id = g_strdup (module_id);
  self->registration = g_strdup (registration);

  return self;
}

const char *
belay_study_get_url (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return self->url;
}

const char *
belay_study_get_return_url (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), NULL);

  return self->return_url;
}

guint16
belay_study_get_port (BelayStudy *self)
{
  g_return_val_if_fail (BELAY_IS_STUDY (self), 0);

  return self->port;
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
