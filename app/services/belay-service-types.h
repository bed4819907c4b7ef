/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "belay-standing.h"

G_BEGIN_DECLS

/* Where something the person did is, in their own words: safe here, on its way, the server has it. */
typedef enum
{
  BELAY_RECEIPT_NONE, /* nothing was done yet */
  BELAY_RECEIPT_HERE,
  BELAY_RECEIPT_ON_ITS_WAY,
  BELAY_RECEIPT_SERVER,
} BelayReceipt;

/* How much of a module is on the laptop. */
typedef enum
{
  BELAY_DOWNLOAD_STATE_REMOTE,      /* nothing asked for */
  BELAY_DOWNLOAD_STATE_QUEUED,      /* asked for; waits for its turn or for a network */
  BELAY_DOWNLOAD_STATE_DOWNLOADING, /* being fetched */
  BELAY_DOWNLOAD_STATE_PAUSED,      /* by the person */
  BELAY_DOWNLOAD_STATE_VERIFYING,   /* all is here; being checked */
  BELAY_DOWNLOAD_STATE_READY,       /* can be studied offline */
  BELAY_DOWNLOAD_STATE_FAILED,      /* see the failure's code */
  BELAY_DOWNLOAD_STATE_UNAVAILABLE, /* the server has no content for it */
} BelayDownloadState;

/* What the last contact with the server said. */
typedef enum
{
  BELAY_SYNC_STATE_OK,
  BELAY_SYNC_STATE_OFFLINE,        /* no network, or the server cannot be reached */
  BELAY_SYNC_STATE_PORTAL,         /* the network wants the person to sign in to it */
  BELAY_SYNC_STATE_SIGN_IN_NEEDED, /* the server no longer knows this laptop */
  BELAY_SYNC_STATE_SERVER_TROUBLE, /* the server answers, but cannot work */
  BELAY_SYNC_STATE_UPDATE_NEEDED,  /* the server no longer speaks this version */
  BELAY_SYNC_STATE_DISK_FULL,      /* nothing more can be kept here */
} BelaySyncState;

G_END_DECLS
