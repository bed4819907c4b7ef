/* belay-store-view.c: all that an account shows, read at one moment
 *
 * One transaction of the reader, so that a list never shows one half of a change. It reads the
 * replica and what is kept up to date with each fact; it never scans the statements.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-store-view.h"

#include "belay-documents.h"
#include "belay-store-private.h"

#define RECENT_LINES 100

static const char select_account[] = "SELECT last_contact_us, quota_bytes FROM account";
static const char select_documents[] = "SELECT id, body FROM document WHERE kind = ? GROUP BY id ORDER BY id";
static const char select_progress[] = "SELECT module_id, state FROM own_progress";
static const char select_open[] =
  "SELECT module_id, receipt, count(*) FROM outbox WHERE receipt < 2 GROUP BY module_id, receipt";
static const char select_recent[] = "SELECT id, kind, receipt, made_us, activity_id, verb, code, parameters FROM outbox"
                                    " WHERE kind <> 2 AND receipt <> 2 ORDER BY position DESC LIMIT ?";
static const char select_refused[] =
  "SELECT id, kind, receipt, made_us, activity_id, verb, code, parameters FROM outbox"
  " WHERE receipt = 2 ORDER BY position DESC";
static const char select_downloads[] =
  "SELECT module_id, manifest, state, failure, older FROM download ORDER BY asked_us, module_id";

typedef struct
{
  gatomicrefcount references;
  BelayStoreView view;
} CountedView;

G_DEFINE_BOXED_TYPE (BelayStoreView, belay_store_view, belay_store_view_ref, belay_store_view_unref)

static void
enrolment_free (gpointer data)
{
  BelayStoreEnrolment *enrolment = data;

  g_clear_pointer (&enrolment->membership, belay_membership_free);
  g_clear_pointer (&enrolment->cohort, belay_cohort_free);
  g_clear_pointer (&enrolment->programme, belay_programme_free);
  g_free (enrolment);
}

static void
module_free (gpointer data)
{
  BelayStoreModule *module = data;

  g_clear_pointer (&module->progress, belay_module_progress_free);
  g_free (module);
}

static void
line_free (gpointer data)
{
  BelayStoreLine *line = data;

  g_free (line->id);
  g_free (line->activity_id);
  g_free (line->verb);
  g_free (line->code);
  g_free (line->parameters);
  g_free (line);
}

static BelayStoreView *
view_new (void)
{
  CountedView *counted = g_new0 (CountedView, 1);
  BelayStoreView *self = &counted->view;

  g_atomic_ref_count_init (&counted->references);
  self->enrolments = g_ptr_array_new_with_free_func (enrolment_free);
  self->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, module_free);
  self->downloads = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_stored_download_free);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_report_free);
  self->companions = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_companion_free);
  self->recent = g_ptr_array_new_with_free_func (line_free);
  self->refused = g_ptr_array_new_with_free_func (line_free);

  return self;
}

static CountedView *
counted_of (BelayStoreView *self)
{
  return (CountedView *) (gpointer) ((char *) self - G_STRUCT_OFFSET (CountedView, view));
}

BelayStoreView *
belay_store_view_ref (BelayStoreView *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&counted_of (self)->references);

  return self;
}

void
belay_store_view_unref (BelayStoreView *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&counted_of (self)->references))
    return;

  g_clear_pointer (&self->person, belay_person_card_free);
  g_ptr_array_unref (self->enrolments);
  g_hash_table_unref (self->modules);
  g_ptr_array_unref (self->downloads);
  g_ptr_array_unref (self->reports);
  g_ptr_array_unref (self->companions);
  g_ptr_array_unref (self->recent);
  g_ptr_array_unref (self->refused);
  g_free (counted_of (self));
}

/**
 * belay_store_view_find_module:
 *
 * Returns: (transfer none) (nullable): the module, from whichever programme has it
 */
const BelayModule *
belay_store_view_find_module (const BelayStoreView *self,
                              const char *module_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  for (guint i = 0; i < self->enrolments->len; i++)
    {
      const BelayStoreEnrolment *enrolment = g_ptr_array_index (self->enrolments, i);
      const BelayModule *module = belay_programme_find_module (enrolment->programme, module_id);

      if (module != NULL)
        return module;
    }

  return NULL;
}

/**
 * belay_store_view_find_download:
 *
 * Returns: (transfer none) (nullable): what is here of the module; %NULL where it was never asked for
 */
const BelayStoredDownload *
belay_store_view_find_download (const BelayStoreView *self,
                                const char *module_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_id != NULL, NULL);

  for (guint i = 0; i < self->downloads->len; i++)
    {
      const BelayStoredDownload *download = g_ptr_array_index (self->downloads, i);

      if (g_str_equal (download->module_id, module_id))
        return download;
    }

  return NULL;
}

/* Takes one document of a kind. What cannot be read is of a later version: it is passed over. */
typedef void (*TakeDocument) (BelayStoreView *view,
                              const char *id,
                              const char *body);

static gboolean
read_documents (BelayDatabase *database,
                const char *kind,
                TakeDocument take,
                BelayStoreView *view,
                GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_documents);

  belay_query_bind_text (query, 1, kind);
  while (belay_query_next (query, &failure))
    take (view, belay_query_get_text (query, 0), belay_query_get_text (query, 1));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static void
take_person (BelayStoreView *view,
             const char *id,
             const char *body)
{
  BelayPersonCard *person = belay_person_card_from_json (id, body, NULL);

  if (person == NULL)
    return;
  g_clear_pointer (&view->person, belay_person_card_free);
  view->person = person;
}

static void
take_membership (BelayStoreView *view,
                 const char *id,
                 const char *body)
{
  BelayStoreEnrolment *enrolment;
  BelayMembership *membership = belay_membership_from_json (body, NULL);

  if (membership == NULL)
    return;
  enrolment = g_new0 (BelayStoreEnrolment, 1);
  enrolment->membership = membership;
  g_ptr_array_add (view->enrolments, enrolment);
}

static void
take_cohort (BelayStoreView *view,
             const char *id,
             const char *body)
{
  for (guint i = 0; i < view->enrolments->len; i++)
    {
      BelayStoreEnrolment *enrolment = g_ptr_array_index (view->enrolments, i);

      if (enrolment->cohort == NULL && g_str_equal (enrolment->membership->cohort_id, id))
        enrolment->cohort = belay_cohort_from_json (id, body, NULL);
    }
}

static void
take_programme (BelayStoreView *view,
                const char *id,
                const char *body)
{
  for (guint i = 0; i < view->enrolments->len; i++)
    {
      BelayStoreEnrolment *enrolment = g_ptr_array_index (view->enrolments, i);

      if (enrolment->programme == NULL && g_str_equal (enrolment->membership->programme_id, id))
        enrolment->programme = belay_programme_from_json (body, NULL);
    }
}

static BelayStoreModule *
get_module (BelayStoreView *view,
            const char *id)
{
  BelayStoreModule *module = g_hash_table_lookup (view->modules, id);

  if (module == NULL)
    {
      module = g_new0 (BelayStoreModule, 1);
      g_hash_table_insert (view->modules, g_strdup (id), module);
    }

  return module;
}

static void
take_progress (BelayStoreView *view,
               const char *id,
               const char *body)
{
  BelayModuleProgress *progress = belay_module_progress_from_json (id, body, NULL);

  if (progress != NULL)
    get_module (view, id)->progress = progress;
}

static void
take_report (BelayStoreView *view,
             const char *id,
             const char *body)
{
  BelayReport *report = belay_report_from_json (id, body, NULL);

  if (report != NULL)
    g_ptr_array_add (view->reports, report);
}

static void
take_companion (BelayStoreView *view,
                const char *id,
                const char *body)
{
  BelayCompanion *companion = belay_companion_from_json (id, body, NULL);

  if (companion != NULL)
    g_ptr_array_add (view->companions, companion);
}

/* A membership is shown once its cohort and programme have come as well */
static void
drop_unfinished (GPtrArray *enrolments)
{
  for (guint i = enrolments->len; i > 0; i--)
    {
      const BelayStoreEnrolment *enrolment = g_ptr_array_index (enrolments, i - 1);

      if (enrolment->cohort == NULL || enrolment->programme == NULL)
        g_ptr_array_remove_index (enrolments, i - 1);
    }
}

static gboolean
read_replica (BelayDatabase *database,
              BelayStoreView *view,
              GError **error)
{
  if (!read_documents (database, BELAY_KIND_PERSON, take_person, view, error)
      || !read_documents (database, BELAY_KIND_MEMBERSHIP, take_membership, view, error)
      || !read_documents (database, BELAY_KIND_COHORT, take_cohort, view, error)
      || !read_documents (database, BELAY_KIND_PROGRAMME, take_programme, view, error)
      || !read_documents (database, BELAY_KIND_PROGRESS, take_progress, view, error)
      || !read_documents (database, BELAY_KIND_REPORT, take_report, view, error)
      || !read_documents (database, BELAY_KIND_COMPANION, take_companion, view, error))
    return FALSE;
  drop_unfinished (view->enrolments);

  return TRUE;
}

static const BelayProgramme *
find_programme (const BelayStoreView *view,
                const char *module_id,
                const BelayModule **module)
{
  for (guint i = 0; i < view->enrolments->len; i++)
    {
      const BelayStoreEnrolment *enrolment = g_ptr_array_index (view->enrolments, i);

      *module = belay_programme_find_module (enrolment->programme, module_id);
      if (*module != NULL)
        return enrolment->programme;
    }

  return NULL;
}

static void
lay_over (BelayStoreView *view,
          const char *module_id,
          BelayModuleProgress *own)
{
  const BelayModule *module = NULL;
  const BelayProgramme *programme = find_programme (view, module_id, &module);
  BelayStoreModule *shown;
  BelayModuleProgress *both;

  if (programme == NULL)
    return;
  shown = get_module (view, module_id);
  both = belay_module_progress_overlay (shown->progress, own, module, programme);
  g_clear_pointer (&shown->progress, belay_module_progress_free);
  shown->progress = both;
}

static gboolean
read_own_progress (BelayDatabase *database,
                   BelayStoreView *view,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_progress);

  while (belay_query_next (query, &failure))
    {
      const char *module_id = belay_query_get_text (query, 0);
      g_autoptr (BelayModuleProgress) own =
        belay_module_progress_from_state (module_id, belay_query_get_text (query, 1), NULL);

      if (own != NULL)
        lay_over (view, module_id, own);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
count_open (BelayDatabase *database,
            BelayStoreView *view,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_open);

  while (belay_query_next (query, &failure))
    {
      gboolean is_sent = belay_query_get_int (query, 1) == 1;
      guint count = (guint) belay_query_get_int (query, 2);

      *(is_sent ? &view->on_the_way : &view->waiting) += count;
      if (!belay_query_is_null (query, 0))
        {
          BelayStoreModule *module = get_module (view, belay_query_get_text (query, 0));

          *(is_sent ? &module->on_the_way : &module->waiting) += count;
        }
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static BelayStoreLine *
read_line (BelayQuery *query)
{
  BelayStoreLine *line = g_new0 (BelayStoreLine, 1);

  line->id = belay_query_dup_text (query, 0);
  line->kind = (int) belay_query_get_int (query, 1);
  line->receipt = (int) belay_query_get_int (query, 2);
  line->made_us = belay_query_get_int (query, 3);
  line->activity_id = belay_query_dup_text (query, 4);
  line->verb = belay_query_dup_text (query, 5);
  line->code = belay_query_dup_text (query, 6);
  line->parameters = belay_query_dup_text (query, 7);

  return line;
}

static gboolean
read_lines (BelayQuery *query,
            GPtrArray *lines,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (belay_query_next (query, &failure))
    g_ptr_array_add (lines, read_line (query));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_outbox (BelayDatabase *database,
             BelayStoreView *view,
             GError **error)
{
  BelayQuery *recent = belay_database_query (database, select_recent);

  belay_query_bind_int (recent, 1, RECENT_LINES);

  return count_open (database, view, error) && read_lines (recent, view->recent, error)
         && read_lines (belay_database_query (database, select_refused), view->refused, error);
}

static gboolean
read_downloads (BelayDatabase *database,
                BelayStoreView *view,
                GError **error)
{
  g_autoptr (GError) failure = NULL;
  BelayQuery *query = belay_database_query (database, select_downloads);

  while (belay_query_next (query, &failure))
    g_ptr_array_add (view->downloads, belay_stored_download_read (query));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_account (BelayDatabase *database,
              BelayStoreView *view,
              GError **error)
{
  BelayQuery *query = belay_database_query (database, select_account);

  if (belay_query_next (query, error))
    {
      view->last_contact_us = belay_query_get_int (query, 0);
      view->quota_bytes = belay_query_get_int (query, 1);
      belay_query_run (query, NULL);
    }

  return error == NULL || *error == NULL;
}

static gboolean
read_all (BelayDatabase *database,
          BelayStoreView *view,
          GError **error)
{
  return read_account (database, view, error) && read_replica (database, view, error)
         && read_own_progress (database, view, error) && read_outbox (database, view, error)
         && read_downloads (database, view, error);
}

static DexFuture *
load_work (BelayDatabase *database,
           gpointer user_data)
{
  g_autoptr (BelayStoreView) view = view_new ();
  GError *error = NULL;
  gboolean read;

  if (!belay_database_execute (database, "BEGIN", &error))
    return dex_future_new_for_error (error);
  read = read_all (database, view, &error);
  belay_database_rollback (database);
  if (!read)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (BELAY_TYPE_STORE_VIEW, g_steal_pointer (&view));
}

/**
 * belay_store_load_view:
 *
 * Returns: (transfer full): resolves to a #BelayStoreView
 */
DexFuture *
belay_store_load_view (BelayStore *self)
{
  return belay_store_read (self, load_work, NULL, NULL);
}
