#!/usr/bin/env python3
# test-flatpak.py: a learner studies inside the installed Flatpak without a network, and is cut off
#
# Run by flatpak/root/bundle-test.sh, which knows where the Flatpak is.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os, sys, tempfile

from desk import Desk, Lost, Server

APPLICATION = "org.belay.Belay"


class FlatpakDesk(Desk):
    """The application in its sandbox, with a home of its own."""

    def make_folders(self, folder):
        data = os.path.join(folder, ".var/app", APPLICATION, "data")
        os.makedirs(data)
        self.environment["HOME"] = folder
        for kind in "DATA", "CONFIG", "CACHE":
            self.environment.pop(f"XDG_{kind}_HOME", None)
        return data

    def program(self):
        return ["flatpak", "--user", "run", "--die-with-parent", APPLICATION]


def study(folder):
    server = Server(f"{folder}/server")
    ana = None
    try:
        server.start()
        ana = FlatpakDesk(f"{folder}/ana", server, "Ana Costa")
        ana.open()
        ana.press("button", "^Download$")
        ana.see("button", "^Go on$")
        print("ok 1 - a module is downloaded into the sandbox", flush=True)

        server.stop()
        ana.press("button", "^Go on$")
        ana.press("radio button", "^Add the three columns")
        ana.press("button", "^Answer$")
        ana.see("button", "^Next question$")
        print("ok 2 - a question is answered in the sandbox with the server gone", flush=True)

        ana.kill()
        server.start()
        ana.open()
        ana.see("label", "^All saved on the server")
        print("ok 3 - killed after the answer, it opens again and sends what was done", flush=True)
    except Lost:
        if ana is not None:
            ana.tell()
        raise
    finally:
        if ana is not None:
            ana.kill()
        server.stop()


print("1..3", flush=True)
with tempfile.TemporaryDirectory() as folder:
    try:
        study(folder)
    except (Lost, AssertionError) as error:
        print(f"not ok - {error}")
        sys.exit(1)
