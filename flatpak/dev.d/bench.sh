# usage: flatpak/dev bench [ROW…]
#
# Builds (-O2), then measures Belay against programs that do the same bare work, in one run, and writes a table: all
# rows, or those named. A row is a program tests/bench/row-NAME.py. It passes and fails nothing; it fails itself only
# where something could not be measured.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  build
  inside_until_told env PYTHONDONTWRITEBYTECODE=1 bash "$BELAY_SOURCE/flatpak/root/desk.sh" \
    python3 "$BELAY_SOURCE/flatpak/root/bench.py" "$@" | grep -v '^SpiRegistry daemon'
}
