/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BELAY_TYPE_STUDY (belay_study_get_type ())

/* BelayStudy: one activity that is being studied, from launch to end.
 *
 * `url`: where the player goes; loopback, with its own port and an unguessable path
 * `return-url`: where the content goes when it is done: seeing it, the player leaves
 * `port`: of the loopback server, the only one that content may talk to
 * `activity-id`, `module-id`, `registration`: what is studied
 *
 * Signal `lost` (GError): a #BelayServiceError: something could not be kept, and the content was told so.
 */
G_DECLARE_FINAL_TYPE (BelayStudy, belay_study, BELAY, STUDY, GObject)

const char *belay_study_get_url (BelayStudy *self);
const char *belay_study_get_return_url (BelayStudy *self);
guint16 belay_study_get_port (BelayStudy *self);
const char *belay_study_get_activity_id (BelayStudy *self);
const char *belay_study_get_module_id (BelayStudy *self);
const char *belay_study_get_registration (BelayStudy *self);

G_END_DECLS
