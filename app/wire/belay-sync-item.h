/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-wire.h"

G_BEGIN_DECLS

typedef enum
{
  BELAY_UP_STATEMENT,
  BELAY_UP_COMMAND,
  BELAY_UP_STATE,
  BELAY_UP_UNKNOWN, /* of a later version: rejected as unsupported */
} BelayUpKind;

/* One thing that a laptop sends. JSON is kept as text: digits and order survive. */
typedef struct
{
  BelayUpKind kind;
  char *id;
  /* An item that is not what its kind must be still has an id, and so gets its own verdict
   * `malformed`: here is where it is wrong. %NULL: it is right. */
  char *malformed_where;
  char *malformed_rule;
  gboolean too_large;    /* it is over a limit: the verdict is `too-large` */
  gint64 too_large_most; /* that limit, in bytes */

  char *body; /* a statement's or command's JSON */
  gint64 made_us;
  char *type; /* a command's name, a state's content type, an unknown item's kind */

  gint64 counter; /* a command's: of this device */
  gint64 seen;    /* a command's: the last server sequence its author saw */
  GStrv needs;    /* a command's: ids of the commands it depends on */

  char *key;          /* a state's */
  char *seen_version; /* a state's: the write it had seen; %NULL: none */
  GBytes *value;      /* a state's */
} BelayUpItem;

BelayUpItem *belay_up_item_new_statement (const char *id,
                                          const char *body);
BelayUpItem *belay_up_item_new_command (const char *id,
                                        const char *type,
                                        gint64 counter,
                                        gint64 seen,
                                        gint64 made_us,
                                        const char *const *needs,
                                        const char *body);
BelayUpItem *belay_up_item_new_state (const char *id,
                                      const char *key,
                                      const char *seen_version,
                                      const char *type,
                                      gint64 made_us,
                                      GBytes *value);
void belay_up_item_free (BelayUpItem *self);
gsize belay_up_item_get_size (const BelayUpItem *self);

typedef enum
{
  BELAY_VERDICT_STORED,
  BELAY_VERDICT_DUPLICATE,
  BELAY_VERDICT_REJECTED,
} BelayVerdictKind;

/* What the server did with one item. */
typedef struct
{
  char *id;
  BelayVerdictKind kind;
  char *code;           /* of a rejection */
  GVariant *parameters; /* (nullable): of a rejection */
  char *version;        /* (nullable): of a stored state, now current */
  char *beside;         /* (nullable): the version that is kept beside it */
} BelayVerdict;

BelayVerdict *belay_verdict_new_stored (const char *id);
BelayVerdict *belay_verdict_new_duplicate (const char *id);
BelayVerdict *belay_verdict_new_rejected (const char *id,
                                          const char *code,
                                          GVariant *parameters);
void belay_verdict_free (BelayVerdict *self);

/* One document, or its tombstone, in a stream. */
typedef struct
{
  char *kind;
  char *id;
  gint64 sequence;
  gboolean gone;
  char *body; /* JSON; %NULL where gone */
} BelayDocument;

BelayDocument *belay_document_new (const char *kind,
                                   const char *id,
                                   gint64 sequence,
                                   const char *body);
BelayDocument *belay_document_new_gone (const char *kind,
                                        const char *id,
                                        gint64 sequence);
void belay_document_free (BelayDocument *self);
gsize belay_document_get_size (const BelayDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayUpItem, belay_up_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayVerdict, belay_verdict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayDocument, belay_document_free)

G_END_DECLS
