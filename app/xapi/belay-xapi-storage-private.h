/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-clock.h"
#include "belay-xapi-storage.h"

G_BEGIN_DECLS

/* What a database must do to keep an LRS: coarse operations, each of them within the caller's transaction.
 * All return %FALSE with an error where the database failed, and only then. */

typedef struct
{
  char *id;
  char *text;    /* %NULL where it was erased */
  gint64 serial; /* 0 where there is none */
  gint64 stored_us;
  gboolean is_voiding;
  gboolean is_voided;
} BelayKeptStatement;

typedef struct
{
  const char *const *words; /* all of them must be the statement's; at least one */
  gint64 since_us;          /* only those stored after it; %G_MININT64 for all */
  gint64 until_us;          /* only those stored then or before; %G_MAXINT64 for all */
  gint64 beyond;            /* only those behind this serial in the order asked for; 0 for all */
  gboolean is_ascending;
  guint limit;
} BelayXapiSearch;

typedef struct
{
  void (*free) (BelayXapiStorage *self);
  gboolean (*find) (BelayXapiStorage *self, const char *id, BelayKeptStatement *kept, GError **error);
  /* Fills in serial and stored_us: the time of @clock, or later where that is needed to be later than all before.
   * The clock is read after the write was made known to consistent_through. */
  gboolean (*next) (BelayXapiStorage *self, BelayClock *clock, BelayKeptStatement *kept, GError **error);
  gboolean (*insert) (BelayXapiStorage *self,
                      const BelayKeptStatement *kept,
                      const char *target,
                      GPtrArray *words,
                      GError **error);
  /* (element-type BelayKeptStatement): those whose object is a StatementRef to @id */
  gboolean (*find_targeting) (BelayXapiStorage *self, const char *id, GPtrArray *found, GError **error);
  gboolean (*add_words) (BelayXapiStorage *self, gint64 serial, GPtrArray *words, GError **error);
  gboolean (*set_voided) (BelayXapiStorage *self, gint64 serial, GPtrArray *words, GError **error);
  /* Appends up to @limit (element-type BelayKeptStatement), and tells whether there are more */
  gboolean (*search) (BelayXapiStorage *self,
                      const BelayXapiSearch *search,
                      GPtrArray *found,
                      gboolean *has_more,
                      GError **error);
  /* The time before which all that is or will be stored can be found; @now_us was read before */
  gboolean (*consistent_through) (BelayXapiStorage *self, gint64 now_us, gint64 *time_us, GError **error);
  gboolean (*find_attachment) (BelayXapiStorage *self, const char *sha2, GBytes **contents, GError **error);
  gboolean (*put_attachment) (BelayXapiStorage *self, const char *sha2, GBytes *contents, GError **error);
  gboolean (*find_definition) (BelayXapiStorage *self, const char *kind, const char *id, char **json, GError **error);
  gboolean (
    *put_definition) (BelayXapiStorage *self, const char *kind, const char *id, const char *json, GError **error);
  gboolean (*find_document) (BelayXapiStorage *self,
                             const BelayXapiDocumentKey *key,
                             BelayXapiDocument **document,
                             GError **error);
  gboolean (*put_document) (BelayXapiStorage *self, const BelayXapiDocument *document, GError **error);
  gboolean (*delete_document) (BelayXapiStorage *self, const BelayXapiDocumentKey *key, GError **error);
  /* (element-type BelayXapiDocument), without contents: where @key->id is ignored, and @key->registration
   * too where it is empty */
  gboolean (*list_documents) (BelayXapiStorage *self,
                              const BelayXapiDocumentKey *key,
                              gint64 since_us,
                              GPtrArray *found,
                              GError **error);
} BelayXapiStorageClass;

struct _BelayXapiStorage
{
  const BelayXapiStorageClass *class;
  BelayXapiStoredFunc stored_hook;
  gpointer stored_data;
  BelayXapiDocumentFunc document_hook;
  gpointer document_data;
};

void belay_kept_statement_clear (BelayKeptStatement *kept);
void belay_kept_statement_free (BelayKeptStatement *kept);
char *belay_xapi_time (gint64 time_us);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BelayKeptStatement, belay_kept_statement_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayKeptStatement, belay_kept_statement_free)

G_END_DECLS
