#!/usr/bin/env python3
# test-launch.py: what cmi5 asks of who launches a unit, asked as a unit would, over HTTP
#
# Sections are those of the cmi5 specification.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import json, os, sys, tempfile, traceback, urllib.parse, uuid

from host import ADL, CATEGORY, SESSION, W3ID, Launch, block, package, unit, verbs

CONTEXT = "https://w3id.org/xapi/cmi5/context/extensions/"
GENERAL = {"parameters": "<launchParameters>page=3</launchParameters>", "key": "<entitlementKey>abc</entitlementKey>"}
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def same(found, wanted, what):
    assert found == wanted, f"{what}: {found}, and not {wanted}"


class Places:
    """Courses and folders of one test"""

    def __init__(self, folder):
        self.folder, self.count = folder, 0

    def new(self):
        self.count += 1
        return f"{self.folder}/{self.count}"

    def course(self, *members):
        return package(self.new() + ".zip", *members)

    def one(self, attributes="", children=""):
        return self.course(unit("one", attributes, children))


@test
def the_launch_address_has_what_a_unit_needs(places):
    "8.1: endpoint, fetch, actor, registration and activityId, merged into the unit's own query"
    with Launch(places.one(), places.new()) as launch:
        p = launch.parameters
        same(sorted(p), ["activityId", "actor", "endpoint", "fetch", "registration", "unit"], "parameters")
        same(p["unit"], "one", "the unit's own query")
        actor = json.loads(p["actor"])
        same((actor["objectType"], sorted(actor["account"])), ("Agent", ["homePage", "name"]), "actor")
        uuid.UUID(p["registration"])
        assert p["activityId"] != "https://publisher.example/one", "the activity has the publisher's id (8.1.5)"
        same(urllib.parse.urlsplit(p["endpoint"]).netloc, launch.url.netloc, "the endpoint's origin")


@test
def the_credential_is_fetched_once_by_post(places):
    "8.2"
    with Launch(places.one(), places.new()) as launch:
        same(launch.fetch("GET")[0], 405, "GET")
        status, answer = launch.fetch()
        same((status, list(answer)), (200, ["auth-token"]), "the first time")
        launch.token = answer["auth-token"]
        status, answer = launch.fetch()
        same((status, answer["error-code"]), (200, "1"), "the second time")
        same(launch.ask("POST", launch.parameters["fetch"] + "x")[0], 404, "another address")
        same(launch.initialize(), 204, "with the credential")
        same(launch.ask("GET", launch.parameters["endpoint"] + "/statements")[0], 401, "without one")
        same(launch.ask("GET", launch.parameters["endpoint"] + "/statements", headers={
            "Authorization": "Basic " + launch.token[:-4] + "AAAA"})[0], 401, "with a wrong one")


@test
def launch_data_says_how_it_was_launched(places):
    "10"
    attributes = 'moveOn="CompletedAndPassed" masteryScore="0.65" launchMethod="OwnWindow"'
    with Launch(places.one(attributes, GENERAL["parameters"] + GENERAL["key"]), places.new()) as launch:
        data = launch.launch_data()
        template = data.pop("contextTemplate")
        same(data, {"launchMode": "Normal", "launchMethod": "OwnWindow", "launchParameters": "page=3", "masteryScore": 0.65,
                    "moveOn": "CompletedAndPassed", "returnURL": launch.return_url,
                    "entitlementKey": {"courseStructure": "abc"}}, "launch data")
        same([item["id"] for item in template["contextActivities"]["grouping"]], ["https://publisher.example/one"], "grouping")
        same(template["extensions"], {SESSION: launch.session}, "extensions")
    with Launch(places.one(), places.new()) as launch:
        same(sorted(launch.launch_data()), ["contextTemplate", "launchMethod", "launchMode", "moveOn", "returnURL"],
             "launch data of a plain unit")


@test
def launch_data_is_not_the_units_to_change(places):
    "10: by any method, or with all states together"
    with Launch(places.one(), places.new()) as launch:
        for method in "PUT", "POST", "DELETE":
            same(launch.state(method, "LMS.LaunchData", {} if method != "DELETE" else None)[0], 403, method)
        same(launch.state("PUT", "suspendData", {"page": 2})[0], 204, "its own state")
        same(launch.state("DELETE", None)[0], 204, "all of them")
        same(launch.state("GET", "suspendData")[0], 404, "its own state afterwards")
        assert launch.launch_data()["launchMode"] == "Normal"


@test
def launched_is_said_before_the_unit_opens(places):
    "9.3.1, 9.6.3"
    attributes = 'moveOn="Passed" masteryScore="0.65"'
    with Launch(places.one(attributes, GENERAL["parameters"]), places.new()) as launch:
        same(verbs(launch.said), ["launched"], "said before the address was told")
        context = launch.said[0]["context"]
        address = launch.url._replace(query="unit=one").geturl()
        same(context["extensions"], {SESSION: launch.session, CONTEXT + "launchmode": "Normal", CONTEXT + "moveon": "Passed",
                                     CONTEXT + "launchurl": address, CONTEXT + "launchparameters": "page=3",
                                     CONTEXT + "masteryscore": 0.65}, "extensions")
        same(context["registration"], launch.parameters["registration"], "registration")
        same([item["id"] for item in context["contextActivities"]["category"]], [CATEGORY + "cmi5"], "category")
        same([item["id"] for item in context["contextActivities"]["grouping"]], ["https://publisher.example/one"], "grouping")
        same(launch.said[0]["object"]["id"], launch.parameters["activityId"], "object")


OK, NO = 204, 403
ALLOWED = ()
JUDGED = ("cmi5", "moveon")
PASSED, FAILED, COMPLETED, TERMINATED = ADL + "passed", ADL + "failed", ADL + "completed", ADL + "terminated"
INITIALIZED, EXPERIENCED = ADL + "initialized", ADL + "experienced"
D = {"duration": "PT1S"}
DONE, GOOD, BAD = {"completion": True, **D}, {"success": True, **D}, {"success": False, **D}


def scaled(result, share):
    return {**result, "score": {"scaled": share}}


# What is said, in this order, of a unit with a mastery score of 0.8, and what is answered
SAID = {
    "9.3.2 nothing goes before initialized": [
        (EXPERIENCED, None, ALLOWED, NO), (COMPLETED, DONE, JUDGED, NO), (TERMINATED, D, ("cmi5",), NO),
        (INITIALIZED, None, ("cmi5",), OK), (EXPERIENCED, None, ALLOWED, OK)],
    "9.3.2 initialized is said once": [(INITIALIZED, None, ("cmi5",), OK), (INITIALIZED, None, ("cmi5",), NO)],
    "9.3.3 completed is said once": [
        (INITIALIZED, None, ("cmi5",), OK), (COMPLETED, DONE, JUDGED, OK), (COMPLETED, DONE, JUDGED, NO)],
    "9.3.4 passed is said once, and never failed after it": [
        (INITIALIZED, None, ("cmi5",), OK), (PASSED, GOOD, JUDGED, OK), (PASSED, GOOD, JUDGED, NO), (FAILED, BAD, JUDGED, NO)],
    "9.3.5 who failed does not pass in the same session": [
        (INITIALIZED, None, ("cmi5",), OK), (FAILED, BAD, JUDGED, OK), (PASSED, GOOD, JUDGED, NO)],
    "9.3.8 nothing follows terminated": [
        (INITIALIZED, None, ("cmi5",), OK), (TERMINATED, D, ("cmi5",), OK), (EXPERIENCED, None, ALLOWED, NO),
        (COMPLETED, DONE, JUDGED, NO), (TERMINATED, D, ("cmi5",), NO)],
    "9.3.4 a pass lies at the mastery score or above": [
        (INITIALIZED, None, ("cmi5",), OK), (PASSED, scaled(GOOD, 0.79), JUDGED, NO), (PASSED, scaled(GOOD, 0.8), JUDGED, OK)],
    "9.3.5 a failure lies below the mastery score": [
        (INITIALIZED, None, ("cmi5",), OK), (FAILED, scaled(BAD, 0.8), JUDGED, NO), (FAILED, scaled(BAD, 0.79), JUDGED, OK)],
    "9.5.1 a score lies between 0 and 1": [(INITIALIZED, None, ("cmi5",), OK), (FAILED, scaled(BAD, -0.1), JUDGED, NO)],
    "9.5.1 only what is passed or failed has a score": [
        (INITIALIZED, None, ("cmi5",), OK), (COMPLETED, scaled(DONE, 0.9), JUDGED, NO)],
    "9.5.2 success says what the verb says": [
        (INITIALIZED, None, ("cmi5",), OK), (PASSED, BAD, JUDGED, NO), (FAILED, GOOD, JUDGED, NO), (PASSED, D, JUDGED, NO),
        (COMPLETED, {**DONE, "success": True}, JUDGED, NO)],
    "9.5.3 completion says what the verb says": [
        (INITIALIZED, None, ("cmi5",), OK), (COMPLETED, {**D, "completion": False}, JUDGED, NO), (COMPLETED, D, JUDGED, NO),
        (PASSED, {**GOOD, "completion": True}, JUDGED, NO)],
    "9.5.4.1 what ends or judges has a duration": [
        (INITIALIZED, None, ("cmi5",), OK), (COMPLETED, {"completion": True}, JUDGED, NO), (PASSED, {"success": True}, JUDGED, NO),
        (FAILED, {"success": False}, JUDGED, NO), (TERMINATED, None, ("cmi5",), NO)],
    "9.6.2.2 the category of moveOn goes with what is judged, and with nothing else": [
        (INITIALIZED, None, JUDGED, NO), (INITIALIZED, None, ("cmi5",), OK), (COMPLETED, DONE, ("cmi5",), NO)],
    "7.1.3 a verb that is not of cmi5 has not its category": [
        (INITIALIZED, None, ("cmi5",), OK), (EXPERIENCED, None, ("cmi5",), NO), (EXPERIENCED, None, ALLOWED, OK)],
    "9.3 the verbs of who launches are not the unit's": [
        (INITIALIZED, None, ("cmi5",), OK), (ADL + "launched", None, ("cmi5",), NO), (W3ID + "abandoned", D, ("cmi5",), NO),
        (W3ID + "waived", {"success": True, "completion": True}, JUDGED, NO), (W3ID + "satisfied", None, ("cmi5",), NO)],
}


def order(name, steps):
    def follow(places):
        with Launch(places.one('masteryScore="0.8"'), places.new()) as launch:
            for number, (verb, result, categories, wanted) in enumerate(steps, 1):
                same(launch.say(verb, result, categories), wanted, f"{number}: {verb} {result}")
    follow.__name__ = name
    return follow


for name, steps in SAID.items():
    TESTS.append(order(name, steps))


@test
def a_statement_is_of_this_launch(places):
    "6.3, 8.2.1, 9.6: another session, registration, actor or activity, or a voiding, is refused"
    with Launch(places.one(), places.new()) as launch:
        same(launch.initialize(), OK, "initialized")
        done = launch.statement(COMPLETED, DONE, JUDGED)
        other = str(uuid.uuid4())

        def changed(change):
            statement = json.loads(json.dumps(done))
            statement["id"] = str(uuid.uuid4())
            change(statement)
            return launch.xapi("PUT", "statements", statement, statementId=statement["id"])[0]

        same(changed(lambda s: s["context"]["extensions"].update({SESSION: other})), NO, "another session")
        same(changed(lambda s: s["context"]["extensions"].pop(SESSION)), NO, "no session")
        same(changed(lambda s: s["context"].update(registration=other)), NO, "another registration")
        same(changed(lambda s: s["context"].pop("registration")), NO, "no registration")
        same(changed(lambda s: s["actor"]["account"].update(name=other)), NO, "another actor")
        same(changed(lambda s: s["object"].update(id="urn:uuid:" + other)), NO, "another activity")
        same(changed(lambda s: s["context"]["contextActivities"].pop("grouping")), NO, "no publisher's id")
        same(changed(lambda s: s.pop("timestamp")), NO, "no timestamp")
        same(changed(lambda s: s.update(verb={"id": ADL + "voided"}, object={
            "objectType": "StatementRef", "id": launch.said[0]["id"]})), NO, "a voiding")
        same(launch.state("PUT", "x", {}, activityId="urn:uuid:" + other)[0], NO, "a state of another activity")
        same(launch.state("PUT", "x", {}, registration=other)[0], NO, "a state of another registration")
        same(changed(lambda s: None), OK, "its own")


@test
def what_is_said_again_is_said_once(places):
    "the reply was lost, and the unit says it again under the same id"
    with Launch(places.one(), places.new()) as launch:
        launch.initialize()
        done = launch.statement(COMPLETED, DONE, JUDGED)
        same([launch.xapi("PUT", "statements", done, statementId=done["id"])[0] for _ in range(2)], [OK, OK], "twice")
        same(verbs(launch.end()).count("completed"), 1, "times it was stored")


@test
def what_was_answered_is_on_the_disk(places):
    "killed after each answer, the next launch knows of all of them"
    course, folder, wanted = places.one(), places.new(), []
    for act in ("initialize", "complete"), ("initialize", "succeed"):
        with Launch(course, folder) as launch:
            for step in act:
                same(getattr(launch, step)(), OK, step)
                wanted.append(step)
            same(launch.state("PUT", "suspendData", {"steps": wanted})[0], OK, "a state")
            launch.kill()
    with Launch(course, folder) as launch:
        same(launch.state("GET", "suspendData")[1], {"steps": wanted}, "the state")
        same([launch.initialize(), launch.complete(), launch.succeed()], [OK, NO, NO], "said again")


@test
def a_launch_that_ends_without_a_word_is_abandoned(places):
    "9.3.6, 9.5.4.2, once"
    with Launch(places.one('moveOn="Completed"'), places.new()) as launch:
        launch.initialize()
        said = launch.end()
    same(verbs(said), ["launched", "initialized", "abandoned"], "said")
    same(said[2]["context"]["extensions"][SESSION], launch.session, "session")
    assert said[2]["result"]["duration"].startswith("PT"), said[2]


@test
def a_launch_that_terminated_is_not_abandoned(places):
    "9.3.6, 9.3.8"
    with Launch(places.one('moveOn="Completed"'), places.new()) as launch:
        launch.initialize()
        launch.terminate()
        same(verbs(launch.end()), ["launched", "initialized", "terminated"], "said")


@test
def a_session_that_was_cut_off_is_abandoned_by_the_next(places):
    "9.3.6: kill -9, then another unit of the same registration"
    course, folder = places.course(unit("one"), unit("two")), places.new()
    with Launch(course, folder) as cut:
        cut.initialize()
        same(cut.state("PUT", "suspendData", {"page": 7})[0], 204, "a state")
        cut.kill()
    with Launch(course, folder, unit=1) as launch:
        same(verbs(launch.said), ["abandoned", "launched"], "said by the next launch")
        same(launch.said[0]["context"]["extensions"][SESSION], cut.session, "whose session was abandoned")
        same(launch.said[0]["object"]["id"], cut.parameters["activityId"], "whose activity")
        same(launch.parameters["registration"], cut.parameters["registration"], "registration")
        assert launch.session != cut.session, "two sessions have one id"
    with Launch(course, folder) as again:
        same(again.said[0]["verb"]["display"]["en"], "launched", "what is said first the third time")
        same(again.state("GET", "suspendData"), (200, {"page": 7}), "where it was left")


@test
def what_was_passed_stays_passed_in_the_next_session(places):
    "9.3: of one registration"
    course, folder = places.one(), places.new()
    with Launch(course, folder) as launch:
        same([launch.initialize(), launch.complete(), launch.fail(), launch.terminate()], [OK] * 4, "first session")
        launch.end()
    with Launch(course, folder) as launch:
        same([launch.initialize(), launch.complete(), launch.succeed(), launch.terminate()], [OK, NO, OK, OK], "second session")
        launch.end()
    with Launch(course, folder) as launch:
        same([launch.initialize(), launch.succeed(), launch.fail()], [OK, NO, NO], "third session")


@test
def looking_back_judges_nothing(places):
    "10.2.2: in Browse and Review only initialized and terminated are said"
    for mode in "Browse", "Review":
        with Launch(places.one(), places.new(), mode=mode) as launch:
            same(launch.launch_data()["launchMode"], mode, "launch mode")
            same([launch.initialize(), launch.complete(), launch.succeed(), launch.fail(), launch.terminate()],
                 [OK, NO, NO, NO, OK], mode)


@test
def preferences_are_the_learners(places):
    "11: in the agent's profile, of this learner alone"
    with Launch(places.one(), places.new()) as launch:
        agent = launch.parameters["actor"]
        preferences = {"languagePreference": "de-CH,fr", "audioPreference": "off"}
        name = "cmi5LearnerPreferences"
        same(launch.xapi("GET", "agents/profile", agent=agent, profileId=name)[0], 404, "before")
        same(launch.xapi("PUT", "agents/profile", preferences, agent=agent, profileId=name)[0], OK, "written")
        same(launch.xapi("GET", "agents/profile", agent=agent, profileId=name), (200, preferences), "read")
        stranger = agent.replace(json.loads(agent)["account"]["name"], "stranger")
        same(launch.xapi("PUT", "agents/profile", preferences, agent=stranger, profileId=name)[0], NO, "of another")


# moveOn of three units in two blocks, what each says, and what is satisfied by it (13.1.4, 9.3.9)
MOVES = [
    ("Completed", ["complete"], True), ("Completed", ["succeed"], False), ("Passed", ["succeed"], True),
    ("Passed", ["complete"], False), ("Passed", ["fail"], False), ("CompletedAndPassed", ["complete"], False),
    ("CompletedAndPassed", ["complete", "succeed"], True), ("CompletedOrPassed", ["complete"], True),
    ("CompletedOrPassed", ["succeed"], True), ("CompletedOrPassed", ["fail"], False), ("NotApplicable", [], True),
]


@test
def a_course_is_satisfied_as_move_on_says(places):
    "9.3.9, 13.1.4; what needs nothing is satisfied as soon as it is registered (9.6.1)"
    for move_on, acts, wanted in MOVES:
        with Launch(places.one(f'moveOn="{move_on}"'), places.new()) as launch:
            launch.initialize()
            for act in acts:
                same(getattr(launch, act)(), OK, act)
            launch.terminate()
            same("satisfied" in verbs(launch.end()), wanted, f"{move_on} after {acts}")


@test
def each_block_and_then_the_course_are_satisfied_once(places):
    "9.3.9, 9.4, 9.6.2.3: by the session that did it, with identifiers that are not the publisher's"
    course = places.course(block("outer", unit("one", 'moveOn="Completed"'),
                                 block("inner", unit("two", 'moveOn="Completed"'))), unit("three", 'moveOn="Completed"'))
    folder, told, sessions = places.new(), [], []
    for number in 1, 0, 2, 2:
        with Launch(course, folder, unit=number) as launch:
            sessions.append(launch.session)
            launch.initialize()
            launch.complete()
            launch.terminate()
            told += [statement for statement in launch.end() if verbs([statement]) == ["satisfied"]]
    same([statement["context"]["contextActivities"]["grouping"][0]["id"] for statement in told],
         [f"https://publisher.example/{name}" for name in ("inner", "outer", "course")], "what was satisfied")
    same([statement["context"]["extensions"][SESSION] for statement in told], sessions[:3], "in which session")
    kinds = [statement["object"]["definition"]["type"].rsplit("/", 1)[-1] for statement in told]
    same(kinds, ["block", "block", "course"], "of which kind")
    same(len({statement["object"]["id"] for statement in told}), 3, "how many objects")
    assert not any("publisher" in statement["object"]["id"] for statement in told), "an object has the publisher's id"


@test
def nothing_is_served_beside_the_launch(places):
    "other hosts, other paths, and after its end"
    with Launch(places.one(), places.new()) as launch:
        root = f"http://{launch.url.netloc}"
        same(launch.ask("GET", root + "/")[0], 404, "the root")
        same(launch.ask("GET", launch.url._replace(path=launch.url.path + "/../../cmi5.xml").geturl())[0], 404, "a path out")
        same(launch.ask("GET", launch.url.geturl(), headers={"Host": "evil.example"})[0], 403, "another host's name")
        same(launch.ask("PUT", launch.url.geturl(), "x")[0], 405, "writing a page")
        same(launch.ask("GET", launch.url.geturl())[0], 200, "its page")


def main():
    failed = 0
    print(f"1..{len(TESTS)}", flush=True)
    for number, function in enumerate(TESTS, 1):
        name = function.__name__.replace("_", " ")
        with tempfile.TemporaryDirectory() as folder:
            try:
                function(Places(folder))
                print(f"ok {number} - {name}", flush=True)
            except Exception as error:
                failed += 1
                print(f"not ok {number} - {name}", flush=True)
                print("# " + (str(error) if isinstance(error, AssertionError) else traceback.format_exc()).replace("\n", "\n# "),
                      flush=True)
    return 1 if failed else 0


sys.exit(main())
