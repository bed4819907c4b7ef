/* belay-activity-item.c: one page, quiz, video or unit of a module
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-activity-item.h"

#include "belay-item-fields.h"

struct _BelayActivityItem
{
  GObject parent_instance;

  char *id;
  char *key;
  char *title;
  guint kind;
  gint64 seconds;
  gboolean satisfied;
  gboolean completed;
  gint64 score;
  guint attempts;
};

G_DEFINE_FINAL_TYPE (BelayActivityItem, belay_activity_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_KEY,
  PROP_TITLE,
  PROP_KIND,
  PROP_SECONDS,
  PROP_SATISFIED,
  PROP_COMPLETED,
  PROP_SCORE,
  PROP_ATTEMPTS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_activity_item_finalize (GObject *object)
{
  BelayActivityItem *self = BELAY_ACTIVITY_ITEM (object);

  g_free (self->id);
  g_free (self->key);
  g_free (self->title);

  G_OBJECT_CLASS (belay_activity_item_parent_class)->finalize (object);
}

static void
belay_activity_item_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  BelayActivityItem *self = BELAY_ACTIVITY_ITEM (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_SECONDS:
      g_value_set_int64 (value, self->seconds);
      break;
    case PROP_SATISFIED:
      g_value_set_boolean (value, self->satisfied);
      break;
    case PROP_COMPLETED:
      g_value_set_boolean (value, self->completed);
      break;
    case PROP_SCORE:
      g_value_set_int64 (value, self->score);
      break;
    case PROP_ATTEMPTS:
      g_value_set_uint (value, self->attempts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_activity_item_class_init (BelayActivityItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_activity_item_finalize;
  object_class->get_property = belay_activity_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SECONDS] = g_param_spec_int64 ("seconds", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_SATISFIED] = g_param_spec_boolean ("satisfied", NULL, NULL, FALSE, flags);
  properties[PROP_COMPLETED] = g_param_spec_boolean ("completed", NULL, NULL, FALSE, flags);
  properties[PROP_SCORE] = g_param_spec_int64 ("score", NULL, NULL, G_MININT64, G_MAXINT64, -1, flags);
  properties[PROP_ATTEMPTS] = g_param_spec_uint ("attempts", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_activity_item_init (BelayActivityItem *self)
{
  self->score = -1;
}

/**
 * belay_activity_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayActivityItem *
belay_activity_item_new (const char *id)
{
  BelayActivityItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_ACTIVITY_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_activity_item_get_id (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), NULL);

  return self->id;
}

const char *
belay_activity_item_get_key (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), NULL);

  return self->key;
}

const char *
belay_activity_item_get_title (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), NULL);

  return self->title;
}

guint
belay_activity_item_get_kind (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), 0);

  return self->kind;
}

gint64
belay_activity_item_get_seconds (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), 0);

  return self->seconds;
}

gboolean
belay_activity_item_get_satisfied (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), FALSE);

  return self->satisfied;
}

gboolean
belay_activity_item_get_completed (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), FALSE);

  return self->completed;
}

gint64
belay_activity_item_get_score (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), 0);

  return self->score;
}

guint
belay_activity_item_get_attempts (BelayActivityItem *self)
{
  g_return_val_if_fail (BELAY_IS_ACTIVITY_ITEM (self), 0);

  return self->attempts;
}

void
belay_activity_item_set_key (BelayActivityItem *self,
                             const char *key)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_string (self, &self->key, key, properties[PROP_KEY]);
}

void
belay_activity_item_set_title (BelayActivityItem *self,
                               const char *title)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_string (self, &self->title, title, properties[PROP_TITLE]);
}

void
belay_activity_item_set_kind (BelayActivityItem *self,
                              guint kind)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_uint (self, &self->kind, kind, properties[PROP_KIND]);
}

void
belay_activity_item_set_seconds (BelayActivityItem *self,
                                 gint64 seconds)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_int64 (self, &self->seconds, seconds, properties[PROP_SECONDS]);
}

void
belay_activity_item_set_satisfied (BelayActivityItem *self,
                                   gboolean satisfied)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_boolean (self, &self->satisfied, satisfied, properties[PROP_SATISFIED]);
}

void
belay_activity_item_set_completed (BelayActivityItem *self,
                                   gboolean completed)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_boolean (self, &self->completed, completed, properties[PROP_COMPLETED]);
}

void
belay_activity_item_set_score (BelayActivityItem *self,
                               gint64 score)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_int64 (self, &self->score, score, properties[PROP_SCORE]);
}

void
belay_activity_item_set_attempts (BelayActivityItem *self,
                                  guint attempts)
{
  g_return_if_fail (BELAY_IS_ACTIVITY_ITEM (self));

  belay_item_set_uint (self, &self->attempts, attempts, properties[PROP_ATTEMPTS]);
}
