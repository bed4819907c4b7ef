#!/usr/bin/env python3
"""translations.py SOURCE: whether every string of the interface is in every language.

Extracts the strings anew, so that a string that nobody told the translators of is missed too.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import tap

KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]
TRANSLATABLE = re.compile(r"\b(_|N_|C_|NC_|ngettext|g_dngettext)\s*\(\s*\"")


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def listed(top):
    lines = (top / "po/POTFILES.in").read_text().split("\n")
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def unlisted(top):
    files = set(listed(top))
    for folder, pattern in (("app", "*.c"), ("resources", "*.blp")):
        for path in sorted((top / folder).rglob(pattern)):
            name = path.relative_to(top).as_posix()
            if name not in files and TRANSLATABLE.search(path.read_text()):
                yield f"{name} has strings to translate and is not in po/POTFILES.in"
    for name in sorted(files):
        if not (top / name).is_file():
            yield f"po/POTFILES.in lists {name}, which is not there"


def extract(top, folder):
    template = folder / "belay.pot"
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    for name in (name for name in listed(top) if (top / name).is_file()):
        # xgettext does not know Blueprint; its strings read like C's
        language = ["--language=C"] if name.endswith(".blp") else []
        join = ["--join-existing"] if template.exists() else []
        run("xgettext", "--from-code=UTF-8", "--add-comments", *language, *join, *keywords, "-o", str(template), name, cwd=top)
    return template


def untranslated(top, language, template):
    if not template.exists():
        return
    merged = template.parent / f"{language}.po"
    run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged), str(top / f"po/{language}.po"), str(template))
    run("msgfmt", "--check", "-o", "/dev/null", str(merged))
    missing = run("msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", str(merged))
    for text in re.findall(r'^msgid "(.+)"$', missing, re.MULTILINE):
        yield f"{language}: {text}"


def main(source):
    top = pathlib.Path(source)
    languages = (top / "po/LINGUAS").read_text().split()
    with tempfile.TemporaryDirectory() as folder:
        template = extract(top, pathlib.Path(folder))
        cases = [("every file with strings is in po/POTFILES.in", list(unlisted(top)))]
        cases += [(f"{language} is complete", list(untranslated(top, language, template))) for language in languages]
    tap.report(cases)


if __name__ == "__main__":
    main(sys.argv[1])
