/* belay-sync-line.c: one thing in the lists of the sync page
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-sync-line.h"

#include "belay-item-fields.h"
#include "belay-service-enums.h"

struct _BelaySyncLine
{
  GObject parent_instance;

  char *id;
  char *kind;
  char *what;
  char *verb;
  gint64 when;
  BelayReceipt receipt;
};

G_DEFINE_FINAL_TYPE (BelaySyncLine, belay_sync_line, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_KIND,
  PROP_WHAT,
  PROP_VERB,
  PROP_WHEN,
  PROP_RECEIPT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_sync_line_finalize (GObject *object)
{
  BelaySyncLine *self = BELAY_SYNC_LINE (object);

  g_free (self->id);
  g_free (self->kind);
  g_free (self->what);
  g_free (self->verb);

  G_OBJECT_CLASS (belay_sync_line_parent_class)->finalize (object);
}

static void
belay_sync_line_get_property (GObject *object,
                              guint property_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  BelaySyncLine *self = BELAY_SYNC_LINE (object);

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
    case PROP_VERB:
      g_value_set_string (value, self->verb);
      break;
    case PROP_WHEN:
      g_value_set_int64 (value, self->when);
      break;
    case PROP_RECEIPT:
      g_value_set_enum (value, self->receipt);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_sync_line_class_init (BelaySyncLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_sync_line_finalize;
  object_class->get_property = belay_sync_line_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_WHAT] = g_param_spec_string ("what", NULL, NULL, NULL, flags);
  properties[PROP_VERB] = g_param_spec_string ("verb", NULL, NULL, NULL, flags);
  properties[PROP_WHEN] = g_param_spec_int64 ("when", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_RECEIPT] = g_param_spec_enum ("receipt", NULL, NULL, BELAY_TYPE_RECEIPT, BELAY_RECEIPT_NONE, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_sync_line_init (BelaySyncLine *self)
{
}

/**
 * belay_sync_line_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelaySyncLine *
belay_sync_line_new (const char *id)
{
  BelaySyncLine *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_SYNC_LINE, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_sync_line_get_id (BelaySyncLine *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_LINE (self), NULL);

  return self->id;
}

const char *
belay_sync_line_get_kind (BelaySyncLine *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_LINE (self), NULL);

  return self->kind;
}

const char *
belay_sync_line_get_what (BelaySyncLine *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_LINE (self), NULL);

  return self->what;
}

const char *
belay_sync_line_get_verb (BelaySyncLine *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_LINE (self), NULL);

  return self->verb;
}

gint64
belay_sync_line_get_when (BelaySyncLine *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_LINE (self), 0);

  return self->when;
}

BelayReceipt
belay_sync_line_get_receipt (BelaySyncLine *self)
{
  g_return_val_if_fail (BELAY_IS_SYNC_LINE (self), BELAY_RECEIPT_NONE);

  return self->receipt;
}

void
belay_sync_line_set_kind (BelaySyncLine *self,
                          const char *kind)
{
  g_return_if_fail (BELAY_IS_SYNC_LINE (self));

  belay_item_set_string (self, &self->kind, kind, properties[PROP_KIND]);
}

void
belay_sync_line_set_what (BelaySyncLine *self,
                          const char *what)
{
  g_return_if_fail (BELAY_IS_SYNC_LINE (self));

  belay_item_set_string (self, &self->what, what, properties[PROP_WHAT]);
}

void
belay_sync_line_set_verb (BelaySyncLine *self,
                          const char *verb)
{
  g_return_if_fail (BELAY_IS_SYNC_LINE (self));

  belay_item_set_string (self, &self->verb, verb, properties[PROP_VERB]);
}

void
belay_sync_line_set_when (BelaySyncLine *self,
                          gint64 when)
{
  g_return_if_fail (BELAY_IS_SYNC_LINE (self));

  belay_item_set_int64 (self, &self->when, when, properties[PROP_WHEN]);
}

void
belay_sync_line_set_receipt (BelaySyncLine *self,
                             BelayReceipt receipt)
{
  g_return_if_fail (BELAY_IS_SYNC_LINE (self));

  if (self->receipt == receipt)
    return;

  self->receipt = receipt;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIPT]);
}
