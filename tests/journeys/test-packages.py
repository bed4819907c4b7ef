#!/usr/bin/env python3
"""test-packages.py: what is no course package is refused in a sentence, and nothing of it stays

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

SERVER = os.environ["BELAY_SERVER"]
STRUCTURE = ('<?xml version="1.0"?><courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
             '<course id="https://example.org/rope"><title><langstring lang="en">A rope</langstring></title>'
             '<description><langstring lang="en">Two ends</langstring></description></course>'
             '<au id="https://example.org/rope/1"><title><langstring lang="en">Read</langstring></title>'
             '<description><langstring lang="en">Read</langstring></description><url>index.html</url></au>'
             '</courseStructure>')
GIGABYTES = 10
ENTRY_BYTES = 2 << 30


def plain_text(path):
    path.write_text("This is a letter.\n")


def cut_short(path):
    good(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def good(path, **more):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("cmi5.xml", STRUCTURE)
        package.writestr("index.html", "<!doctype html><title>A rope</title>")
        for name, text in more.items():
            package.writestr(name, text)


def escaping(path):
    good(path, **{"../../../../escaped.html": "out"})


def absolute(path):
    good(path, **{"/tmp/belay-escaped.html": "out"})


def linking(path):
    good(path)
    with zipfile.ZipFile(path, "a") as package:
        link = zipfile.ZipInfo("passwords")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        package.writestr(link, "/etc/passwd")


def zeros(length):
    """Deflate's words for so many zeros: one block, again and again"""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = block.compress(bytes(1 << 20)) + block.flush(zlib.Z_FULL_FLUSH)
    return once * (length >> 20) + b"\x03\x00"


def huge(path):
    """Ten gigabytes of nothing in a few megabytes, written by hand: no program packs that in a test's time"""
    data, directory, count = zeros(ENTRY_BYTES), b"", (GIGABYTES << 30) // ENTRY_BYTES
    good(path)
    with zipfile.ZipFile(path) as package:
        small = [(info.filename, package.read(info)) for info in package.infolist()]
    with open(path, "wb") as out:
        entries = [(name, text, zlib.crc32(text), len(text), 0) for name, text in small]
        entries += [(f"film-{i}.webm", data, 0, ENTRY_BYTES, 8) for i in range(count)]
        for name, text, checksum, length, method in entries:
            name, at = name.encode(), out.tell()
            head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 0x21, checksum, len(text), length, len(name), 0)
            out.write(b"PK\x03\x04" + head + name + text)
            directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, at) + name
        at = out.tell()
        out.write(directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), at, 0))


CASES = [
    ("a file that is no zip", plain_text),
    ("a zip that was cut short", cut_short),
    ("a package that escapes its folder", escaping),
    ("a package with an absolute path", absolute),
    ("a package with a link out of it", linking),
    ("a package that unpacks to ten gigabytes", huge),
]


def run(folder, *words):
    environment = dict(os.environ, BELAY_DATABASE=f"sqlite:{folder}/belay.sqlite", BELAY_CONTENT=f"{folder}/content",
                       BELAY_KEYS=f"{folder}/keys", BELAY_LOG_REQUESTS="false")
    return subprocess.run([SERVER, *words], env=environment, capture_output=True, text=True, timeout=120)


def everything(folder):
    """{path: size} of all that is outside the database, and the number of its courses"""
    files = {str(p): p.stat().st_size for p in pathlib.Path(folder, "content").rglob("*") if p.is_file()}
    return files, run(folder, "check").stdout


def refuse(folder, package):
    """What is wrong with how the server takes it; nothing, where it is right"""
    before = everything(folder)
    result = run(folder, "course", "import", str(package), "--key", "rope")
    words = result.stdout + result.stderr
    print("# " + words.strip().replace("\n", "\n# "), flush=True)
    if result.returncode != 1:
        return f"it ended with {result.returncode}"
    if "nothing has changed" not in words or "problem: " not in words:
        return "it did not say what is wrong, and that nothing has changed"
    if everything(folder) != before:
        return "something of it stayed"
    return None


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as top:
        folder, package = pathlib.Path(top, "server"), pathlib.Path(top, "package.zip")
        folder.mkdir()
        assert run(folder, "init", "--name", "Granit").returncode == 0
        print(f"1..{len(CASES) + 1}")
        for number, (name, make) in enumerate(CASES, 1):
            make(package)
            wrong = refuse(folder, package)
            print(f"{'not ok' if wrong else 'ok'} {number} - {name} is refused in a sentence, and nothing of it stays")
            if wrong:
                print(f"# {wrong}")
                failed += 1
        outside = [p for p in (pathlib.Path(top, "escaped.html"), pathlib.Path("/tmp/belay-escaped.html")) if p.exists()]
        good(package)
        result = run(folder, "course", "import", str(package), "--key", "rope")
        right = result.returncode == 0 and not outside
        print(f"{'ok' if right else 'not ok'} {len(CASES) + 1} - the good package beside them is taken")
        if not right:
            print("# " + (result.stdout + result.stderr).strip().replace("\n", "\n# "), outside)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
