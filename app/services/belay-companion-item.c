/* belay-companion-item.c: someone in the same cohort
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-companion-item.h"

#include "belay-item-fields.h"

struct _BelayCompanionItem
{
  GObject parent_instance;

  char *id;
  char *name;
  char *initials;
  guint week;
};

G_DEFINE_FINAL_TYPE (BelayCompanionItem, belay_companion_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_INITIALS,
  PROP_WEEK,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_companion_item_finalize (GObject *object)
{
  BelayCompanionItem *self = BELAY_COMPANION_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->initials);

  G_OBJECT_CLASS (belay_companion_item_parent_class)->finalize (object);
}

static void
belay_companion_item_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  BelayCompanionItem *self = BELAY_COMPANION_ITEM (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_INITIALS:
      g_value_set_string (value, self->initials);
      break;
    case PROP_WEEK:
      g_value_set_uint (value, self->week);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_companion_item_class_init (BelayCompanionItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_companion_item_finalize;
  object_class->get_property = belay_companion_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_INITIALS] = g_param_spec_string ("initials", NULL, NULL, NULL, flags);
  properties[PROP_WEEK] = g_param_spec_uint ("week", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_companion_item_init (BelayCompanionItem *self)
{
}

/**
 * belay_companion_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayCompanionItem *
belay_companion_item_new (const char *id)
{
  BelayCompanionItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_COMPANION_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_companion_item_get_id (BelayCompanionItem *self)
{
  g_return_val_if_fail (BELAY_IS_COMPANION_ITEM (self), NULL);

  return self->id;
}

const char *
belay_companion_item_get_name (BelayCompanionItem *self)
{
  g_return_val_if_fail (BELAY_IS_COMPANION_ITEM (self), NULL);

  return self->name;
}

const char *
belay_companion_item_get_initials (BelayCompanionItem *self)
{
  g_return_val_if_fail (BELAY_IS_COMPANION_ITEM (self), NULL);

  return self->initials;
}

guint
belay_companion_item_get_week (BelayCompanionItem *self)
{
  g_return_val_if_fail (BELAY_IS_COMPANION_ITEM (self), 0);

  return self->week;
}

void
belay_companion_item_set_name (BelayCompanionItem *self,
                               const char *name)
{
  g_return_if_fail (BELAY_IS_COMPANION_ITEM (self));

  belay_item_set_string (self, &self->name, name, properties[PROP_NAME]);
}

void
belay_companion_item_set_initials (BelayCompanionItem *self,
                                   const char *initials)
{
  g_return_if_fail (BELAY_IS_COMPANION_ITEM (self));

  belay_item_set_string (self, &self->initials, initials, properties[PROP_INITIALS]);
}

void
belay_companion_item_set_week (BelayCompanionItem *self,
                               guint week)
{
  g_return_if_fail (BELAY_IS_COMPANION_ITEM (self));

  belay_item_set_uint (self, &self->week, week, properties[PROP_WEEK]);
}
