/* belay-report-item.c: one person whom the signed-in person manages
 *
 * Holds what its list shows; knows no rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-report-item.h"

#include "belay-item-fields.h"
#include "belay-service-enums.h"

#define WEEKS 6

struct _BelayReportItem
{
  GObject parent_instance;

  char *id;
  char *name;
  char *initials;
  char *cohort_id;
  char *programme_title;
  char *buddy;
  guint term;
  gint64 completion;
  gint64 expected;
  guint modules_done;
  guint modules;
  gint64 last_heard;
  gint64 last_studied;
  BelayStanding standing;
  gint64 seconds_by_week[WEEKS];
};

G_DEFINE_FINAL_TYPE (BelayReportItem, belay_report_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_INITIALS,
  PROP_COHORT_ID,
  PROP_PROGRAMME_TITLE,
  PROP_BUDDY,
  PROP_TERM,
  PROP_COMPLETION,
  PROP_EXPECTED,
  PROP_MODULES_DONE,
  PROP_MODULES,
  PROP_LAST_HEARD,
  PROP_LAST_STUDIED,
  PROP_STANDING,
  PROP_SECONDS_BY_WEEK,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
belay_report_item_finalize (GObject *object)
{
  BelayReportItem *self = BELAY_REPORT_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->initials);
  g_free (self->cohort_id);
  g_free (self->programme_title);
  g_free (self->buddy);

  G_OBJECT_CLASS (belay_report_item_parent_class)->finalize (object);
}

static void
belay_report_item_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  BelayReportItem *self = BELAY_REPORT_ITEM (object);

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
    case PROP_COHORT_ID:
      g_value_set_string (value, self->cohort_id);
      break;
    case PROP_PROGRAMME_TITLE:
      g_value_set_string (value, self->programme_title);
      break;
    case PROP_BUDDY:
      g_value_set_string (value, self->buddy);
      break;
    case PROP_TERM:
      g_value_set_uint (value, self->term);
      break;
    case PROP_COMPLETION:
      g_value_set_int64 (value, self->completion);
      break;
    case PROP_EXPECTED:
      g_value_set_int64 (value, self->expected);
      break;
    case PROP_MODULES_DONE:
      g_value_set_uint (value, self->modules_done);
      break;
    case PROP_MODULES:
      g_value_set_uint (value, self->modules);
      break;
    case PROP_LAST_HEARD:
      g_value_set_int64 (value, self->last_heard);
      break;
    case PROP_LAST_STUDIED:
      g_value_set_int64 (value, self->last_studied);
      break;
    case PROP_STANDING:
      g_value_set_enum (value, self->standing);
      break;
    case PROP_SECONDS_BY_WEEK:
      g_value_take_variant (value,
                            g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, self->seconds_by_week,
                                                                           WEEKS, sizeof (gint64))));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
belay_report_item_class_init (BelayReportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = belay_report_item_finalize;
  object_class->get_property = belay_report_item_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_INITIALS] = g_param_spec_string ("initials", NULL, NULL, NULL, flags);
  properties[PROP_COHORT_ID] = g_param_spec_string ("cohort-id", NULL, NULL, NULL, flags);
  properties[PROP_PROGRAMME_TITLE] = g_param_spec_string ("programme-title", NULL, NULL, NULL, flags);
  properties[PROP_BUDDY] = g_param_spec_string ("buddy", NULL, NULL, NULL, flags);
  properties[PROP_TERM] = g_param_spec_uint ("term", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COMPLETION] = g_param_spec_int64 ("completion", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_EXPECTED] = g_param_spec_int64 ("expected", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_MODULES_DONE] = g_param_spec_uint ("modules-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_MODULES] = g_param_spec_uint ("modules", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_HEARD] = g_param_spec_int64 ("last-heard", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_LAST_STUDIED] = g_param_spec_int64 ("last-studied", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_STANDING] =
    g_param_spec_enum ("standing", NULL, NULL, BELAY_TYPE_STANDING, BELAY_STANDING_ON_TRACK, flags);
  properties[PROP_SECONDS_BY_WEEK] =
    g_param_spec_variant ("seconds-by-week", NULL, NULL, G_VARIANT_TYPE ("ax"), NULL, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
belay_report_item_init (BelayReportItem *self)
{
}

/**
 * belay_report_item_new:
 *
 * Returns: (transfer full): one without anything but its id
 */
BelayReportItem *
belay_report_item_new (const char *id)
{
  BelayReportItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BELAY_TYPE_REPORT_ITEM, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
belay_report_item_get_id (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), NULL);

  return self->id;
}

const char *
belay_report_item_get_name (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), NULL);

  return self->name;
}

const char *
belay_report_item_get_initials (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), NULL);

  return self->initials;
}

const char *
belay_report_item_get_cohort_id (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), NULL);

  return self->cohort_id;
}

const char *
belay_report_item_get_programme_title (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), NULL);

  return self->programme_title;
}

const char *
belay_report_item_get_buddy (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), NULL);

  return self->buddy;
}

guint
belay_report_item_get_term (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->term;
}

gint64
belay_report_item_get_completion (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->completion;
}

gint64
belay_report_item_get_expected (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->expected;
}

guint
belay_report_item_get_modules_done (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->modules_done;
}

guint
belay_report_item_get_modules (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->modules;
}

gint64
belay_report_item_get_last_heard (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->last_heard;
}

gint64
belay_report_item_get_last_studied (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);

  return self->last_studied;
}

BelayStanding
belay_report_item_get_standing (BelayReportItem *self)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), BELAY_STANDING_ON_TRACK);

  return self->standing;
}

/**
 * belay_report_item_get_week_seconds:
 * @week: 0 (the oldest) to 5 (this one)
 */
gint64
belay_report_item_get_week_seconds (BelayReportItem *self,
                                    guint week)
{
  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (self), 0);
  g_return_val_if_fail (week < WEEKS, 0);

  return self->seconds_by_week[week];
}

void
belay_report_item_set_name (BelayReportItem *self,
                            const char *name)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_string (self, &self->name, name, properties[PROP_NAME]);
}

void
belay_report_item_set_initials (BelayReportItem *self,
                                const char *initials)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_string (self, &self->initials, initials, properties[PROP_INITIALS]);
}

void
belay_report_item_set_cohort_id (BelayReportItem *self,
                                 const char *cohort_id)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_string (self, &self->cohort_id, cohort_id, properties[PROP_COHORT_ID]);
}

void
belay_report_item_set_programme_title (BelayReportItem *self,
                                       const char *programme_title)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_string (self, &self->programme_title, programme_title, properties[PROP_PROGRAMME_TITLE]);
}

void
belay_report_item_set_buddy (BelayReportItem *self,
                             const char *buddy)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_string (self, &self->buddy, buddy, properties[PROP_BUDDY]);
}

void
belay_report_item_set_term (BelayReportItem *self,
                            guint term)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_uint (self, &self->term, term, properties[PROP_TERM]);
}

void
belay_report_item_set_completion (BelayReportItem *self,
                                  gint64 completion)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_int64 (self, &self->completion, completion, properties[PROP_COMPLETION]);
}

void
belay_report_item_set_expected (BelayReportItem *self,
                                gint64 expected)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_int64 (self, &self->expected, expected, properties[PROP_EXPECTED]);
}

void
belay_report_item_set_modules_done (BelayReportItem *self,
                                    guint modules_done)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_uint (self, &self->modules_done, modules_done, properties[PROP_MODULES_DONE]);
}

void
belay_report_item_set_modules (BelayReportItem *self,
                               guint modules)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_uint (self, &self->modules, modules, properties[PROP_MODULES]);
}

void
belay_report_item_set_last_heard (BelayReportItem *self,
                                  gint64 last_heard)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_int64 (self, &self->last_heard, last_heard, properties[PROP_LAST_HEARD]);
}

void
belay_report_item_set_last_studied (BelayReportItem *self,
                                    gint64 last_studied)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  belay_item_set_int64 (self, &self->last_studied, last_studied, properties[PROP_LAST_STUDIED]);
}

void
belay_report_item_set_standing (BelayReportItem *self,
                                BelayStanding standing)
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  if (self->standing == standing)
    return;

  self->standing = standing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STANDING]);
}

void
belay_report_item_set_seconds_by_week (BelayReportItem *self,
                                       const gint64 seconds[6])
{
  g_return_if_fail (BELAY_IS_REPORT_ITEM (self));

  if (memcmp (self->seconds_by_week, seconds, sizeof self->seconds_by_week) == 0)
    return;

  memcpy (self->seconds_by_week, seconds, sizeof self->seconds_by_week);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_BY_WEEK]);
}
