#!/usr/bin/env python3
"""run-suites.py BUILD [--strict] [--label WORD] [--without SUITE]… [SUITE…]: runs the tests of a build.

A SUITE is one of meson's suites or the name of a test. Each suite has a budget of time; what runs
longer has failed. Counts test cases, not programs, names what failed and what was skipped and why,
and ends with “N passed, N failed, N skipped”. --strict: a case may skip only for want of ../shared.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

SECONDS = {"lint": 180, "unit": 180, "store": 180, "sync": 300, "server": 420, "ui": 420, "journeys": 600}
SECONDS_OTHERWISE = 300
CASE = re.compile(r"^\s*(not )?ok\b\s*\d*\s*(?:- )?([^#\n]*?)\s*(?:#\s*(SKIP)\b:?\s*(.*))?$", re.IGNORECASE)
MAY_SKIP = re.compile(r"\.\./shared|/shared\b|BELAY_SHARED")


def introspect(build):
    output = subprocess.run(["meson", "introspect", "--tests", build], check=True, capture_output=True, text=True).stdout
    suites, names = {}, set()
    for test in json.loads(output):
        names.add(test["name"])
        for suite in test["suite"]:
            suites.setdefault(suite.split(":")[-1], []).append(test["name"])
    return suites, names


def cases_of(test):
    """[(verdict, name, reason)] of one program: its TAP cases, or itself where it speaks no TAP"""
    name, result, cases = test["name"].split(" / ")[-1], test["result"], []
    for line in test.get("stdout", "").split("\n"):
        found = CASE.match(line)
        if not found:
            continue
        case = f"{name}: {found[2]}"
        if (found[3] or "").upper() == "SKIP":
            cases.append(("skipped", case, found[4]))
        else:
            cases.append(("failed" if found[1] else "passed", case, ""))
    whole = {"OK": "passed", "SKIP": "skipped"}.get(result, "failed")
    if not cases:
        return [(whole, name, "the program skipped itself" if whole == "skipped" else result)]
    if whole == "failed" and not any(verdict == "failed" for verdict, _, _ in cases):
        cases.append(("failed", name, f"the program ended with {result}"))
    return cases


def run(build, label, arguments, seconds):
    logs = pathlib.Path(build) / "meson-logs"
    base = "suite-" + re.sub(r"\W", "-", label)
    journal = logs / f"{base}.json"
    journal.unlink(missing_ok=True)
    command = ["meson", "test", "-C", build, "--no-rebuild", "--print-errorlogs", "--logbase", base, *arguments]
    process = subprocess.Popen(command, stdout=sys.stderr, stderr=sys.stderr, stdin=subprocess.DEVNULL)
    in_time = True
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        in_time = False
        process.terminate()
        process.wait()
    cases = []
    if journal.exists():
        for line in journal.read_text().splitlines():
            cases += cases_of(json.loads(line))
    if not in_time:
        cases.append(("failed", label, f"did not end within its {seconds} seconds"))
    elif process.returncode != 0 and not any(verdict == "failed" for verdict, _, _ in cases):
        cases.append(("failed", label, f"meson test ended with {process.returncode}"))
    return cases


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--label", default="")
    parser.add_argument("--slower", type=int, default=1)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("suites", nargs="*")
    options = parser.parse_args()

    suites, names = introspect(options.build)
    wanted = options.suites or [suite for suite in suites if suite not in options.without]
    cases = []
    for suite in wanted:
        seconds = SECONDS.get(suite, SECONDS_OTHERWISE) * options.slower
        arguments = [f"--timeout-multiplier={options.slower}"]
        if suite in suites:
            arguments += ["--suite", suite]
        elif suite in names:
            arguments += [suite]
        else:
            cases.append(("failed", suite, f"there is no such suite; there are {', '.join(sorted(suites))}"))
            continue
        cases += run(options.build, suite, arguments, seconds)

    count = {"passed": 0, "failed": 0, "skipped": 0}
    for verdict, name, reason in cases:
        if verdict == "skipped" and options.strict and not MAY_SKIP.search(reason):
            verdict, reason = "failed", f"skipped, which only what needs ../shared may here: {reason}"
        count[verdict] += 1
        if verdict != "passed":
            print(f"{verdict}: {options.label}{name}" + (f": {reason}" if reason else ""))
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    sys.exit(1 if count["failed"] else 0)


if __name__ == "__main__":
    main()
