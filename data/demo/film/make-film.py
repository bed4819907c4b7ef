#!/usr/bin/env python3
"""make-film.py FILM.webm: draw the frames of "Four ropes" and put them together

Needs GdkPixbuf with its SVG loader, and GStreamer with vp8enc and webmmux: flatpak/dev exec has them.
The film has no sound; what is said stands in the captions beside it.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import subprocess
import sys
import tempfile

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

RATE = 10
SECONDS = 42
STYLE = ("text{font-family:sans-serif;font-size:20px;fill:#f4f1ea;text-anchor:middle}"
         ".label{font-size:17px;fill:#ffbe6f}.name{font-family:monospace;font-size:22px}")
# where each rope is tied: x, y, what it is, and what its label says once it has one
ENDS = [(110, 80, "tax table", "tax_table_address"), (530, 80, "certificate", "certificate_valid_until"),
        (110, 250, "pay runs", "pay_runs_per_year"), (530, 250, "colleague", "ask_irena_about_february")]


def share(now, start, end):
    """How far `now` has come from start to end, eased at both sides."""
    part = min(1, max(0, (now - start) / (end - start)))
    return part * part * (3 - 2 * part)


def rope(index, now):
    x, y, what, label = ENDS[index]
    drift = share(now, 14, 20) * (26 if index % 2 else -26) * (0.4 if index != 1 else 1)
    x += drift
    grown = share(now, 6 + index, 8 + index)
    torn = share(now, 19, 20) if index == 1 else 0
    from_x, from_y = (265 if x < 320 else 375), (155 if y < 160 else 195)
    to_x, to_y = from_x + (x - from_x) * grown * (1 - 0.55 * torn), from_y + (y - from_y) * grown * (1 - 0.55 * torn)
    colour = "#ff9a8d" if torn else "#ffbe6f"
    parts = [f'<path d="M{from_x} {from_y} Q{(from_x + to_x) / 2:.1f} {(from_y + to_y) / 2 + 14:.1f} {to_x:.1f} {to_y:.1f}" '
             f'stroke="{colour}" stroke-width="4" fill="none" stroke-linecap="round" opacity="{grown:.2f}"/>',
             f'<g opacity="{grown:.2f}"><rect x="{x - 75:.1f}" y="{y - 22}" width="150" height="44" rx="10" fill="#33486a" '
             f'stroke="#9fb6d8" stroke-width="2"/><text x="{x:.1f}" y="{y + 7}">{what}</text></g>']
    named = share(now, 28 + index, 29 + index)
    if named > 0:
        label_x = min(max(x, 120), 512)
        parts.append(f'<text class="label" x="{label_x:.1f}" y="{y + (-34 if y < 160 else 46)}" opacity="{named:.2f}">{label}</text>')
    return "".join(parts)


def frame(now):
    here = share(now, 0.5, 2)
    confused = share(now, 21.5, 22.5) * (1 - share(now, 27, 28))
    mended = share(now, 36, 37.5)
    body = ""
    if mended > 0:
        x = 375 + (515 - 375) * mended
        y = 155 + (90 - 155) * mended
        body = f'<path d="M375 155 L{x:.1f} {y:.1f}" stroke="#7fd6a2" stroke-width="5" stroke-linecap="round"/>'
    body += "".join(rope(index, now) for index in range(len(ENDS)))
    body += (f'<g opacity="{here:.2f}"><rect x="250" y="125" width="140" height="90" rx="10" fill="#33486a" stroke="#f4f1ea" '
             'stroke-width="2"/><text x="320" y="178">payroll</text></g>')
    if confused > 0:
        body += (f'<g opacity="{confused:.2f}"><rect x="250" y="125" width="140" height="90" rx="10" fill="#22314a" '
                 'stroke="#f4f1ea"/><text class="name" x="320" y="160">check (x)</text>'
                 '<text class="name" x="320" y="195">days = 3</text></g>')
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">'
            f'<style>{STYLE}</style><rect width="640" height="360" fill="#22314a"/>{body}</svg>')


def paint(folder):
    for number in range(RATE * SECONDS):
        loader = GdkPixbuf.PixbufLoader.new_with_type("svg")
        loader.write(frame(number / RATE).encode())
        loader.close()
        loader.get_pixbuf().savev(str(folder / f"{number:04}.png"), "png", ["compression"], ["1"])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.splitlines()[0])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        paint(folder)
        subprocess.run(["gst-launch-1.0", "-q", "multifilesrc", f"location={folder}/%04d.png",
                        f"caps=image/png,framerate={RATE}/1", "!", "pngdec", "!", "videoconvert", "!", "video/x-raw,format=I420",
                        "!", "vp8enc", "deadline=1000000", "threads=1", "target-bitrate=90000", "keyframe-max-dist=50",
                        "!", "webmmux", "!", "filesink", f"location={sys.argv[1]}"], check=True)


if __name__ == "__main__":
    main()
