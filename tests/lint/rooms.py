#!/usr/bin/env python3
"""rooms.py SOURCE: whether includes point down only.

The rooms and what each may use are read from the meson.build files: a room is a folder of app/
whose meson.build declares a dependency, and it may include the headers of exactly those rooms that
it names. Some libraries belong to one room alone.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import sys

import tap

DECLARES = re.compile(r"^(\w+)_dep = declare_dependency", re.MULTILINE)
NAMES = re.compile(r"\b(\w+)_dep\b")
LISTS = re.compile(r"^(\w+) = (\[[^\]]*_dep[^\]]*\])", re.MULTILINE)
INCLUDES = re.compile(r'^#include ([<"])([^>"]+)[>"]', re.MULTILINE)

# What only these folders may include or say
GUARDED = {
    r"#include <webkit": ["ui/player"],
    r"#include <(gtk/|adwaita|gdk)": ["ui", "main.c"],
    r"#include <sqlite3": ["database", "server/db", "xapi", "store"],
    r"#include <libpq": ["server/db"],
    r"\bGAsyncReadyCallback\b": ["glue"],
}


def rooms_of(app):
    """{folder: (its own dependency names, dependency names it uses)}"""
    rooms = {}
    texts = {build: re.sub(r"#.*", "", build.read_text()) for build in app.rglob("meson.build")}
    lists = {name: value for text in texts.values() for name, value in LISTS.findall(text)}
    for build, text in texts.items():
        for name, value in lists.items():
            text = re.sub(rf"\b{name}\b(?! =)", lambda _: value, text)
        own = set(DECLARES.findall(text))
        if own and build.parent != app:
            rooms[build.parent] = (own, set(NAMES.findall(text)) - own)
    return rooms


def room_of(path, rooms):
    return next((folder for folder in path.parents if folder in rooms), None)


def misplaced_includes(app, rooms):
    owner = {}
    for header in app.rglob("*.h"):
        owner[header.name] = room_of(header, rooms)
    name_of = {name: folder for folder, (own, _) in rooms.items() for name in own}
    for path in sorted(app.rglob("*.[ch]")):
        room = room_of(path, rooms)
        if room is None:
            continue
        allowed = {name_of[name] for name in rooms[room][1] if name in name_of} | {room}
        for bracket, header in INCLUDES.findall(path.read_text()):
            there = owner.get(pathlib.PurePath(header).name)
            if bracket == '"' and there is not None and there not in allowed:
                yield f"{path.relative_to(app)} includes {header}, but {room.relative_to(app)}/meson.build does not name {there.relative_to(app)}"


def misplaced_words(app, pattern, homes):
    for path in sorted(app.rglob("*.[ch]")):
        place = path.relative_to(app).as_posix()
        if any(place == home or place.startswith(home + "/") for home in homes):
            continue
        found = re.search(pattern, path.read_text())
        if found:
            yield f"{place} has “{found[0]}”, which belongs to {' and '.join(homes)} alone"


def main(source):
    app = pathlib.Path(source) / "app"
    rooms = rooms_of(app)
    cases = [("rooms include only what their meson.build names", list(misplaced_includes(app, rooms)))]
    for pattern, homes in GUARDED.items():
        words = re.sub(r"[\\()<>|]|\bb\b", " ", pattern).split()
        cases.append((f"{words[-1].strip('/b')} stays in {', '.join(homes)}", list(misplaced_words(app, pattern, homes))))
    tap.report(cases)


if __name__ == "__main__":
    main(sys.argv[1])
