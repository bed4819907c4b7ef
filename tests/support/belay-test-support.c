/* belay-test-support.c: what several suites need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-test-support.h"

static DexFuture *
quit (DexFuture *future,
      gpointer user_data)
{
  g_main_loop_quit (user_data);

  return dex_future_new_true ();
}

/**
 * belay_test_settle:
 *
 * Runs the main loop until @future is resolved or rejected. A future that another thread completes
 * wakes the main loop only where somebody waits for it there, and that somebody is added here.
 */
void
belay_test_settle (DexFuture *future)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (DexFuture) done = dex_future_finally (dex_ref (future), quit, loop, NULL);

  if (dex_future_is_pending (done))
    g_main_loop_run (loop);
}
