#!/usr/bin/env python3
# test-native.py: a module of Belay's own is read, watched and answered, cut off and left in the middle of each
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os, sys, tempfile

from desk import Desk, Lost, OwnServer, expect_said, until

MODULE = os.path.join(os.environ["BELAY_DEMO"], "modules", "decay")
DONE_HERE = "^Completed · safe here$"


def go_on(desk):
    desk.press("button", "^(Start|Go on)$")


def go_back(desk):
    desk.press("button", "^Back$")
    desk.see("label", "^Today$")


def answer(desk, kind, *choices):
    for choice in choices:
        desk.press(kind, choice)
    desk.press("button", "^Answer$")
    desk.press("button", "^Next question$")


def reach(desk):
    assert not desk.has_loaded("libwebkitgtk"), "WebKit is there before anybody wants to study"
    desk.walk_to("button", "^Start$")
    until(lambda: desk.has_loaded("libwebkitgtk"), "WebKit")
    print("ok 1 - the player is loaded when somebody comes to Start, and not before", flush=True)


def read(desk):
    desk.key("Return")
    desk.walk_to("button", "^I have read this$")
    desk.key("F6")
    desk.see_focus("button", "^Back$")
    desk.key("F6")
    desk.see_focus("button", "^I have read this$")
    desk.key("Return")
    desk.see("image", DONE_HERE)
    desk.key("Escape")
    desk.see("label", "^Today$")
    print("ok 2 - a page is opened, done and left by the keyboard alone", flush=True)


def watch(desk):
    go_on(desk)
    desk.see("document web", "^Four ropes$")
    desk.press("button", "^[Pp]lay")
    desk.see("button", "^[Pp]ause")
    desk.kill()
    desk.open()
    print("ok 3 - killed while a film plays, the application opens again", flush=True)
    go_on(desk)
    desk.press("button", "^[Pp]lay")
    desk.see("image", DONE_HERE)
    go_back(desk)
    print("ok 4 - a film is done when it was seen to its end", flush=True)


def answer_all(desk):
    go_on(desk)
    answer(desk, "radio button", "^In its code")
    desk.see("radio button", "timeout_value")
    go_back(desk)
    go_on(desk)
    answer(desk, "radio button", "^timeout_value")
    print("ok 5 - a quiz that was left in the middle goes on with the next question", flush=True)
    answer(desk, "check box", "^Leave it")
    desk.see("heading", "You need 60 %")
    desk.press("button", "^Leave$")
    desk.see("label", "^Today$")

    go_on(desk)
    answer(desk, "radio button", "^At what it relies on")
    answer(desk, "radio button", "^answer_timeout_seconds")
    answer(desk, "check box", "^Rename it now", "^Ask the warehouse")
    desk.see("heading", "^Passed with 100 %")
    desk.see("image", DONE_HERE)
    desk.press("button", "^Leave$")
    desk.see("label", "^Today$")
    print("ok 6 - one that was failed can be tried again, and is passed", flush=True)


def journey(server, desks, folder):
    server.start()
    ana = Desk(f"{folder}/ana", server, "Ana")
    desks.append(ana)
    ana.open()
    ana.press("button", "^Download$")
    ana.see("button", "^Start$")
    server.stop()
    reach(ana)
    read(ana)
    watch(ana)
    answer_all(ana)
    server.start()
    ana.act("win.sync-now")
    ana.see("label", "^All saved on the server")
    assert ana.close() == 0, "the application did not end well"

    wanted = {"launched": 6, "initialized": 6, "terminated": 5, "abandoned": 1, "completed": 3, "passed": 1, "failed": 1,
              "satisfied": 1}
    expect_said(ana.statements(), wanted, "on the laptop")
    expect_said(server.statements(), wanted, "on the server")
    print("ok 7 - laptop and server have each launch and result once, and the one that was cut off as abandoned", flush=True)


print("1..7", flush=True)
desks = []
with tempfile.TemporaryDirectory() as folder:
    server = OwnServer(f"{folder}/server", {"decay": MODULE})
    try:
        journey(server, desks, folder)
    except (Lost, AssertionError) as error:
        for desk in desks:
            desk.tell()
        print(f"not ok - {error}")
        sys.exit(1)
    finally:
        for desk in desks:
            desk.kill()
        server.stop()
