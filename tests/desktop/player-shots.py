#!/usr/bin/env python3
# player-shots.py FOLDER: pictures of a page, a film and a quiz in the player, in each look, into FOLDER
#
# Content is drawn by WebKit's own process, so these are pictures of the screen, of a person's real window.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os, subprocess, sys, tempfile

from desk import Desk, OwnServer, until

LOCALES = {"en": "en_GB.UTF-8", "de": "de_DE.UTF-8"}
LOOKS = [(language, size, scheme, "") for scheme in ("light", "dark") for size in ("1200x800", "360x720") for language in LOCALES]
LOOKS += [("en", "360x720", "light", "-contrast")]
STILL_PICTURES = 8


class Photographer:
    def __init__(self, desk, folder, look):
        self.desk, self.folder = desk, folder
        language, self.size, scheme, more = look
        self.look = f"{language}-{self.size}-{scheme}{more}"

    def resize(self):
        width, height = self.size.split("x")
        window = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Belay"], capture_output=True,
                                text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowsize", "--sync", window, width, height, "mousemove", "1279", "799"], check=True)

    def take(self, name):
        """Once some pictures in a row are the same, so that nothing is on its way any more."""
        path = os.path.join(self.folder, f"player-{name}-{self.look}.png")
        before, still = None, 0

        def is_still():
            nonlocal before, still
            subprocess.run(["import", "-window", "root", "-crop", f"{self.size}+0+0", "+repage", "-define",
                            "png:exclude-chunks=date,time", path], check=True)
            with open(path, "rb") as file:
                now = file.read()
            still, before = still + 1 if now == before else 0, now
            return still == STILL_PICTURES

        until(is_still, "moment at which nothing moves")


def environment(look):
    language, _, scheme, more = look
    changes = {"LC_ALL": LOCALES[language], "LANGUAGE": language}
    if scheme == "dark":
        changes["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
    if more == "-contrast":
        changes["ADW_DEBUG_HIGH_CONTRAST"] = "1"
    return changes


def photograph(folder, pictures, look):
    os.environ.update(environment(look))
    server = OwnServer(f"{folder}/server", {"decay": os.path.join(os.environ["BELAY_DEMO"], "modules", "decay")})
    server.start()
    desk = Desk(f"{folder}/ana", server, "Ana")
    camera = Photographer(desk, pictures, look)
    try:
        desk.open()
        camera.resize()
        desk.press("button", "^(Download|Herunterladen)$")
        for name, ready in ("page", "^I have read this$"), ("film", "^[Pp]lay"), ("quiz", "^Answer$"):
            desk.press("button", "^(Start|Go on|Anfangen|Beginnen|Starten|Weiter|Weitermachen)$")
            desk.see("button", ready)
            camera.take(name)
            if name == "page":
                desk.press("button", ready)
                desk.see("image", " · ")
                camera.take("page-done")
            if name == "film":
                desk.click(next(node for node in desk.nodes() if "What is said" in (node.get_name() or "")).get_role_name(), "What is said")
                desk.press("button", "^I have read this$")
                desk.see("image", " · ")
            if name == "quiz":
                desk.press("radio button", "^In its code")
                desk.press("button", "^Answer$")
                desk.see("button", "^Next question$")
                camera.take("quiz-answered")
            desk.key("Escape")
    finally:
        desk.kill()
        server.stop()
        for name in environment(look):
            del os.environ[name]


def main():
    with tempfile.TemporaryDirectory() as folder:
        for number, look in enumerate(LOOKS):
            photograph(f"{folder}/{number}", sys.argv[1], look)


main()
