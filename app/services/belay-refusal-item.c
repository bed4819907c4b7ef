/* belay-refusal-item.c: something that the server refused, kept here until the person decides
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-refusal-item.h"

#include "belay-item-fields.h"

struct _BelayRefusalItem
{
  GObject parent_instance;

  char *id;
  char *kind;
  char *what;
  char *code;
  char *parameters;
  gint64 when;
};

G_DEFINE_FINAL_TYPE (BelayRefusalItem, belay_refusal_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_KIND,
  PROP_WHAT,
  PROP_CODE,
  PROP_PARAMETERS,
  PROP_WHEN,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_refusal_item_finalize (GObject *object)
{
  BelayRefusalItem *self = BELAY_REFUSAL_ITEM (object);

  g_free (self->id);
  g_free (self->kind);
  g_free (self->what);
  g_free (self->code);
  g_free (self->parameters);

  G_OBJECT_CLASS (belay_refusal_item_parent_class)->finalize (object);
}

static void
belay_refusal_item_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  BelayRefusalItem *self = BELAY_REFUSAL_ITEM (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;
    case PROP_WHAT:
      g_value_set_string (value, self->what);
      break;
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_PARAMETERS:
      g_value_set_string (value, self->parameters);
      break;
    case PROP_WHEN:
      g_value_set_int64 (value, self->when);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_refusal_item_class_init (BelayRefusalItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_refusal_item_finalize;
  object_class->get_property = belay_refusal_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_WHAT] = g_param_spec_string ("what", NULL, NULL, NULL, flags);
  properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  properties[PROP_PARAMETERS] = g_param_spec_string ("parameters", NULL, NULL, NULL, flags);
  properties[PROP_WHEN] = g_param_spec_int64 ("when", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_refusal_item_init (BelayRefusalItem *self)
{
}

/**
 * belay_refusal_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayRefusalItem *
belay_refusal_item_new (const char *id)
{
  BelayRefusalItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_REFUSAL_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_refusal_item_get_id (BelayRefusalItem *self)
{
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (self), NULL);

  return self->id;
}

const char *
belay_refusal_item_get_kind (BelayRefusalItem *self)
{
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (self), NULL);

  return self->kind;
}

const char *
belay_refusal_item_get_what (BelayRefusalItem *self)
{
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (self), NULL);

  return self->what;
}

const char *
belay_refusal_item_get_code (BelayRefusalItem *self)
{
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (self), NULL);

  return self->code;
}

const char *
belay_refusal_item_get_parameters (BelayRefusalItem *self)
{
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (self), NULL);

  return self->parameters;
}

gint64
belay_refusal_item_get_when (BelayRefusalItem *self)
{
  g_return_val_if_fail (BELAY_IS_REFUSAL_ITEM (self), 0);

  return self->when;
}

void
belay_refusal_item_set_kind (BelayRefusalItem *self,
                             const char *kind)
{
  g_return_if_fail (BELAY_IS_REFUSAL_ITEM (self));

  belay_item_set_string (self, &self->kind, kind, properties[PROP_KIND]);
}

void
belay_refusal_item_set_what (BelayRefusalItem *self,
                             const char *what)
{
  g_return_if_fail (BELAY_IS_REFUSAL_ITEM (self));

  belay_item_set_string (self, &self->what, what, properties[PROP_WHAT]);
}

void
belay_refusal_item_set_code (BelayRefusalItem *self,
                             const char *code)
{
  g_return_if_fail (BELAY_IS_REFUSAL_ITEM (self));

  belay_item_set_string (self, &self->code, code, properties[PROP_CODE]);
}

void
belay_refusal_item_set_parameters (BelayRefusalItem *self,
                                   const char *parameters)
{
  g_return_if_fail (BELAY_IS_REFUSAL_ITEM (self));

  belay_item_set_string (self, &self->parameters, parameters, properties[PROP_PARAMETERS]);
}

void
belay_refusal_item_set_when (BelayRefusalItem *self,
                             gint64 when)
{
  g_return_if_fail (BELAY_IS_REFUSAL_ITEM (self));

  belay_item_set_int64 (self, &self->when, when, properties[PROP_WHEN]);
}
