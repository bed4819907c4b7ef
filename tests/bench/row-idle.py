#!/usr/bin/env python3
"""A step of sync when nothing changed, against an empty reply of the same server.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import measure

COUNT = 100
STATEMENTS = 2000

with measure.folder() as folder, measure.Server(folder) as server:
    laptop = server.sign_in("laptop") / "belay"
    server.laptop("record", laptop, STATEMENTS)
    runs = sorted((server.laptop("idle", laptop, COUNT) for _ in range(3)), key=lambda run: run[0] / run[1])
    steps, requests = runs[1]
    measure.report("sync idle", steps / COUNT * 1000, requests / COUNT * 1000, "ms", "≤ 3",
                   leaves_out=f"{STATEMENTS} statements, not 100,000, and the files of one module")
