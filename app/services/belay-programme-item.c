/* belay-programme-item.c: a programme as one cohort runs it
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-programme-item.h"

#include "belay-week-item.h"
#include "belay-item-fields.h"

struct _BelayProgrammeItem
{
  GObject parent_instance;

  char *id;
  char *cohort_id;
  char *cohort_title;
  char *title;
  char *summary;
  char *start;
  guint current_week;
  gint64 completion;
  GListStore *weeks;
};

G_DEFINE_FINAL_TYPE (BelayProgrammeItem, belay_programme_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_COHORT_ID,
  PROP_COHORT_TITLE,
  PROP_TITLE,
  PROP_SUMMARY,
  PROP_START,
  PROP_CURRENT_WEEK,
  PROP_COMPLETION,
  PROP_WEEKS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_programme_item_finalize (GObject *object)
{
  BelayProgrammeItem *self = BELAY_PROGRAMME_ITEM (object);

  g_free (self->id);
  g_free (self->cohort_id);
  g_free (self->cohort_title);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->start);
  g_object_unref (self->weeks);

  G_OBJECT_CLASS (belay_programme_item_parent_class)->finalize (object);
}

static void
belay_programme_item_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  BelayProgrammeItem *self = BELAY_PROGRAMME_ITEM (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_COHORT_ID:
      g_value_set_string (value, self->cohort_id);
      break;
    case PROP_COHORT_TITLE:
      g_value_set_string (value, self->cohort_title);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_START:
      g_value_set_string (value, self->start);
      break;
    case PROP_CURRENT_WEEK:
      g_value_set_uint (value, self->current_week);
      break;
    case PROP_COMPLETION:
      g_value_set_int64 (value, self->completion);
      break;
    case PROP_WEEKS:
      g_value_set_object (value, self->weeks);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_programme_item_class_init (BelayProgrammeItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_programme_item_finalize;
  object_class->get_property = belay_programme_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_COHORT_ID] = g_param_spec_string ("cohort-id", NULL, NULL, NULL, flags);
  properties[PROP_COHORT_TITLE] = g_param_spec_string ("cohort-title", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_START] = g_param_spec_string ("start", NULL, NULL, NULL, flags);
  properties[PROP_CURRENT_WEEK] = g_param_spec_uint ("current-week", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COMPLETION] = g_param_spec_int64 ("completion", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_WEEKS] = g_param_spec_object ("weeks", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_programme_item_init (BelayProgrammeItem *self)
{
  self->weeks = g_list_store_new (BELAY_TYPE_WEEK_ITEM);
}

/**
 * belay_programme_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayProgrammeItem *
belay_programme_item_new (const char *id)
{
  BelayProgrammeItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_PROGRAMME_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_programme_item_get_id (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return self->id;
}

const char *
belay_programme_item_get_cohort_id (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return self->cohort_id;
}

const char *
belay_programme_item_get_cohort_title (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return self->cohort_title;
}

const char *
belay_programme_item_get_title (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return self->title;
}

const char *
belay_programme_item_get_summary (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return self->summary;
}

const char *
belay_programme_item_get_start (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return self->start;
}

guint
belay_programme_item_get_current_week (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), 0);

  return self->current_week;
}

gint64
belay_programme_item_get_completion (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), 0);

  return self->completion;
}

GListModel *
belay_programme_item_get_weeks (BelayProgrammeItem *self)
{
  g_return_val_if_fail (BELAY_IS_PROGRAMME_ITEM (self), NULL);

  return G_LIST_MODEL (self->weeks);
}

void
belay_programme_item_set_cohort_id (BelayProgrammeItem *self,
                                    const char *cohort_id)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_string (self, &self->cohort_id, cohort_id, properties[PROP_COHORT_ID]);
}

void
belay_programme_item_set_cohort_title (BelayProgrammeItem *self,
                                       const char *cohort_title)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_string (self, &self->cohort_title, cohort_title, properties[PROP_COHORT_TITLE]);
}

void
belay_programme_item_set_title (BelayProgrammeItem *self,
                                const char *title)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_string (self, &self->title, title, properties[PROP_TITLE]);
}

void
belay_programme_item_set_summary (BelayProgrammeItem *self,
                                  const char *summary)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_string (self, &self->summary, summary, properties[PROP_SUMMARY]);
}

void
belay_programme_item_set_start (BelayProgrammeItem *self,
                                const char *start)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_string (self, &self->start, start, properties[PROP_START]);
}

void
belay_programme_item_set_current_week (BelayProgrammeItem *self,
                                       guint current_week)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_uint (self, &self->current_week, current_week, properties[PROP_CURRENT_WEEK]);
}

void
belay_programme_item_set_completion (BelayProgrammeItem *self,
                                     gint64 completion)
{
  g_return_if_fail (BELAY_IS_PROGRAMME_ITEM (self));

  belay_item_set_int64 (self, &self->completion, completion, properties[PROP_COMPLETION]);
}
