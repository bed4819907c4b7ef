"""measure.py: what rows of the bench have in common

A row is a program row-NAME.py beside this file. It measures Belay and a reference that does the same bare work, in one
run, and calls report() for each line of the table. Nothing here passes or fails.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ["BELAY_BUILD"]) / "plain"
SOURCE = pathlib.Path(os.environ["BELAY_SOURCE"])
SERVER = BUILD / "prefix/bin/belay-server"
PASSWORD = "summit-and-rope"


def report(name, belay, reference, unit, goal, faster=False, leaves_out=""):
    """One line of the table: times or sizes; @faster: the goal is about speed, so the ratio is turned over.
    @goal: such as "≤ 1.25" or "≥ 0.8"."""
    ratio = reference / belay if faster else belay / reference
    bound = float(goal[1:])
    met = ratio <= bound if goal.startswith("≤") else ratio >= bound
    print(json.dumps({"name": name, "belay": f"{belay:.4g} {unit}", "reference": f"{reference:.4g} {unit}",
                      "ratio": round(ratio, 2), "goal": goal, "met": met, "leaves_out": leaves_out}))


def median_of_pairs(count, belay, reference):
    """The medians of @count runs of each, by turns; one of each before does not count"""
    belay(), reference()
    pairs = [(belay(), reference()) for _ in range(count)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def folder():
    """A folder on a disk, not in memory, that goes at the end"""
    parent = pathlib.Path(os.environ["BELAY_BUILD"]) / "bench"
    parent.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=parent)


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE, text=True, **options).stdout


class Server:
    """A server on new data in @folder: the demo, or one learner and one module made of @course"""

    def __init__(self, folder, course=None):
        self.folder = pathlib.Path(folder) / "server"
        self.folder.mkdir()
        self.environment = dict(os.environ, BELAY_DATABASE=f"sqlite:{self.folder}/belay.sqlite",
                                BELAY_CONTENT=f"{self.folder}/content", BELAY_KEYS=f"{self.folder}/keys",
                                BELAY_LOG_REQUESTS="false", DBUS_SESSION_BUS_ADDRESS="disabled:")
        options = ["--demo", "--demo-folder", SOURCE / "data/demo"] if course is None else []
        if course is not None:
            self._prepare(course)
        self.process = subprocess.Popen([SERVER, "serve", *options, "--ready-json", "--listen", "127.0.0.1:0"],
                                        env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ready = json.loads(self.process.stdout.readline())

    def _prepare(self, course):
        yesterday = (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
        for words in (["init", "--name", "Bench"], ["course", "import", course, "--key", "rope"],
                      ["programme", "apply", SOURCE / "tests/journeys/data/programme.yaml"],
                      ["cohort", "add", "harbour", "--programme", "first-ascent", "--starts", yesterday, "--time-zone", "UTC"],
                      ["person", "add", "Ana", "ana@granit.example", "--roles", "learner", "--cohort", "harbour",
                       "--password-file", "-"]):
            run(SERVER, *words, env=self.environment, input=PASSWORD + "\n", stderr=subprocess.STDOUT)

    def sign_in(self, name, email="ana@granit.example"):
        """Returns the data folder of a new laptop, in which @email is signed in"""
        laptop = self.folder.parent / name
        run(BUILD / "tests/support/belay-sign-in", laptop / "belay", self.ready["url"], email, input=PASSWORD + "\n",
            env=self.environment)
        return laptop

    def laptop(self, *words):
        """bench-laptop's figures"""
        output = run(BUILD / "tests/bench/bench-laptop", *words, env=self.environment)
        return [float(word) for word in output.split()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
