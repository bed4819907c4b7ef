#!/usr/bin/env python3
"""sources.py SOURCE: what every source file keeps to, whatever it is about.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import sys

import format as layout
import tap

LINES_MOST = 600
FUNCTION_LINES_MOST = 60
# Files that already wait to be divided, and the lines they may have until then: only ever lower these
WAIT_TO_BE_DIVIDED = {
    "app/wire/belay-json-reader.c": 923,
    "app/xapi/belay-statement-rules.c": 846,
    "tests/unit/test-xapi.c": 623,
}
LICENCE = "SPDX-License-Identifier: "
# Lists by nature: dividing them tells nothing
EXEMPT = ("class_init", "get_property", "set_property", "main")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}-])/(work|root|home/(?!dev\b)\w+|Users)/")
FUTURE = re.compile(r"^DexFuture \*\w+ \([^;]*?\)[^;{]*;", re.MULTILINE)
BODY = re.compile(r"^(\w+) \([^;{}]*\)\n\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)


def texts(top, patterns):
    for folder in ("app", "data", "flatpak", "tests", "resources", ".ci"):
        for pattern in patterns:
            for path in sorted((top / folder).rglob(pattern)):
                if path.is_file():
                    yield path, path.read_text(errors="replace")


def without_licence(top):
    for path, text in texts(top, ("*.c", "*.h", "*.py", "*.sh", "*.blp", "*.sql", "*.js", "*.css")):
        if LICENCE not in text[:1500]:
            yield f"{path.relative_to(top)} does not say its licence ({LICENCE}GPL-3.0-or-later)"


def too_long(top):
    for path, text in texts(top, ("*.c", "*.h", "*.py", "*.sh")):
        lines = text.count("\n")
        if lines > WAIT_TO_BE_DIVIDED.get(path.relative_to(top).as_posix(), LINES_MOST):
            yield f"{path.relative_to(top)} has {lines} lines: it asks for a second file"


def long_functions(top):
    for path, text in texts(top, ("*.c",)):
        for name, body in BODY.findall(text):
            lines = body.count("\n")
            if lines > FUNCTION_LINES_MOST and not name.endswith(EXEMPT):
                yield f"{path.relative_to(top)}: {name} has {lines} lines: it asks to be told as smaller ones"


def matching(top, pattern, why):
    for path, text in texts(top, ("*",)):
        if "lint" in path.parts or path.suffix in (".png", ".webm", ".zip", ".ttf"):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if pattern.search(line):
                yield f"{path.relative_to(top)}:{number} {why}: {line.strip()[:80]}"


def futures_that_may_be_dropped(top):
    for path, text in texts(top, ("*.h",)):
        for prototype in FUTURE.findall(text):
            if "G_GNUC_WARN_UNUSED_RESULT" not in prototype:
                yield f"{path.relative_to(top)}: {prototype.split('(')[0].strip()} lacks G_GNUC_WARN_UNUSED_RESULT"


def laid_out_otherwise(top):
    for path in layout.sources(top):
        if layout.laid_out(path) != path.read_text():
            yield f"{path.relative_to(top)}: flatpak/dev format would change it"


def main(source):
    top = pathlib.Path(source)
    tap.report(
        [
            ("every file says its licence", list(without_licence(top))),
            (f"no file is longer than {LINES_MOST} lines", list(too_long(top))),
            (f"no function is longer than {FUNCTION_LINES_MOST} lines", list(long_functions(top))),
            ("nothing is marked as unfinished", list(matching(top, UNFINISHED, "is marked as unfinished"))),
            ("no path of one machine is written down", list(matching(top, MACHINE_PATH, "names a path of one machine"))),
            ("no future can be dropped unseen", list(futures_that_may_be_dropped(top))),
            ("the sources are laid out as .clang-format says", list(laid_out_otherwise(top))),
        ]
    )


if __name__ == "__main__":
    main(sys.argv[1])
