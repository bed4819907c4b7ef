#!/usr/bin/env python3
"""stand-in.py MANIFEST SOURCE FOLDER: writes FOLDER/MANIFEST as it can be built from Debian's archive alone.

Two modules differ from the manifest: yyjson comes from Debian's repacked tarball, and libdex from Debian's
binary package in this root, since its source may be missing from the archive that the host uses. The rest
is built from the very files that the manifest names.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import shutil
import sys

import yaml

YYJSON = {
    "type": "archive",
    "url": "https://deb.invalid/yyjson_0.10.0+ds.orig.tar.xz",
    "sha256": "ae6fde69a193e10afab426ef13f113d6903446405f9db9ee98bfb572bd6c961a",
}


def copy_libdex(folder):
    """libdex as this root has it, moved to /app"""
    libraries = next(pathlib.Path("/usr/lib").glob("*/libdex-1.so")).parent
    (folder / "lib/pkgconfig").mkdir(parents=True)
    shutil.copytree("/usr/include/libdex-1", folder / "include/libdex-1")
    for pattern in ("libdex-1.so*", "liburing.so.2*"):
        for path in libraries.glob(pattern):
            shutil.copy2(path, folder / "lib" / path.name, follow_symlinks=False)
    text = (libraries / "pkgconfig/libdex-1.pc").read_text()
    text = re.sub(r"^prefix=.*", "prefix=/app", text, flags=re.MULTILINE)
    text = re.sub(r"^libdir=.*", "libdir=/app/lib", text, flags=re.MULTILINE)
    text = re.sub(r"^Requires.private:.*\n", "", text, flags=re.MULTILINE)
    (folder / "lib/pkgconfig/libdex-1.pc").write_text(text)


def main():
    manifest, source, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    document = yaml.safe_load(manifest.read_text())
    shutil.rmtree(folder, ignore_errors=True)
    copy_libdex(folder / "libdex")
    for module in document["modules"]:
        if module["name"] == "yyjson":
            module["sources"] = [YYJSON]
        elif module["name"] == "libdex":
            module.clear()
            module.update({
                "name": "libdex",
                "buildsystem": "simple",
                "build-commands": ["cp -a include lib /app/"],
                "sources": [{"type": "dir", "path": str(folder / "libdex")}],
            })
        elif module["name"] == "belay":
            module["sources"][0]["path"] = source
    (folder / manifest.name).write_text(yaml.safe_dump(document, sort_keys=False))


if __name__ == "__main__":
    main()
