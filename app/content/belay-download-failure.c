/* belay-download-failure.c: which failures of a download a person has to know of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-database.h"
#include "belay-download-job.h"

/**
 * belay_download_failure_code:
 * @error: why a download ended
 *
 * Returns: (nullable): the code of a failure that a person must know of; %NULL for one that time may mend
 */
const char *
belay_download_failure_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_FULL)
      || g_error_matches (error, BELAY_DATABASE_ERROR, BELAY_DATABASE_ERROR_FULL))
    return "disk-full";
  if (g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_QUOTA))
    return "quota";
  if (g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_GONE))
    return "gone";
  if (g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_UNTRUSTED))
    return "untrusted";
  if (error->domain == BELAY_NET_ERROR || g_error_matches (error, BELAY_DOWNLOAD_ERROR, BELAY_DOWNLOAD_ERROR_REFUSED))
    return NULL;

  return "damaged";
}
