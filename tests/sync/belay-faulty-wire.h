/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What goes wrong between a laptop and its server. */
typedef enum
{
  BELAY_FAULT_NONE,
  BELAY_FAULT_REFUSED,    /* nobody listens */
  BELAY_FAULT_CUT_BEFORE, /* the connection ends before the server had anything of it */
  BELAY_FAULT_CUT_AFTER,  /* the server has done its part, and the reply is lost */
  BELAY_FAULT_HALF_HEAD,  /* the reply ends among its headers */
  BELAY_FAULT_HALF_BODY,
  BELAY_FAULT_TOO_SHORT,  /* a Content-Length of less than there is */
  BELAY_FAULT_TWICE,      /* the reply comes twice */
  BELAY_FAULT_REPLAY,     /* the reply to the question before this one comes in place of the answer */
  BELAY_FAULT_SILENT,     /* no answer at all, as long as the laptop waits for it */
  BELAY_FAULT_DRIBBLE,    /* the reply comes a byte at a time */
  BELAY_FAULT_SAYS,       /* something else answers in the server's place */
  BELAY_FAULT_SAYS_AFTER, /* the same, once the server has done its part */
  BELAY_FAULT_CHOKES      /* a message that has a certain text in it is malformed to the server */
} BelayFault;

/* A wire on this machine that carries requests to a server, and its replies back, as wrongly as it is told to. */
typedef struct _BelayFaultyWire BelayFaultyWire;

BelayFaultyWire *belay_faulty_wire_new (const char *server_url);
void belay_faulty_wire_free (BelayFaultyWire *self);
const char *belay_faulty_wire_get_url (BelayFaultyWire *self);
void belay_faulty_wire_break (BelayFaultyWire *self,
                              BelayFault fault,
                              const char *says,
                              guint times);
void belay_faulty_wire_mend (BelayFaultyWire *self);
guint belay_faulty_wire_count (BelayFaultyWire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayFaultyWire, belay_faulty_wire_free)

G_END_DECLS
