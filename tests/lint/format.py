#!/usr/bin/env python3
"""format.py: how the C sources are laid out.

    format.py --check SOURCE [FILE…]        prints each file that is laid out otherwise
    format.py --into SOURCE OUTPUT [FILE…]  writes what differs, laid out right, under OUTPUT

clang-format with the tree's .clang-format does it all but one thing: GNOME writes the parameters
of a function with two or more one to a line, which clang-format 19 cannot be told.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import subprocess
import sys

# A function's name and its parameters, at the start of a definition or in a prototype
DEFINITION = re.compile(r"^([a-z_][a-z0-9_]*) \((.*)\)$")
PROTOTYPE = re.compile(r"^((?:static |extern |const |struct |unsigned )*[A-Za-z_][A-Za-z0-9_]* \**[a-z_][a-z0-9_]*) \((.*)$")
POINTER_TYPE = re.compile(r"^(typedef .*\(\*[A-Za-z_][A-Za-z0-9_]*\)) \((.*)$")


def closing(text):
    """The index of the bracket that closes the one before text."""
    depth = 1
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return index
    return -1


def parameters(text):
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return parts + [text[start:].strip()]


def one_to_a_line(head, inner, tail):
    parts = parameters(inner)
    if len(parts) < 2:
        return f"{head} ({inner}){tail}"
    margin = "\n" + " " * (len(head) + 2)
    return f"{head} (" + ("," + margin).join(parts) + f"){tail}"


def spread(line):
    found = DEFINITION.match(line)
    if found and closing(found[2] + ")") == len(found[2]):
        return one_to_a_line(found[1], found[2], "")
    found = POINTER_TYPE.match(line) or PROTOTYPE.match(line)
    if found and line.endswith(";") and not line.startswith("return "):
        end = closing(found[2])
        if end >= 0:
            return one_to_a_line(found[1], found[2][:end], found[2][end + 1 :])
    return line


def laid_out(path):
    text = subprocess.run(["clang-format", "--style=file", str(path)], check=True, capture_output=True, text=True).stdout
    return "\n".join(spread(line) for line in text.split("\n"))


def sources(top):
    return sorted(p for folder in ("app", "tests") for p in (top / folder).rglob("*.[ch]"))


def main(arguments):
    mode, top, rest = arguments[0], pathlib.Path(arguments[1]), arguments[2:]
    output = pathlib.Path(rest.pop(0)) if mode == "--into" and rest else top
    wrong = 0
    for path in [top / name for name in rest] or sources(top):
        text = laid_out(path)
        if text == path.read_text():
            continue
        wrong += 1
        if mode == "--check":
            print(path.relative_to(top))
            continue
        target = output / path.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return 1 if wrong and mode == "--check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
