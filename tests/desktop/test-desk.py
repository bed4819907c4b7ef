#!/usr/bin/env python3
# test-desk.py: a learner studies in the real window without a network, is cut off, and the manager sees it
#
# SPDX-License-Identifier: GPL-3.0-or-later
import sys, tempfile

from desk import Desk, Lost, Server


def answer(desk, *choices):
    for choice in choices:
        desk.press("radio button" if len(choices) == 1 else "check box", choice)
    desk.press("button", "^Answer$")


def study(folder):
    server = Server(f"{folder}/server")
    desks = []
    try:
        server.start()
        ana = Desk(f"{folder}/ana", server, "Ana Costa")
        desks.append(ana)
        ana.open()
        ana.press("button", "^Download$")
        ana.see("button", "^Go on$")
        print("ok 1 - a module is downloaded and ready", flush=True)

        server.stop()
        ana.press("button", "^Go on$")
        answer(ana, "^Add the three columns")
        ana.see("button", "^Next question$")
        print("ok 2 - a question is answered with the server gone", flush=True)

        ana.kill()
        ana.open()
        ana.press("button", "^Go on$")
        answer(ana, "^Little, until you have restored")
        ana.press("button", "^Next question$")
        answer(ana, "^The number can be worked out", "^One can see how")
        ana.press("button", "^Next question$")
        ana.see("button", "^Leave$")
        print("ok 3 - killed after an answer, it goes on with the next question", flush=True)
        ana.press("button", "^Leave$")
        ana.see("button", "^Download$")

        server.start()
        ana.act("win.sync-now")
        ana.see("label", "^All saved on the server")
        assert ana.close() == 0, "the application did not end well"
        print("ok 4 - all of it is on the server once that is back", flush=True)

        nora = Desk(f"{folder}/nora", server, "Nora Lind")
        desks.append(nora)
        nora.open()
        nora.key("ctrl+3")
        nora.see("list item", "^Ana Costa, 66")
        seen = [node.get_name() for node in nora.nodes() if (node.get_name() or "").startswith("Ana Costa,")]
        assert len(seen) == 1, f"she is listed more than once: {seen}"
        print("ok 5 - her manager's list shows it, once", flush=True)
    except Lost:
        for desk in desks:
            desk.tell()
        raise
    finally:
        for desk in desks:
            desk.kill()
        server.stop()


print("1..5", flush=True)
with tempfile.TemporaryDirectory() as folder:
    try:
        study(folder)
    except (Lost, AssertionError) as error:
        print(f"not ok - {error}")
        sys.exit(1)
