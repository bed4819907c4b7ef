"""tap.py: says what a check found, in the Test Anything Protocol

SPDX-License-Identifier: GPL-3.0-or-later
"""

import sys


def report(cases):
    """cases: (name, list of complaints) pairs; exits with 1 where there is any complaint"""
    cases = list(cases)
    print("TAP version 14")
    print(f"1..{len(cases)}")
    for number, (name, complaints) in enumerate(cases, 1):
        print(f"{'not ok' if complaints else 'ok'} {number} {name}")
        for complaint in complaints:
            print(f"# {complaint}")
    sys.exit(1 if any(complaints for _, complaints in cases) else 0)
