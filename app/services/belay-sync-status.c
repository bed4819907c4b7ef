/* belay-sync-status.c: the one truth about what is where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-status.h"

#include "belay-item-fields.h"
#include "belay-service-enums.h"
#include "belay-sync-line.h"

struct _BelaySyncStatus
{
  GObject parent_instance;

  guint waiting;
  guint on_the_way;
  guint refused;
  gint64 last_contact;
  BelaySyncState state;
  gboolean working;
  GListStore *recent;
};

G_DEFINE_FINAL_TYPE (BelaySyncStatus, belay_sync_status, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_WAITING,
  PROP_ON_THE_WAY,
  PROP_REFUSED,
  PROP_LAST_CONTACT,
  PROP_STATE,
  PROP_WORKING,
  PROP_RECENT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_sync_status_finalize (GObject *object)
{
  BelaySyncStatus *self = BELAY_SYNC_STATUS (object);

  g_object_unref (self->recent);

  G_OBJECT_CLASS (belay_sync_status_parent_class)->finalize (object);
}

static void
belay_sync_status_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  BelaySyncStatus *self = BELAY_SYNC_STATUS (object);

  switch (property_id)
    {
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_ON_THE_WAY:
      g_value_set_uint (value, self->on_the_way);
      break;
    case PROP_REFUSED:
      g_value_set_uint (value, self->refused);
      break;
    case PROP_LAST_CONTACT:
      g_value_set_int64 (value, self->last_contact);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_WORKING:
      g_value_set_boolean (value, self->working);
      break;
    case PROP_RECENT:
      g_value_set_object (value, self->recent);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_sync_status_class_init (BelaySyncStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_sync_status_finalize;
  object_class->get_property = belay_sync_status_get_property;

  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ON_THE_WAY] = g_param_spec_uint ("on-the-way", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REFUSED] = g_param_spec_uint ("refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_CONTACT] = g_param_spec_int64 ("last-contact", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BELAY_TYPE_SYNC_STATE, BELAY_SYNC_STATE_OK, flags);
  properties[PROP_WORKING] = g_param_spec_boolean ("working", NULL, NULL, FALSE, flags);
  properties[PROP_RECENT] = g_param_spec_object ("recent", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_sync_status_init (BelaySyncStatus *self)
{
  self->recent = g_list_store_new (BELAY_TYPE_SYNC_LINE);
}

BelaySyncStatus *
belay_sync_status_new (void)
{
  return g_object_new (BELAY_TYPE_SYNC_STATUS, NULL);
}

guint
belay_sync_status_get_waiting (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), 0);

  return self->waiting;
}

guint
belay_sync_status_get_on_the_way (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), 0);

  return self->on_the_way;
}

guint
belay_sync_status_get_refused (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), 0);

  return self->refused;
}

gint64
belay_sync_status_get_last_contact (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), 0);

  return self->last_contact;
}

BelaySyncState
belay_sync_status_get_state (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), BELAY_SYNC_STATE_OK);

  return self->state;
}

gboolean
belay_sync_status_get_working (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), FALSE);

  return self->working;
}

GListModel *
belay_sync_status_get_recent (BelaySyncStatus *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (self), NULL);

  return G_LIST_MODEL (self->recent);
}

void
belay_sync_status_set_counts (BelaySyncStatus *self,
                              guint waiting,
                              guint on_the_way,
                              guint refused)
{
  g_return_if_fail (BELAY_IS_SYNC_STATUS (self));

  g_object_freeze_notify (G_OBJECT (self));
  belay_item_set_uint (self, &self->waiting, waiting, properties[PROP_WAITING]);
  belay_item_set_uint (self, &self->on_the_way, on_the_way, properties[PROP_ON_THE_WAY]);
  belay_item_set_uint (self, &self->refused, refused, properties[PROP_REFUSED]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
belay_sync_status_set_last_contact (BelaySyncStatus *self,
                                    gint64 last_contact)
{
  g_return_if_fail (BELAY_IS_SYNC_STATUS (self));

  belay_item_set_int64 (self, &self->last_contact, last_contact, properties[PROP_LAST_CONTACT]);
}

void
belay_sync_status_set_state (BelaySyncStatus *self,
                             BelaySyncState state)
{
  g_return_if_fail (BELAY_IS_SYNC_STATUS (self));

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
belay_sync_status_set_working (BelaySyncStatus *self,
                               gboolean working)
{
  g_return_if_fail (BELAY_IS_SYNC_STATUS (self));

  belay_item_set_boolean (self, &self->working, working, properties[PROP_WORKING]);
}
