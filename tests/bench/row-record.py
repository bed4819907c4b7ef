#!/usr/bin/env python3
"""Statements, each committed before the next, against the rows that this left in the database, written again to a copy
of it: as many transactions, with the same schema, indexes and durability. Once as the record store takes them, and once
as content sends them to the launch endpoint.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import shutil
import sqlite3
import time

import measure

COUNT = 500


def copy(path, to):
    with sqlite3.connect(path) as source, sqlite3.connect(to) as target:
        source.backup(target)


def tables(database):
    return [name for (name,) in database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]


def new_rows(before, after):
    """[(table, rows)]: what @after has and @before has not, or not so"""
    found = []
    for table in tables(after):
        known = set(before.execute(f'SELECT * FROM "{table}"'))
        rows = [row for row in after.execute(f'SELECT * FROM "{table}"') if row not in known]
        if rows:
            found.append((table, rows))
    return found


def write_again(path, found):
    """The seconds it takes to write the rows in COUNT transactions"""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL").fetchall()
    database.execute("PRAGMA synchronous=FULL")
    texts = {table: f'INSERT OR REPLACE INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})' for table, rows in found}
    began = time.monotonic()
    for turn in range(COUNT):
        database.execute("BEGIN IMMEDIATE")
        for table, rows in found:
            for row in rows[turn * len(rows) // COUNT:(turn + 1) * len(rows) // COUNT]:
                database.execute(texts[table], row)
        database.execute("COMMIT")
    took = time.monotonic() - began
    database.close()
    return took


def compare(server, folder, path, way):
    """The seconds of COUNT statements that went @way, and those of their rows alone: the middle of three runs"""
    runs = []
    for turn in range(3):
        copy(path, f"{folder}/before-{way}-{turn}.db")
        took, = server.laptop(way, path.parent.parent, COUNT)
        copy(path, f"{folder}/after-{way}-{turn}.db")
        with (sqlite3.connect(f"{folder}/before-{way}-{turn}.db") as before,
              sqlite3.connect(f"{folder}/after-{way}-{turn}.db") as after):
            found = new_rows(before, after)
        shutil.copy(f"{folder}/before-{way}-{turn}.db", f"{folder}/bare.db")
        runs.append((took, write_again(f"{folder}/bare.db", found)))
    return sorted(runs, key=lambda run: run[0] / run[1])[1]


with measure.folder() as folder, measure.Server(folder) as server:
    path = server.sign_in("laptop") / "belay/account/belay.db"
    server.laptop("record", path.parent.parent, 1)
    for name, way, leaves_out in (
            ("record", "commit", "nothing: the parsing and checking of each statement is Belay's share"),
            ("record by HTTP", "record", "nothing: HTTP, the content's own JSON and the check of it are Belay's share")):
        took, bare = compare(server, folder, path, way)
        measure.report(name, took / COUNT * 1000, bare / COUNT * 1000, "ms", "≥ 0.8", faster=True, leaves_out=leaves_out)
