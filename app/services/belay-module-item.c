/* belay-module-item.c: one module of a week, with how far the person is and how much of it is on the laptop
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-module-item.h"

#include "belay-activity-item.h"
#include "belay-item-fields.h"
#include "belay-service-enums.h"

struct _BelayModuleItem
{
  GObject parent_instance;

  char *id;
  char *programme_id;
  char *title;
  char *summary;
  gint64 seconds;
  gboolean required;
  gint64 due;
  gint64 completion;
  gboolean completed;
  gint64 last_studied;
  gboolean estimated;
  BelayReceipt receipt;
  BelayDownloadState state;
  double fraction;
  gint64 bytes;
  gint64 bytes_left;
  char *failure;
  GListStore *activities;
};

G_DEFINE_FINAL_TYPE (BelayModuleItem, belay_module_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_PROGRAMME_ID,
  PROP_TITLE,
  PROP_SUMMARY,
  PROP_SECONDS,
  PROP_REQUIRED,
  PROP_DUE,
  PROP_COMPLETION,
  PROP_COMPLETED,
  PROP_LAST_STUDIED,
  PROP_ESTIMATED,
  PROP_RECEIPT,
  PROP_STATE,
  PROP_FRACTION,
  PROP_BYTES,
  PROP_BYTES_LEFT,
  PROP_FAILURE,
  PROP_ACTIVITIES,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_module_item_finalize (GObject *object)
{
  BelayModuleItem *self = BELAY_MODULE_ITEM (object);

  g_free (self->id);
  g_free (self->programme_id);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->failure);
  g_object_unref (self->activities);

  G_OBJECT_CLASS (belay_module_item_parent_class)->finalize (object);
}

static void
belay_module_item_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  BelayModuleItem *self = BELAY_MODULE_ITEM (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_PROGRAMME_ID:
      g_value_set_string (value, self->programme_id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_SECONDS:
      g_value_set_int64 (value, self->seconds);
      break;
    case PROP_REQUIRED:
      g_value_set_boolean (value, self->required);
      break;
    case PROP_DUE:
      g_value_set_int64 (value, self->due);
      break;
    case PROP_COMPLETION:
      g_value_set_int64 (value, self->completion);
      break;
    case PROP_COMPLETED:
      g_value_set_boolean (value, self->completed);
      break;
    case PROP_LAST_STUDIED:
      g_value_set_int64 (value, self->last_studied);
      break;
    case PROP_ESTIMATED:
      g_value_set_boolean (value, self->estimated);
      break;
    case PROP_RECEIPT:
      g_value_set_enum (value, self->receipt);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_BYTES:
      g_value_set_int64 (value, self->bytes);
      break;
    case PROP_BYTES_LEFT:
      g_value_set_int64 (value, self->bytes_left);
      break;
    case PROP_FAILURE:
      g_value_set_string (value, self->failure);
      break;
    case PROP_ACTIVITIES:
      g_value_set_object (value, self->activities);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_module_item_class_init (BelayModuleItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_module_item_finalize;
  object_class->get_property = belay_module_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_PROGRAMME_ID] = g_param_spec_string ("programme-id", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_SECONDS] = g_param_spec_int64 ("seconds", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, flags);
  properties[PROP_DUE] = g_param_spec_int64 ("due", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_COMPLETION] = g_param_spec_int64 ("completion", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_COMPLETED] = g_param_spec_boolean ("completed", NULL, NULL, FALSE, flags);
  properties[PROP_LAST_STUDIED] = g_param_spec_int64 ("last-studied", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_ESTIMATED] = g_param_spec_boolean ("estimated", NULL, NULL, FALSE, flags);
  properties[PROP_RECEIPT] = g_param_spec_enum ("receipt", NULL, NULL, BELAY_TYPE_RECEIPT, BELAY_RECEIPT_NONE, flags);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, BELAY_TYPE_DOWNLOAD_STATE, BELAY_DOWNLOAD_STATE_REMOTE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_BYTES] = g_param_spec_int64 ("bytes", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_BYTES_LEFT] = g_param_spec_int64 ("bytes-left", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, flags);
  properties[PROP_ACTIVITIES] = g_param_spec_object ("activities", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_module_item_init (BelayModuleItem *self)
{
  self->activities = g_list_store_new (BELAY_TYPE_ACTIVITY_ITEM);
}

/**
 * belay_module_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayModuleItem *
belay_module_item_new (const char *id)
{
  BelayModuleItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_MODULE_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_module_item_get_id (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), NULL);

  return self->id;
}

const char *
belay_module_item_get_programme_id (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), NULL);

  return self->programme_id;
}

const char *
belay_module_item_get_title (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), NULL);

  return self->title;
}

const char *
belay_module_item_get_summary (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), NULL);

  return self->summary;
}

gint64
belay_module_item_get_seconds (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->seconds;
}

gboolean
belay_module_item_get_required (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), FALSE);

  return self->required;
}

gint64
belay_module_item_get_due (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->due;
}

gint64
belay_module_item_get_completion (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->completion;
}

gboolean
belay_module_item_get_completed (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), FALSE);

  return self->completed;
}

gint64
belay_module_item_get_last_studied (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->last_studied;
}

gboolean
belay_module_item_get_estimated (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), FALSE);

  return self->estimated;
}

BelayReceipt
belay_module_item_get_receipt (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), BELAY_RECEIPT_NONE);

  return self->receipt;
}

BelayDownloadState
belay_module_item_get_state (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), BELAY_DOWNLOAD_STATE_REMOTE);

  return self->state;
}

double
belay_module_item_get_fraction (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->fraction;
}

gint64
belay_module_item_get_bytes (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->bytes;
}

gint64
belay_module_item_get_bytes_left (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), 0);

  return self->bytes_left;
}

const char *
belay_module_item_get_failure (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), NULL);

  return self->failure;
}

GListModel *
belay_module_item_get_activities (BelayModuleItem *self)
{
  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (self), NULL);

  return G_LIST_MODEL (self->activities);
}

void
belay_module_item_set_programme_id (BelayModuleItem *self,
                                    const char *programme_id)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_string (self, &self->programme_id, programme_id, properties[PROP_PROGRAMME_ID]);
}

void
belay_module_item_set_title (BelayModuleItem *self,
                             const char *title)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_string (self, &self->title, title, properties[PROP_TITLE]);
}

void
belay_module_item_set_summary (BelayModuleItem *self,
                               const char *summary)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_string (self, &self->summary, summary, properties[PROP_SUMMARY]);
}

void
belay_module_item_set_seconds (BelayModuleItem *self,
                               gint64 seconds)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_int64 (self, &self->seconds, seconds, properties[PROP_SECONDS]);
}

void
belay_module_item_set_required (BelayModuleItem *self,
                                gboolean required)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_boolean (self, &self->required, required, properties[PROP_REQUIRED]);
}

void
belay_module_item_set_due (BelayModuleItem *self,
                           gint64 due)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_int64 (self, &self->due, due, properties[PROP_DUE]);
}

void
belay_module_item_set_completion (BelayModuleItem *self,
                                  gint64 completion)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_int64 (self, &self->completion, completion, properties[PROP_COMPLETION]);
}

void
belay_module_item_set_completed (BelayModuleItem *self,
                                 gboolean completed)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_boolean (self, &self->completed, completed, properties[PROP_COMPLETED]);
}

void
belay_module_item_set_last_studied (BelayModuleItem *self,
                                    gint64 last_studied)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_int64 (self, &self->last_studied, last_studied, properties[PROP_LAST_STUDIED]);
}

void
belay_module_item_set_estimated (BelayModuleItem *self,
                                 gboolean estimated)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_boolean (self, &self->estimated, estimated, properties[PROP_ESTIMATED]);
}

void
belay_module_item_set_receipt (BelayModuleItem *self,
                               BelayReceipt receipt)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  if (self->receipt == receipt)
    return;

  self->receipt = receipt;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIPT]);
}

void
belay_module_item_set_state (BelayModuleItem *self,
                             BelayDownloadState state)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
belay_module_item_set_fraction (BelayModuleItem *self,
                                double fraction)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_double (self, &self->fraction, fraction, properties[PROP_FRACTION]);
}

void
belay_module_item_set_bytes (BelayModuleItem *self,
                             gint64 bytes)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_int64 (self, &self->bytes, bytes, properties[PROP_BYTES]);
}

void
belay_module_item_set_bytes_left (BelayModuleItem *self,
                                  gint64 bytes_left)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_int64 (self, &self->bytes_left, bytes_left, properties[PROP_BYTES_LEFT]);
}

void
belay_module_item_set_failure (BelayModuleItem *self,
                               const char *failure)
{
  g_return_if_fail (BELAY_IS_MODULE_ITEM (self));

  belay_item_set_string (self, &self->failure, failure, properties[PROP_FAILURE]);
}
