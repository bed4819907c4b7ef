#!/usr/bin/env python3
"""Start and memory, against a libadwaita program with an empty window.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import statistics
import time

import measure

TIMES = 5


def start(program, content, environment):
    """(milliseconds to the first frame with content, megabytes of PSS)"""
    environment = dict(environment, LD_PRELOAD=str(measure.BUILD / "tests/bench/bench-frame.so"),
                       BENCH_BEGAN=str(time.monotonic_ns() // 1000))
    if content is not None:
        environment["BENCH_CONTENT"] = content
    took, memory = measure.run(program, env=environment).split()[-2:]
    return int(took) / 1000, int(memory) / 1024


with measure.folder() as folder, measure.Server(folder) as server:
    laptop = server.sign_in("laptop")
    environment = dict(os.environ, XDG_DATA_HOME=str(laptop), XDG_CONFIG_HOME=folder, XDG_CACHE_HOME=folder,
                       DBUS_SESSION_BUS_ADDRESS=os.environ.get("DBUS_SESSION_BUS_ADDRESS", "disabled:"))
    figures = []
    for _ in range(TIMES + 1):
        figures.append((start(measure.BUILD / "prefix/bin/belay", "BelayModuleButton", environment),
                        start(measure.BUILD / "tests/bench/bench-empty", None, environment)))
    middle = [[statistics.median(pair[program][figure] for pair in figures[1:]) for program in (0, 1)] for figure in (0, 1)]
    measure.report("start", *middle[0], "ms", "≤ 1.25", leaves_out="six modules, no blocks; the cairo renderer under Xvfb")
    measure.report("memory at Today", *middle[1], "MB", "≤ 1.4", leaves_out="six modules; PSS with nobody to share with")
