/* belay-view-reader.c: reads all that an account shows again after it changed, and not oftener than eyes can see
 *
 * Content may say many things in a second. Each is on the disk before it is answered; what the
 * lists show of them comes together, the first at once and the next ones after a short rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-view-reader.h"

#define REST_MS 150

struct _BelayViewReader
{
  gatomicrefcount references;
  BelayStore *store;
  BelayViewFunc func; /* (nullable): none once it was stopped */
  gpointer user_data;
  DexFuture *reading; /* (nullable) */
  gboolean read_again;
  gint64 read_us; /* when a view was last shown, monotonic */
};

/**
 * belay_view_reader_new:
 * @func: called with each view that was read, until belay_view_reader_stop()
 *
 * Returns: (transfer full): the reader, which reads nothing before it is told to
 */
BelayViewReader *
belay_view_reader_new (BelayStore *store,
                       BelayViewFunc func,
                       gpointer user_data)
{
  BelayViewReader *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (BelayViewReader, 1);
  g_atomic_ref_count_init (&self->references);
  self->store = belay_store_ref (store);
  self->func = func;
  self->user_data = user_data;
  self->read_us = -(gint64) REST_MS * 1000;

  return self;
}

BelayViewReader *
belay_view_reader_ref (BelayViewReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
belay_view_reader_unref (BelayViewReader *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  dex_clear (&self->reading);
  belay_store_unref (self->store);
  g_free (self);
}

static void
rest (BelayViewReader *self)
{
  gint64 left_us = self->read_us + REST_MS * G_GINT64_CONSTANT (1000) - g_get_monotonic_time ();

  if (left_us > 0)
    dex_await (dex_timeout_new_usec (left_us), NULL);
}

static DexFuture *
read_fiber (gpointer data)
{
  BelayViewReader *self = data;

  do
    {
      g_autoptr (BelayStoreView) view = NULL;
      g_autoptr (GError) error = NULL;

      rest (self);
      self->read_again = FALSE;
      view = dex_await_boxed (belay_store_load_view (self->store), &error);
      if (view == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      self->read_us = g_get_monotonic_time ();
      if (self->func != NULL)
        self->func (view, self->user_data);
    }
  while (self->read_again && self->func != NULL);

  return dex_future_new_true ();
}

/**
 * belay_view_reader_read:
 *
 * To be called after a change: it will be shown soon, together with others that come meanwhile.
 */
void
belay_view_reader_read (BelayViewReader *self)
{
  g_return_if_fail (self != NULL);

  self->read_again = TRUE;
  if (self->func == NULL || (self->reading != NULL && dex_future_is_pending (self->reading)))
    return;

  dex_clear (&self->reading);
  self->reading =
    dex_scheduler_spawn (NULL, 0, read_fiber, belay_view_reader_ref (self), (GDestroyNotify) belay_view_reader_unref);
}

/**
 * belay_view_reader_settle:
 *
 * Returns: (transfer full): resolves to %TRUE once all that was to be read is shown; rejects where it cannot be read
 */
DexFuture *
belay_view_reader_settle (BelayViewReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reading != NULL ? dex_ref (self->reading) : dex_future_new_true ();
}

/**
 * belay_view_reader_stop:
 *
 * From now on nothing is shown any more.
 */
void
belay_view_reader_stop (BelayViewReader *self)
{
  g_return_if_fail (self != NULL);

  self->func = NULL;
}
