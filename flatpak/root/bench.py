#!/usr/bin/env python3
"""bench.py [ROW…]: runs tests/bench/row-*.py, all or those named, and writes their table.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import pathlib
import subprocess
import sys

COLUMNS = (("name", "name"), ("belay", "Belay"), ("reference", "reference"), ("ratio", "ratio"), ("goal", "goal"), ("met", ""),
           ("leaves_out", "what it leaves out"))


def run(program):
    """The lines of one row's program; one line that says so where it failed"""
    print(f"bench: {program.stem[4:]}", file=sys.stderr)
    process = subprocess.run([sys.executable, program], stdout=subprocess.PIPE, text=True)
    lines = [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]
    for line in lines:
        line["met"] = "met" if line["met"] else "NOT MET"
    if process.returncode != 0:
        lines.append({"name": program.stem[4:], "met": "FAILED", "leaves_out": "the lines above say why"})
    return lines


def main():
    folder = pathlib.Path(os.environ["BELAY_SOURCE"]) / "tests/bench"
    rows = {program.stem[4:]: program for program in sorted(folder.glob("row-*.py"))}
    unknown = [name for name in sys.argv[1:] if name not in rows]
    if unknown:
        sys.exit(f"bench: there is no row “{unknown[0]}”; there are {', '.join(rows)}")
    lines = [line for name in sys.argv[1:] or rows for line in run(rows[name])]
    table = [[title for _, title in COLUMNS]] + [[str(line.get(key, "")) for key, _ in COLUMNS] for line in lines]
    widths = [max(len(row[column]) for row in table) for column in range(len(COLUMNS))]
    for row in table:
        print(" · ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    sys.exit(any(line["met"] == "FAILED" for line in lines))


if __name__ == "__main__":
    main()
