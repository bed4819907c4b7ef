/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-language-text.h"
#include "belay-package-path.h"
#include "belay-programme.h"

G_BEGIN_DECLS

#define BELAY_MANIFEST_ERROR (belay_manifest_error_quark ())

typedef enum
{
  BELAY_MANIFEST_ERROR_MALFORMED, /* the message names where */
  BELAY_MANIFEST_ERROR_NEWER,     /* a format that this Belay does not know */
} BelayManifestError;

GQuark belay_manifest_error_quark (void);

#define BELAY_MANIFEST_FORMAT 1

typedef struct
{
  char *path; /* relative, in NFC, checked by belay_package_path_is_safe() */
  char *hash; /* SHA-256 of the whole */
  guint64 size;
  char *type;        /* a media type */
  GPtrArray *chunks; /* (element-type utf8): SHA-256 of each BELAY_CHUNK_BYTES; empty for a small file */
} BelayManifestFile;

typedef struct
{
  char *key;
  BelayLanguageText *title;
  BelayActivityKind kind;
  char *entry;        /* a path in the package, percent-encoded, with its query string */
  char *publisher_id; /* (nullable): the publisher's own IRI */
  BelayMoveOn move_on;
  gint64 mastery;      /* basis points; -1 where there is none */
  char *launch_method; /* AnyWindow or OwnWindow */
  char *launch_parameters;
  char *entitlement_key; /* (nullable) */
  GStrv blocks;          /* (nullable): IRIs of the publisher's blocks that it lies in, outermost first */
  gint64 seconds;        /* of study that the author reckons with; 0 where unknown */
} BelayManifestActivity;

/* What a course package holds, once it was understood: signed by the server, believed by the laptop. */
typedef struct
{
  char *course; /* its key */
  BelayLanguageText *title;
  char *made;            /* RFC 3339 */
  char *publisher_id;    /* (nullable) */
  GPtrArray *files;      /* (element-type BelayManifestFile), by path */
  GPtrArray *activities; /* (element-type BelayManifestActivity), in order */
} BelayManifest;

#define BELAY_TYPE_MANIFEST (belay_manifest_get_type ())

GType belay_manifest_get_type (void) G_GNUC_CONST;
BelayManifest *belay_manifest_new (void);
BelayManifest *belay_manifest_copy (const BelayManifest *self);
void belay_manifest_free (BelayManifest *self);
BelayManifestFile *belay_manifest_file_new (void);
void belay_manifest_file_free (BelayManifestFile *self);
BelayManifestActivity *belay_manifest_activity_new (void);
void belay_manifest_activity_free (BelayManifestActivity *self);

const BelayManifestFile *belay_manifest_find_file (const BelayManifest *self,
                                                   const char *path);
const BelayManifestActivity *belay_manifest_find_activity (const BelayManifest *self,
                                                           const char *key);
guint64 belay_manifest_get_bytes (const BelayManifest *self);

GBytes *belay_manifest_encode (const BelayManifest *self);
BelayManifest *belay_manifest_decode (GBytes *json,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayManifest, belay_manifest_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayManifestFile, belay_manifest_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayManifestActivity, belay_manifest_activity_free)

G_END_DECLS
