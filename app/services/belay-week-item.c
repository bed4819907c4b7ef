/* belay-week-item.c: one week of a programme
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-week-item.h"

#include "belay-module-item.h"
#include "belay-item-fields.h"

struct _BelayWeekItem
{
  GObject parent_instance;

  char *id;
  guint number;
  char *title;
  char *story;
  char *term_id;
  char *term_title;
  gboolean is_open;
  gboolean is_current;
  gint64 completion;
  GListStore *modules;
};

G_DEFINE_FINAL_TYPE (BelayWeekItem, belay_week_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NUMBER,
  PROP_TITLE,
  PROP_STORY,
  PROP_TERM_ID,
  PROP_TERM_TITLE,
  PROP_IS_OPEN,
  PROP_IS_CURRENT,
  PROP_COMPLETION,
  PROP_MODULES,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_week_item_finalize (GObject *object)
{
  BelayWeekItem *self = BELAY_WEEK_ITEM (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->story);
  g_free (self->term_id);
  g_free (self->term_title);
  g_object_unref (self->modules);

  G_OBJECT_CLASS (belay_week_item_parent_class)->finalize (object);
}

static void
belay_week_item_get_property (GObject *object,
                              guint property_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  BelayWeekItem *self = BELAY_WEEK_ITEM (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STORY:
      g_value_set_string (value, self->story);
      break;
    case PROP_TERM_ID:
      g_value_set_string (value, self->term_id);
      break;
    case PROP_TERM_TITLE:
      g_value_set_string (value, self->term_title);
      break;
    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    case PROP_IS_CURRENT:
      g_value_set_boolean (value, self->is_current);
      break;
    case PROP_COMPLETION:
      g_value_set_int64 (value, self->completion);
      break;
    case PROP_MODULES:
      g_value_set_object (value, self->modules);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_week_item_class_init (BelayWeekItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_week_item_finalize;
  object_class->get_property = belay_week_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STORY] = g_param_spec_string ("story", NULL, NULL, NULL, flags);
  properties[PROP_TERM_ID] = g_param_spec_string ("term-id", NULL, NULL, NULL, flags);
  properties[PROP_TERM_TITLE] = g_param_spec_string ("term-title", NULL, NULL, NULL, flags);
  properties[PROP_IS_OPEN] = g_param_spec_boolean ("is-open", NULL, NULL, FALSE, flags);
  properties[PROP_IS_CURRENT] = g_param_spec_boolean ("is-current", NULL, NULL, FALSE, flags);
  properties[PROP_COMPLETION] = g_param_spec_int64 ("completion", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_MODULES] = g_param_spec_object ("modules", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_week_item_init (BelayWeekItem *self)
{
  self->modules = g_list_store_new (BELAY_TYPE_MODULE_ITEM);
}

/**
 * belay_week_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayWeekItem *
belay_week_item_new (const char *id)
{
  BelayWeekItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_WEEK_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_week_item_get_id (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), NULL);

  return self->id;
}

guint
belay_week_item_get_number (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), 0);

  return self->number;
}

const char *
belay_week_item_get_title (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), NULL);

  return self->title;
}

const char *
belay_week_item_get_story (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), NULL);

  return self->story;
}

const char *
belay_week_item_get_term_id (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), NULL);

  return self->term_id;
}

const char *
belay_week_item_get_term_title (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), NULL);

  return self->term_title;
}

gboolean
belay_week_item_is_open (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), FALSE);

  return self->is_open;
}

gboolean
belay_week_item_is_current (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), FALSE);

  return self->is_current;
}

gint64
belay_week_item_get_completion (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), 0);

  return self->completion;
}

GListModel *
belay_week_item_get_modules (BelayWeekItem *self)
{
  g_return_val_if_fail (BELAY_IS_WEEK_ITEM (self), NULL);

  return G_LIST_MODEL (self->modules);
}

void
belay_week_item_set_number (BelayWeekItem *self,
                            guint number)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_uint (self, &self->number, number, properties[PROP_NUMBER]);
}

void
belay_week_item_set_title (BelayWeekItem *self,
                           const char *title)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_string (self, &self->title, title, properties[PROP_TITLE]);
}

void
belay_week_item_set_story (BelayWeekItem *self,
                           const char *story)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_string (self, &self->story, story, properties[PROP_STORY]);
}

void
belay_week_item_set_term_id (BelayWeekItem *self,
                             const char *term_id)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_string (self, &self->term_id, term_id, properties[PROP_TERM_ID]);
}

void
belay_week_item_set_term_title (BelayWeekItem *self,
                                const char *term_title)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_string (self, &self->term_title, term_title, properties[PROP_TERM_TITLE]);
}

void
belay_week_item_set_open (BelayWeekItem *self,
                          gboolean is_open)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_boolean (self, &self->is_open, is_open, properties[PROP_IS_OPEN]);
}

void
belay_week_item_set_current (BelayWeekItem *self,
                             gboolean is_current)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_boolean (self, &self->is_current, is_current, properties[PROP_IS_CURRENT]);
}

void
belay_week_item_set_completion (BelayWeekItem *self,
                                gint64 completion)
{
  g_return_if_fail (BELAY_IS_WEEK_ITEM (self));

  belay_item_set_int64 (self, &self->completion, completion, properties[PROP_COMPLETION]);
}
