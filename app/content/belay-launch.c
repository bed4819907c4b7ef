/* belay-launch.c: one activity that is being served
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-launch-private.h"

enum
{
  PROP_0,
  PROP_OUTCOME,
  PROP_TERMINATED,
  PROP_ENDED,
  N_PROPS
};

enum
{
  LOST,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BelayLaunch, belay_launch, G_TYPE_OBJECT)

static void
belay_launch_get_property (GObject *object,
                           guint property_id,
                           GValue *value,
                           GParamSpec *pspec)
{
  BelayLaunch *self = BELAY_LAUNCH (object);

  switch (property_id)
    {
    case PROP_OUTCOME:
      g_value_set_uint (value, self->outcome);
      break;
    case PROP_TERMINATED:
      g_value_set_boolean (value, self->is_terminated);
      break;
    case PROP_ENDED:
      g_value_set_boolean (value, self->is_ended);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
belay_launch_finalize (GObject *object)
{
  BelayLaunch *self = BELAY_LAUNCH (object);

  g_clear_pointer (&self->server, belay_http_server_free);
  g_clear_pointer (&self->blobs, belay_blob_store_unref);
  g_clear_pointer (&self->manifest, belay_manifest_free);
  g_clear_pointer (&self->session, belay_launch_session_unref);
  g_free (self->host);
  g_free (self->root);
  g_free (self->prefix);
  g_free (self->url);
  g_free (self->return_url);
  g_free (self->fetch);
  g_free (self->credential);

  G_OBJECT_CLASS (belay_launch_parent_class)->finalize (object);
}

static void
belay_launch_class_init (BelayLaunchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = belay_launch_get_property;
  object_class->finalize = belay_launch_finalize;

  properties[PROP_OUTCOME] = g_param_spec_uint ("outcome", NULL, NULL, 0, BELAY_LAUNCH_OUTCOME_FAILED, 0, flags);
  properties[PROP_TERMINATED] = g_param_spec_boolean ("terminated", NULL, NULL, FALSE, flags);
  properties[PROP_ENDED] = g_param_spec_boolean ("ended", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOST] = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_ERROR);
}

static void
belay_launch_init (BelayLaunch *self)
{
}

/* Returns: (transfer full): a launch that is not served yet */
BelayLaunch *
belay_launch_new (const BelayLaunchRequest *request,
                  BelayBlobStore *blobs)
{
  BelayLaunch *self = g_object_new (BELAY_TYPE_LAUNCH, NULL);

  self->blobs = belay_blob_store_ref (blobs);
  self->manifest = belay_manifest_copy (request->manifest);
  self->access = request->access;
  self->access_data = request->user_data;

  return self;
}

/* Takes over what the session's committed statements say. */
void
belay_launch_update (BelayLaunch *self)
{
  BelayLaunchOutcome outcome = belay_launch_session_get_outcome (self->session);
  gboolean is_terminated = belay_launch_session_get_state (self->session).is_terminated;

  if (self->outcome != outcome)
    {
      self->outcome = outcome;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
    }
  if (self->is_terminated != is_terminated)
    {
      self->is_terminated = is_terminated;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TERMINATED]);
    }
}

void
belay_launch_set_ended (BelayLaunch *self)
{
  if (self->is_ended)
    return;

  self->is_ended = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDED]);
}

/* Tells that something the content said could not be kept. */
void
belay_launch_lost (BelayLaunch *self,
                   const GError *error)
{
  g_signal_emit (self, signals[LOST], 0, error);
}

/**
 * belay_launch_get_url:
 *
 * Returns: where the content is opened, with all that cmi5 8.1 hands over
 */
const char *
belay_launch_get_url (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), NULL);

  return self->url;
}

/**
 * belay_launch_get_prefix:
 *
 * Returns: what every address begins with that belongs to this launch
 */
const char *
belay_launch_get_prefix (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), NULL);

  return self->prefix;
}

/**
 * belay_launch_get_return_url:
 *
 * Returns: where the content goes when the learner leaves it
 */
const char *
belay_launch_get_return_url (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), NULL);

  return self->return_url;
}

/**
 * belay_launch_get_session:
 *
 * Returns: cmi5's id of this session
 */
const char *
belay_launch_get_session (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), NULL);

  return belay_launch_session_get_id (self->session);
}

guint16
belay_launch_get_port (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), 0);

  return self->port;
}

/**
 * belay_launch_get_outcome:
 *
 * Returns: the best that the content has said of this attempt, as far as it is committed
 */
BelayLaunchOutcome
belay_launch_get_outcome (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), BELAY_LAUNCH_OUTCOME_NONE);

  return self->outcome;
}

gboolean
belay_launch_get_terminated (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), FALSE);

  return self->is_terminated;
}

gboolean
belay_launch_get_ended (BelayLaunch *self)
{
  g_return_val_if_fail (BELAY_IS_LAUNCH (self), FALSE);

  return self->is_ended;
}
