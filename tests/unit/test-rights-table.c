/* test-rights-table.c: what product.md promises of who sees what, held against the table of rights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-rights.h"

#define HOME "home"
#define ME "me"
#define OTHER "other"

static const char *
id_in (const BelayTarget *target,
       BelayScope scope)
{
  switch (scope)
    {
    case BELAY_SCOPE_POD:
      return target->pod_id;
    case BELAY_SCOPE_COHORT:
      return target->cohort_id;
    case BELAY_SCOPE_PROGRAMME:
      return target->programme_id;
    case BELAY_SCOPE_ORGANISATION:
      return target->organisation_id;
    case BELAY_SCOPE_OWN:
    case BELAY_SCOPE_REPORTS:
    case BELAY_SCOPE_BUDDY:
    case BELAY_SCOPE_ANYONE:
    case BELAY_N_SCOPES:
    default:
      return target->person_id;
    }
}

static const BelayTarget theirs = { HOME, OTHER, "pod", "cohort", "programme" };
static const BelayTarget elsewhere = { "away", OTHER, "pod", "cohort", "programme" };
static const BelayTarget beside = { HOME, "third", "pod-2", "cohort-2", "programme-2" };
static const BelayTarget unknown = { 0 };

static gboolean
is_granted (BelayScope scope)
{
  return scope != BELAY_SCOPE_OWN && scope != BELAY_SCOPE_ANYONE;
}

/* Somebody who has @role in every scope that holds what is theirs */
static BelayGrants *
make_grants (BelayRole role)
{
  BelayGrants *grants = belay_grants_new (HOME, ME);

  if (role == BELAY_ROLE_PERSON)
    return grants;
  for (int scope = 0; scope < BELAY_N_SCOPES; scope++)
    if (is_granted ((BelayScope) scope))
      belay_grants_add (grants, role, (BelayScope) scope, id_in (&theirs, (BelayScope) scope));

  return grants;
}

/* What the role may do with what is another person's, as "read companion, read report" */
static char *
list_what_is_allowed (BelayRole role)
{
  g_autoptr (BelayGrants) grants = make_grants (role);
  GString *list = g_string_new (NULL);

  for (int object = 0; object < BELAY_N_OBJECTS; object++)
    for (int act = 0; act < BELAY_N_ACTS; act++)
      if (belay_rights_allow (grants, (BelayAct) act, (BelayObject) object, &theirs))
        g_string_append_printf (list, "%s%s %s", list->len > 0 ? ", " : "", belay_act_to_string ((BelayAct) act),
                                belay_object_to_string ((BelayObject) object));

  return g_string_free_and_steal (list);
}

#define OPEN "read organisation"

/* product.md, § Privacy and § Who: what is not in a line is forbidden */
static void
test_each_role_may_do_what_was_promised_and_no_more (void)
{
  static const char *const promised[] = {
    [BELAY_ROLE_PERSON] = OPEN,
    [BELAY_ROLE_LEARNER] = OPEN ", read cohort, read pod, read programme, read course, read companion",
    [BELAY_ROLE_MANAGER] = OPEN ", read report",
    [BELAY_ROLE_BUDDY] = OPEN ", read progress, read report",
    [BELAY_ROLE_MENTOR] = OPEN ", read cohort, read pod, read programme, read course, read companion",
    [BELAY_ROLE_EXPERT] = OPEN ", read cohort, read programme, read course, read companion",
    [BELAY_ROLE_HR] = OPEN ", read cohort, read programme, read companion",
    [BELAY_ROLE_SPONSOR] = OPEN ", read cohort, read programme, read completion",
    [BELAY_ROLE_ORGANISER] = OPEN ", read membership, add membership, remove membership, read cohort, add cohort,"
                                  " change cohort, read pod, add pod, change pod, read programme, change programme,"
                                  " read course, add course, read companion, read completion",
    [BELAY_ROLE_ADMIN] = OPEN ", change organisation, read person, add person, change person, remove person,"
                              " read membership, add membership, change membership, remove membership, read cohort,"
                              " add cohort, change cohort, read pod, add pod, change pod, read programme,"
                              " add programme, change programme, read course, add course, remove course",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (promised) == BELAY_N_ROLES);
  for (int role = 0; role < BELAY_N_ROLES; role++)
    {
      g_autofree char *allowed = list_what_is_allowed ((BelayRole) role);

      g_assert_cmpstr (allowed, ==, promised[role]);
    }
}

static void
test_nobody_reads_what_another_did_or_noted (void)
{
  g_autoptr (BelayGrants) all = belay_grants_new (HOME, ME);

  for (int role = BELAY_ROLE_PERSON + 1; role < BELAY_N_ROLES; role++)
    for (int scope = 0; scope < BELAY_N_SCOPES; scope++)
      if (is_granted ((BelayScope) scope))
        belay_grants_add (all, (BelayRole) role, (BelayScope) scope, id_in (&theirs, (BelayScope) scope));

  for (int act = 0; act < BELAY_N_ACTS; act++)
    {
      g_assert_false (belay_rights_allow (all, (BelayAct) act, BELAY_OBJECT_STATEMENT, &theirs));
      g_assert_false (belay_rights_allow (all, (BelayAct) act, BELAY_OBJECT_STATE, &theirs));
    }
}

static void
test_a_person_has_what_is_their_own (void)
{
  static const BelayTarget own = { .organisation_id = HOME, .person_id = ME };
  g_autoptr (BelayGrants) grants = belay_grants_new (HOME, ME);

  g_assert_true (belay_rights_allow (grants, BELAY_ACT_READ, BELAY_OBJECT_STATEMENT, &own));
  g_assert_true (belay_rights_allow (grants, BELAY_ACT_ADD, BELAY_OBJECT_STATEMENT, &own));
  g_assert_true (belay_rights_allow (grants, BELAY_ACT_REMOVE, BELAY_OBJECT_STATE, &own));
  g_assert_true (belay_rights_allow (grants, BELAY_ACT_READ, BELAY_OBJECT_REPORT, &own));
  /* What was done stays done, and how far one is is not for oneself to say */
  g_assert_false (belay_rights_allow (grants, BELAY_ACT_CHANGE, BELAY_OBJECT_STATEMENT, &own));
  g_assert_false (belay_rights_allow (grants, BELAY_ACT_REMOVE, BELAY_OBJECT_STATEMENT, &own));
  g_assert_false (belay_rights_allow (grants, BELAY_ACT_CHANGE, BELAY_OBJECT_PROGRESS, &own));
  g_assert_false (belay_rights_allow (grants, BELAY_ACT_CHANGE, BELAY_OBJECT_PERSON, &own));
}

static void
test_a_right_ends_where_its_scope_ends (void)
{
  for (const BelayRight *right = belay_rights_next (NULL); right != NULL; right = belay_rights_next (right))
    {
      g_autoptr (BelayGrants) grants = make_grants (right->role);

      if (!is_granted (right->scope))
        continue;
      g_assert_true (belay_rights_allow (grants, right->act, right->object, &theirs));
      g_assert_false (belay_rights_allow (grants, right->act, right->object, &elsewhere));
      g_assert_false (belay_rights_allow (grants, right->act, right->object, &unknown));
      if (right->scope != BELAY_SCOPE_ORGANISATION)
        g_assert_false (belay_rights_allow (grants, right->act, right->object, &beside));
    }
}

static void
test_who_is_not_signed_in_may_only_ask_who_the_server_is (void)
{
  g_autoptr (BelayGrants) nobody = belay_grants_new_nobody ();

  for (int object = 0; object < BELAY_N_OBJECTS; object++)
    for (int act = 0; act < BELAY_N_ACTS; act++)
      g_assert_cmpint (belay_rights_allow (nobody, (BelayAct) act, (BelayObject) object, &theirs), ==,
                       object == BELAY_OBJECT_ORGANISATION && act == BELAY_ACT_READ);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/each role may do what was promised and no more",
                   test_each_role_may_do_what_was_promised_and_no_more);
  g_test_add_func ("/rights/nobody reads what another did or noted", test_nobody_reads_what_another_did_or_noted);
  g_test_add_func ("/rights/a person has what is their own", test_a_person_has_what_is_their_own);
  g_test_add_func ("/rights/a right ends where its scope ends", test_a_right_ends_where_its_scope_ends);
  g_test_add_func ("/rights/who is not signed in may only ask who the server is",
                   test_who_is_not_signed_in_may_only_ask_who_the_server_is);

  return g_test_run ();
}
