/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-documents.h"
#include "belay-programme-change.h"

#define ORGANISATION "01890a5d-ac96-774b-bcce-b302099a8057"
#define ACTIVITIES 4
#define FACTS 60

static BelayProgramme *
make_programme (void)
{
  static const BelayMoveOn rules[ACTIVITIES] = { BELAY_MOVE_ON_COMPLETED, BELAY_MOVE_ON_PASSED,
                                                 BELAY_MOVE_ON_COMPLETED_AND_PASSED,
                                                 BELAY_MOVE_ON_COMPLETED_OR_PASSED };
  BelayProgramme *programme = belay_programme_new ();
  BelayTerm *term = belay_term_new ();
  BelayWeek *week = belay_week_new ();
  BelayModule *module = belay_module_new ();

  programme->key = g_strdup ("p");
  programme->version = 1;
  term->key = g_strdup ("t");
  week->key = g_strdup ("w");
  module->key = g_strdup ("m");
  module->course = g_strdup ("c");
  for (guint i = 0; i < ACTIVITIES; i++)
    {
      BelayActivity *activity = belay_activity_new ();

      activity->key = g_strdup_printf ("a%u", i);
      activity->move_on = rules[i];
      activity->weight = i + 1;
      activity->mastery = 5000;
      g_ptr_array_add (module->activities, activity);
    }
  g_ptr_array_add (week->modules, module);
  g_ptr_array_add (term->weeks, week);
  g_ptr_array_add (programme->terms, term);
  belay_programme_derive_ids (programme, ORGANISATION);

  return programme;
}

static BelayModule *
module_of (const BelayProgramme *programme)
{
  return belay_programme_find_module_by_key (programme, "m");
}

static BelayLearningFact *
make_fact (const BelayModule *module,
           guint activity,
           BelayFactKind kind,
           gint64 score,
           guint number)
{
  BelayLearningFact *fact = belay_learning_fact_new ();

  fact->id = g_strdup_printf ("00000000-0000-4000-8000-%012u", number);
  fact->activity_id = g_strdup (((BelayActivity *) module->activities->pdata[activity])->id);
  fact->registration = g_strdup_printf ("00000000-0000-4000-9000-%012u", number % 3);
  fact->kind = kind;
  fact->time_us = 1000 + number;
  fact->score = score;

  return fact;
}

static BelayLearningFact *
random_fact (GRand *random,
             const BelayModule *module,
             guint number)
{
  BelayLearningFact *fact =
    make_fact (module, (guint) g_rand_int_range (random, 0, ACTIVITIES),
               (BelayFactKind) g_rand_int_range (random, BELAY_FACT_OTHER, BELAY_FACT_ANSWERED + 1),
               g_rand_int_range (random, -1, BELAY_ALL + 1), number);

  fact->time_us = g_rand_int_range (random, 1000, 1020);
  fact->seconds = g_rand_int_range (random, -1, 600);

  return fact;
}

static void
shuffle (GRand *random,
         GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (random, 0, (gint32) i);
      gpointer kept = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[other];
      array->pdata[other] = kept;
    }
}

static char *
fold_all (GPtrArray *facts,
          const BelayProgramme *programme,
          guint times)
{
  g_autoptr (BelayModuleProgress) progress = belay_module_progress_new (module_of (programme)->id);
  gint64 before = 0;

  for (guint i = 0; i < facts->len * times; i++)
    {
      belay_module_progress_fold (progress, module_of (programme), programme, facts->pdata[i % facts->len]);
      g_assert_cmpint (progress->completion, >=, before);
      g_assert_cmpint (progress->completion, <=, BELAY_ALL);
      before = progress->completion;
    }

  return belay_module_progress_to_state (progress);
}

static void
test_neither_order_nor_repetition_matters (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (BelayProgramme) programme = make_programme ();
      g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_learning_fact_free);
      g_autofree char *in_order = NULL;
      g_autofree char *shuffled = NULL;

      programme->scoring = (BelayScoring) (round % 3);
      for (guint i = 0; i < FACTS; i++)
        g_ptr_array_add (facts, random_fact (random, module_of (programme), i));
      in_order = fold_all (facts, programme, 1);
      shuffle (random, facts);
      shuffled = fold_all (facts, programme, 2);

      g_assert_cmpstr (in_order, ==, shuffled);
    }
}

static void
fold_one (BelayModuleProgress *progress,
          const BelayProgramme *programme,
          guint activity,
          BelayFactKind kind,
          gint64 score,
          guint number)
{
  g_autoptr (BelayLearningFact) fact = make_fact (module_of (programme), activity, kind, score, number);

  belay_module_progress_fold (progress, module_of (programme), programme, fact);
}

static void
test_each_rule_to_move_on_asks_for_its_own (void)
{
  g_autoptr (BelayProgramme) programme = make_programme ();
  g_autoptr (BelayModuleProgress) progress = belay_module_progress_new (module_of (programme)->id);

  fold_one (progress, programme, 0, BELAY_FACT_COMPLETED, -1, 1);
  g_assert_cmpint (progress->completion, ==, 1000);
  fold_one (progress, programme, 1, BELAY_FACT_COMPLETED, -1, 2);
  g_assert_cmpint (progress->completion, ==, 1000);
  fold_one (progress, programme, 1, BELAY_FACT_PASSED, 4999, 3);
  g_assert_cmpint (progress->completion, ==, 1000);
  fold_one (progress, programme, 1, BELAY_FACT_PASSED, 5000, 4);
  g_assert_cmpint (progress->completion, ==, 3000);
  fold_one (progress, programme, 2, BELAY_FACT_COMPLETED, -1, 5);
  g_assert_cmpint (progress->completion, ==, 3000);
  fold_one (progress, programme, 2, BELAY_FACT_PASSED, -1, 6);
  g_assert_cmpint (progress->completion, ==, 6000);
  g_assert_cmpint (progress->completed_us, ==, -1);
  fold_one (progress, programme, 3, BELAY_FACT_PASSED, -1, 7);
  g_assert_true (belay_module_progress_is_complete (progress));
  g_assert_cmpint (progress->completed_us, ==, 1007);
}

static void
test_scoring_takes_the_best_last_or_mean_attempt (void)
{
  static const gint64 expected[] = {
    [BELAY_SCORING_BEST] = 9000, [BELAY_SCORING_LAST] = 4000, [BELAY_SCORING_MEAN] = 6500
  };

  for (guint scoring = 0; scoring < G_N_ELEMENTS (expected); scoring++)
    {
      g_autoptr (BelayProgramme) programme = make_programme ();
      g_autoptr (BelayModuleProgress) progress = belay_module_progress_new (module_of (programme)->id);

      programme->scoring = (BelayScoring) scoring;
      fold_one (progress, programme, 1, BELAY_FACT_FAILED, 1000, 1); /* replaced within its attempt by 4 */
      fold_one (progress, programme, 1, BELAY_FACT_PASSED, 9000, 4);
      fold_one (progress, programme, 1, BELAY_FACT_FAILED, 4000, 5);

      g_assert_cmpint (progress->score, ==, expected[scoring]);
    }
}

static void
test_a_new_version_takes_nothing_away (void)
{
  g_autoptr (BelayProgramme) programme = make_programme ();
  g_autoptr (BelayProgramme) stricter = belay_programme_copy (programme);
  g_autoptr (BelayModuleProgress) progress = belay_module_progress_new (module_of (programme)->id);
  BelayActivity *added = belay_activity_new ();

  for (guint i = 0; i < ACTIVITIES; i++)
    fold_one (progress, programme, i, BELAY_FACT_COMPLETED, -1, i * 2);
  for (guint i = 0; i < ACTIVITIES; i++)
    fold_one (progress, programme, i, BELAY_FACT_PASSED, -1, i * 2 + 1);
  g_assert_cmpint (progress->completion, ==, BELAY_ALL);

  stricter->version = 2;
  added->key = g_strdup ("added");
  g_ptr_array_add (module_of (stricter)->activities, added);
  belay_programme_derive_ids (stricter, ORGANISATION);
  belay_module_progress_judge (progress, module_of (stricter), stricter);

  g_assert_cmpint (progress->completion, ==, BELAY_ALL);
  g_assert_cmpint (progress->version, ==, 2);
}

static void
test_a_late_fact_counts_by_the_version_its_learner_had (void)
{
  g_autoptr (BelayProgramme) programme = make_programme ();
  g_autoptr (BelayProgramme) stricter = belay_programme_copy (programme);
  g_autoptr (BelayModuleProgress) by_newest = belay_module_progress_new (module_of (programme)->id);
  g_autoptr (BelayModuleProgress) by_each = belay_module_progress_new (module_of (programme)->id);

  stricter->version = 2;
  ((BelayActivity *) module_of (stricter)->activities->pdata[1])->mastery = 9000;

  fold_one (by_newest, stricter, 1, BELAY_FACT_PASSED, 7000, 1);
  fold_one (by_each, programme, 1, BELAY_FACT_PASSED, 7000, 1);
  fold_one (by_each, stricter, 1, BELAY_FACT_PASSED, 7000, 1);

  g_assert_cmpint (by_newest->completion, ==, 0);
  g_assert_cmpint (by_each->completion, ==, 2000);
  g_assert_cmpint (by_each->version, ==, 2);
}

static void
test_the_state_in_a_database_goes_on_as_it_was (void)
{
  g_autoptr (BelayProgramme) programme = make_programme ();
  g_autoptr (BelayModuleProgress) progress = belay_module_progress_new (module_of (programme)->id);
  g_autoptr (BelayModuleProgress) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;
  g_autofree char *state_again = NULL;

  fold_one (progress, programme, 2, BELAY_FACT_PASSED, 7000, 3);
  state = belay_module_progress_to_state (progress);
  again = belay_module_progress_from_state (progress->module_id, state, &error);
  g_assert_no_error (error);
  state_again = belay_module_progress_to_state (again);

  g_assert_cmpstr (state, ==, state_again);
}

static void
test_a_programme_comes_back_as_it_went (void)
{
  g_autoptr (BelayProgramme) programme = make_programme ();
  g_autofree char *json = belay_programme_to_json (programme);
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayProgramme) heard = belay_programme_from_json (json, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  json_again = belay_programme_to_json (heard);
  g_assert_cmpstr (json, ==, json_again);
}

static void
test_another_course_under_the_same_key_is_refused (void)
{
  g_autoptr (BelayProgramme) programme = make_programme ();
  g_autoptr (BelayProgramme) changed = belay_programme_copy (programme);
  g_autoptr (GPtrArray) none = belay_programme_compare (programme, changed);
  g_autoptr (GPtrArray) some = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_set_str (&module_of (changed)->course, "other");
  some = belay_programme_compare (programme, changed);
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_false (belay_programme_changes_are_allowed (some));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/progress/neither-order-nor-repetition-matters", test_neither_order_nor_repetition_matters);
  g_test_add_func ("/progress/each-rule-to-move-on-asks-for-its-own", test_each_rule_to_move_on_asks_for_its_own);
  g_test_add_func ("/progress/scoring-takes-the-best-last-or-mean-attempt",
                   test_scoring_takes_the_best_last_or_mean_attempt);
  g_test_add_func ("/progress/a-new-version-takes-nothing-away", test_a_new_version_takes_nothing_away);
  g_test_add_func ("/progress/a-late-fact-counts-by-the-version-its-learner-had",
                   test_a_late_fact_counts_by_the_version_its_learner_had);
  g_test_add_func ("/progress/the-state-in-a-database-goes-on-as-it-was",
                   test_the_state_in_a_database_goes_on_as_it_was);
  g_test_add_func ("/progress/a-programme-comes-back-as-it-went", test_a_programme_comes_back_as_it_went);
  g_test_add_func ("/progress/another-course-under-the-same-key-is-refused",
                   test_another_course_under_the_same_key_is_refused);

  return g_test_run ();
}
