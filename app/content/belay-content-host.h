/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-blob-store.h"
#include "belay-launch.h"

G_BEGIN_DECLS

#define BELAY_CONTENT_HOST_ERROR (belay_content_host_error_quark ())

typedef enum
{
  BELAY_CONTENT_HOST_ERROR_FAILED,
  BELAY_CONTENT_HOST_ERROR_UNKNOWN, /* the manifest has no such activity */
  BELAY_CONTENT_HOST_ERROR_ABSENT,  /* a file of the package is not on this laptop */
  BELAY_CONTENT_HOST_ERROR_REFUSED, /* the record store refused the launch */
} BelayContentHostError;

GQuark belay_content_host_error_quark (void);

#define BELAY_TYPE_CONTENT_HOST (belay_content_host_get_type ())

/* Serves the content of one launch at a time, over loopback HTTP. */
G_DECLARE_FINAL_TYPE (BelayContentHost, belay_content_host, BELAY, CONTENT_HOST, GObject)

BelayContentHost *belay_content_host_new (BelayBlobStore *blobs,
                                          BelayClock *clock);
DexFuture *belay_content_host_launch (BelayContentHost *self,
                                      const BelayLaunchRequest *request) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_content_host_end_launch (BelayContentHost *self,
                                          BelayLaunch *launch) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
